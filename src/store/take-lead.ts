import { sql } from 'kysely';
import type { ComposedDraft } from '../model/draft.js';
import type { Source } from '../model/source.js';
import type { Verdict } from '../model/verdict.js';
import type { Db, Tx } from './connect.js';
import { storableJson, storableText } from './storable.js';

interface Leading {
  readonly item: { readonly id: string; readonly sourceId: string; readonly revision: number };
  readonly source: Source;
  readonly draft: ComposedDraft;
  readonly verdict: Verdict;
}

/**
 * The draft of an earlier copy becomes that of this item: the publishing organisation leads, the other is "also published by". Only
 * while nobody has touched the draft; else false, and nothing is done. The words before stay as a version.
 */
export async function takeLead(db: Db, leading: Leading): Promise<boolean> {
  return await db.transaction().execute(async (tx) => await inTransaction(tx, leading));
}

async function inTransaction(tx: Tx, { item, source, draft, verdict }: Leading): Promise<boolean> {
  if (verdict.of === null) return false;
  const own = await tx
    .selectFrom('item')
    .select('disposition')
    .where('id', '=', item.id)
    .forUpdate()
    .executeTakeFirst();
  const earlier = await tx
    .selectFrom('draft')
    .select(['id', 'itemId', 'storyId', 'sourceName', 'version'])
    .where('itemId', '=', verdict.of)
    .where('state', '=', 'drafted')
    .where('version', '=', 1)
    .forUpdate()
    .executeTakeFirst();
  if (earlier === undefined || own?.disposition !== 'read') return false;
  const words = { headline: storableText(draft.headline), bodyHtml: storableText(draft.bodyHtml) };
  const version = earlier.version + 1;
  await tx
    .updateTable('draft')
    .set({
      ...words,
      version,
      itemId: item.id,
      sourceId: item.sourceId,
      sourceName: storableText(source.name),
      originalUrl: storableText(draft.originalUrl),
      cuts: storableJson(draft.cuts),
      itemRevision: item.revision,
      score: draft.rank?.score ?? 0,
      why: storableJson(draft.rank?.why ?? []),
      section: draft.rank?.section ?? null,
      changedAt: sql<Date>`now()`,
    })
    .where('id', '=', earlier.id)
    .execute();
  const note = storableText(`${source.name} leads: it published this; ${earlier.sourceName} has the same text.`);
  await tx
    .insertInto('draftVersion')
    .values({ draftId: earlier.id, version, ...words, note })
    .execute();
  await tx.insertInto('draftEvent').values({ draftId: earlier.id, did: 'lead-changed', reason: note }).execute();
  await tie(tx, { itemId: item.id, storyId: earlier.storyId, tie: 'lead', because: note });
  await tie(tx, { itemId: earlier.itemId, storyId: earlier.storyId, tie: 'copy', because: verdict.because.join('; ') });
  await dispose(tx, item.id, 'drafted', note);
  await dispose(tx, earlier.itemId, 'joined', note);
  return true;
}

async function tie(tx: Tx, row: { itemId: string; storyId: string; tie: string; because: string }): Promise<void> {
  const values = { ...row, because: storableText(row.because), standing: 'confirmed', at: sql<Date>`now()` };
  await tx
    .insertInto('storyTie')
    .values(values)
    .onConflict((conflict) => conflict.column('itemId').doUpdateSet(values))
    .execute();
}

async function dispose(tx: Tx, itemId: string, disposition: 'drafted' | 'joined', reason: string): Promise<void> {
  await tx
    .updateTable('item')
    .set({ disposition, reason, reasonCode: null, disposedAt: sql<Date>`now()` })
    .where('id', '=', itemId)
    .execute();
}
