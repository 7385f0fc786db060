import fc from 'fast-check';
import { glimpse } from '../../src/model/glimpse.js';

describe('a glimpse shows what a reader would see first', () => {
  test.each<[string, string, string | null, string | null]>([
    [
      'a page',
      '<head><title>News – Board</title></head><h1>News</h1><p>The first words.',
      'News – Board',
      'News The first words.',
    ],
    [
      'a title over lines',
      '<TITLE lang="en">\n  News\n of the  Board\n</TITLE>',
      'News of the Board',
      'News of the Board',
    ],
    [
      'a feed',
      '<rss><channel><title>Board</title><item><title>One</title></item></channel></rss>',
      'Board',
      'Board One',
    ],
    ['CDATA', '<rss><title><![CDATA[A & B]]></title><p><![CDATA[Words]]></p></rss>', 'A & B', 'A & B Words'],
    ['plain text', 'no healthy upstream', null, 'no healthy upstream'],
    ['JSON', '{"error": "Not <b>allowed</b>"}', null, '{"error": "Not allowed "}'],
    ['entities', '<title>A &amp; B &#163;5 &nbsp;&quot;x&quot;</title>', 'A & B £5 "x"', 'A & B £5 "x"'],
    ['entities that are none', '<p>&bogus; &#0; &#1114112; &#55296;</p>', null, '&bogus;'],
    ['no title closed', '<title>Never ends', 'Never ends', 'Never ends'],
    ['nothing', '', null, null],
    ['white space', ' \n\t ', null, null],
    ['markup alone', '<div><img src="x"></div>', null, null],
    ['scripts', '<script>alert("a < b")</script><p>Words</p><style>p{}</style>', null, 'Words'],
    [
      'what is hidden',
      '<head><title>T</title></head><nav>Menu</nav><noscript>Off</noscript><p>Words</p>',
      'T',
      'Words',
    ],
    ['comments', '<!-- hidden --><p>Words<!-- never closed', null, 'Words'],
    ['a script that never ends', '<p>Before</p><script>var a = 1', null, 'Before var a = 1'],
    ['a less-than sign', '<p>5 < 6', null, '5'],
    ['control characters', '<p>One\u0000\u0007two</p>', null, 'One two'],
  ])('%s', (_, text, title, shown) => {
    expect(glimpse(text)).toEqual({ title, shown });
  });
});

/** Pieces of which hostile pages are made. */
const piece = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<title',
    '</title>',
    '<script>',
    '</script',
    '<svg',
    '"',
    "'",
    '&',
    '&#',
    '&#99999999;',
    '\u0000',
    '\ud800',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const hostile = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('whatever a page holds, a glimpse is short, one line, and without control characters', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 200 }), (text, times) => {
      const { title, shown } = glimpse(text.repeat(times));
      expect((title ?? '').length).toBeLessThanOrEqual(200);
      expect((shown ?? '').length).toBeLessThanOrEqual(600);
      for (const words of [title, shown]) {
        expect(words).not.toBe('');
        expect(words ?? '').not.toMatch(/\p{Cc}|\s{2}/u);
      }
    }),
  );
});

test('a script is never shown where it is closed', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const inside = text.replaceAll('<', '').replaceAll('>', '');
      expect(glimpse(`<p>Words</p><script>${inside}SECRET</script><p>More`).shown).toBe('Words More');
    }),
  );
});

/** How many characters searches run over while `work` is done: the work of a scanner, counted and not timed. */
function charactersSearched(work: () => void): number {
  let searched = 0;
  const indexOf = Reflect.get(String.prototype, 'indexOf') as (...asked: unknown[]) => number;
  const exec = Reflect.get(RegExp.prototype, 'exec') as (...asked: unknown[]) => RegExpExecArray | null;
  String.prototype.indexOf = function (this: string, mark: string, from = 0): number {
    const at = Reflect.apply(indexOf, this, [mark, from]);
    searched += (at < 0 ? this.length : at) - from;
    return at;
  };
  RegExp.prototype.exec = function (this: RegExp, text: string): RegExpExecArray | null {
    const from = this.lastIndex;
    const found = Reflect.apply(exec, this, [text]);
    searched += (found?.index ?? text.length) - from;
    return found;
  };
  try {
    work();
  } finally {
    String.prototype.indexOf = indexOf;
    RegExp.prototype.exec = exec;
  }
  return searched;
}

describe('no page is looked through more than a few times', () => {
  test.each([
    '<script>',
    '<script><style>',
    '<!--',
    '<![CDATA[',
    '<',
    '<a',
    '<title>',
    '</script',
    '&#1;&',
    '<svg><head><nav>',
    'x<script>y</script>',
  ])('of nothing but %s', (text) => {
    const page = text.repeat(Math.ceil(250_000 / text.length));
    // Each of the few kinds of marks is looked for to the end once; the rest goes forward.
    expect(charactersSearched(() => void glimpse(page))).toBeLessThan(16 * page.length);
  });
});
