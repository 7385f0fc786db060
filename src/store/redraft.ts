import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { ComposedDraft } from '../model/draft.js';
import type { Source } from '../model/source.js';
import type { Db, Tx } from './connect.js';
import { storableJson, storableText } from './storable.js';

export interface OfKeptPage {
  readonly id: string;
  readonly itemId: string;
  readonly version: number;
  readonly itemRevision: number;
}

export interface ReadAnew {
  readonly article: Article;
  readonly textSha256: string;
}

interface Redrafting {
  readonly source: Source;
  readonly anew: ReadAnew;
  readonly words: ComposedDraft;
}

/** Of a row of `draft`: new, without any act of a person, and of the page that its item has now. */
export const UNTOUCHED = sql<boolean>`(
  draft.state = 'drafted' and not draft.updated_mark and draft.claimed_by is null
  and not exists (select from draft_version v where v.draft_id = draft.id and v.by_user is not null)
  and not exists (select from draft_event e where e.draft_id = draft.id and e.by_user is not null)
  and not exists (select from draft_comment c where c.draft_id = draft.id)
  and not exists (select from draft_autosave a where a.draft_id = draft.id))`;

const NOTE = 'The kept page was read again, by the rule of now.';

/**
 * The words of an untouched draft anew, and the article that they come from in the capture. The words before stay as a version. False:
 * somebody has touched it, or its source has changed it, and nothing was done.
 */
export async function redraft(db: Db, draft: OfKeptPage, redrafting: Redrafting): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    if (!(await isAsItWas(tx, draft))) return false;
    await replaceArticle(tx, { itemId: draft.itemId, revision: draft.itemRevision }, redrafting.anew);
    await replaceWords(tx, draft, redrafting);
    return true;
  });
}

/** Item and draft are locked first, and looked at then: what was done meanwhile is seen. */
async function isAsItWas(tx: Tx, { id, itemId, version, itemRevision }: OfKeptPage): Promise<boolean> {
  const item = await tx
    .selectFrom('item')
    .select(['disposition', 'readRevision'])
    .where('id', '=', itemId)
    .forUpdate()
    .executeTakeFirst();
  if (item?.disposition !== 'drafted' || item.readRevision !== itemRevision) return false;
  await tx.selectFrom('draft').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  const own = await tx
    .selectFrom('draft')
    .select('id')
    .where('id', '=', id)
    .where('itemId', '=', itemId)
    .where('version', '=', version)
    .where('itemRevision', '=', itemRevision)
    .where(UNTOUCHED)
    .executeTakeFirst();
  return own !== undefined;
}

/** The bytes and their hash, which are the evidence, stay as they are. */
export async function replaceArticle(
  tx: Tx,
  { itemId, revision }: { readonly itemId: string; readonly revision: number },
  { article, textSha256 }: ReadAnew,
): Promise<void> {
  await tx
    .updateTable('capture')
    .set({ article: storableJson(article), textSha256 })
    .where('itemId', '=', itemId)
    .where('revision', '=', revision)
    .execute();
}

async function replaceWords(tx: Tx, draft: OfKeptPage, { source, words: composed }: Redrafting): Promise<void> {
  const words = { headline: storableText(composed.headline), bodyHtml: storableText(composed.bodyHtml) };
  const version = draft.version + 1;
  await tx
    .updateTable('draft')
    .set({
      ...words,
      version,
      sourceName: storableText(source.name),
      cuts: storableJson(composed.cuts),
      score: composed.rank?.score ?? 0,
      why: storableJson(composed.rank?.why ?? []),
      section: composed.rank?.section ?? null,
      changedAt: sql<Date>`now()`,
    })
    .where('id', '=', draft.id)
    .execute();
  await tx
    .insertInto('draftVersion')
    .values({ draftId: draft.id, version, ...words, note: NOTE })
    .execute();
  await tx.insertInto('draftEvent').values({ draftId: draft.id, did: 'read-again' }).execute();
}
