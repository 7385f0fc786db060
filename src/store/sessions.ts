import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './connect.js';

export interface SessionListing {
  /** Names the session without giving it away: the hash of its id. */
  readonly key: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
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
    listOf: (userId: string, now: Date): Promise<SessionListing[]> =>
      db
        .selectFrom('session')
        .select(['idHash as key', 'createdAt', 'expiresAt'])
        .where('userId', '=', userId)
        .where('expiresAt', '>', now)
        .orderBy('createdAt', 'desc')
        .execute(),
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
