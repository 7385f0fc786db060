import fc from 'fast-check';
import { Failure } from '../../../src/model/failure.js';
import { htmlToText, linksIn, withAbsoluteLinks } from '../../../src/sources/feed/html-text.js';
import { legalText } from '../../../src/sources/feed/legal-text.js';
import { personOf } from '../../../src/sources/feed/people.js';
import { atom, entry, item, read, rss } from './small-feeds.js';

/** Long enough that a quadratic scanner would not end within the time limit of a test, while a linear one takes a moment. */
const LENGTH = 480_000;

const described = (text: string): string => rss(item(`<description>${text}</description>`));
const wrapped = (text: string): string => described(`<![CDATA[${text}]]>`);

describe('what is long is read or refused, and soon', () => {
  test.each<[string, (length: number) => string]>([
    ['less-than signs', (n) => wrapped('<'.repeat(n))],
    ['less-than signs in XML', (n) => described('<'.repeat(n))],
    ['words between them', (n) => wrapped('a < b '.repeat(n / 6))],
    ['comments that never close', (n) => wrapped('<!--'.repeat(n / 4))],
    ['comments that never close, in XML', (n) => described('<!--'.repeat(n / 4))],
    ['CDATA that never closes', (n) => described('<![CDATA['.repeat(n / 9))],
    ['instructions that never close', (n) => described('<?x '.repeat(n / 4))],
    ['DOCTYPEs that never close', (n) => '<!DOCTYPE x [ '.repeat(n / 14) + described('x')],
    ['tags that never close', (n) => wrapped('<a '.repeat(n / 3))],
    ['quotes that never close', (n) => wrapped(`<a x='"> `.repeat(n / 9))],
    ['quotes with tags in them', (n) => wrapped('<a x="<a" '.repeat(n / 10))],
    ['quotes with tags in them, in XML', (n) => described('<a x="<a" '.repeat(n / 10))],
    ['ampersands', (n) => described('&'.repeat(n))],
    ['numeric references', (n) => described('&#65;'.repeat(n / 5))],
    ['unknown entities', (n) => described('&zork;'.repeat(n / 6))],
    ['end tags that fit nothing', (n) => described('</x>'.repeat(n / 4))],
    ['elements opened in HTML', (n) => wrapped('<div>'.repeat(n / 5) + '</x>'.repeat(n / 5))],
    ['white space', (n) => rss(`<item><title>${' '.repeat(n)}x</title></item>`)],
    ['commas in a name', (n) => rss(item(`<author>${','.repeat(n)}x@y.org</author>`))],
    ['at signs in a name', (n) => rss(item(`<author>${'a@'.repeat(n / 2)}</author>`))],
    ['slashes in a date', (n) => rss(item(`<pubDate>${'1/'.repeat(n / 2)}</pubDate>`))],
    ['attributes', (n) => rss(item(`<enclosure ${'a="1" '.repeat(n / 6)}/>`))],
    ['equals signs', (n) => rss(item(`<enclosure ${'='.repeat(n)}/>`))],
    ['one name', (n) => rss(item(`<${'n'.repeat(n)}>x</${'n'.repeat(n)}>`))],
    ['categories', (n) => rss(item('<category>x</category>'.repeat(n / 22)))],
    ['links', (n) => wrapped('<a href=x>y</a>'.repeat(n / 15))],
    ['slashes in a namespace', (n) => rss(item(`<a xmlns:b="${'/'.repeat(Math.min(n, 59_000))}x"/>`.repeat(3)))],
    ['junk before the root', (n) => '<a>'.repeat(n / 3) + rss(item(''))],
  ])('%s', async (_, make) => {
    const outcome = await read(make(LENGTH)).then(
      ({ entries }) => `${entries.length} entries`,
      (error: unknown) => (error instanceof Failure ? error.code : String(error)),
    );
    expect(outcome).toMatch(/^(?:\d+ entries|source\.(?!timeout)[a-z-]+)$/);
  });
});

