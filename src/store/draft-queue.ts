import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { QueueFilter } from '../model/desk.js';
import { TRANSITIONS, type DraftState } from '../model/draft.js';
import type { Db } from './connect.js';

type Counts = Readonly<Record<DraftState | 'snoozed', number>>;

const STATES = Object.keys(TRANSITIONS).length;

interface Order {
  /** The columns that it goes by; each has an index of its own that also holds all that is filtered by. */
  readonly keys: readonly string[];
  readonly way: 'asc' | 'desc';
}

const ORDERS: Readonly<Record<QueueFilter['order'], Order>> = {
  day: { keys: ['found_on', 'score', 'created_at', 'id'], way: 'desc' },
  relevance: { keys: ['score', 'created_at', 'id'], way: 'desc' },
  newest: { keys: ['created_at', 'id'], way: 'desc' },
  oldest: { keys: ['created_at', 'id'], way: 'asc' },
};

interface Viewer {
  readonly userId: string;
  readonly now: Date;
}

/**
 * The ids of one page of the queue, in its order, and how many entries there are in all. By story, only the first draft of each
 * story counts. Where no words are searched, the page is read from an index alone, from the nearer end; the total is the sum of what
 * is kept (migration 0016) where that says enough.
 */
export async function queuePage(
  db: Db,
  filter: QueueFilter,
  viewer: Viewer,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  if (filter.page === 1) {
    const range = { offset: 0, limit: filter.pageSize, fromEnd: false };
    const [ids, total] = await Promise.all([idsOf(db, filter, viewer, range), totalOf(db, filter, viewer)]);
    return { ids, total };
  }
  const total = await totalOf(db, filter, viewer);
  const offset = (filter.page - 1) * filter.pageSize;
  const limit = Math.min(filter.pageSize, total - offset);
  if (limit <= 0) return { ids: [], total };
  if (offset <= total / 2) return { ids: await idsOf(db, filter, viewer, { offset, limit, fromEnd: false }), total };
  const ids = await idsOf(db, filter, viewer, { offset: total - offset - limit, limit, fromEnd: true });
  return { ids: ids.reverse(), total };
}

/** How many drafts are in each state; those that sleep count under a name of their own. */
export async function queueCounts(db: Db, now: Date): Promise<Counts> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state, sum(n)::bigint as n from (
      select state, n from draft_count
      union all
      select unnest(array[state, 'snoozed']), unnest(array[-count(*), count(*)]) from draft where snoozed_until > ${now} group by state
    ) as counted group by state`.execute(db);
  const none: Counts = {
    drafted: 0,
    'in-review': 0,
    approved: 0,
    scheduled: 0,
    published: 0,
    withdrawn: 0,
    rejected: 0,
    snoozed: 0,
  };
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

interface Range {
  readonly offset: number;
  readonly limit: number;
  /** Counted from the last entry, which then comes first. */
  readonly fromEnd: boolean;
}

async function idsOf(
  db: Db,
  filter: QueueFilter,
  viewer: Viewer,
  { offset, limit, fromEnd }: Range,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from draft d where ${sql.join(conditions('d', filter, viewer), sql` and `)} and ${firstOfStory(filter, viewer)}
    order by ${orderOf(filter, fromEnd)} limit ${limit} offset ${offset}`.execute(db);
  return rows.map(({ id }) => id);
}

