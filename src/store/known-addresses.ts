import { sql } from 'kysely';
import type { Disposition } from '../model/item.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';

/** An item as an audit sees it. */
export interface KnownAddress {
  readonly itemId: string;
  readonly sourceId: string;
  readonly title: string;
  readonly url: string;
  readonly disposition: Disposition;
  readonly reason: string | null;
}

/** Titles that share so many words are looked at closer. */
const CANDIDATES = 20;

/** Looking up what we have of things that somebody else lists. */
export function knownAddresses(db: Db) {
  return {
    /** Every item that is known under each of these address keys. */
    byKeys: async (keys: readonly string[]): Promise<readonly (KnownAddress & { readonly key: string })[]> => {
      const { rows } = await sql<KnownAddress & { readonly key: string }>`
        select a.key, i.id as item_id, i.source_id, i.title, i.url, i.disposition, i.reason
        from item_alias a join item i on i.id = a.item_id
        where a.key = any(${[...keys]}::text[]) order by i.found_at, i.id`.execute(db);
      return rows;
    },
    /** Items in whose title every word of this one is, newest first. */
    byTitle: async (title: string): Promise<readonly KnownAddress[]> => {
      const { rows } = await sql<KnownAddress>`
        select i.id as item_id, i.source_id, i.title, i.url, i.disposition, i.reason from item i
        where i.search @@ plainto_tsquery('english', ${storableText(title).slice(0, 300)})
        order by i.found_at desc limit ${CANDIDATES}`.execute(db);
      return rows;
    },
    watched: async (): Promise<readonly { readonly id: string; readonly url: string }[]> =>
      await db.selectFrom('source').select(['id', 'url']).where('enabled', '=', true).orderBy('id').execute(),
  };
}
