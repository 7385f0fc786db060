import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runMatchCopies } from '../../src/cli/match.js';
import { Boilerplate } from '../../src/match/boilerplate.js';
import { decide } from '../../src/match/decide.js';
import { fingerprint } from '../../src/match/fingerprint.js';
import { describeShared, SHARED } from '../shared-corpus.js';

/** A release of invented words, long enough to be compared; `about` fills its blanks. */
const release = (about: string, more = ''): string =>
  `Bramwick Harbour Board has today published the findings on ${about}. The report sets out nine recommendations for the ` +
  'agencies that work with families on the quay, and asks each of them to say by the end of the quarter what it has done. ' +
  'It found that lighthouse keepers, net menders and ferry crews all knew a part of the picture, while nobody held the whole. ' +
  `Practitioners told the authors that records were kept in four places and read in none. ${more}` +
  'The board accepts every recommendation and will publish its progress each spring until all of them are met.';
const item = (id: string, title: string, text: string, sourceId = id) =>
  fingerprint({ id, sourceId, sourceName: `Board of ${sourceId}`, title, text });
const verdictOf = (a: [string, string], b: [string, string]) =>
  decide(item('b', ...b), [{ item: item('a', ...a), group: 'a' }], new Boilerplate());

test.each([
  [
    'a child’s name',
    'Theo: Local Child Safeguarding Practice Review',
    'Zac: Local Child Safeguarding Practice Review',
    'Theo',
    'Zac',
  ],
  ['a letter', 'Serious case review: Child A', 'Serious case review: Child B', 'Child A', 'Child B'],
  ['a number', 'Serious case review: Child 17', 'Serious case review: Child 18', 'Child 17', 'Child 18'],
  ['a month', 'Safeguarding newsletter March', 'Safeguarding newsletter April', 'March', 'April'],
  ['a quarter', 'Harbour data: quarter 1', 'Harbour data: quarter 2', 'quarter 1', 'quarter 2'],
  ['a span of years', 'Annual report 2022-23', 'Annual report 2023-24', '2022-23', '2023-24'],
  ['a part', 'Keeping watch: part 1', 'Keeping watch: part 2', 'part 1', 'part 2'],
  ['a Roman number', 'Training module II', 'Training module III', 'module II', 'module III'],
  ['a volume', 'Harbour records volume 3', 'Harbour records volume 4', 'volume 3', 'volume 4'],
  [
    'a document of one process',
    'Quay inquiry: interim report',
    'Quay inquiry: final report',
    'the interim',
    'the final',
  ],
  ['an audience', 'Safe sailing for primary schools', 'Safe sailing for secondary schools', 'primary', 'secondary'],
  ['a place', 'Safeguarding audit Eastmere', 'Safeguarding audit Penmarsh', 'Eastmere', 'Penmarsh'],
  ['a day', 'Dataset as at 31 March 2015', 'Dataset as at 31 August 2014', '31 March 2015', '31 August 2014'],
  ['a prefix before another year', 'Quay welcomes: Early years report 2015', 'Early years report 2016', '2015', '2016'],
  ['a lower-case name', 'kit learning review', 'noor learning review', 'Kit', 'Noor'],
])('is a sibling: %s', (_, titleA, titleB, aboutA, aboutB) => {
  const verdict = verdictOf([titleA, release(aboutA)], [titleB, release(aboutB)]);
  expect(verdict.tie).toBe('sibling');
  expect(verdict.because.join(' ')).not.toBe('');
  const back = verdictOf([titleB, release(aboutB)], [titleA, release(aboutA)]);
  expect(back.tie).toBe('sibling');
});

test.each([
  ['the very same', 'Nine recommendations for the quay', 'Nine recommendations for the quay'],
  [
    'a publisher before the title',
    'Nine recommendations for the quay',
    'Eastmere shares: Nine recommendations for the quay',
  ],
  ['capitals', 'Nine recommendations for the quay', 'NINE RECOMMENDATIONS FOR THE QUAY'],
  ['another headline altogether', 'Nine recommendations for the quay', 'Harbour families to be heard, says new report'],
])('is a copy: %s', (_, titleA, titleB) => {
  expect(verdictOf([titleA, release('the quay')], [titleB, release('the quay')]).tie).toBe('copy');
});

test.each([
  ['a year on one side only', 'Harbour scrutiny report', 'Harbour scrutiny report 2024'],
  ['a month on one side only', 'Harbour briefing', 'Harbour briefing for April'],
])('is for an editor to say: %s', (_, titleA, titleB) => {
  expect(verdictOf([titleA, release('the quay')], [titleB, release('the quay')]).tie).toBe('possible-copy');
});

test('an anonymous copy is never tied to a named area', () => {
  const named = item('a', 'Eastmere: practice review Wren', release('Wren'));
  const anonymous = item('b', 'Anonymous partnership: practice review Child N', release('Wren'));
  expect(decide(anonymous, [{ item: named, group: 'a' }], new Boilerplate()).tie).toBe('possible-copy');
  expect(decide(named, [{ item: anonymous, group: 'b' }], new Boilerplate()).tie).toBe('possible-copy');
});

test('what a source prints around all its items makes no copies', () => {
  const footer = release('our work in general');
  const boilerplate = new Boilerplate();
  const texts = ['gulls', 'ropes', 'tides', 'charts', 'fog', 'lamps'].map(
    (word) => `A short note on ${word} and how they are kept. ${footer}`,
  );
  const prints = texts.map((text, at) =>
    item(`n${at}`, `Note ${['gulls', 'ropes', 'tides', 'charts', 'fog', 'lamps'][at]}`, text, 'quay'),
  );
  prints.forEach((print) => boilerplate.learn(print));
  expect(decide(prints[5]!, [{ item: prints[0]!, group: 'n0' }], boilerplate).tie).toBe('new');
});

describeShared('the shared stream of copies', () => {
  interface Gold {
    readonly group: string;
    readonly kind: string;
  }

  test('joins copies, and never a sibling or an anonymous twin', async () => {
    const file = join(SHARED ?? '', 'corpus/matching/copies/items.ndjson.gz');
    const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
    const gold = new Map(
      lines.map((line) => {
        const { id, gold: truth } = JSON.parse(line) as { id: string; gold: Gold };
        return [id, truth] as const;
      }),
    );
    const answers: { id: string; verdict: string; of: string | null; because: string[] }[] = [];
    async function* input(): AsyncIterable<string> {
      for (const line of lines) yield await Promise.resolve(line);
    }
    await runMatchCopies(input(), (text) => void answers.push(JSON.parse(text) as (typeof answers)[number]));
    const groupOf = (id: string | null): string | undefined => gold.get(id ?? '')?.group;
    const copies = answers.filter(({ verdict }) => verdict === 'copy');
    expect(copies.filter(({ id, of }) => groupOf(id) !== groupOf(of))).toEqual([]);
    expect(copies.filter(({ id }) => gold.get(id)?.kind === 'anonymous-twin')).toEqual([]);
    expect(answers.filter(({ verdict, because }) => verdict !== 'new' && because.length === 0)).toEqual([]);
    const made = ['verbatim-with-boiler', 'trimmed', 'local-quotes', 'updated', 'natural-repost'];
    const late = answers.filter(({ id }) => made.includes(gold.get(id)?.kind ?? ''));
    const found = late.filter(({ id, verdict, of }) => verdict === 'copy' && groupOf(id) === groupOf(of));
    expect(late.length).toBeGreaterThan(300);
    expect(found.length / late.length).toBeGreaterThanOrEqual(0.99);
  }, 60_000);
});
