import { sql } from 'kysely';
import type { AlertDecision, KnownIncidents, Untold } from '../model/alert.js';
import type { Db, Tx } from './connect.js';
import { writeLetters } from './messages.js';

const LOCK = 7_233_012;
const AT_ONCE = 1_000;

/** Incidents and what of them was told outside the desk. */
export function incidentBook(db: Db) {
  return {
    /**
     * Shows `decide` what is untold and keeps what it decides, in one transaction and one process at a time. Gives the ids of the
     * messages written.
     */
    tell: async (now: Date, decide: (known: KnownIncidents) => AlertDecision): Promise<readonly string[]> =>
      await db.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
        const untold = await untoldOf(tx);
        if (untold.length === 0) return [];
        const { letters, begun, ended } = decide({
          untold,
          toldLastHour: await toldSince(tx, new Date(now.getTime() - 3_600_000)),
          operators: await operatorsOf(tx),
        });
        if (begun.length > 0) await tx.updateTable('notice').set({ toldAt: now }).where('id', 'in', begun).execute();
        if (ended.length > 0) await tx.updateTable('notice').set({ endToldAt: now }).where('id', 'in', ended).execute();
        return await writeLetters(tx, letters, now);
      }),
  };
}

async function untoldOf(tx: Tx): Promise<readonly Untold[]> {
  const { rows } = await sql<Untold>`
    select n.id, n.kind, n.subject, n.message, n.began_at, n.ended_at, n.told_at is not null as told,
      exists (
        select from notice e where e.kind = n.kind and e.subject = n.subject and e.id < n.id
          and e.ended_at > n.began_at - interval '1 hour' and e.end_told_at is null
      ) as reopened,
      exists (
        select from notice l where l.kind = n.kind and l.subject = n.subject and l.id > n.id
          and l.began_at <= n.ended_at + interval '1 hour'
      ) as again,
      case when s.id is not null
        then json_build_object('id', s.id, 'name', s.name, 'state', s.state, 'code', s.failure_code) end as source
    from notice n left join source s on n.kind in ('source', 'silence', 'extraction') and s.id = n.subject
    where n.told_at is null or (n.ended_at is not null and n.end_told_at is null)
    order by n.id limit ${AT_ONCE}`.execute(tx);
  return rows;
}

async function toldSince(tx: Tx, since: Date): Promise<number> {
  // `alert:<event>:<to whom>`
  const { rows } = await sql<{ n: number }>`
    select count(distinct split_part(once_key, ':', 2)) as n from message
    where kind = 'alert' and created_at > ${since}`.execute(tx);
  return rows[0]?.n ?? 0;
}

async function operatorsOf(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('appUser')
    .select('email')
    .where('role', 'in', ['operator', 'admin'])
    .where('disabledAt', 'is', null)
    .where('passwordHash', 'is not', null)
    .orderBy('email')
    .execute();
  return rows.map(({ email }) => email);
}
