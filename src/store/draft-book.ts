import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { ComposedDraft } from '../model/draft.js';
import type { Disposition, FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import type { Verdict } from '../model/verdict.js';
import type { Db, Tx } from './connect.js';
import { knownByAddress, lockAddresses, type KnownItem } from './known-items.js';
import { redraft, type OfKeptPage, type ReadAnew } from './redraft.js';
import { takeLead } from './take-lead.js';
import { storableJson, storableKey, storableText } from './storable.js';
import { openWatchTasks } from './watch-book.js';

interface StoredItem {
  readonly id: string;
  readonly sourceId: string;
  readonly found: FoundItem;
  readonly revision: number;
}

type DraftOutcome = 'created' | 'exists' | 'updated';

/** Drafts and stories as the machine makes them (`DraftBook` of the steps). */
export function draftBook(db: Db) {
  return {
    latestArticle: async (itemId: string): Promise<Article | undefined> => await latestArticle(db, itemId),
    itemByAddress: async (keys: readonly string[], except: string): Promise<KnownItem | undefined> =>
      await knownByAddress(db, keys.map(storableKey), except),
    recordDraft: async (item: StoredItem, source: Source, draft: ComposedDraft): Promise<DraftOutcome> =>
      await db.transaction().execute(async (tx) => await recordDraft(tx, item, source, draft)),
    takeLead: async (item: StoredItem, source: Source, draft: ComposedDraft, verdict: Verdict): Promise<boolean> =>
      await takeLead(db, { item, source, draft, verdict }),
    redraft: async (draft: OfKeptPage, source: Source, anew: ReadAnew, words: ComposedDraft): Promise<boolean> =>
      await redraft(db, draft, { source, anew, words }),
    joinStory: async (item: StoredItem, verdict: Verdict): Promise<void> =>
      await db.transaction().execute(async (tx) => await joinStory(tx, item, verdict)),
  };
}

async function latestArticle(db: Db, itemId: string): Promise<Article | undefined> {
  const row = await db
    .selectFrom('capture')
    .select('article')
    .where('itemId', '=', itemId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.article as Article | undefined;
}

/**
 * Of several workers with one item, or with items of one address, one makes the draft: the addresses are locked, and looked up
 * once more under the lock. An item that turns out to be known by then joins that story instead.
 */
async function recordDraft(tx: Tx, item: StoredItem, source: Source, draft: ComposedDraft): Promise<DraftOutcome> {
  const keys = await lockAddresses(tx, item.id);
  const row = await lockItem(tx, item.id);
  if (row.disposition !== 'read') return 'exists';
  const known = await draftOf(tx, item.id);
  if (known !== undefined) return await markUpdated(tx, item, known);
  if (await rejoin(tx, item)) return 'exists';
  const other = await knownByAddress(tx, keys, item.id);
  if (other !== undefined && other.disposition !== 'held') {
    const because = [`Same address as “${other.title}” of ${other.sourceName}.`];
    await joinStory(tx, item, { tie: 'same-item', of: other.itemId, because });
    return 'exists';
  }
  await insertDraft(tx, item, source, draft);
  return 'created';
}

async function lockItem(tx: Tx, itemId: string): Promise<{ disposition: Disposition }> {
  const row = await tx
    .selectFrom('item')
    .select('disposition')
    .where('id', '=', itemId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { disposition: row.disposition as Disposition };
}

interface OwnDraft {
  readonly id: string;
  readonly itemRevision: number;
}

/** None where an editor rejected the draft as a copy, and joined the item to another's story: then that draft is the one to tell. */
async function draftOf(tx: Tx, itemId: string): Promise<OwnDraft | undefined> {
  return await tx
    .selectFrom('draft')
    .select(['draft.id', 'draft.itemRevision'])
    .where('draft.itemId', '=', itemId)
    .where((where) =>
      where.or([
        where('draft.state', '<>', 'rejected'),
        where.not(
          where.exists(
            where
              .selectFrom('storyTie')
              .innerJoin('draft as lead', 'lead.storyId', 'storyTie.storyId')
              .select('lead.id')
              .where('storyTie.itemId', '=', itemId)
              .where('storyTie.standing', '=', 'confirmed')
              .where('storyTie.tie', '=', 'copy')
              .where('lead.itemId', '<>', itemId)
              .where('lead.state', '<>', 'rejected'),
          ),
        ),
      ]),
    )
    .executeTakeFirst();
}

/** An item that joined a story once stays there when its source changes it, also where an editor had joined it. */
async function rejoin(tx: Tx, item: StoredItem): Promise<boolean> {
  const tie = await tx
    .selectFrom('storyTie')
    .select(['tie', 'because'])
    .where('itemId', '=', item.id)
    .where('standing', '=', 'confirmed')
    .executeTakeFirst();
  const story = tie === undefined ? undefined : await storyDraft(tx, item.id);
  if (tie === undefined || story === undefined) return false;
  await joinStory(tx, item, { tie: tie.tie as Verdict['tie'], of: story.itemId, because: [tie.because] });
  return true;
}

async function insertDraft(tx: Tx, item: StoredItem, source: Source, draft: ComposedDraft): Promise<void> {
  const story = await tx.insertInto('story').defaultValues().returning('id').executeTakeFirstOrThrow();
  const words = { headline: storableText(draft.headline), bodyHtml: storableText(draft.bodyHtml) };
  const { id } = await tx
    .insertInto('draft')
    .values({
      ...words,
      itemId: item.id,
      storyId: story.id,
      sourceId: item.sourceId,
      originalUrl: storableText(draft.originalUrl),
      sourceName: storableText(source.name),
      cuts: storableJson(draft.cuts),
      itemRevision: item.revision,
      score: draft.rank?.score ?? 0,
      why: storableJson(draft.rank?.why ?? []),
      section: draft.rank?.section ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('draftVersion')
    .values({ draftId: id, version: 1, ...words })
    .execute();
  await tx.insertInto('draftEvent').values({ draftId: id, did: 'drafted', toState: 'drafted' }).execute();
  const because = 'Nothing was known under its address.';
  const tie = { storyId: story.id, tie: 'lead', standing: 'confirmed', because, at: sql<Date>`now()` };
  await tx
    .insertInto('storyTie')
    .values({ itemId: item.id, ...tie })
    // An editor took it out of another story: now it leads its own.
    .onConflict((conflict) => conflict.column('itemId').doUpdateSet(tie))
    .execute();
  await dispose(tx, item.id, 'drafted', `Drafted. ${because}`);
}

async function markUpdated(tx: Tx, item: StoredItem, own: OwnDraft): Promise<DraftOutcome> {
  const updated = await raiseMark(tx, own, item.revision);
  await dispose(tx, item.id, 'drafted', updated ? 'The source changed it; its draft says so.' : 'Drafted before.');
  return updated ? 'updated' : 'exists';
}

/** The editor is told once a revision: what to do about it is the editor's choice. */
async function raiseMark(tx: Tx, own: OwnDraft, revision: number): Promise<boolean> {
  const raised = await tx
    .updateTable('draft')
    .set({ updatedMark: true, itemRevision: revision })
    .where('id', '=', own.id)
    .where('itemRevision', '<', revision)
    .returning('id')
    .executeTakeFirst();
  if (raised === undefined) return false;
  await tx
    .insertInto('draftEvent')
    .values({ draftId: own.id, did: 'source-updated', reason: 'The source changed the original.' })
    .execute();
  await openWatchTasks(tx, [own.id], { kind: 'changed', about: '', reason: 'The source changed it.', at: new Date() });
  return true;
}

/**
 * The item joins the story that the other one's draft tells. Where there is no such draft (any more), nothing is done: the item
 * stays `read`, and is decided anew.
 */
async function joinStory(tx: Tx, item: StoredItem, verdict: Verdict): Promise<void> {
  const row = await lockItem(tx, item.id);
  if (row.disposition !== 'read' || verdict.of === null) return;
  const target = await storyDraft(tx, verdict.of);
  if (target === undefined || target.itemId === item.id || (await draftOf(tx, item.id)) !== undefined) return;
  const because = storableText(verdict.because.join(' ')) || 'It tells the same.';
  const before = await tx.selectFrom('storyTie').selectAll().where('itemId', '=', item.id).executeTakeFirst();
  if (before?.standing === 'detached' && before.storyId === target.storyId) return;
  const tie = { storyId: target.storyId, tie: verdict.tie, standing: 'confirmed', because, at: sql<Date>`now()` };
  await tx
    .insertInto('storyTie')
    .values({ itemId: item.id, ...tie })
    .onConflict((conflict) => conflict.column('itemId').doUpdateSet(tie))
    .execute();
  const news = before?.storyId === target.storyId ? 'A joined item was changed by its source.' : `Joined: ${because}`;
  await tx
    .insertInto('draftEvent')
    .values({ draftId: target.id, did: before?.storyId === target.storyId ? 'source-updated' : 'joined', reason: news })
    .execute();
  if (item.revision > 1) {
    await tx.updateTable('draft').set({ updatedMark: true }).where('id', '=', target.id).execute();
  }
  await dispose(tx, item.id, 'joined', because);
}

interface StoryDraft {
  readonly id: string;
  readonly itemId: string;
  readonly storyId: string;
}

/** The draft of an item, or, where it joined another, the first one of its story; a rejected one only where there is no other. */
async function storyDraft(tx: Tx, itemId: string): Promise<StoryDraft | undefined> {
  return await tx
    .selectFrom('draft')
    .select(['draft.id', 'draft.itemId', 'draft.storyId'])
    .where((where) =>
      where.or([
        where('draft.itemId', '=', itemId),
        where('draft.storyId', 'in', (from) =>
          from
            .selectFrom('storyTie')
            .select('storyTie.storyId')
            .where('storyTie.itemId', '=', itemId)
            .where('storyTie.standing', '=', 'confirmed'),
        ),
      ]),
    )
    .orderBy(sql`draft.state = 'rejected'`)
    .orderBy(sql`draft.item_id = ${itemId}`, 'desc')
    .orderBy('draft.createdAt')
    .orderBy('draft.id')
    .limit(1)
    .executeTakeFirst();
}

async function dispose(tx: Tx, itemId: string, disposition: Disposition, reason: string): Promise<void> {
  await tx
    .updateTable('item')
    .set({ disposition, reason, reasonCode: null, disposedAt: sql`now()` })
    .where('id', '=', itemId)
    .execute();
}
