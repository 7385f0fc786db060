import { sql, type SqlBool } from 'kysely';
import type { FoundRow, PollRow, SourceRow } from '../model/desk.js';
import { DISPOSITIONS, type Disposition } from '../model/item.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

export interface FoundFilter {
  readonly disposition: Disposition | null;
  readonly sourceId: string | null;
  readonly words: string | null;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
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
    releaseItem: (id: string): Promise<boolean> => releaseItem(db, id),
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
  const counts = await db
    .selectFrom('item')
    .select((eb) => ['sourceId', 'disposition', eb.fn.countAll<number>().as('n')])
    .$if(id !== null, (query) => query.where('sourceId', '=', id ?? ''))
    .groupBy(['sourceId', 'disposition'])
    .execute();
  return sources.map((source) => ({
    ...source,
    counts: counts
      .filter(({ sourceId }) => sourceId === source.id)
      .reduce((all, { disposition, n }) => ({ ...all, [disposition]: n }), noCounts()),
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
  const counts = await db
    .selectFrom('item')
    .select((eb) => ['disposition', eb.fn.countAll<number>().as('n')])
    .groupBy('disposition')
    .execute();
  return counts.reduce((all, { disposition, n }) => ({ ...all, [disposition]: n }), noCounts());
}

async function found(
  db: Db,
  { disposition, sourceId, words, page, pageSize }: FoundFilter,
): Promise<{ readonly rows: FoundRow[]; readonly total: number }> {
  const conditions = [sql<SqlBool>`true`];
  if (disposition !== null) conditions.push(sql`item.disposition = ${disposition}`);
  if (sourceId !== null) conditions.push(sql`item.source_id = ${sourceId}`);
  if (words !== null) conditions.push(sql`item.search @@ websearch_to_tsquery('english', ${words})`);
  const where = sql.join<SqlBool>(conditions, sql` and `);
  const { total } = await db
    .selectFrom('item')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(where)
    .executeTakeFirstOrThrow();
  const items = await db
    .selectFrom('item')
    .innerJoin('source', 'source.id', 'item.sourceId')
    .leftJoin('storyTie', (join) =>
      join.onRef('storyTie.itemId', '=', 'item.id').on('storyTie.standing', '!=', 'detached'),
    )
    .leftJoin('draft', 'draft.storyId', 'storyTie.storyId')
    .select([
      'item.id',
      'item.title',
      'item.url',
      'item.kind',
      'item.sourceId',
      'source.name as sourceName',
      'item.foundAt',
      'item.disposition',
      'item.reasonCode',
      'item.reason',
      'draft.id as draftId',
    ])
    .where(where)
    .distinctOn(['item.foundAt', 'item.id'])
    .orderBy('item.foundAt', 'desc')
    .orderBy('item.id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { total, rows: items as unknown as FoundRow[] };
}

async function releaseItem(db: Db, id: string): Promise<boolean> {
  const released = await db
    .updateTable('item')
    .set({
      disposition: sql`case when read_revision >= revision then 'read' else 'found' end`,
      reason: null,
      reasonCode: null,
      disposedAt: null,
      attempts: 0,
      tryAfter: sql`'-infinity'`,
    })
    .where('id', '=', uuid(id))
    .where('disposition', 'in', ['held', 'failed'])
    .returning('id')
    .executeTakeFirst();
  return released !== undefined;
}
