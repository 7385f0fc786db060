import { sql } from 'kysely';
import type { DigestFacts, DigestReader } from '../model/digest.js';
import type { Role } from '../model/role.js';
import type { Letter } from '../model/message.js';
import type { Db } from './connect.js';
import { writeLetters } from './messages.js';

const QUIET_DAYS = 30;
const MOST_NAMES = 15;

/** Facts and readers of the morning digest. */
export function digestBook(db: Db) {
  return {
    /** Who wants one and has none for this day yet. */
    readersWithout: async (day: string): Promise<readonly DigestReader[]> =>
      await db
        .selectFrom('appUser')
        .leftJoin('message', (join) =>
          join.on('message.onceKey', '=', sql<string>`'digest:' || ${day}::text || ':' || app_user.id::text`),
        )
        .select(['appUser.id', 'appUser.email', sql<Role>`app_user.role`.as('role')])
        .where('appUser.digest', '=', true)
        .where('appUser.disabledAt', 'is', null)
        .where('appUser.passwordHash', 'is not', null)
        .where('message.id', 'is', null)
        .orderBy('appUser.email')
        .execute(),
    digestFacts: async (since: Date, now: Date): Promise<DigestFacts> => await facts(db, since, now),
    write: async (letters: readonly Letter[], now: Date): Promise<readonly string[]> =>
      await writeLetters(db, letters, now),
  };
}

async function facts(db: Db, since: Date, now: Date): Promise<DigestFacts> {
  const { rows } = await sql<DigestFacts>`
    with waiting as (
      select d.*, s.name as by_source from draft d join source s on s.id = d.source_id
      where d.state in ('drafted', 'in-review') and (d.snoozed_until is null or d.snoozed_until <= ${now})
    ), enabled as (
      select * from source where enabled and (paused_until is null or paused_until <= ${now})
    )
    select
      (select count(*) from waiting) as waiting,
      (select count(*) from waiting where created_at > ${since}) as new_drafts,
      (select count(*) from draft where state = 'scheduled') as scheduled,
      (select count(*) from post where published_at > ${since} and published_at <= ${now}) as published,
      ${counted(sql`select by_source as name from waiting`)} as by_source,
      ${counted(sql`select coalesce(section, 'No section') as name from waiting`)} as by_section,
      ${counted(sql`select state as name from enabled`)} as states,
      (select count(*) from notice where kind = 'source' and began_at > ${since}) as incidents,
      (select count(*) from poll where outcome = 'failed' and ended_at > ${since}) as failed_polls,
      (select count(*) from item where disposition = 'failed' and disposed_at > ${since}) as failed_items,
      (select count(*) from delivery where state = 'failed' and changed_at > ${since}) as failed_deliveries,
      (select count(*) from message where state = 'failed' and ended_at > ${since}) as failed_messages`.execute(db);
  const [counts] = rows;
  if (counts === undefined) throw new Error('The counts of the digest gave no row');
  return { ...counts, ill: await ill(db, now), quiet: await quiet(db, now) };
}

function counted(names: ReturnType<typeof sql>): ReturnType<typeof sql> {
  return sql`(
    select coalesce(json_agg(json_build_object('name', name, 'count', n) order by n desc, name), '[]')
    from (select name, count(*)::int as n from (${names}) as one group by name) as grouped)`;
}

async function ill(db: Db, now: Date): Promise<DigestFacts['ill']> {
  return await db
    .selectFrom('source')
    .select(['name', 'state', 'failingSince as since'])
    .where('enabled', '=', true)
    .where((where) => where.or([where('pausedUntil', 'is', null), where('pausedUntil', '<=', now)]))
    .where('state', 'in', ['changed', 'refused', 'unreachable', 'slow-down', 'gone'])
    .orderBy('failingSince')
    .execute();
}

async function quiet(db: Db, now: Date): Promise<DigestFacts['quiet']> {
  // One that never gave anything since the first look is quiet since then.
  const last = sql<Date>`coalesce(last_new_at, first_polled_at)`;
  const rows = await db
    .selectFrom('source')
    .select(['name', last.as('lastNewAt')])
    .where('enabled', '=', true)
    .where(last, '<=', new Date(now.getTime() - QUIET_DAYS * 86_400_000))
    .orderBy(last)
    .limit(MOST_NAMES)
    .execute();
  return rows;
}
