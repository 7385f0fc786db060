import { checkNewsletter } from '../../src/checks/newsletter/check-newsletter.js';
import { viewIssue } from '../../src/compose/newsletter.js';
import type { EntryEdit, MonthPost, NewsletterBlock, NewsletterRecord } from '../../src/model/newsletter.js';

const DAY = new Date('2026-10-10T09:00:00Z');
const GOOD =
  'Ofcom has set out what providers of online services must do from next spring onwards. They must find out which dangers there are for children, lessen them, and show each year that what they do has worked as it was meant to.';
const EDIT: EntryEdit = {
  version: 1,
  included: true,
  lead: false,
  place: null,
  section: 'Online Safety',
  heading: 'Rules for providers',
  paragraph: GOOD,
  seenChangedAt: DAY,
};
const POST: MonthPost = {
  postId: 'p1',
  draftId: 'd1',
  slug: 'rules',
  headline: 'Rules for providers of services',
  bodyHtml: `<p>${GOOD} The annual report of YouTubers tells more.</p>`,
  sourceName: 'Ofcom',
  publishedAt: DAY,
  changedAt: DAY,
  withdrawnAt: null,
  correctedAt: null,
  storyId: 's1',
  section: null,
  deadLinks: [],
  edit: EDIT,
};
const BLOCK: NewsletterBlock = {
  id: 7,
  heading: 'Training',
  body: '- Level 3, 1 March 2027\n- Level 2, in the spring',
  untilDay: '2026-11-25',
  version: 1,
  shown: true,
};
const RECORD: NewsletterRecord = {
  id: 'n1',
  slug: 'october-2026',
  months: ['2026-10-01'],
  state: 'draft',
  version: 1,
  title: 'Safeguarding News October 2026',
  introduction: 'Dear readers, here is October.',
  frozen: null,
  changedAt: DAY,
  sentAt: null,
  sentBy: null,
};

interface Case {
  readonly record?: Partial<NewsletterRecord>;
  readonly post?: Partial<MonthPost>;
  readonly edit?: Partial<EntryEdit>;
  readonly others?: readonly MonthPost[];
  readonly block?: Partial<NewsletterBlock>;
  readonly earlier?: readonly { readonly storyId: string; readonly headline: string }[];
  readonly dead?: readonly string[];
}

function remarks({ record, post, edit, others = [], block, earlier = [], dead = [] }: Case) {
  const posts = [{ ...POST, ...post, edit: { ...EDIT, ...edit } }, ...others];
  const view = viewIssue({ ...RECORD, ...record }, posts, [{ ...BLOCK, ...block }]);
  return checkNewsletter({ view, today: '2026-11-25', earlier, deadLinks: new Set(dead) });
}

test('an issue that is in order gets one remark only: which sections are left out', () => {
  expect(remarks({}).map(({ check, level, where }) => [check, level, where])).toEqual([
    ['empty-section', 'warn', 'issue'],
  ]);
});

const paragraph = (words: string): Case => ({ edit: { paragraph: words } });
const DEAD = 'https://gone.example/a';
const OTHER: MonthPost = {
  ...POST,
  postId: 'p2',
  storyId: 's2',
  headline: 'Other',
  edit: { ...EDIT, heading: 'Other' },
};

