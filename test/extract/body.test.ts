import { parsePage } from '../../src/extract/open-page.js';
import { blocksIn } from '../../src/extract/block.js';
import { writeBody, type Body } from '../../src/extract/body.js';

const BASE = 'https://www.council.example/news/1';

function bodyOf(html: string): Body {
  const { root, base } = parsePage(html, BASE);
  return writeBody(root, new Set(blocksIn(root).flatMap(({ texts }) => texts)), base);
}

describe('writeBody keeps words apart as a reader sees them', () => {
  test.each([
    ['bold inside a sentence', '<p>Keep <b>online accounts</b> turned on.</p>', 'Keep online accounts turned on.'],
    [
      'a space that stands inside the mark',
      '<p>Keep<b> online accounts </b>turned on.</p>',
      'Keep online accounts turned on.',
    ],
    ['a colon after a link', '<p><a href="/x">Read this</a>: now</p>', 'Read this: now'],
    ['a quotation mark outside a mark', '<p>“<strong>We</strong> act”, he said.</p>', '“We act”, he said.'],
    ['a line break', '<p>One<br>two</p>', 'One two'],
    ['two line breaks make two paragraphs', 'One<br><br>two', 'One\n\ntwo'],
    ['two line breaks inside a mark', '<div><b>One<br><br>two</b></div>', 'One\n\ntwo'],
    ['no space where there is none', '<p>un<b>believ</b>able</p>', 'unbelievable'],
    ['list items', '<ul><li>One</li><li>two</li></ul>', 'One\n\ntwo'],
    [
      'cells',
      '<table><tr><td>One</td><td>two</td></tr><tr><td>three</td><td>four</td></tr></table>',
      'One\n\ntwo\n\nthree\n\nfour',
    ],
    ['loose text beside a block', '<div>One<p>two</p>three</div>', 'One\n\ntwo\n\nthree'],
    ['no-break and zero-width spaces', '<p>One\u00a0two\u200b three</p>', 'One two three'],
    ['scripts and styles are no text', '<p>One<script>var two</script><style>p{}</style></p>', 'One'],
  ])('%s', (_, html, text) => {
    expect(bodyOf(html).text).toBe(text);
  });
});

describe('writeBody writes only the allowed HTML', () => {
  test.each([
    [
      'links become absolute',
      '<p>See <a href="/a?b=1&c=2">this</a>.</p>',
      '<p>See <a href="https://www.council.example/a?b=1&amp;c=2">this</a>.</p>',
    ],
    ['a script address is no link', '<p><a href="javascript:alert(1)">x</a> y</p>', '<p>x y</p>'],
    ['b and i become strong and em', '<p><b>a</b> <i>b</i></p>', '<p><strong>a</strong> <em>b</em></p>'],
    ['white space stands outside a mark', '<p>a<b> b </b>c</p>', '<p>a <strong>b</strong> c</p>'],
    ['headings from h2 to h4', '<h1>a</h1><h3>b</h3><h6>c</h6>', '<h2>a</h2><h3>b</h3><h4>c</h4>'],
    ['attributes and unknown elements go', '<p onclick="x()" class="y"><font color="red">a</font></p>', '<p>a</p>'],
    ['text is escaped', '<p>1 &lt; 2 &amp; 3</p>', '<p>1 &lt; 2 &amp; 3</p>'],
    ['a list keeps its items', '<ol><li>a</li><li><p>b</p></li></ol>', '<ol><li>a</li><li>b</li></ol>'],
    ['a quotation', '<blockquote><p>a</p></blockquote>', '<blockquote><p>a</p></blockquote>'],
    [
      'a table of data',
      '<table><tr><th>a</th><th>b</th></tr><tr><td colspan="2">c</td><td>d</td></tr></table>',
      '<table><tr><th>a</th><th>b</th></tr><tr><td colspan="2">c</td><td>d</td></tr></table>',
    ],
    [
      'a table that only lays out the page is none',
      '<table><tr><td><h2>a</h2><p>b</p></td></tr></table>',
      '<h2>a</h2><p>b</p>',
    ],
    ['a picture leaves nothing', '<p><img src="x.png" onerror="x()">a</p>', '<p>a</p>'],
  ])('%s', (_, html, wanted) => {
    expect(bodyOf(html).html).toBe(wanted);
  });
});
