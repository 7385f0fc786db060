import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { extractArticle } from '../../src/extract/extract-article.js';
import { describeShared, SHARED } from '../shared-corpus.js';
import { answer, articleOf, ITEM, SOURCE } from './page.js';
import { pdfOf } from './pdf.js';
import { zipOf } from './zip.js';

const LINES = [
  { text: 'Child safeguarding practice review', size: 22, gap: 40 },
  { text: 'Published March 2024', gap: 40 },
  { text: 'Summary', size: 15, gap: 40 },
  { text: 'This review looks at how agencies worked together, and what they can' },
  { text: 'learn from it. The part-' },
  { text: 'nership accepted all of the findings.' },
  { text: 'A second paragraph stands here on its own.', gap: 32 },
];

describe('a PDF', () => {
  test('gives title, date, headings and paragraphs in reading order', async () => {
    const article = await articleOf(pdfOf([LINES], '/CreationDate (D:20240415093000Z) /Author (The Partnership)'));
    expect(article).toMatchObject({
      title: 'Child safeguarding practice review',
      byline: 'The Partnership',
      method: 'PDF',
      published: { value: '2024-03', precision: 'month', evidence: 'text: Published March 2024' },
      documents: [{ type: 'pdf', pages: 1, text: 'Child safeguarding practice review' }],
    });
    expect(article.bodyHtml.split('\n')).toEqual([
      '<h2>Child safeguarding practice review</h2>',
      '<p>Published March 2024</p>',
      '<h3>Summary</h3>',
      '<p>This review looks at how agencies worked together, and what they can learn from it. The partnership accepted all of the findings.</p>',
      '<p>A second paragraph stands here on its own.</p>',
    ]);
  });

  test('without a printed date has the one of the file', async () => {
    const article = await articleOf(
      pdfOf([[{ text: 'A report on the work of the board in the past year' }]], '/CreationDate (D:20240415093000Z)'),
    );
    expect(article.published).toEqual({ value: '2024-04-15', precision: 'day', evidence: 'pdf:CreationDate' });
  });

  test('leaves out running heads and page numbers', async () => {
    const page = (at: number): { text: string; gap?: number }[] => [
      { text: 'Annual report of the partnership' },
      { text: `The text of page ${at} begins here and says something of its own.`, gap: 40 },
      { text: `Page ${at} of 4`, gap: 40 },
    ];
    const { bodyText } = await articleOf(pdfOf([1, 2, 3, 4].map(page)));
    expect(bodyText.split('\n\n')).toEqual(
      [1, 2, 3, 4].map((at) => `The text of page ${at} begins here and says something of its own.`),
    );
  });

  test('that was scanned is told as such', async () => {
    await expect(articleOf(pdfOf([[], [], []]))).rejects.toMatchObject({
      name: 'Failure',
      code: 'item.no-text-in-file',
      details: { pages: 3 },
    });
  });

  test('that is broken fails with a code', async () => {
    await expect(articleOf(pdfOf([LINES]).slice(0, 300))).rejects.toMatchObject({
      name: 'Failure',
      code: 'item.unreadable',
    });
  });

  test('is known by its bytes, whatever the header says', async () => {
    const article = await extractArticle(
      answer(pdfOf([LINES]), { headers: { 'content-type': 'text/html' } }),
      SOURCE,
      ITEM,
    );
    expect(article.method).toBe('PDF');
  });
});

const WORD = `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Terms of reference</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The board meets </w:t></w:r><w:r><w:t>four times a year; see </w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>the plan</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>First</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>`;
const OPEN = `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:xlink="x"><office:body><office:text>
<text:h text:outline-level="1">Minutes</text:h><text:p>Present<text:s/>were <text:a xlink:href="https://x.example/a">all members</text:a>.</text:p>
<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list></office:text></office:body></office:document-content>`;

describe('a text file of an office', () => {
  test('Word: headings, links, lists, tables, dates of the file', async () => {
    const article = await articleOf(
      zipOf({
        'word/document.xml': WORD,
        'word/_rels/document.xml.rels':
          '<Relationships><Relationship Id="r1" Target="https://x.example/plan.pdf"/></Relationships>',
        'docProps/core.xml':
          '<cp:coreProperties><dc:title>Terms</dc:title><dc:creator>Board</dc:creator><dcterms:created>2024-05-03T09:00:00Z</dcterms:created></cp:coreProperties>',
      }),
    );
    expect(article).toMatchObject({
      title: 'Terms',
      byline: 'Board',
      method: 'docx',
      published: { value: '2024-05-03T09:00:00Z', evidence: 'file:dcterms:created' },
    });
    expect(article.bodyHtml).toBe(
      '<h2>Terms of reference</h2><p>The board meets four times a year; see <a href="https://x.example/plan.pdf">the plan</a>.</p>' +
        '<ul><li>First</li></ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
    );
    expect(article.documents.map(({ type }) => type)).toEqual(['docx', 'pdf']);
  });

  test('OpenDocument', async () => {
    const article = await articleOf(
      zipOf({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'content.xml': OPEN,
        'meta.xml': '<m><dc:date>2024-05-03T09:00:00</dc:date></m>',
      }),
    );
    expect(article).toMatchObject({
      title: 'Minutes',
      method: 'odt',
      modified: { value: '2024-05-03', precision: 'day' },
    });
    expect(article.bodyHtml).toBe(
      '<h2>Minutes</h2><p>Present were <a href="https://x.example/a">all members</a>.</p><ul><li>One</li></ul>',
    );
  });

  test.each([
    ['another archive', zipOf({ 'a.txt': 'a' }), 'item.unreadable'],
    ['a cut archive', zipOf({ 'word/document.xml': WORD }).slice(0, 200), 'item.unreadable'],
    ['one without text', zipOf({ 'word/document.xml': '<w:document><w:body/></w:document>' }), 'item.no-text-in-file'],
    [
      'one that unpacks to very much',
      zipOf({ 'word/document.xml': '<w:p>'.padEnd(25_000_000, ' ') }),
      'source.too-large',
    ],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'item.unreadable'],
    ['an old Word file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'item.unreadable'],
    ['nothing', new Uint8Array(), 'source.empty'],
  ])('%s fails with a code', async (_, bytes, code) => {
    await expect(articleOf(bytes)).rejects.toMatchObject({ name: 'Failure', code });
  });
});

describeShared('the captured reports', () => {
  const folder = resolve(SHARED ?? '', 'corpus/sources/ofsted/pdf');
  test.each(readdirSync(SHARED === null ? '.' : folder).filter((name) => name.endsWith('.pdf')))(
    '%s is read as what it is',
    async (name) => {
      const bytes = new Uint8Array(readFileSync(resolve(folder, name)));
      const article = await articleOf(bytes);
      const isPdf = Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-';
      expect(article.method === 'PDF').toBe(isPdf);
      expect(article.bodyText.length).toBeGreaterThan(isPdf ? 5_000 : 200);
    },
  );
});
