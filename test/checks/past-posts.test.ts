import { checkDraft } from '../../src/checks/check-draft.js';
import type { DraftToCheck, PastPost } from '../../src/checks/read-draft.js';

const DRAFT: DraftToCheck = {
  headline: 'Harbour board publishes nine recommendations',
  bodyHtml: '<p>The board met on the quay.</p>',
  sourceName: 'Bramwick Harbour Board',
  editorName: 'Ada Field',
  publishOn: new Date('2026-02-06T10:00:00Z'),
  sourceDate: { value: '2026-02-05', precision: 'day', evidence: 'time' },
  slugTaken: false,
  captureText: 'The board met on the quay.',
};
const PAST: PastPost = {
  headline: 'Nine recommendations',
  publishedOn: '2024-03-27',
  sourceName: 'Bramwick Harbour Board',
  url: 'https://news.example/nine',
  by: 'link',
};

test.each<[string, Partial<PastPost>, string]>([
  [
    'the same original',
    {},
    'Already published on Wed 27 Mar 2024: “Nine recommendations” (Bramwick Harbour Board). It links to the same original. Say what is new, or reject this one as a duplicate.',
  ],
  [
    'like words',
    { by: 'text' },
    'Perhaps already published on Wed 27 Mar 2024: “Nine recommendations” (Bramwick Harbour Board). Its words are like these: please compare.',
  ],
  [
    'without day and body',
    { publishedOn: null, sourceName: null },
    'Already published: “Nine recommendations”. It links to the same original. Say what is new, or reject this one as a duplicate.',
  ],
])('%s is told, and forbids nothing', (_, more, reason) => {
  const found = checkDraft({ ...DRAFT, past: [{ ...PAST, ...more }] });
  expect(found).toMatchObject([{ level: 'warn', reason, see: 'https://news.example/nine' }]);
});

test('nothing is told where nothing was published before, and no link where it has no address', () => {
  expect(checkDraft(DRAFT)).toEqual([]);
  expect(checkDraft({ ...DRAFT, past: [{ ...PAST, url: null }] })[0]).not.toHaveProperty('see');
});
