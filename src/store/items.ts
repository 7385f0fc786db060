import { sql } from 'kysely';
import type { Failure } from '../model/failure.js';
import type { Disposition, FoundItem, HeldReason } from '../model/item.js';
import { insertCapture, packed, type CaptureRecord } from './captures.js';
import type { Db } from './connect.js';
import { storableKey, storableText } from './storable.js';

interface StoredItem {
  readonly id: string;
  readonly sourceId: string;
  readonly found: FoundItem;
  readonly foundAt: Date;
  readonly changedAt: Date | null;
  readonly revision: number;
  readonly readRevision: number;
  readonly disposition: Disposition;
}

/** The items and their captures (`ItemBook` of the steps). */
export function itemBook(db: Db) {
  return {
    findItem: async (itemId: string): Promise<StoredItem | undefined> => await findItem(db, itemId),
    recordCapture: async (item: StoredItem, capture: CaptureRecord): Promise<void> =>
      await recordCapture(db, item, capture),
    recordItemFailure: async (itemId: string, failure: Failure, tryAfter: Date | null): Promise<void> =>
      tryAfter === null ? await fail(db, itemId, failure) : await postpone(db, itemId, failure, tryAfter),
    holdItem: async (itemId: string, reason: HeldReason, words: string): Promise<void> =>
      await hold(db, itemId, reason, words),
  };
}

async function findItem(db: Db, itemId: string): Promise<StoredItem | undefined> {
  const row = await db
    .selectFrom('item')
    .select(['id', 'sourceId', 'found', 'foundAt', 'changedAt', 'revision', 'readRevision', 'disposition'])
    .where('id', '=', itemId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, found: row.found as FoundItem, disposition: row.disposition as Disposition };
}

/** Where a poll brought a later revision meanwhile, the capture is kept, and the item stays `found`: it is read once more. */
async function recordCapture(db: Db, item: StoredItem, capture: CaptureRecord): Promise<void> {
  const body = capture.withoutBytes === true ? null : await packed(capture.doc.bytes);
  const aliases = new Map(capture.aliases.map(({ key, kind }) => [storableKey(key), kind]));
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('item')
      .select(['revision', 'readRevision'])
      .where('id', '=', item.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await insertCapture(tx, { itemId: item.id, revision: item.revision, body }, capture);
    if (aliases.size > 0) {
      const rows = [...aliases].map(([key, kind]) => ({ key, itemId: item.id, kind }));
      await tx
        .insertInto('itemAlias')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (row.readRevision >= item.revision) return;
    const latest = row.revision === item.revision;
    await tx
      .updateTable('item')
      .set({ readRevision: item.revision, attempts: 0, tryAfter: sql`'-infinity'`, reasonCode: null, reason: null })
      .$if(latest, (update) => update.set({ disposition: 'read' }))
      .where('id', '=', item.id)
      .where('disposition', 'in', ['found', 'read'])
      .execute();
  });
}

/** The failure stands on the item while it waits, for the operator. */
async function postpone(db: Db, itemId: string, failure: Failure, tryAfter: Date): Promise<void> {
  await db
    .updateTable('item')
    .set({
      attempts: sql`attempts + 1`,
      tryAfter,
      reasonCode: failure.code,
      reason: storableText(failure.message),
    })
    .where('id', '=', itemId)
    .where('disposition', 'in', ['found', 'read'])
    .execute();
}

/** An update that cannot be read leaves the item with the draft or the story that it has, and says so in its reason. */
async function fail(db: Db, itemId: string, failure: Failure): Promise<void> {
  const words = storableText(failure.message);
  await db
    .updateTable('item')
    .set({
      attempts: sql`attempts + 1`,
      disposition: sql`case
        when exists (select from story_tie t where t.item_id = item.id and t.tie in ('same-item', 'copy') and t.standing = 'confirmed') then 'joined'
        when exists (select from draft where draft.item_id = item.id) then 'drafted'
        when exists (select from story_tie t where t.item_id = item.id and t.tie <> 'lead' and t.standing = 'confirmed') then 'joined'
        else 'failed' end`,
      reasonCode: failure.code,
      reason: sql`case when read_revision > 0 then ${`Its update could not be read: ${words}`} else ${words} end`,
      disposedAt: sql`now()`,
    })
    .where('id', '=', itemId)
    .where('disposition', 'in', ['found', 'read'])
    .execute();
}

async function hold(db: Db, itemId: string, reason: HeldReason, words: string): Promise<void> {
  await db
    .updateTable('item')
    .set({ disposition: 'held', reasonCode: reason, reason: storableText(words), disposedAt: sql`now()` })
    .where('id', '=', itemId)
    .where('disposition', 'in', ['found', 'read'])
    .execute();
}
