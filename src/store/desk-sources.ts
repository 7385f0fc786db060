import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { FoundRow, PollRow, SourceRow } from '../model/desk.js';
import { DISPOSITIONS, type Disposition } from '../model/item.js';
import type { Db } from './connect.js';
import { GO_ON } from './go-on.js';
import { uuid } from './uuid.js';

export interface FoundFilter {
  readonly disposition: Disposition | null;
  readonly sourceId: string | null;
  readonly words: string | null;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

interface By {
  readonly userId: string;
  readonly now: Date;
}

/** Sources as operators and editors see them, and everything found at them wherever it ended. */
export function deskSources(db: Db) {
  return {
    listSources: (): Promise<SourceRow[]> => rows(db, null),
    findSource: async (id: string): Promise<SourceRow | undefined> => (await rows(db, id))[0],
    /** Sources whose poll was due before `late`, though it is switched on, nobody paused it and nobody polls it. Longest first. */
    overdueSince: (late: Date, now: Date) => overdueSince(db, late, now),
    /** The last polls of a source, newest first. */
    polls: (id: string): Promise<PollRow[]> => polls(db, id),
    sourceNames: (): Promise<{ id: string; name: string }[]> =>
      db
        .selectFrom('source')
        .select(['id', 'name'])
        .where((eb) =>
          eb.exists(eb.selectFrom('draft').select('draft.id').whereRef('draft.sourceId', '=', 'source.id')),
        )
        .orderBy('name')
        .execute(),
    /** How many items ended where: together they are all that was ever found. */
    foundCounts: () => foundCounts(db),
    found: (filter: FoundFilter) => found(db, filter),
    /** Lets a held or failed item go on: the sweep reads and drafts it. False when it is neither any more. */
    releaseItem: (id: string, by: By): Promise<boolean> => releaseItem(db, id, by),
  };
}

function noCounts(): Record<Disposition, number> {
  return Object.fromEntries(Object.keys(DISPOSITIONS).map((name) => [name, 0])) as Record<Disposition, number>;
}

async function rows(db: Db, id: string | null): Promise<SourceRow[]> {
  const sources = await db
    .selectFrom('source')
    .select((eb) => [
      'id',
      'name',
      'kind',
      'enabled',
      'state',
      'failureCode',
      'failureMessage',
      'failingSince',
      'failuresInRow',
      'lastGoodAt',
      'lastNewAt',
      'nextPollAt',
      'nextPollBecause',
      'pausedUntil',
      'pausedBecause',
      'movedTo',
      'hints',
      eb
        .selectFrom('poll')
        .select((inner) => inner.fn.max('startedAt').as('at'))
        .whereRef('poll.sourceId', '=', 'source.id')
        .as('lastPollAt'),
    ])
    .$if(id !== null, (query) => query.where('id', '=', id ?? ''))
    // Organisations of what was added by address are no places that we watch.
    .$if(id === null, (query) => query.where('kind', '<>', 'by-hand'))
    // What is ill comes first: an operator has little time.
    .orderBy(sql`failure_code is null and state <> 'changed'`)
    .orderBy('enabled', 'desc')
    .orderBy('name')
    .execute();
  const { rows: counts } = await sql<{ sourceId: string; disposition: Disposition; n: number }>`
    select source_id, disposition, sum(n)::bigint as n from item_count
    where ${id}::text is null or source_id = ${id} group by source_id, disposition`.execute(db);
  const bySource = new Map<string, Record<Disposition, number>>();
  for (const { sourceId, disposition, n } of counts) {
    bySource.set(sourceId, { ...(bySource.get(sourceId) ?? noCounts()), [disposition]: n });
  }
  return sources.map((source) => ({
    ...source,
    counts: bySource.get(source.id) ?? noCounts(),
  })) as unknown as SourceRow[];
}

async function polls(db: Db, id: string): Promise<PollRow[]> {
  const found = await db
    .selectFrom('poll')
    .select([
      'startedAt',
      'endedAt',
      'outcome',
      'found',
      'new',
      'changed',
      'vanished',
      'httpStatus',
      'failureCode',
      'failureMessage',
    ])
    .where('sourceId', '=', id)
    .orderBy('startedAt', 'desc')
    .limit(50)
    .execute();
  return found as unknown as PollRow[];
}

async function overdueSince(db: Db, late: Date, now: Date): Promise<{ id: string; name: string; since: Date }[]> {
  return await db
    .selectFrom('source')
    .select(['id', 'name', 'nextPollAt as since'])
    .where('enabled', '=', true)
    .where('nextPollAt', '<', late)
    .where((eb) => eb.or([eb('pausedUntil', 'is', null), eb('pausedUntil', '<=', now)]))
    .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', now)]))
    .orderBy('nextPollAt')
    .limit(200)
    .execute();
}

async function foundCounts(db: Db): Promise<Readonly<Record<Disposition, number>>> {
  const { rows: counts } = await sql<{ disposition: Disposition; n: number }>`
    select disposition, sum(n)::bigint as n from item_count group by disposition`.execute(db);
  return counts.reduce((all, { disposition, n }) => ({ ...all, [disposition]: n }), noCounts());
}

async function found(db: Db, filter: FoundFilter): Promise<{ readonly rows: FoundRow[]; readonly total: number }> {
  const { words, page, pageSize } = filter;
  const range = sql`limit ${pageSize} offset ${(page - 1) * pageSize}`;
  if (words !== null) return await foundByWords(db, filter, range);
  const where = sql.join(kinds('i', filter), sql` and `);
  const [rows, total] = await Promise.all([
    foundRows(db, sql`select i.id from item i where ${where} order by i.found_at desc, i.id desc ${range}`),
    sql<{ n: number }>`select coalesce(sum(i.n), 0)::bigint as n from item_count i where ${where}`.execute(db),
  ]);
  return { rows, total: total.rows[0]?.n ?? 0 };
}

/** By columns that `item` and `item_count` both have. */
function kinds(alias: string, { disposition, sourceId }: FoundFilter): RawBuilder<SqlBool>[] {
  const all = [sql<SqlBool>`true`];
  if (disposition !== null) all.push(sql`${sql.ref(`${alias}.disposition`)} = ${disposition}`);
  if (sourceId !== null) all.push(sql`${sql.ref(`${alias}.source_id`)} = ${sourceId}`);
  return all;
}

/** What fits is gathered by the index of words first: in the order of the list, rare words would be looked for in every row. */
async function foundByWords(
  db: Db,
  filter: FoundFilter,
  range: RawBuilder<unknown>,
): Promise<{ readonly rows: FoundRow[]; readonly total: number }> {
  const hits = sql`select i.id, i.found_at from item i
    where i.search @@ websearch_to_tsquery('english', ${filter.words}) and ${sql.join(kinds('i', filter), sql` and `)}`;
  const [rows, total] = await Promise.all([
    foundRows(db, sql`with hit as materialized (${hits}) select id from hit order by found_at desc, id desc ${range}`),
    sql<{ n: number }>`select count(*) as n from (${hits}) as hit`.execute(db),
  ]);
  return { rows, total: total.rows[0]?.n ?? 0 };
}

/** The page is found first: only its own rows are joined. Its own draft, else the first of the story that it joined. */
async function foundRows(db: Db, page: RawBuilder<unknown>): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select i.id, i.title, i.url, i.kind, i.source_id, s.name as source_name, i.found_at, i.disposition, i.reason_code, i.reason,
      (select d.id from story_tie t join draft d on d.story_id = t.story_id where t.item_id = i.id and t.standing <> 'detached'
        order by d.item_id <> i.id, d.created_at, d.id limit 1) as draft_id
    from item i join source s on s.id = i.source_id
    where i.id in (${page}) order by i.found_at desc, i.id desc`.execute(db);
  return rows;
}

/** With who did it, in one statement. */
async function releaseItem(db: Db, id: string, { userId, now }: By): Promise<boolean> {
  const { rows } = await sql`
    with before as (
      select id, source_id, reason_code from item where id = ${uuid(id)} and disposition in ('held', 'failed') for update
    ), released as (
      update item set ${GO_ON} from before where item.id = before.id returning before.source_id, before.reason_code
    )
    insert into audit_event (at, by_user, did, about, detail)
    select ${now}::timestamptz, ${userId}::uuid, 'item-released', 'source:' || source_id, reason_code from released returning id`.execute(
    db,
  );
  return rows.length > 0;
}
