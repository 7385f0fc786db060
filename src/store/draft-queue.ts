import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { QueueFilter } from '../model/desk.js';
import type { DraftState } from '../model/draft.js';
import type { Db } from './connect.js';

type Counts = Readonly<Record<DraftState | 'snoozed', number>>;

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

/**
 * The ids of one page of the queue, in its order, and how many entries there are in all. By story, only the first draft of each
 * story counts. Where no words are searched, both are read from an index alone, however many drafts there are.
 */
export async function queuePage(
  db: Db,
  filter: QueueFilter,
  viewer: { readonly userId: string; readonly now: Date },
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const where = whereOf(filter, viewer);
  const [{ rows }, total] = await Promise.all([
    sql<{ id: string }>`select d.id from draft d where ${where} order by ${orderOf(filter)}
      limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db),
    sql<{ n: number }>`select count(*) as n from draft d where ${where}`.execute(db),
  ]);
  return { ids: rows.map(({ id }) => id), total: total.rows[0]?.n ?? 0 };
}

/** How many drafts are in each state; those that sleep count under a name of their own. */
export async function queueCounts(db: Db, now: Date): Promise<Counts> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state, sum(n)::bigint as n from (
      select state, count(*) as n from draft where snoozed_until is null group by state
      union all
      select case when snoozed_until > ${now} then 'snoozed' else state end, count(*) from draft
      where snoozed_until is not null group by 1
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

function whereOf(filter: QueueFilter, viewer: { readonly userId: string; readonly now: Date }): RawBuilder<unknown> {
  const fits = sql.join(conditions('d', filter, viewer), sql` and `);
  if (filter.byStory !== true) return fits;
  const { keys, way } = ORDERS[filter.order];
  const of = (alias: string) => sql.join(keys.map((key) => sql.ref(`${alias}.${key}`)));
  return sql`${fits} and (not d.in_company or not exists (
    select from draft o where o.story_id = d.story_id and ${sql.join(conditions('o', filter, viewer), sql` and `)}
      and (${of('o')}) ${sql.raw(way === 'desc' ? '>' : '<')} (${of('d')})))`;
}

function orderOf({ order, words }: QueueFilter): RawBuilder<unknown> {
  const { keys, way } = ORDERS[order];
  const columns = sql.join(keys.map((key) => sql`${sql.ref(`d.${key}`)} ${sql.raw(way)}`));
  if (order !== 'relevance' || words === null) return columns;
  return sql`ts_rank(d.search, websearch_to_tsquery('english', ${words})) desc, ${columns}`;
}

function conditions(
  alias: string,
  { states, sourceId, words, mark, section }: QueueFilter,
  { userId, now }: { readonly userId: string; readonly now: Date },
): RawBuilder<SqlBool>[] {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const all: RawBuilder<SqlBool>[] = [sql`true`];
  if (states.length > 0) all.push(sql`${column('state')} in (${sql.join(states)})`);
  if (sourceId !== null) all.push(sql`${column('source_id')} = ${sourceId}`);
  if (section !== null) all.push(sql`${column('section')} = ${section}`);
  if (words !== null) all.push(sql`${column('search')} @@ websearch_to_tsquery('english', ${words})`);
  if (mark === 'updated') all.push(sql`${column('updated_mark')}`);
  if (mark === 'mine') all.push(sql`${column('claimed_by')} = ${userId}::uuid`);
  if (mark === 'claims') all.push(sql`${column('found_claims')}`);
  if (mark === 'sensitive') all.push(sql`${column('found_sensitive')}`);
  if (mark === 'snoozed') all.push(sql`${column('snoozed_until')} > ${now}`);
  else if (words === null) all.push(sql`(${column('snoozed_until')} is null or ${column('snoozed_until')} <= ${now})`);
  if (mark === 'possible-copy') {
    all.push(sql`${column('item_id')} in (select g.item_id from story_suggestion g where g.standing = 'suggested'
      union all select g.of_item_id from story_suggestion g where g.standing = 'suggested')`);
  }
  return all;
}
