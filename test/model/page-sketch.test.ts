import { load } from 'cheerio';
import { isTag } from 'domhandler';
import fc from 'fast-check';
import { pageSketch } from '../../src/model/page-sketch.js';

describe('a sketch keeps the words and what a selector finds them by', () => {
  test.each<[string, string, string | null]>([
    ['elements', '<main><h1>News</h1><ul><li>One</li></ul></main>', '<main><h1>News</h1><ul><li>One</li></ul></main>'],
    ['ends that are left out', '<ul><li>One<li>Two</ul>', '<ul><li>One</li><li>Two</li></ul>'],
    ['what never ends', '<div class="a"><p>One', '<div class="a"><p>One</p></div>'],
    [
      'what finds',
      '<p class="a b" id=c data-x="1" onclick="x()" style="y">W</p>',
      '<p class="a b" id="c" data-x="1">W</p>',
    ],
    ['links', '<a href="/a?b=1&amp;c=2">W</a>', '<a href="/a?b=1&amp;c=2">W</a>'],
    ['links that are code', '<a href="javascript:x()">A</a><a href=" data:x">B</a>', '<a>A</a><a>B</a>'],
    ['elements of a maker', '<x-card class="a"><x:y>W</x:y></x-card>', '<x-card class="a">W</x-card>'],
    ['what is left out', '<form><label>W<input value="x"></label><img src="y"></form>', 'W'],
    ['what is hidden', '<head><title>T</title></head><script>x</script><svg><text>x</text></svg><p>W</p>', '<p>W</p>'],
    [
      'text that looks like a tag',
      '<p>&lt;script&gt;x&lt;/script&gt; & "</p>',
      '<p>&lt;script&gt;x&lt;/script&gt; &amp; &quot;</p>',
    ],
    ['white space', '<p>\n  One\n\n two\u0000 </p>', '<p> One two </p>'],
    ['a page without words', '<div><p> </p></div>', null],
    ['nothing', '', null],
    ['a long value', `<p class="${'x'.repeat(301)}" id="a">W</p>`, '<p id="a">W</p>'],
  ])('%s', (_, html, sketch) => {
    expect(pageSketch(html)).toBe(sketch);
  });

  test('what is too long or too deep is cut, and well-formed all the same', () => {
    const long =
      pageSketch(`<ul>${'<li class="item"><a href="/news/some-item">Words of it</a></li>'.repeat(5_000)}</ul>`) ?? '';
    expect(long.length).toBeLessThanOrEqual(60_000);
    expect(long).toMatch(/^<ul><li class="item"><a .*<\/ul>$/);
    const deep = pageSketch(`${'<div>'.repeat(1_000)}Words`) ?? '';
    expect(deep).toBe(`${'<div>'.repeat(150)}Words${'</div>'.repeat(150)}`);
    expect(pageSketch(`${'<div>'.repeat(100_000)}Words`)).toBeNull();
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    ' ',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<script>',
    '</script>',
    '</',
    '&lt;',
    '&',
  ),
  fc.constantFrom(
    '<div ',
    '<a href=',
    '<li>',
    '</li>',
    '<table><tr><td>',
    '<svg/onload=',
    '<template>',
    '<math><mi>',
    '<p class="',
  ),
  fc.constantFrom(
    'onerror=x',
    'style=',
    'href="java\nscript:x"',
    '<iframe srcdoc="',
    '<plaintext>',
    '<select>',
    '<body onload=x>',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);

test('whatever a page holds, a browser finds nothing in its sketch that runs, loads or leads out of the web', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (pieces, times) => {
      const sketch = pageSketch(pieces.join('').repeat(times)) ?? '';
      expect(sketch.length).toBeLessThanOrEqual(60_000);
      const $ = load(sketch);
      expect(
        $('script, style, iframe, object, embed, svg, math, form, img, link, meta, base, template, [style]').length,
      ).toBe(0);
      for (const element of $('*').toArray().filter(isTag)) {
        for (const [name, value] of Object.entries(element.attribs)) {
          expect(name).toMatch(/^(?:class|id|href|datetime|itemprop|itemtype|role|rel|data-[a-z0-9-]+)$/);
          if (name === 'href') expect(value).not.toMatch(/^\s*(?!https?:)[a-z][a-z0-9+.-]*:/i);
        }
      }
    }),
    { numRuns: 300 },
  );
});
