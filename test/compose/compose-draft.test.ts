import fc from 'fast-check';
import { composeDraft } from '../../src/compose/compose-draft.js';
import type { Article } from '../../src/model/article.js';
import type { FoundItem } from '../../src/model/item.js';
import { sampleArticle, sampleItem, sampleSource } from '../store/samples.js';

const quay = { ...sampleSource('quay'), name: 'Bramwick Safeguarding Partnership' };
const LEAD =
  '<p>The harbour board has set out nine recommendations for every agency that works with families on the quay.</p>';
const MORE = '<p>It found that ferry crews, net menders and lighthouse keepers each knew a part of the picture.</p>';

function compose(bodyHtml: string, more: { article?: Partial<Article>; item?: Partial<FoundItem> } = {}) {
  const item = sampleItem('report', { title: 'Nine recommendations for the quay', ...more.item });
  const article = sampleArticle(item.url, { title: item.title, bodyHtml, ...more.article });
  return composeDraft(item, article, quay);
}

test.each([
  ['summary bullets above the lead', `<ul><li>Nine steps</li><li>One quay</li></ul>${LEAD}${MORE}`, /summary bullets/],
  ['“Ends” and what follows', `${LEAD}${MORE}<p>-ENDS-</p><p>For journalists only.</p>`, /after “Ends”/],
  ['notes to editors', `${LEAD}${MORE}<h2>Notes to editors</h2><p>Founded in 1950.</p>`, /notes to editors/],
  ['press contacts', `${LEAD}${MORE}<p>Press office: 020 0000 0000</p>`, /notes to editors and press contacts/],
  ['a call to action', `${LEAD}<p>Read the executive summary</p>${MORE}`, /call to action/],
  ['an appeal', `${LEAD}${MORE}<p>Just £5 could help a family on the quay.</p>`, /appeal for donations/],
  ['share and cookie text', `${LEAD}<p>Share on Facebook</p>${MORE}`, /share buttons/],
  ['a licence line', `${LEAD}${MORE}<p>All content is available under the Open Government Licence v3.0</p>`, /licence/],
  ['the headline again', `<h2>Nine recommendations for the quay</h2>${LEAD}${MORE}`, /repeats the headline/],
  [
    'a pull quote',
    `${LEAD}<blockquote>nine recommendations for every agency that works with families</blockquote>${MORE}`,
    /pull quote/,
  ],
  [
    'related links',
    `${LEAD}${MORE}<h2>Related content</h2><ul><li><a href="https://x.example/a">Other news</a></li></ul>`,
    /related links/,
  ],
  ['a credit', `${LEAD}<p>Image: Ada Quill</p>${MORE}`, /caption or credit/],
  ['a date line', `<p>Published: 5 February 2026</p>${LEAD}${MORE}`, /date line/],
])('leaves out %s, and says why', (_, html, because) => {
  const draft = compose(html);
  expect(draft.cuts.map((cut) => cut.because).join('; ')).toMatch(because);
  expect(draft.bodyHtml).toContain('nine recommendations for every agency');
  expect(draft.bodyHtml).toContain('ferry crews, net menders');
});

test.each([
  ['a helpline', '<p>Call the quay helpline on 0800 000 0000, free and at any hour.</p>'],
  ['a sub-heading with text', `<h2>What comes next</h2>${MORE}`],
  ['a list', '<ul><li>Keep one record</li><li>Read it</li></ul>'],
  ['a table', '<table><tr><td>Report</td><td>PDF</td></tr></table>'],
  [
    'a long paragraph that says download',
    '<p>Download speeds on the island were blamed by the crews for records that arrived late or not at all, week after week, in winter.</p>',
  ],
  ['bold next to plain text', '<p>Keep your online accounts<strong> turned </strong>on, says the board.</p>'],
])('keeps %s as it is', (_, html) => {
  const draft = compose(`${LEAD}${html}`);
  expect(draft.bodyHtml).toContain(html.replace(MORE, ''));
  expect(draft.cuts).toEqual([]);
});

test('a standfirst that says the lead again goes', () => {
  const draft = compose(`<p>Nine steps for the quay.</p>${LEAD}${MORE}`, {
    article: { standfirst: 'Nine steps for the quay.' },
  });
  expect(draft.cuts).toMatchObject([{ at: 0, because: 'standfirst' }]);
});

