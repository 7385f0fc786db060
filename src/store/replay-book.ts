import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { Disposition, FoundItem } from '../model/item.js';
import type { Db } from './connect.js';
import { replaceArticle, UNTOUCHED, type ReadAnew } from './redraft.js';

/** The fetcher's own cap is 10 MB, so more is damage. */
const LONGEST_BYTES = 20_000_000;

/** Pages that were kept, to be read again without fetching (`ReplayBook` of the steps). */
export function replayBook(db: Db) {
  return {
    /** Items of a source whose newest page came since then and is kept, newest first; and of how many the bytes are not kept. */
    keptItems: async (sourceId: string, since: Date): Promise<{ ids: readonly string[]; notKept: number }> => {
      const { rows } = await sql<{ itemId: string; kept: boolean }>`
        select i.id as item_id, c.kept
        from item i join lateral (
          select fetched_at, body is not null as kept from capture where item_id = i.id order by revision desc limit 1
        ) c on true
        where i.source_id = ${sourceId} and c.fetched_at >= ${since}
        order by c.fetched_at desc, i.id`.execute(db);
      const ids = rows.filter(({ kept }) => kept).map(({ itemId }) => itemId);
      return { ids, notKept: rows.length - ids.length };
    },
    keptPage: async (itemId: string) => await keptPage(db, itemId),
    rereadItem: async (
      page: { readonly item: { readonly id: string }; readonly revision: number },
      anew: ReadAnew,
    ): Promise<boolean> => await rereadItem(db, { itemId: page.item.id, revision: page.revision }, anew),
  };
}

async function keptPage(db: Db, itemId: string) {
  const row = await db
    .selectFrom('capture')
    .innerJoin('item', 'item.id', 'capture.itemId')
    .selectAll('item')
    .select(['capture.url as askedUrl', 'finalUrl', 'fetchedAt', 'httpStatus', 'headers', 'body', 'article'])
    .select('capture.revision as ofRevision')
    .where('itemId', '=', itemId)
    .orderBy('capture.revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.body === null) return undefined;
  const doc: FetchedDocument = {
    requestedUrl: row.askedUrl,
    url: row.finalUrl,
    status: row.httpStatus,
    headers: row.headers as Record<string, string>,
    bytes: unpacked(row.body, row.finalUrl),
    fetchedAt: row.fetchedAt,
  };
  const { id, sourceId, foundAt, changedAt, revision, readRevision } = row;
  const disposition = row.disposition as Disposition;
  return {
    item: { id, sourceId, foundAt, changedAt, revision, readRevision, found: row.found as FoundItem, disposition },
    revision: row.ofRevision,
    doc,
    article: row.article as Article,
    draft: await draftOf(db, { itemId, revision: row.ofRevision }),
  };
}

/** @throws {Failure} item.unreadable */
function unpacked(body: Buffer, url: string): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: LONGEST_BYTES });
  } catch (cause) {
    throw new Failure('item.unreadable', `The kept page of ${url} is damaged.`, { url }, { cause });
  }
}

async function draftOf(db: Db, { itemId, revision }: { readonly itemId: string; readonly revision: number }) {
  const row = await db
    .selectFrom('draft')
    .select(['id', 'itemId', 'version', 'itemRevision', 'headline', 'bodyHtml', UNTOUCHED.as('untouched')])
    .where('itemId', '=', itemId)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, untouched: row.untouched && row.itemRevision === revision };
}

/** What waits to be drafted, or failed when it was: read just now, with that article. */
async function rereadItem(
  db: Db,
  of: { readonly itemId: string; readonly revision: number },
  anew: ReadAnew,
): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const reread = await tx
      .updateTable('item')
      .set({
        disposition: 'read',
        attempts: 0,
        tryAfter: sql`'-infinity'`,
        reason: null,
        reasonCode: null,
        disposedAt: null,
      })
      .where('id', '=', of.itemId)
      .where('revision', '=', of.revision)
      .where('readRevision', '=', of.revision)
      .where('disposition', 'in', ['read', 'failed'])
      .returning('id')
      .executeTakeFirst();
    if (reread === undefined) return false;
    await replaceArticle(tx, of, anew);
    return true;
  });
}
