import { sql } from 'kysely';
import type { FoundRow } from '../model/desk.js';
import type { DraftState } from '../model/draft.js';
import type { Disposition } from '../model/item.js';
import type { RuledOut } from '../model/ruled.js';
import type { Db } from './connect.js';
import { GO_ON } from './go-on.js';

export interface HeldWanted {
  /** The words of one rule; `null`: of all. */
  readonly reason: string | null;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** An item as a phrase is tried on it. */
export interface TriedItem {
  readonly title: string;
  readonly summary: string | null;
  readonly sourceName: string;
  readonly disposition: Disposition;
  readonly draftState: DraftState | null;
  readonly draftId: string | null;
}

/** Rules that are told; more have never been written. */
const MOST_RULES = 2_000;
const LONGEST_SUMMARY = 20_000;

/** What rules of the operator keep out. */
export function ruledOutBook(db: Db) {
  return {
    /** By the words of each rule; those that hold most first. */
    byRule: async (): Promise<readonly RuledOut[]> => {
      const { rows } = await sql<RuledOut>`
        select reason, count(*) as held, max(found_at) as last_at from item
        where reason_code = 'filtered' and disposition = 'held' group by reason order by held desc, reason limit ${MOST_RULES}`.execute(
        db,
      );
      return rows;
    },
    /** Newest first. */
    heldBy: async ({ reason, page, pageSize }: HeldWanted): Promise<{ rows: FoundRow[]; total: number }> => {
      const where = sql`i.reason_code = 'filtered' and i.disposition = 'held' and (${reason}::text is null or i.reason = ${reason})`;
      const { rows } = await sql<FoundRow>`
        select i.id, i.title, i.url, i.kind, i.source_id, s.name as source_name, i.found_at, i.disposition, i.reason_code, i.reason,
          null as draft_id
        from item i join source s on s.id = i.source_id where ${where}
        order by i.found_at desc, i.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
      const counted = await sql<{ n: number }>`select count(*) as n from item i where ${where}`.execute(db);
      return { rows, total: counted.rows[0]?.n ?? 0 };
    },
    /** Lets the newest that a rule holds go on; says how many, and how many it still holds. */
    releaseHeldBy: async (reason: string, most: number): Promise<{ released: number; left: number }> => {
      const { rows } = await sql`
        update item set ${GO_ON} where id in (
          select id from item where reason_code = 'filtered' and disposition = 'held' and reason = ${reason}
          order by found_at desc, id desc limit ${most} for update skip locked
        ) returning id`.execute(db);
      const left = await sql<{ n: number }>`
        select count(*) as n from item where reason_code = 'filtered' and disposition = 'held' and reason = ${reason}`.execute(
        db,
      );
      return { released: rows.length, left: left.rows[0]?.n ?? 0 };
    },
    /** Lets the newest that failed be read anew, also where a capture is there; says how many. */
    retryFailed: async (sourceId: string | null, most: number): Promise<number> => {
      const { rows } = await sql`
        update item set ${GO_ON} where id in (
          select id from item where disposition = 'failed' and (${sourceId}::text is null or source_id = ${sourceId})
          order by found_at desc, id desc limit ${most} for update skip locked
        ) returning id`.execute(db);
      return rows.length;
    },
    /** The newest of everything found, for trying a phrase on them. */
    newestItems: async (limit: number): Promise<readonly TriedItem[]> => {
      const { rows } = await sql<TriedItem>`
        select i.title, left(i.summary, ${LONGEST_SUMMARY}) as summary, s.name as source_name, i.disposition, d.state as draft_state,
          d.id as draft_id
        from (select * from item order by found_at desc, id desc limit ${limit}) i
        join source s on s.id = i.source_id left join draft d on d.item_id = i.id
        order by i.found_at desc, i.id desc`.execute(db);
      return rows;
    },
  };
}
