import { sql } from 'kysely';
import type { Db } from './connect.js';
import { storableText } from './storable.js';

/** How soon to ask again for a host that somebody else holds: they may be done long before their time is up. */
const HELD_ASK_AGAIN_MS = 250;

interface Turn {
  readonly holder: string;
  readonly now: Date;
  readonly until: Date;
  readonly gapMs: number;
}

interface RobotsCopy {
  readonly status: number;
  readonly body: string;
  readonly fetchedAt: Date;
}

/**
 * Host pacing of all processes and machines together (`HostPacing` of net/pace.ts): one row a host, each method one statement,
 * so that of any number who ask at once one gets the turn. Times are those of the callers: their clocks must agree.
 */
export function hostPacing(db: Db) {
  return {
    takeTurn: async (host: string, turn: Turn): Promise<Date | null> => await takeTurn(db, host, turn),
    releaseTurn: async (host: string, holder: string): Promise<void> => {
      await db
        .updateTable('host')
        .set({ leaseHolder: null, leaseUntil: null })
        .where('host', '=', host)
        .where('leaseHolder', '=', holder)
        .execute();
    },
    slowDown: async (host: string, now: Date, forMs: number | null): Promise<Date> =>
      await slowDown(db, host, now, forMs),
    recovered: async (host: string): Promise<void> => {
      await db.updateTable('host').set({ slowDowns: 0 }).where('host', '=', host).where('slowDowns', '>', 0).execute();
    },
    findRobots: async (host: string): Promise<RobotsCopy | undefined> => await findRobots(db, host),
    keepRobots: async (host: string, { status, body, fetchedAt }: RobotsCopy): Promise<void> => {
      const copy = { robots: storableText(body), robotsStatus: status, robotsFetchedAt: fetchedAt };
      await db
        .insertInto('host')
        .values({ host, ...copy })
        .onConflict((conflict) => conflict.column('host').doUpdateSet(copy))
        .execute();
    },
  };
}

async function takeTurn(db: Db, host: string, { holder, now, until, gapMs }: Turn): Promise<Date | null> {
  const taken = { leaseHolder: holder, leaseUntil: until, notBefore: new Date(now.getTime() + gapMs) };
  const won = await db
    .insertInto('host')
    .values({ host, ...taken })
    .onConflict((conflict) =>
      conflict
        .column('host')
        .doUpdateSet(taken)
        .where('host.notBefore', '<=', now)
        .where((where) => where.or([where('host.leaseUntil', 'is', null), where('host.leaseUntil', '<=', now)])),
    )
    .returning('host')
    .executeTakeFirst();
  if (won !== undefined) return null;
  const row = await db
    .selectFrom('host')
    .select(['notBefore', 'leaseUntil'])
    .where('host', '=', host)
    .executeTakeFirstOrThrow();
  const soon = now.getTime() + HELD_ASK_AGAIN_MS;
  // `-infinity`, where no pause was ever asked for, comes as a number.
  const notBefore = Number(row.notBefore);
  if (notBefore > now.getTime()) return new Date(notBefore);
  return new Date(row.leaseUntil !== null && row.leaseUntil > now ? Math.min(Number(row.leaseUntil), soon) : soon);
}

/** 4 h, doubled with each slow-down in a row, at most 24 h, where the host does not say (`slowDownMs` of net/pace.ts). */
async function slowDown(db: Db, host: string, now: Date, forMs: number | null): Promise<Date> {
  const asked = sql<Date>`${now}::timestamptz + ${forMs}::double precision * interval '1 millisecond'`;
  const unsaid = sql<Date>`${now}::timestamptz + least(interval '24 hours', interval '4 hours' * power(2, least(10, host.slow_downs)))`;
  const first = sql<Date>`${now}::timestamptz + coalesce(${forMs}::double precision * interval '1 millisecond', interval '4 hours')`;
  const row = await db
    .insertInto('host')
    .values({ host, slowDowns: 1, notBefore: first })
    .onConflict((conflict) =>
      conflict.column('host').doUpdateSet({
        slowDowns: sql`host.slow_downs + 1`,
        notBefore: sql<Date>`greatest(host.not_before, coalesce(${asked}, ${unsaid}))`,
      }),
    )
    .returning('notBefore')
    .executeTakeFirstOrThrow();
  return row.notBefore;
}

async function findRobots(db: Db, host: string): Promise<RobotsCopy | undefined> {
  const row = await db
    .selectFrom('host')
    .select(['robots', 'robotsStatus', 'robotsFetchedAt'])
    .where('host', '=', host)
    .executeTakeFirst();
  if (row === undefined || row.robots === null || row.robotsStatus === null || row.robotsFetchedAt === null) {
    return undefined;
  }
  return { status: row.robotsStatus, body: row.robots, fetchedAt: row.robotsFetchedAt };
}
