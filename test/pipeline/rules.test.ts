import { SHARED_RULES, type FeedSource, type SharedRules } from '../../src/model/source.js';
import type { FoundItem } from '../../src/model/item.js';
import { decideItems } from '../../src/pipeline/decide-items.js';
import { draftItem, type DraftPorts } from '../../src/pipeline/draft-item.js';
import { itemMatcher } from '../../src/pipeline/match-item.js';
import { itemRanker } from '../../src/pipeline/rank-item.js';
import { decisionLog } from '../../src/store/decision-log.js';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { matchBook } from '../../src/store/match-book.js';
import { pollLedger } from '../../src/store/polls.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import {
  captureItem,
  endOf,
  NOON,
  sampleItem,
  samplePoll,
  sampleReading,
  sampleSource,
  syncRows,
} from '../store/samples.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());
const db = () => database.store.db;

const SHARED: SharedRules = {
  all: { exclude: ['vacancy'], keep: ['practice review'] },
  class: { charity: { exclude: ['raffle'] } },
};
const quay: FeedSource = {
  ...sampleSource('quay', { rules: { include: ['child', 'harbour'] } }),
  [SHARED_RULES]: SHARED,
};
const board: FeedSource = { ...sampleSource('board', { class: 'regulator' }), [SHARED_RULES]: SHARED };
const item = (name: string, title: string): FoundItem => sampleItem(name, { title });

/** As a poll does it: decided, then recorded. The ids in the order given. */
async function poll(source: FeedSource, items: readonly FoundItem[], baseline = false): Promise<string[]> {
  await syncRows(db(), source);
  const events = items.map((one) => ({
    event: 'item.found' as const,
    item: one,
    detail: baseline ? { baseline } : {},
  }));
  const reading = sampleReading({ events });
  await pollLedger(db()).recordPoll(source, samplePoll([], { ...decideItems(source, reading), reading }));
  const rows = await db().selectFrom('item').select(['id', 'key']).where('sourceId', '=', source.id).execute();
  return items.map(({ key }) => rows.find((row) => row.key === key)!.id);
}

test('what rules keep out is held with the rule and its level, and what one keeps is read', async () => {
  const ids = await poll(quay, [
    item('a', 'Harbour children: the findings'),
    item('b', 'Vacancy: child protection lead'),
    item('c', 'Grand raffle for the harbour'),
    item('d', 'The pier is painted'),
    item('e', 'Vacancy and raffle: what a practice review found'),
  ]);
  const ends = await Promise.all(ids.map((id) => endOf(db(), id)));
  expect(ends.map(({ disposition, reasonCode, reason }) => [disposition, reasonCode, reason])).toEqual([
    ['found', null, null],
    ['held', 'filtered', 'Kept out by a rule for all sources: exclude “vacancy”.'],
    ['held', 'filtered', 'Kept out by a rule for the class charity: exclude “raffle”.'],
    [
      'held',
      'filtered',
      'Kept out by a rule for the row quay: include asks for “child”, “harbour”, and none is in its title or summary.',
    ],
    ['found', null, null],
  ]);
});

test('a first look stays a baseline, whatever the rules say', async () => {
  const [id] = await poll({ ...quay, initialItems: 0 }, [item('a', 'Vacancy')], true);
  expect(await endOf(db(), id!)).toMatchObject({
    reasonCode: 'baseline',
    reason: expect.stringContaining('before we began') as string,
  });
});

test('what a rule of one source keeps out is brought by another source that has no such rule', async () => {
  const [kept] = await poll(quay, [item('same', 'The pier is painted')]);
  const [wanted] = await poll(board, [item('same', 'The pier is painted')]);
  await captureItem(db(), wanted!);
  const matching = matchBook(db());
  const ports: DraftPorts = {
    items: itemBook(db()),
    drafts: draftBook(db()),
    matching,
    source: (id) => [quay, board].find((source) => source.id === id),
    match: itemMatcher(matching),
    rank: itemRanker(decisionLog(db()), { now: () => NOON }),
  };
  expect(await draftItem(ports, board, wanted!)).toEqual({ outcome: 'created' });
  expect((await endOf(db(), kept!)).reasonCode).toBe('filtered');
});
