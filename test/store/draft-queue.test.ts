import fc from 'fast-check';
import type { DraftState } from '../../src/model/draft.js';
import type { QueueFilter } from '../../src/model/desk.js';
import { queueCounts, queuePage } from '../../src/store/draft-queue.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { sampleUser } from './samples.js';

const STATES: readonly DraftState[] = [
  'drafted',
  'in-review',
  'approved',
  'scheduled',
  'published',
  'withdrawn',
  'rejected',
];
const SECTIONS = ['Scams', 'Legislation'];
const HOUR = 3_600_000;
/** In summer, an hour before midnight in London: days there and in UTC differ. */
const START = Date.parse('2026-06-30T22:00:00Z');

interface Sample {
  readonly state: DraftState;
  readonly source: number;
  readonly story: number;
  readonly section: string | null;
  readonly words: string;
  readonly updated: boolean;
  readonly claims: boolean | null;
  readonly sensitive: boolean | null;
  readonly mine: boolean;
  readonly suggested: boolean;
  readonly score: number;
  /** Hours since the start. */
  readonly at: number;
  readonly until: number | null;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  state: fc.constantFrom(...STATES),
  source: fc.nat(2),
  story: fc.nat(7),
  section: fc.constantFrom(null, ...SECTIONS),
  words: fc.constantFrom('harbour', 'garden', 'harbour garden'),
  updated: fc.boolean(),
  claims: fc.constantFrom(null, true, false),
  sensitive: fc.constantFrom(null, true, false),
  mine: fc.boolean(),
  suggested: fc.boolean(),
  score: fc.constantFrom(0, 0.5, 1),
  at: fc.nat(4),
  until: fc.constantFrom(null, null, 0, 2, 4),
});
const filters: fc.Arbitrary<Omit<QueueFilter, 'page' | 'pageSize'>> = fc.record({
  states: fc.constantFrom<readonly DraftState[]>(
    STATES,
    [],
    ['drafted', 'in-review'],
    ['published'],
    STATES.slice(0, 3),
  ),
  sourceId: fc.constantFrom(null, null, null, 's1'),
  section: fc.constantFrom(null, null, 'Scams'),
  words: fc.constantFrom(null, null, null, 'harbour'),
  mark: fc.constantFrom(null, null, null, 'updated', 'claims', 'sensitive', 'mine', 'snoozed', 'possible-copy'),
  order: fc.constantFrom('day', 'relevance', 'newest', 'oldest'),
  byStory: fc.boolean(),
});

let database: TestDatabase;
let me: string;
beforeAll(async () => {
  database = await emptyDatabase();
  me = await sampleUser(database.store.db);
  await database.store.pool.query(
    "insert into source (id, name, kind, url) select 's' || n, 'S', 'feed', 'https://a.example/' from generate_series(0, 2) n",
  );
});
afterAll(async () => await database.close());

interface Kept extends Sample {
  readonly id: string;
  readonly day: string;
}

/** The store holds these drafts and no others; gives them with what the store added. */
async function fill(all: readonly Sample[]): Promise<Kept[]> {
  const { pool } = database.store;
  await pool.query('delete from draft; delete from item; delete from story');
  const { rows } = await pool.query<{ n: number; id: string; day: string }>(
    `with at as (select (t.ord - 1)::int as n, t.one, gen_random_uuid() as item_id from jsonb_array_elements($1) with ordinality as t (one, ord)),
      story_of as (select story, gen_random_uuid() as id from (select distinct one ->> 'story' as story from at) s),
      stories as (insert into story (id) select id from story_of),
      items as (
        insert into item (id, source_id, key, kind, url, title, found, found_at, disposition, reason)
        select item_id, 's' || (one ->> 'source'), n::text, 'article', 'https://a.example/', 'T', '{}', now(), 'drafted', 'so' from at),
      partners as (select n, item_id, lead(item_id) over (order by n) as of_item_id from at where (one ->> 'suggested')::boolean),
      suggestions as (
        insert into story_suggestion (item_id, of_item_id, tie, because) select item_id, of_item_id, 'copy', 'so' from partners where of_item_id is not null),
      drafts as (
        insert into draft (item_id, story_id, source_id, state, headline, body_html, original_url, source_name, section, updated_mark,
          found_claims, found_sensitive, claimed_by, score, created_at, snoozed_until)
        select at.item_id, story_of.id, 's' || (one ->> 'source'), one ->> 'state', one ->> 'words', '<p>T</p>', 'https://a.example/', 'S',
          one ->> 'section', (one ->> 'updated')::boolean, (one ->> 'claims')::boolean, (one ->> 'sensitive')::boolean,
          case when (one ->> 'mine')::boolean then $2::uuid end, (one ->> 'score')::float,
          to_timestamp($3 + (one ->> 'at')::int * 3600), to_timestamp($3 + (one ->> 'until')::int * 3600)
        from at join story_of on story_of.story = one ->> 'story'
        returning id, item_id, found_on::text as day)
      select at.n, drafts.id, drafts.day from at join drafts using (item_id) order by at.n`,
    [JSON.stringify(all), me, START / 1_000],
  );
  return rows.map(({ n, id, day }) => ({ ...all[n]!, id, day }));
}

