import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

export interface SessionListing {
  /** Names the session without giving it away: the hash of its id. */
  readonly key: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Browser and system, as they told of themselves; `null` when they did not. */
  readonly agent: string | null;
  /** Whether it is the one that asks. */
  readonly here: boolean;
}

/**
 * Sessions of the desk. Only the hash of an id is stored, so that a copy of the database lets nobody in.
 * `data` is plain JSON.
 */
export function sessions(db: Db) {
  return {
    /** `undefined` when there is none, it has expired, or its person may not sign in any more. */
    find: (id: string, now: Date) => find(db, id, now),
    save: (id: string, session: { userId: string | null; data: Record<string, unknown>; expiresAt: Date }) =>
      save(db, id, session),
    async remove(id: string): Promise<void> {
      await db.deleteFrom('session').where('idHash', '=', hashOf(id)).execute();
    },
    /** Signs a person out everywhere but here. */
    async removeOthers(userId: string, exceptId: string): Promise<void> {
      await db.deleteFrom('session').where('userId', '=', userId).where('idHash', '!=', hashOf(exceptId)).execute();
    },
    /** Ends one session of this person; one of somebody else stays. False: there is none. */
    async removeOne(userId: string, key: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('session')
        .where('userId', '=', uuid(userId))
        .where('idHash', '=', key)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    /** Signs a person out everywhere. Gives how many sessions that were. */
    async removeAll(userId: string): Promise<number> {
      const { numDeletedRows } = await db.deleteFrom('session').where('userId', '=', uuid(userId)).executeTakeFirst();
      return Number(numDeletedRows);
    },
    /** How many sessions each person has, by the id of the person. */
    async counts(now: Date): Promise<ReadonlyMap<string, number>> {
      const rows = await db
        .selectFrom('session')
        .select(['userId', sql<number>`count(*)`.as('n')])
        .where('expiresAt', '>', now)
        .where('userId', 'is not', null)
        .groupBy('userId')
        .execute();
      return new Map(rows.map(({ userId, n }) => [userId ?? '', n]));
    },
    listOf: async (userId: string, now: Date, hereId: string): Promise<SessionListing[]> => {
      const rows = await db
        .selectFrom('session')
        .select(['idHash as key', 'createdAt', 'expiresAt', sql<string | null>`data ->> 'agent'`.as('agent')])
        .where('userId', '=', userId)
        .where('expiresAt', '>', now)
        .orderBy('createdAt', 'desc')
        .execute();
      const here = hashOf(hereId);
      return rows.map((row) => ({ ...row, here: row.key === here }));
    },
    async removeExpired(now: Date): Promise<number> {
      const { numDeletedRows } = await db.deleteFrom('session').where('expiresAt', '<=', now).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

async function find(db: Db, id: string, now: Date): Promise<Record<string, unknown> | undefined> {
  const row = await db
    .selectFrom('session')
    .leftJoin('appUser', 'appUser.id', 'session.userId')
    .select('session.data')
    .where('idHash', '=', hashOf(id))
    .where('expiresAt', '>', now)
    .where('appUser.disabledAt', 'is', null)
    .executeTakeFirst();
  return row?.data as Record<string, unknown> | undefined;
}

async function save(
  db: Db,
  id: string,
  { userId, data, expiresAt }: { userId: string | null; data: Record<string, unknown>; expiresAt: Date },
): Promise<void> {
  const json = JSON.stringify(data);
  await db
    .insertInto('session')
    .values({ idHash: hashOf(id), userId, data: json, expiresAt })
    .onConflict((conflict) =>
      conflict.column('idHash').doUpdateSet({ userId, data: json, expiresAt: sql`excluded.expires_at` }),
    )
    .execute();
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
