import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { Validators } from '../model/document.js';
import type { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Db, Tx } from './connect.js';
import { storableText } from './storable.js';
import { openWatchTasks } from './watch-book.js';

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
    /**
     * Items of published posts whose own page is due for another look: daily for a month after publication, weekly from then on.
     * What has no page of its own is seen with the poll of its source.
     */
    publishedDue: async (now: Date, limit: number): Promise<readonly Pick<ReadLately, 'itemId' | 'sourceId'>[]> => {
      const { rows } = await sql<Pick<ReadLately, 'itemId' | 'sourceId'>>`
        select i.id as item_id, i.source_id
        from post p join draft d on d.id = p.draft_id join item i on i.id = d.item_id
        where p.withdrawn_at is null and i.disposition = 'drafted' and i.kind <> 'section'
          and i.found -> 'readUrl' is distinct from 'null'::jsonb
          and coalesce(i.last_look_at, p.published_at) <= ${now}::timestamptz
            - case when p.published_at > ${now}::timestamptz - interval '30 days' then interval '1 day' else interval '7 days' end
        order by i.last_look_at nulls first limit ${limit}`.execute(db);
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
    /** The original answered: what was told of it as gone is over. */
    recordThere: async (itemId: string, at: Date): Promise<void> => {
      await sql`
        with back as (update item set vanished_at = null where id = ${itemId} and vanished_at is not null)
        update watch_task set settled_at = ${at}, settled_as = 'over'
        where kind = 'gone' and settled_at is null
          and post_id in (select p.id from post p join draft d on d.id = p.draft_id where d.item_id = ${itemId})`.execute(
        db,
      );
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
    if (first === undefined && (await wasTold(tx, itemId))) return;
    const reason = storableText(`The original is gone: ${failure.message}`);
    const { rows } = await sql<{ draftId: string }>`
      with told as (
        update draft set updated_mark = true where item_id = ${itemId}
          or story_id = (select story_id from story_tie where item_id = ${itemId} and standing = 'confirmed' and tie in ('same-item', 'copy'))
        returning id
      )
      insert into draft_event (draft_id, did, reason) select id, 'original-gone', ${reason} from told
      returning draft_id`.execute(tx);
    const ids = rows.map(({ draftId }) => draftId);
    await openWatchTasks(tx, ids, { kind: 'gone', about: '', reason, at });
  });
}

/** Its list may have dropped it before: that is not the same, and was told nobody. */
async function wasTold(tx: Tx, itemId: string): Promise<boolean> {
  const event = await tx
    .selectFrom('draftEvent')
    .innerJoin('draft', 'draft.id', 'draftEvent.draftId')
    .select('draftEvent.id')
    .where('draft.itemId', '=', itemId)
    .where('draftEvent.did', '=', 'original-gone')
    .limit(1)
    .executeTakeFirst();
  return event !== undefined;
}