test('a block quotation becomes paragraphs in curly quotation marks, the speaker after it', () => {
  const draft = compose(
    `${LEAD}<blockquote><p>We will keep one record.</p><p>And read it.</p><footer>Ada Quill, harbour master</footer></blockquote>`,
  );
  expect(draft.bodyHtml).toContain(
    '<p>“We will keep one record.</p>\n<p>“And read it.”</p>\n<p>Ada Quill, harbour master</p>'.split('\n')[0],
  );
  expect(draft.bodyHtml).toContain('And read it.”</p>');
  expect(draft.bodyHtml).not.toContain('blockquote');
  expect(draft.bodyHtml).toContain('Ada Quill, harbour master');
});

test('documents are listed with type, size and pages, and the original is linked at the end', () => {
  const documents = [
    { url: 'https://quay.example/r.pdf', text: 'The report', type: 'pdf', size: 1_234_567, pages: 12 },
  ];
  const { bodyHtml } = compose(LEAD, { article: { documents } });
  expect(bodyHtml).toContain('<li><a href="https://quay.example/r.pdf">The report</a> (PDF, 1.2 MB, 12 pages)</li>');
  expect(
    bodyHtml.trim().endsWith('Read the original on the website of Bramwick Safeguarding Partnership</a></p>'),
  ).toBe(true);
});

test('a review of a partnership gets its headline and a body from the page and its own summary', () => {
  const draft = compose('', {
    item: {
      kind: 'document',
      title: 'WREN Local Child Safeguarding Practice Review (PDF, 1.2 MB)',
      summary: 'The partnership has published a review.',
      under: ['Practice reviews'],
      dated: { value: '2024-03', precision: 'month', evidence: 'text: March 2024' },
    },
    article: {
      bodyHtml: `<h1>Practice review</h1><p>Contents ........ 2</p><h2>Executive summary</h2>${LEAD}<h2>Chapter one</h2>${'<p>Long and detailed text about the case. </p>'.repeat(40)}`,
    },
  });
  expect(draft.headline).toBe(
    'Bramwick Safeguarding Partnership publish WREN Local Child Safeguarding Practice Review March 2024',
  );
  expect(draft.bodyHtml).toContain('The partnership has published a review.');
  expect(draft.bodyHtml).toContain('nine recommendations for every agency');
  expect(draft.bodyHtml).not.toContain('Long and detailed');
  expect(draft.cuts.some(({ because }) => because.startsWith('the rest of the document'))).toBe(true);
});

test('a line of a page’s change history is told as an update of the page', () => {
  const item: Partial<FoundItem> = {
    kind: 'section',
    title: 'Updated figures.',
    under: ['Keeping watch: guidance'],
    changeNote: true,
    posted: { value: '2026-02-05T09:30Z', precision: 'minute', evidence: 'time' },
  };
  expect(compose('<p>Updated figures.</p>', { item }).headline).toBe('Keeping watch: guidance updated 5 February 2026');
});

test('what is kept and what is cut together are the article, in order: nothing is lost, nothing invented', () => {
  const word = fc.constantFrom(
    'board',
    'Ends',
    '-ENDS-',
    'Share on X',
    'Read the report',
    'Notes to editors',
    'Donate now',
    'quay',
    '“It was”',
  );
  const block = fc.tuple(
    fc.constantFrom('p', 'h2', 'blockquote', 'li'),
    fc.array(word, { minLength: 1, maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 10 }), (blocks) => {
      const html = blocks.map(([tag, words]) =>
        tag === 'li' ? `<ul><li>${words.join(' ')}</li></ul>` : `<${tag}>${words.join(' ')}</${tag}>`,
      );
      const { bodyHtml, cuts } = compose(html.join(''));
      const count = (text: string): number => (text.replace(/<[^>]+>/g, ' ').match(/\bquay\b/g) ?? []).length;
      const original = count(html.join(''));
      expect(count(bodyHtml.replace(/<p><a href[^]*$/, '')) + count(cuts.map((cut) => cut.html).join(' '))).toBe(
        original,
      );
      expect([...cuts].map(({ at }) => at)).toEqual([...cuts].map(({ at }) => at).sort((a, b) => a - b));
    }),
  );
});
