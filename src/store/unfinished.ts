import { sql } from 'kysely';
import type { Db } from './connect.js';

interface UnfinishedItem {
  readonly itemId: string;
  readonly sourceId: string;
  readonly next: 'read-item' | 'draft-item';
}

/** What the store says is unfinished, for the sweep (`Unfinished` of the steps). `outputs`: those that are set up; `null` for all. */
export function unfinished(db: Db, outputs: readonly string[] | null = null) {
  return {
    /** Enabled sources whose time has come, that nobody polls now and that no operator paused. */
    dueSources: async (now: Date): Promise<readonly string[]> => await dueSources(db, now),
    /** The longest forgotten first: items that fail again and again never keep others from their turn. */
    unfinishedItems: async (now: Date, limit: number): Promise<readonly UnfinishedItem[]> =>
      await handOut(db, now, limit),
    /** Drafts whose scheduled time has come, and those with a post that is still to be delivered somewhere. */
    duePosts: async (now: Date): Promise<readonly string[]> => await duePosts(db, now, outputs),
  };
}

async function dueSources(db: Db, now: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('source')
    .select('id')
    .where('enabled', '=', true)
    .where('nextPollAt', '<=', now)
    .where((where) => where.or([where('pausedUntil', 'is', null), where('pausedUntil', '<=', now)]))
    .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', sql<Date>`now()`)]))
    .orderBy('nextPollAt')
    .execute();
  return rows.map(({ id }) => id);
}

async function handOut(db: Db, now: Date, limit: number): Promise<readonly UnfinishedItem[]> {
  const rows = await db
    .with('due', (from) =>
      from
        .selectFrom('item')
        .select('id')
        .where('disposition', 'in', ['found', 'read'])
        .where('tryAfter', '<=', now)
        .orderBy('handedAt')
        .orderBy('foundAt')
        .limit(limit)
        // Another sweep hands out those that it holds.
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('item')
    .set({ handedAt: now })
    .where('id', 'in', (from) => from.selectFrom('due').select('due.id'))
    .returning(['id', 'sourceId', 'disposition', 'foundAt'])
    .execute();
  return rows
    .sort((a, b) => a.foundAt.getTime() - b.foundAt.getTime())
    .map(({ id, sourceId, disposition }) => ({
      itemId: id,
      sourceId,
      next: disposition === 'found' ? 'read-item' : 'draft-item',
    }));
}

async function duePosts(db: Db, now: Date, outputs: readonly string[] | null): Promise<readonly string[]> {
  const scheduled = await db
    .selectFrom('draft')
    .select('id')
    .where('state', '=', 'scheduled')
    .where('publishAt', '<=', now)
    .orderBy('publishAt')
    .execute();
  if (outputs?.length === 0) return scheduled.map(({ id }) => id);
  const waiting = await db
    .selectFrom('delivery')
    .innerJoin('post', 'post.id', 'delivery.postId')
    .select('post.draftId as id')
    .distinct()
    .where('delivery.state', '=', 'waiting')
    .where('delivery.tryAfter', '<=', now)
    .where('delivery.takenUntil', '<=', now)
    .$if(outputs !== null, (query) => query.where('delivery.output', 'in', outputs ?? []))
    .execute();
  return [...new Set([...scheduled, ...waiting].map(({ id }) => id))];
}
