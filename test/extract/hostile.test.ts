import fc from 'fast-check';
import { Failure } from '../../src/model/failure.js';
import { threadedExtract, type ThreadedExtract } from '../../src/threads/threaded.js';
import { answer, articleOf, ITEM, PARAGRAPHS, pageWith, SOURCE } from './page.js';

const TEXT = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('');
const MEGABYTE = 1024 * 1024;

/** Each ends as an article or as a `Failure` with a code, within the caps, and costs no other page. */
const PAGES: readonly (readonly [string, () => string | Uint8Array, RegExp])[] = [
  ['5,000 nested divs around the text', () => pageWith(`${'<div>'.repeat(4_900)}${TEXT}`), /^read$/],
  ['100,000 nested divs', () => pageWith(`${'<div>'.repeat(100_000)}${TEXT}`), /^source\.too-deep$/],
  ['20,000 nested inline tags', () => pageWith(`${'<b><i>'.repeat(10_000)}${TEXT}`), /^source\.too-deep$/],
  ['50,000 unclosed paragraphs', () => pageWith('<p>some words here'.repeat(50_000)), /^(?:read|item\.timeout)$/],
  [
    '40,000 pairs of line breaks',
    () => pageWith(`<div>${'words here<br><br>'.repeat(40_000)}</div>`),
    /^(?:read|item\.timeout)$/,
  ],
  [
    '100,000 table cells',
    () => pageWith(`<table><tr>${'<td>a</td>'.repeat(100_000)}</tr></table>`),
    /^(?:read|item\.timeout)$/,
  ],
  ['500,000 elements', () => pageWith('<i></i>'.repeat(500_000)), /^source\.too-large$/],
  [
    '9 MB of one paragraph',
    () => pageWith(`<p>${'word '.repeat((9 * MEGABYTE) / 5)}</p>`),
    /^(?:read|item\.timeout|item\.unreadable)$/,
  ],
  ['over 10 MB', () => new Uint8Array(10 * MEGABYTE + 1).fill(0x61), /^source\.too-large$/],
  ['NULs between all letters', () => pageWith(TEXT).split('').join('\0'), /^read$/],
  [
    'random bytes',
    () => new Uint8Array(Array.from({ length: 50_000 }, (_, at) => (at * 7_919 + (at >> 3) * 31) % 256)),
    /^(?:read|item\.unreadable)$/,
  ],
  ['only white space', () => ' \n\t '.repeat(1_000), /^source\.empty$/],
  ['a page without text', () => '<html><body><img src="a.png"></body></html>', /^item\.unreadable$/],
  [
    'a comment that never ends',
    () => `${pageWith(TEXT).replace('</article>', '<!-- ')}${'x'.repeat(100_000)}`,
    /^read$/,
  ],
  ['an attribute of 1 MB', () => pageWith(`<div class="${'a '.repeat(MEGABYTE / 2)}">${TEXT}</div>`), /^read$/],
  [
    '20,000 JSON-LD brackets',
    () => pageWith(TEXT, `<script type="application/ld+json">${'['.repeat(20_000)}</script>`),
    /^read$/,
  ],
  [
    '20,000 links',
    () => pageWith(`${TEXT}${'<p><a href="/a">one two</a></p>'.repeat(20_000)}`),
    /^(?:read|item\.timeout)$/,
  ],
];

describe('hostile pages', () => {
  let extract: ThreadedExtract;
  beforeAll(() => (extract = threadedExtract()));
  afterAll(() => extract.close());

  test.each(PAGES)(
    '%s',
    async (_, make, outcome) => {
      const ended = await extract(answer(make()), SOURCE, ITEM).then(
        () => 'read',
        (error: unknown) => (error instanceof Failure ? error.code : String(error)),
      );
      expect(ended).toMatch(outcome);
    },
    120_000,
  );

  test('after all of them the next page is read', async () => {
    await expect(extract(answer(pageWith(`<h1>Annual report</h1>${TEXT}`)), SOURCE, ITEM)).resolves.toMatchObject({
      bodyText: PARAGRAPHS.join('\n\n'),
    });
  }, 60_000);
});

test('whatever stands in a page, it is read or fails with a code, and the body holds no foreign HTML', async () => {
  const tag = fc.constantFrom(
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    '<a href="javascript:x">',
    '</a>',
    '<table><tr><td>',
    '<li>',
    '<br>',
    '<script>',
    '</script>',
    '<svg><title>',
    '<h1>',
    '&lt;img onerror=x&gt;',
    '<b',
    '">',
    '<!--',
    '\0',
    'Some words of text, and more.',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(tag, { maxLength: 60 }), async (parts) => {
      try {
        const { bodyHtml } = await articleOf(parts.join(' '));
        const tags = [...bodyHtml.matchAll(/<\/?([a-z0-9]+)([^>]*)>/g)];
        for (const [, name, attributes] of tags) {
          expect([
            'p',
            'h2',
            'h3',
            'h4',
            'ul',
            'ol',
            'li',
            'table',
            'tr',
            'th',
            'td',
            'blockquote',
            'a',
            'strong',
            'em',
            'br',
          ]).toContain(name);
          expect(attributes).toMatch(/^(?: href="https?:[^"]*")?(?: colspan="\d+")?$/);
        }
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.code).toMatch(/^(?:item\.unreadable|source\.empty)$/);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);
