import fc from 'fast-check';
import { nameWords, oneName, REMOVED, withoutNames, type ErasedNames } from '../../src/match/erase-name.js';

const jane = oneName(nameWords('Jane Doe'));
const erase = (text: string, names: ErasedNames = jane): string =>
  withoutNames(text, names).text.replaceAll(REMOVED, '▮');

test.each([
  ['Jane Doe said', '▮ said'],
  ['JANE DOE', '▮'],
  ['jane   doe', '▮'],
  ['Jane\u00a0Doe\nand', '▮\nand'],
  ['Jane-Doe', '▮'],
  ['Jane_Doe.pdf', '▮.pdf'],
  ['jane.doe@example.org', '▮@example.org'],
  ['Doe, Jane (17)', '▮ (17)'],
  ['Jane Doe’s mother', '▮’s mother'],
  ["Jane Doe's mother", "▮'s mother"],
  ['the Does', 'the Does'],
  ['Jane Doering', 'Jane Doering'],
  ['Sarah-Jane Doe', 'Sarah-▮'],
  ['Mary Jane. Doe not', 'Mary Jane. Doe not'],
  ['Doe Jane', 'Doe Jane'],
  ['Jane, Doe', 'Jane, Doe'],
  ['Doe, Jim, Jane', 'Doe, Jim, Jane'],
  ['Jáne Doé', '▮'],
  ['Ja\u00adne Do\u200be', '▮'],
  ['a < b, Jane Doe > c', 'a < b, ▮ > c'],
  ['<Jane Doe> wrote', '<▮> wrote'],
  ['Jane', 'Jane'],
  ['', ''],
])('plain text %j', (text, expected) => {
  expect(erase(text)).toBe(expected);
});

test.each([
  ['<p>Jane <b>Doe</b>, 17</p>', '<p>▮<b></b>, 17</p>'],
  ['<strong>Jane</strong> Doe', '<strong>▮</strong>'],
  ['Jane&nbsp;Doe', '▮'],
  ['Jane&#32;Doe&#39;s', '▮&#39;s'],
  ['J&aacute;ne Doe', '▮'],
  ['<td>Doe</td><td>Jane</td>', '<td>▮</td><td></td>'],
  ['<img alt="Jane Doe" src="/jane-doe.jpg">', '<img alt="▮" src="/jane-doe.jpg">'],
  ['<a href="/news/jane-doe">Jane Doe</a>', '<a href="/news/jane-doe">▮</a>'],
  ['<!-- Jane Doe -->', '<!-- ▮ -->'],
  ['<![CDATA[Jane Doe]]>', '<![CDATA[▮]]>'],
  ['&lt;p&gt;Jane &lt;b&gt;Doe&lt;/b&gt;&lt;/p&gt;', '&lt;p&gt;▮&lt;b&gt;&lt;/b&gt;&lt;/p&gt;'],
  ['Jane&amp;nbsp;Doe', '▮'],
  ['<p>Jane</p><p>Doe', '<p>▮</p><p>'],
  ["<a title='x' href=x>no</a>", "<a title='x' href=x>no</a>"],
])('HTML %j', (text, expected) => {
  expect(erase(text)).toBe(expected);
});

test.each([
  ["Siobhán O'Brien", 'Siobhan O’Brien and SIOBHÁN O&#8217;BRIEN’S', '▮ and ▮’S'],
  ['Jan van der Berg', 'Van der Berg, Jan; van der Berg, Jan', '▮; ▮'],
  ['J. K. Doe', 'J.K. Doe, J K Doe, Doe, J. K.', '▮, ▮, ▮.'],
  ['Anne-Marie Smith-Jones', 'Anne Marie Smith Jones', '▮'],
  ['Łukasz Żak', 'łukasz żak', '▮'],
])('%s in %j', (name, text, expected) => {
  expect(erase(text, oneName(nameWords(name)))).toBe(expected);
});

test('of several names the longest counts', () => {
  const both: ErasedNames = { sizes: [2, 3], has: (words) => ['jane doe', 'jane doe smith'].includes(words) };
  expect(withoutNames('Jane Doe Smith, Jane Doe', both)).toEqual({ text: `${REMOVED}, ${REMOVED}`, hits: 2 });
});

const noise = fc.string({
  unit: fc.constantFrom(
    'Jane',
    'Doe',
    ' ',
    '<',
    '>',
    '&',
    ';',
    '-',
    ',',
    "'",
    's',
    'p',
    '"',
    '=',
    '<b>',
    '&nbsp;',
    '<!--',
    '-->',
    '\u0000',
    '😀',
    '\ud800',
  ),
});

test('whatever the text is: once is enough, and what holds no name stays as it is', () => {
  fc.assert(
    fc.property(noise, (text) => {
      const { text: after, hits } = withoutNames(text, jane);
      expect(withoutNames(after, jane)).toEqual({ text: after, hits: 0 });
      if (hits === 0) expect(after).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['<!--', '<a', '&lt;a', '&', "a'", 'Jane ', 'Jane<', 'Doe,', '<a href="', '\u00ad'])(
  'a million letters of %j are read in one go',
  (part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    expect(withoutNames(text, jane).hits).toBe(0);
  },
);