/** The same in plain words: all that fit, in order, and by story only the first of each. */
function expected(drafts: readonly Kept[], filter: Omit<QueueFilter, 'page' | 'pageSize'>, hours: number): string[] {
  const { states, sourceId, section, words, mark, order } = filter;
  // A suggestion has two ends: of one draft alone there is none.
  const pairs = drafts.filter(({ suggested }) => suggested).length > 1;
  const marked = (one: Kept): boolean => {
    if (mark === 'updated') return one.updated;
    if (mark === 'claims') return one.claims === true;
    if (mark === 'sensitive') return one.sensitive === true;
    if (mark === 'mine') return one.mine;
    if (mark === 'possible-copy') return one.suggested && pairs;
    return true;
  };
  const asleep = ({ until }: Kept): boolean => until !== null && until > hours;
  const fitting = drafts.filter(
    (one) =>
      (states.length === 0 || states.includes(one.state)) &&
      (sourceId === null || `s${one.source}` === sourceId) &&
      (section === null || one.section === section) &&
      (words === null || one.words.includes(words)) &&
      (mark === 'snoozed' ? asleep(one) : words !== null || !asleep(one)) &&
      marked(one),
  );
  const keys: Readonly<Record<QueueFilter['order'], (one: Kept) => (number | string)[]>> = {
    day: ({ day, score, at, id }) => [day, score, at, id],
    relevance: ({ score, at, id }) => [score, at, id],
    newest: ({ at, id }) => [at, id],
    oldest: ({ at, id }) => [at, id],
  };
  const compare = (a: Kept, b: Kept): number => {
    const [left, right] = [keys[order](a), keys[order](b)];
    const at = left.findIndex((key, n) => key !== right[n]);
    const less = at >= 0 && left[at]! < right[at]!;
    return (at < 0 ? 0 : less ? -1 : 1) * (order === 'oldest' ? 1 : -1);
  };
  const sorted = fitting.sort(compare);
  const first = sorted.filter((one, n) => sorted.findIndex(({ story }) => story === one.story) === n);
  return (filter.byStory === true ? first : sorted).map(({ id }) => id);
}

async function allPages(filter: Omit<QueueFilter, 'page' | 'pageSize'>, hours: number, pageSize: number) {
  const viewer = { userId: me, now: new Date(START + hours * HOUR) };
  const ids: string[] = [];
  let total = 0;
  for (let page = 1; ; page += 1) {
    const found = await queuePage(database.store.db, { ...filter, page, pageSize }, viewer);
    ids.push(...found.ids);
    total = found.total;
    if (found.ids.length < pageSize) return { ids, total };
  }
}

test('page after page gives every entry once, in order, and the total is how many they are', async () => {
  const cases = fc.record({
    drafts: fc.array(samples, { maxLength: 24, size: 'max' }),
    asked: fc.array(
      fc.record({ filter: filters, hours: fc.constantFrom(-1, 0, 1, 2, 3, 4, 5), pageSize: fc.constantFrom(2, 3, 7) }),
      {
        minLength: 8,
        maxLength: 8,
      },
    ),
  });
  let most = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ drafts, asked }) => {
      const kept = await fill(drafts);
      for (const { filter, hours, pageSize } of asked) {
        const want = expected(kept, filter, hours);
        const { ids, total } = await allPages(filter, hours, pageSize);
        // With words, relevance is that of the words: its order is PostgreSQL's own.
        const isRanked = filter.words !== null && filter.order === 'relevance';
        expect(isRanked ? [...ids].sort() : ids).toEqual(isRanked ? [...want].sort() : want);
        expect(total).toBe(want.length);
        most = Math.max(most, total);
      }
    }),
    { numRuns: 30 },
  );
  expect(most).toBeGreaterThan(10);
});

test('counts of the states are true at any time: who sleeps wakes by itself', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(samples, { maxLength: 24, size: 'max' }), async (drafts) => {
      await fill(drafts);
      for (const hours of [-1, 0, 1, 2, 4]) {
        const counts = await queueCounts(database.store.db, new Date(START + hours * HOUR));
        const asleep = drafts.filter(({ until }) => until !== null && until > hours);
        expect(counts.snoozed).toBe(asleep.length);
        for (const state of STATES) {
          const awake = drafts.filter((one) => one.state === state && !asleep.includes(one));
          expect([state, counts[state]]).toEqual([state, awake.length]);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('a page behind the last is empty, and the total still true', async () => {
  await fill(fc.sample(samples, { numRuns: 9, seed: 3 }).map((one) => ({ ...one, until: null })));
  const filter = { states: STATES, sourceId: null, section: null, words: null, mark: null, order: 'day' as const };
  const viewer = { userId: me, now: new Date(START) };
  expect(await queuePage(database.store.db, { ...filter, page: 5, pageSize: 3 }, viewer)).toEqual({
    ids: [],
    total: 9,
  });
});
