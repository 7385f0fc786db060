import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { Validators } from '../model/document.js';
import type { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';

export interface ReadLately {
  readonly itemId: string;
  readonly sourceId: string;
  readonly found: FoundItem;
  readonly readAt: Date;
  readonly lastLookAt: Date | null;
}

export interface LastCapture {
  readonly found: FoundItem;
  readonly article: Article;
  readonly validators: Validators;
}

/** Looking again at what was read (`LookBook` of the steps). */
export function lookBook(db: Db) {
  return {
    /** Items with a draft or a story that were first read since then, longest unseen first. */
    readSince: async (since: Date, limit: number): Promise<readonly ReadLately[]> => {
      const { rows } = await sql<ReadLately>`
        select i.id as item_id, i.source_id, i.found, min(c.fetched_at) as read_at, i.last_look_at
        from capture c join item i on i.id = c.item_id
        where c.fetched_at > ${since} and i.disposition in ('drafted', 'joined')
        group by i.id order by i.last_look_at nulls first, min(c.fetched_at) limit ${limit}`.execute(db);
      return rows;
    },
    lastCapture: async (itemId: string): Promise<LastCapture | undefined> => await lastCapture(db, itemId),
    recordLook: async (itemId: string, at: Date): Promise<void> => {
      await db.updateTable('item').set({ lastLookAt: at }).where('id', '=', itemId).execute();
    },
    /** The page has other words or documents: a new revision, to be read, which reaches the draft as its `updated` mark. */
    reviseItem: async (itemId: string, at: Date): Promise<void> => {
      await db
        .updateTable('item')
        .set({
          revision: sql`revision + 1`,
          changedAt: at,
          disposition: 'found',
          reason: null,
          reasonCode: null,
          disposedAt: null,
        })
        .where('id', '=', itemId)
        .where('disposition', 'in', ['drafted', 'joined'])
        .execute();
    },
    /** The original is not there any more: told once on the draft of its story. The captured text is kept. */
    recordOriginalGone: async (itemId: string, failure: Failure, at: Date): Promise<void> =>
      await recordOriginalGone(db, itemId, { failure, at }),
  };
}

async function lastCapture(db: Db, itemId: string): Promise<LastCapture | undefined> {
  const row = await db
    .selectFrom('capture')
    .innerJoin('item', 'item.id', 'capture.itemId')
    .select(['item.found', 'capture.article', 'capture.headers'])
    .where('itemId', '=', itemId)
    .orderBy('capture.revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const headers = row.headers as Readonly<Record<string, string>>;
  const { etag, 'last-modified': lastModified } = headers;
  const validators = {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
  return { found: row.found as FoundItem, article: row.article as Article, validators };
}

async function recordOriginalGone(
  db: Db,
  itemId: string,
  { failure, at }: { failure: Failure; at: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const first = await tx
      .updateTable('item')
      .set({ vanishedAt: at, lastLookAt: at })
      .where('id', '=', itemId)
      .where('vanishedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    await tx.updateTable('item').set({ lastLookAt: at }).where('id', '=', itemId).execute();
    if (first === undefined) return;
    const reason = storableText(`The original is gone: ${failure.message}`);
    await sql`
      with told as (
        update draft set updated_mark = true where item_id = ${itemId}
          or story_id = (select story_id from story_tie where item_id = ${itemId} and standing = 'confirmed' and tie in ('same-item', 'copy'))
        returning id
      )
      insert into draft_event (draft_id, did, reason) select id, 'original-gone', ${reason} from told`.execute(tx);
  });
}