const piece = fc.constantFrom(
  '<',
  '>',
  '</',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE x [',
  ']>',
  '<?',
  '?>',
  '&',
  '&amp;',
  '&#',
  '&#x',
  '&#146;',
  '&eacute;',
  ';',
  '"',
  "'",
  '=',
  'a',
  'href',
  ' ',
  '\n',
  '\u0000',
  '\u000b',
  '\ud800',
  '\ufffe',
  '\u0092',
  'é',
  '<item>',
  '</item>',
  '<title>',
  '</title>',
  '<link>',
  '</link>',
  '<a href="',
  '<br>',
  '<entry>',
  '</entry>',
  '<updated>2026-03-02',
  '</updated>',
  '<guid isPermaLink="',
  '<rss>',
  '</channel>',
  'xmlns:a="',
  'xml:base="',
  '<script>',
);
const soup = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(''));
const frame = fc.constantFrom<(inside: string) => string>(
  (inside) => inside,
  (inside) => rss(inside),
  (inside) => rss(item(inside)),
  (inside) => rss(item(`<description>${inside}</description>`)),
  (inside) => atom(entry(inside)),
  (inside) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1',
      items: [{ id: inside, title: inside, content_html: inside, url: inside }],
    }),
);
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* stringsIn(inner);
}

test('whatever comes: a feed or a refusal, no illegal character, only absolute addresses and real dates', async () => {
  await fc.assert(
    fc.asyncProperty(frame, soup, async (around, inside) => {
      const feed = await read(around(inside)).catch((error: unknown) => {
        if (error instanceof Failure && error.code !== 'internal') return null;
        throw error;
      });
      if (feed === null) return;
      for (const text of stringsIn(feed)) expect(text).not.toMatch(ILLEGAL);
      for (const { link, enclosures, published, updated } of feed.entries) {
        for (const url of [link, ...enclosures.map((enclosure) => enclosure.url)])
          expect(url === null || URL.canParse(url)).toBe(true);
        for (const date of [published, updated])
          expect(date === null || !Number.isNaN(Date.parse(date.iso))).toBe(true);
      }
    }),
    { numRuns: 1_500 },
  );
});

test('the readers of HTML never throw, and give no illegal character for legal text', () => {
  fc.assert(
    fc.property(soup.map(legalText), (html) => {
      expect(htmlToText(html)).not.toMatch(ILLEGAL);
      expect(withAbsoluteLinks(html, 'https://x.org/')).not.toMatch(ILLEGAL);
      linksIn(html);
      personOf(html);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['<p>a</p><p>b</p>', 'a b'],
  ['a<b>b</b>c', 'abc'],
  ['<a title="a > b">x</a>', 'x'],
  ['1 < 2 <3 a<', '1 < 2 <3 a<'],
  ['a <!-- b --> c', 'a c'],
  ['a <!-- b', 'a b'],
  ['a <b c', 'a <b c'],
  ['&amp;lt;', '&lt;'],
  ['<script>if (a < b) x("</p>")</script>y', 'y'],
])('text of %s', (html, text) => expect(htmlToText(html)).toBe(text));

test.each([
  ['<a href="b">x</a>', '<a href="https://x.org/a/b">x</a>'],
  ["<a class=c href = 'b?c=1&amp;d=2' >x</a>", '<a class="c" href="https://x.org/a/b?c=1&amp;d=2">x</a>'],
  ['<img alt="a &gt; b" src=/i.png />', '<img alt="a &gt; b" src="https://x.org/i.png" />'],
  ['<a href="http://[">x</a>', '<a href="http://[">x</a>'],
  ['<a href="mailto:a@b.org">x</a>', '<a href="mailto:a@b.org">x</a>'],
  ['<p class="x">no link</p>', '<p class="x">no link</p>'],
])('links of %s', (html, expected) => expect(withAbsoluteLinks(html, 'https://x.org/a/')).toBe(expected));
