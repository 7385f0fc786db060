import { sql } from 'kysely';
import type { Db } from './connect.js';

export interface Decision {
  readonly title: string;
  readonly type: string;
  readonly accepted: boolean;
}

const NEWEST_DECISIONS = 3_000;
const NEWEST_TITLES = 5_000;

/** What editors decided, for relevance to learn from (`DecisionLog` of the steps). */
export function decisionLog(db: Db) {
  return {
    /** The last word on each draft, oldest first: approved, or rejected as not relevant. What was taken back is not there. */
    decisions: async (): Promise<readonly Decision[]> => {
      const { rows } = await sql<Decision>`
        select title, type, accepted from (
          select i.title, coalesce(i.found->'categories'->>0, '') as type, d.state <> 'rejected' as accepted, e.id
          from draft d join item i on i.id = d.item_id
          join lateral (
            select id from draft_event where draft_id = d.id and to_state in ('approved', 'rejected') order by id desc limit 1
          ) e on true
          where d.state in ('approved', 'scheduled', 'published', 'withdrawn')
            or (d.state = 'rejected' and d.reject_reason = 'not-relevant')
          order by e.id desc limit ${NEWEST_DECISIONS}
        ) as newest order by id`.execute(db);
      return rows;
    },
    /** Titles as printed, newest first: from these ordinary words are told from names. */
    recentTitles: async (): Promise<readonly string[]> => {
      const rows = await db
        .selectFrom('item')
        .select('title')
        .orderBy('foundAt', 'desc')
        .limit(NEWEST_TITLES)
        .execute();
      return rows.map(({ title }) => title);
    },
  };
}
