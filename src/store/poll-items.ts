import { sql } from 'kysely';
import { HELD_REASONS, type FoundItem, type HeldReason } from '../model/item.js';
import type { Tx } from './connect.js';
import { storableJson, storableKey, storableText } from './storable.js';

/** An item as a poll announced it. `changed`: the reader says that it is another revision of what it was. */
export interface AnnouncedItem {
  readonly item: FoundItem;
  readonly held: HeldReason | null;
  readonly heldBecause?: string;
  readonly addressKey: string | null;
  readonly changed: boolean;
}

/** Rows of one statement: 14 values each, and PostgreSQL takes 65,535. */
const ROWS_AT_ONCE = 1_000;

/**
 * Stores what a poll announced, by (source, key). A new item is `found`, or `held` with its reason. A known one takes over the
 * new words; where its revision is another, that revision counts up and the item is to be read again, so that an update reaches
 * the editor; but what a rule or an editor holds back stays held. Gives how many were new.
 */
export async function recordItems(
  tx: Tx,
  sourceId: string,
  announced: readonly AnnouncedItem[],
  at: Date,
): Promise<number> {
  const byKey = new Map<string, AnnouncedItem>();
  for (const one of announced) {
    const key = storableKey(one.item.key);
    if (!byKey.has(key)) byKey.set(key, one);
  }
  const all = [...byKey];
  let added = 0;
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE) {
    added += await upsert(tx, sourceId, all.slice(from, from + ROWS_AT_ONCE), at);
  }
  return added;
}

/** The items that a source took down. What was never read is still tried, and then fails with its reason. */
export async function recordGone(tx: Tx, sourceId: string, keys: readonly string[], at: Date): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .updateTable('item')
    .set({ vanishedAt: at })
    .where('sourceId', '=', sourceId)
    .where('key', '=', sql<string>`any(${keys.map(storableKey)}::text[])`)
    .where('vanishedAt', 'is', null)
    .execute();
}

async function upsert(
  tx: Tx,
  sourceId: string,
  batch: readonly (readonly [string, AnnouncedItem])[],
  at: Date,
): Promise<number> {
  const forced = batch.filter(([, { changed }]) => changed).map(([key]) => key);
  const revised = sql<boolean>`(item.key = any(${forced}::text[])
    or excluded.found ->> 'revision' is distinct from item.found ->> 'revision' and excluded.found ? 'revision')`;
  const readAgain = sql<boolean>`(${revised} and (item.disposition <> 'held' or item.reason_code in ('baseline', 'too-old')))`;
  const rows = await tx
    .insertInto('item')
    .values(batch.map(([key, one]) => rowOf(sourceId, key, one, at)))
    .onConflict((conflict) =>
      conflict.columns(['sourceId', 'key']).doUpdateSet({
        kind: sql`excluded.kind`,
        url: sql`excluded.url`,
        readUrl: sql`excluded.read_url`,
        guid: sql`excluded.guid`,
        title: sql`excluded.title`,
        summary: sql`excluded.summary`,
        found: sql`excluded.found`,
        vanishedAt: null,
        revision: sql`item.revision + ${revised}::integer`,
        changedAt: sql`case when ${revised} then ${at}::timestamptz else item.changed_at end`,
        disposition: sql`case when ${readAgain} then 'found' else item.disposition end`,
        reasonCode: sql`case when ${readAgain} then null else item.reason_code end`,
        reason: sql`case when ${readAgain} then null else item.reason end`,
        disposedAt: sql`case when ${readAgain} then null else item.disposed_at end`,
        attempts: sql`case when ${readAgain} then 0 else item.attempts end`,
        tryAfter: sql`case when ${readAgain} then '-infinity' else item.try_after end`,
      }),
    )
    // A row that this statement inserted was never updated: PostgreSQL's own mark of it.
    .returning(['id', 'key', sql<boolean>`xmax = 0`.as('isNew')])
    .execute();
  await recordFoundAddresses(tx, rows, new Map(batch));
  return rows.filter(({ isNew }) => isNew).length;
}

function rowOf(sourceId: string, key: string, { item, held, heldBecause }: AnnouncedItem, at: Date) {
  return {
    sourceId,
    key,
    kind: item.kind,
    url: storableText(item.url),
    readUrl: typeof item.readUrl === 'string' ? storableText(item.readUrl) : null,
    guid: item.guid === undefined ? null : storableText(item.guid),
    title: storableText(item.title),
    summary: item.summary === undefined ? null : storableText(item.summary),
    found: storableJson(item),
    foundAt: at,
    disposition: held === null ? 'found' : 'held',
    reasonCode: held,
    reason: held === null ? null : storableText(heldBecause ?? HELD_REASONS[held]),
    disposedAt: held === null ? null : at,
  };
}

async function recordFoundAddresses(
  tx: Tx,
  rows: readonly { readonly id: string; readonly key: string }[],
  batch: ReadonlyMap<string, AnnouncedItem>,
): Promise<void> {
  const values = rows.flatMap(({ id, key }) => {
    const address = batch.get(key)?.addressKey ?? null;
    return address === null ? [] : [{ key: storableKey(address), itemId: id, kind: 'found' }];
  });
  if (values.length === 0) return;
  await tx
    .insertInto('itemAlias')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
