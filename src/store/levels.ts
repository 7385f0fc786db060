import { sql } from 'kysely';
import type { Db } from './connect.js';

/** How many of a thing there are, by what the metrics tell them apart by. */
export interface Counted {
  readonly by: Readonly<Record<string, string>>;
  readonly n: number;
}

const COUNTS = {
  sources: sql`select jsonb_build_object('state', state) as by, count(*) as n from source where enabled group by state`,
  polls: sql`select jsonb_build_object('outcome', outcome) as by, count(*) as n from poll
    where started_at > now() - interval '1 day' group by outcome`,
  pollFailures: sql`select jsonb_build_object('code', failure_code) as by, count(*) as n from poll
    where started_at > now() - interval '1 day' and failure_code is not null group by failure_code`,
  items: sql`select jsonb_build_object('disposition', disposition) as by, count(*) as n from item group by disposition`,
  itemsFailed: sql`select jsonb_build_object('code', coalesce(reason_code, 'internal')) as by, count(*) as n from item
    where disposition = 'failed' group by coalesce(reason_code, 'internal')`,
  drafts: sql`select jsonb_build_object('state', state) as by, count(*) as n from draft group by state`,
  deliveries: sql`select jsonb_build_object('output', output, 'state', state) as by, count(*) as n from delivery group by output, state`,
  notices: sql`select '{}'::jsonb as by, count(*) as n from notice where ended_at is null`,
  bytes: sql`select '{}'::jsonb as by, pg_database_size(current_database()) as n`,
} as const;

export type CountName = keyof typeof COUNTS;

/** What the store holds, counted for the metrics: one query a name. */
export function levelBook(db: Db) {
  return {
    count: async (name: CountName): Promise<readonly Counted[]> => {
      const { rows } = await sql<Counted>`${COUNTS[name]}`.execute(db);
      return rows;
    },
  };
}
