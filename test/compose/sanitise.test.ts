import { load } from 'cheerio';
import fc from 'fast-check';
import { sanitise } from '../../src/compose/sanitise.js';

const ALLOWED = 'p h2 h3 h4 ul ol li a table thead tbody tr th td blockquote strong em br'.split(' ');

test.each([
  {
    name: 'keeps what a post may hold',
    from: '<p>One <strong>two</strong> <em>three</em><br />four</p>',
    to: '<p>One <strong>two</strong> <em>three</em><br />four</p>',
  },
  {
    name: 'keeps lists, tables and quotations',
    from: '<ul><li>a</li></ul><table><tbody><tr><td>b</td></tr></tbody></table><blockquote>c</blockquote>',
  },
  {
    name: 'takes other headings down to those of a post',
    from: '<h1>a</h1><h5>b</h5><h6>c</h6>',
    to: '<h2>a</h2><h4>b</h4><h4>c</h4>',
  },
  { name: 'makes strong of b and em of i', from: '<b>a</b><i>b</i>', to: '<strong>a</strong><em>b</em>' },
  {
    name: 'keeps the text of what it drops',
    from: '<div><section>One <span style="x">two</span></section></div>',
    to: 'One two',
  },
  {
    name: 'drops scripts and styles with their text',
    from: 'a<script>b</script><style>c</style><template>d</template>e',
    to: 'ae',
  },
  {
    name: 'drops every attribute but the address of a link',
    from: '<p class="x" id="y" onclick="z" style="a">b</p>',
    to: '<p>b</p>',
  },
  {
    name: 'keeps links to pages, mail and telephones',
    from: '<a href="https://a.example/x?y=1">a</a><a href="mailto:a@b.example">b</a><a href="tel:+441">c</a>',
  },
  {
    name: 'makes text of other links',
    from: '<a href="javascript:x()">a</a><a href="data:text/html,x">b</a><a href="/c">c</a><a href="//d.example">d</a><a>e</a>',
    to: 'abcde',
  },
  {
    name: 'is not fooled by entities and controls in an address',
    from: '<a href="java&#10;script:x()">a</a><a href="&#1;javascript:x()">b</a>',
    to: 'ab',
  },
  {
    name: 'keeps the spans of cells, and only numbers there',
    from: '<table><tbody><tr><td colspan="2">a</td><td colspan="x">b</td></tr></tbody></table>',
    to: '<table><tbody><tr><td colspan="2">a</td><td>b</td></tr></tbody></table>',
  },
  { name: 'escapes what stands as text', from: 'a &lt;script&gt; b &amp; c', to: 'a &lt;script&gt; b &amp; c' },
])('$name', ({ from, to }) => {
  expect(sanitise(from)).toBe(to ?? from);
});

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '<p>',
    '</p>',
    '<a href="https://x.example">',
    '<a href=javascript:x>',
    '</a>',
    '<script>',
    '</script>',
    '<svg>',
    '<math>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<h1>',
    '<b>',
    '<table>',
    '<td ',
    "'",
    '"',
    '<',
    '>',
    '&',
    '&#0;',
    '<img src=x onerror=x>',
    '<style>',
    '<noscript>',
    '<xmp>',
    '<plaintext>',
    '\u0000',
  ),
);

test('of anything at all makes only what a post may hold, and twice is once', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const html = sanitise(pieces.join(''));
      expect(sanitise(html)).toBe(html);
      const $ = load(html, null, false);
      for (const element of $('*').toArray()) {
        expect(ALLOWED).toContain($(element).prop('tagName')?.toLowerCase());
        for (const [name, value] of Object.entries($(element).attr() ?? {})) {
          expect(['href', 'colspan', 'rowspan', 'scope']).toContain(name);
          if (name === 'href') expect(value).toMatch(/^\s*(?:https?:|mailto:|tel:)/i);
        }
      }
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['100,000 open brackets', '<'.repeat(100_000)],
  ['100,000 open elements', '<div>'.repeat(100_000)],
  ['100,000 open allowed elements', '<ul><li>'.repeat(50_000)],
  ['100,000 closed elements', `${'<div>'.repeat(50_000)}x${'</div>'.repeat(50_000)}`],
  ['an endless attribute', `<a href="${'x'.repeat(1_000_000)}`],
  ['100,000 unclosed comments', '<!--'.repeat(100_000)],
  ['50,000 attributes', `<p ${'a=b '.repeat(50_000)}>x</p>`],
  ['200,000 entities', '&amp'.repeat(200_000)],
])('%s come to an end', (_, html) => {
  // What is not linear does not within the time limit of a test.
  // The longest form of a character is `&lt;`.
  expect(sanitise(html).length).toBeLessThanOrEqual(4 * html.length);
});

test('text that lies too deep is kept, without the tags around it', () => {
  const deep = `${'<blockquote>'.repeat(2_000)}<p>Deep</p>${'</blockquote>'.repeat(2_000)}<p>After</p>`;
  const $ = load(sanitise(`<p>Before</p>${deep}`), null, false);
  expect($.root().text()).toBe('BeforeDeepAfter');
});

test('a long old page of unclosed paragraphs and cells keeps them', () => {
  const html = `${'<p>One'.repeat(2_000)}<table>${'<tr><td>Two<td>Three'.repeat(1_000)}</table>`;
  const $ = load(sanitise(html), null, false);
  expect($('p')).toHaveLength(2_000);
  expect($('td')).toHaveLength(2_000);
});