test.each<[string, string, Case, Case]>([
  ['title', 'refuse', { record: { title: ' ' } }, { record: { title: null } }],
  ['empty', 'refuse', { edit: { included: false } }, {}],
  ['introduction', 'refuse', { record: { introduction: ' \n' } }, { record: { introduction: 'a\n\nb\n\nc' } }],
  [
    'introduction',
    'warn',
    { record: { introduction: 'a\n\nb\n\nc\n\nd' } },
    { record: { introduction: 'a\n\n\n\nb' } },
  ],
  ['heading', 'refuse', { edit: { heading: ' ' } }, {}],
  ['paragraph', 'refuse', paragraph(' '), { edit: { paragraph: ' ', included: false } }],
  ['unfinished', 'refuse', { edit: { heading: 'Under Construction' } }, { edit: { heading: 'Homes constructed' } }],
  ['unfinished', 'refuse', { block: { body: 'Lorem ipsum' } }, { block: { body: 'Lorem ipsum', shown: false } }],
  ['unfinished', 'warn', paragraph(`${GOOD} The venue is TBC.`), paragraph(`${GOOD} The venue is Leeds.`)],
  ['length', 'warn', paragraph('Ofcom acts.'), paragraph(GOOD)],
  [
    'length',
    'warn',
    paragraph(`${GOOD} ${'more words '.repeat(60)}`),
    paragraph(`${GOOD} ${'more words '.repeat(40)}`),
  ],
  ['quotation', 'warn', paragraph(`${GOOD} It said “enough”.`), paragraph(`${GOOD} It is children’s right.`)],
  [
    'source',
    'warn',
    { post: { sourceName: 'Children’s Commissioner' } },
    { post: { sourceName: 'The Regulator (Ofcom)' } },
  ],
  ['first-person', 'warn', paragraph(`${GOOD} This is in our plan.`), paragraph(`${GOOD} This is in its plan.`)],
  ['lost-space', 'warn', paragraph(`${GOOD} See the annualreport.`), paragraph(`${GOOD} See the annual report.`)],
  ['lost-space', 'warn', paragraph(`${GOOD} See reportThe end.`), paragraph(`${GOOD} See YouTube and eSafety.`)],
  ['lost-space', 'warn', paragraph(`${GOOD} It ends.Then more.`), paragraph(`${GOOD} See www.ofcom.example now.`)],
  [
    'lost-space',
    'warn',
    paragraph(`${GOOD} See[this](https://a.example/)`),
    paragraph(`${GOOD} See [this](https://a.example/).`),
  ],
  ['spaces', 'warn', paragraph(`${GOOD}  Twice.`), paragraph(`${GOOD}\n\nTwice.`)],
  ['duplicate', 'warn', { others: [{ ...OTHER, storyId: 's1' }] }, { others: [OTHER] }],
  [
    'duplicate',
    'warn',
    { earlier: [{ storyId: 'x', headline: 'RULES for providers of services' }] },
    { earlier: [{ storyId: 'x', headline: 'Rules' }] },
  ],
  ['dead-link', 'warn', { post: { deadLinks: [DEAD] } }, { dead: [DEAD] }],
  ['dead-link', 'warn', { ...paragraph(`${GOOD} See ${DEAD}.`), dead: [DEAD] }, paragraph(`${GOOD} See ${DEAD}.`)],
  [
    'dead-link',
    'warn',
    { block: { body: `[x](${DEAD})` }, dead: [DEAD] },
    { block: { body: `[x](${DEAD}/b)` }, dead: [DEAD] },
  ],
  [
    'corrected',
    'warn',
    { post: { correctedAt: new Date('2026-10-11') } },
    { post: { correctedAt: new Date('2026-10-09') } },
  ],
  ['withdrawn', 'warn', { post: { withdrawnAt: DAY } }, { post: { withdrawnAt: DAY }, edit: { included: false } }],
  ['past-day', 'refuse', { block: { untilDay: '2026-11-24' } }, { block: { untilDay: '2026-11-25' } }],
  ['past-day', 'warn', { block: { body: 'On 24 November 2026' } }, { block: { body: 'On 25 November 2026' } }],
])('%s (%s) is found, and its neighbour left alone', (check, level, found, alone) => {
  const has = (one: Case): boolean => remarks(one).some((remark) => remark.check === check && remark.level === level);
  expect([has(found), has(alone)]).toEqual([true, false]);
});

test('what one click would write stands where it says', () => {
  for (const words of [`${GOOD} See  it.`, `${GOOD} See the annualreport.`, `${GOOD} It ends.Then more.`]) {
    const [repair] = remarks(paragraph(words)).flatMap((remark) => remark.repair ?? []);
    expect(words.slice(repair?.at ?? 0).startsWith(repair?.quote ?? '?')).toBe(true);
    const { at = 0, quote = '', fix = '' } = repair ?? {};
    const mended = words.slice(0, at) + fix + words.slice(at + quote.length);
    expect(remarks(paragraph(mended)).flatMap((remark) => remark.repair ?? [])).toEqual([]);
  }
});