async function totalOf(db: Db, filter: QueueFilter, viewer: Viewer): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select ${isKept(filter) ? kept(filter, viewer) : counted(filter, viewer)} as n`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Whether the kept counts are by all that it filters by. */
function isKept({ sourceId, words, mark }: QueueFilter): boolean {
  return sourceId === null && words === null && mark !== 'mine' && mark !== 'possible-copy' && mark !== 'snoozed';
}

/** One statement, so one picture: all that fit, without those that sleep just now, and a story with several once. */
function kept(filter: QueueFilter, viewer: Viewer): RawBuilder<unknown> {
  const { byStory } = filter;
  const alone = (alias: string) => (byStory === true ? sql`not ${sql.ref(`${alias}.in_company`)}` : sql`true`);
  const all = sql`select coalesce(sum(c.n), 0)::bigint from draft_count c where ${sql.join(kinds('c', filter), sql` and `)} and ${alone('c')}`;
  const asleep = sql`select count(*) from draft d
    where d.snoozed_until > ${viewer.now} and ${sql.join(kinds('d', filter), sql` and `)} and ${alone('d')}`;
  const stories = sql`select count(distinct d.story_id) from draft d
    where d.in_company and ${sql.join(conditions('d', filter, viewer), sql` and `)}`;
  return byStory === true ? sql`(${all}) - (${asleep}) + (${stories})` : sql`(${all}) - (${asleep})`;
}

function counted(filter: QueueFilter, viewer: Viewer): RawBuilder<unknown> {
  const entries =
    filter.byStory === true
      ? sql`count(*) filter (where not d.in_company) + count(distinct d.story_id) filter (where d.in_company)`
      : sql`count(*)`;
  return sql`(select ${entries} from draft d where ${sql.join(conditions('d', filter, viewer), sql` and `)})`;
}

function firstOfStory(filter: QueueFilter, viewer: Viewer): RawBuilder<unknown> {
  if (filter.byStory !== true) return sql`true`;
  const { keys, way } = ORDERS[filter.order];
  const of = (alias: string) => sql.join(keys.map((key) => sql.ref(`${alias}.${key}`)));
  return sql`(not d.in_company or not exists (
    select from draft o where o.in_company and o.story_id = d.story_id and ${sql.join(conditions('o', filter, viewer), sql` and `)}
      and (${of('o')}) ${sql.raw(way === 'desc' ? '>' : '<')} (${of('d')})))`;
}

function orderOf({ order, words }: QueueFilter, fromEnd: boolean): RawBuilder<unknown> {
  const { keys, way } = ORDERS[order];
  const turned = (wanted: 'asc' | 'desc') => sql.raw((wanted === 'desc') === fromEnd ? 'asc' : 'desc');
  const columns = sql.join(keys.map((key) => sql`${sql.ref(`d.${key}`)} ${turned(way)}`));
  if (order !== 'relevance' || words === null) return columns;
  return sql`ts_rank(d.search, websearch_to_tsquery('english', ${words})) ${turned('desc')}, ${columns}`;
}

/** By columns that `draft` and `draft_count` both have. */
function kinds(alias: string, { states, mark, section }: QueueFilter): RawBuilder<SqlBool>[] {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const all: RawBuilder<SqlBool>[] = [sql`true`];
  // All states are no condition: it would be asked of every row.
  if (states.length > 0 && states.length < STATES) all.push(sql`${column('state')} in (${sql.join(states)})`);
  if (section !== null) all.push(sql`${column('section')} = ${section}`);
  if (mark === 'updated') all.push(sql`${column('updated_mark')}`);
  if (mark === 'claims') all.push(sql`${column('found_claims')}`);
  if (mark === 'sensitive') all.push(sql`${column('found_sensitive')}`);
  return all;
}

function conditions(alias: string, filter: QueueFilter, { userId, now }: Viewer): RawBuilder<SqlBool>[] {
  const { sourceId, words, mark } = filter;
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const all = kinds(alias, filter);
  if (sourceId !== null) all.push(sql`${column('source_id')} = ${sourceId}`);
  if (words !== null) all.push(sql`${column('search')} @@ websearch_to_tsquery('english', ${words})`);
  if (mark === 'mine') all.push(sql`${column('claimed_by')} = ${userId}::uuid`);
  if (mark === 'snoozed') all.push(sql`${column('snoozed_until')} > ${now}`);
  else if (words === null) all.push(sql`(${column('snoozed_until')} is null or ${column('snoozed_until')} <= ${now})`);
  if (mark === 'possible-copy')
    all.push(alias === 'o' ? isSuggested(column('item_id')) : sql`${column('item_id')} in ${SUGGESTED}`);
  return all;
}

const SUGGESTED = sql`(select g.item_id from story_suggestion g where g.standing = 'suggested'
  union all select g.of_item_id from story_suggestion g where g.standing = 'suggested')`;

/** The same, asked of one row: all suggestions are not gathered for each. */
function isSuggested(item: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`exists (select from story_suggestion g where g.standing = 'suggested' and ${item} in (g.item_id, g.of_item_id))`;
}
