import { sql } from 'kysely';
import type { AddedItem } from '../model/desk.js';
import type { FoundItem } from '../model/item.js';
import type { Db } from './connect.js';
import { storableJson, storableKey, storableText } from './storable.js';
import { uuid } from './uuid.js';

export interface NewItem {
  readonly source: { readonly id: string; readonly name: string };
  readonly item: FoundItem;
  /** Under which the item is known across sources. */
  readonly addressKey: string;
  readonly byId: string;
  readonly at: Date;
}

/** Items that editors add by address; from there they go the way of all others. */
export function addedItems(db: Db) {
  return {
    /** The item that is known under an address, the one that came furthest first. */
    knownUnder: (key: string): Promise<string | undefined> => knownUnder(db, key),
    /** Item, source where it is a new one, address and who added it, in one transaction. Twice is once. */
    addItem: (item: NewItem): Promise<string> => addItem(db, item),
    addedItem: (id: string): Promise<AddedItem | undefined> => addedItem(db, id),
  };
}

async function knownUnder(db: Db, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select i.id from item_alias a join item i on i.id = a.item_id where a.key = ${storableKey(key)}
    order by array_position(array['drafted', 'joined', 'read', 'found', 'held', 'failed'], i.disposition), i.found_at limit 1`.execute(
    db,
  );
  return rows[0]?.id;
}

async function addItem(db: Db, { source, item, addressKey, byId, at }: NewItem): Promise<string> {
  return await db.transaction().execute(async (tx) => {
    // A watched source has its row. One of our own is off and well: it is never due, and never ill.
    await tx
      .insertInto('source')
      .values({
        id: source.id,
        name: source.name,
        kind: 'by-hand',
        url: new URL(item.url).origin,
        enabled: false,
        state: 'good',
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const { id } = await tx
      .insertInto('item')
      .values({
        sourceId: source.id,
        key: storableKey(item.key),
        kind: item.kind,
        url: storableText(item.url),
        readUrl: item.readUrl ?? null,
        title: storableText(item.title),
        found: storableJson(item),
        foundAt: at,
      })
      .onConflict((conflict) => conflict.columns(['sourceId', 'key']).doUpdateSet({ url: sql`item.url` }))
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('itemAlias')
      .values({ key: storableKey(addressKey), itemId: id, kind: 'found' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto('auditEvent')
      .values({ at, byUser: byId, did: 'address-added', about: `source:${source.id}`, detail: storableText(item.url) })
      .execute();
    return id;
  });
}

async function addedItem(db: Db, id: string): Promise<AddedItem | undefined> {
  const { rows } = await sql<AddedItem>`
    select i.id, i.title, i.url, s.name as source_name, i.disposition, i.reason, i.reason_code, i.try_after > now() as waits,
      (select d.id from draft d left join story_tie t on t.item_id = i.id and t.standing = 'confirmed'
        where d.item_id = i.id or d.story_id = t.story_id order by d.item_id = i.id desc, d.created_at limit 1) as draft_id
    from item i join source s on s.id = i.source_id where i.id = ${uuid(id)}`.execute(db);
  return rows[0];
}
