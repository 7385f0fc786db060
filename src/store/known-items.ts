import { sql } from 'kysely';
import type { Disposition } from '../model/item.js';
import type { Db, Tx } from './connect.js';

export interface KnownItem {
  readonly itemId: string;
  readonly title: string;
  readonly sourceName: string;
  readonly disposition: Disposition;
}

/**
 * Another item under one of these address keys that has come to an end: it has a draft, joined one, or is held. What a rule keeps out
 * at one source is not counted: another source, without that rule, brings it. The first that
 * counts is one with a draft, then one that joined, then a held one; among equals the oldest. Items still on their way are left
 * out: whichever of them comes first makes the draft. None for an item that has its own draft, none out of a story that it leads
 * itself or that an editor took it out of.
 */
export async function knownByAddress(
  db: Db | Tx,
  keys: readonly string[],
  except: string,
): Promise<KnownItem | undefined> {
  if (keys.length === 0) return undefined;
  const { rows } = await sql<KnownItem>`
    select i.id as item_id, i.title, s.name as source_name,
      case when d.id is not null then 'drafted' else i.disposition end as disposition
    from item i
    join source s on s.id = i.source_id
    left join draft d on d.item_id = i.id
    left join story_tie t on t.item_id = i.id and t.standing = 'confirmed'
    where i.id in (select item_id from item_alias where key = any(${keys}::text[]))
      and i.id <> ${except}
      and (d.id is not null or i.disposition = 'joined'
        or i.disposition = 'held' and i.reason_code is distinct from 'filtered')
      and not exists (select from draft own where own.item_id = ${except})
      and not exists (
        select from story_tie mine
        where mine.item_id = ${except} and mine.story_id = coalesce(d.story_id, t.story_id)
          and (mine.standing = 'detached' or mine.tie = 'lead')
      )
    order by d.id is null, i.disposition = 'held', i.found_at, i.id
    limit 1`.execute(db);
  return rows[0];
}

/**
 * Locks every address of an item until the transaction ends, in one order for all, and gives their keys. Two items of one
 * address are thus drafted one after the other.
 */
export async function lockAddresses(tx: Tx, itemId: string): Promise<readonly string[]> {
  const rows = await tx.selectFrom('itemAlias').select('key').where('itemId', '=', itemId).execute();
  const keys = rows.map(({ key }) => key);
  if (keys.length > 0) {
    await sql`
      select pg_advisory_xact_lock(lock) from (
        select distinct hashtextextended(key, 7233003) as lock from unnest(${keys}::text[]) as key order by lock
      ) as locks`.execute(tx);
  }
  return keys;
}
