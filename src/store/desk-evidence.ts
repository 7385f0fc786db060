import { gunzipSync } from 'node:zlib';
import type { Article } from '../model/article.js';
import type { CaptureInHand, PostInHand } from '../model/desk.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

/** A page is cut here after decompression: the fetcher's own cap is 10 MB, so more is damage. */
const LONGEST_BYTES = 20_000_000;

/** What a draft was made from, as it was seen. */
export function deskEvidence(db: Db) {
  return { findCapture: (id: string) => findCapture(db, id) };
}

/** The newest capture of an item. `null` when none was made. */
export async function captureOf(db: Db, itemId: string): Promise<CaptureInHand | null> {
  const row = await db
    .selectFrom('capture')
    .select(['id', 'finalUrl', 'fetchedAt', 'sha256', 'byteLength', 'revision', 'article'])
    .where('itemId', '=', itemId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, article: row.article as Article };
}

export async function postOf(db: Db, draftId: string): Promise<PostInHand | null> {
  const row = await db
    .selectFrom('post')
    .select(['id', 'slug', 'publishedAt', 'withdrawnAt', 'editorName'])
    .where('draftId', '=', draftId)
    .executeTakeFirst();
  return row ?? null;
}

/** Links of a draft that led nowhere, with the failure's code. */
export async function deadLinksOf(db: Db, draftId: string): Promise<{ url: string; because: string }[]> {
  const rows = await db
    .selectFrom('draftLink')
    .select(['url', 'failureCode'])
    .where('draftId', '=', draftId)
    .where('failureCode', 'is not', null)
    .execute();
  return rows.map(({ url, failureCode }) => ({ url, because: failureCode ?? '' }));
}

async function findCapture(db: Db, id: string) {
  const row = await db
    .selectFrom('capture')
    .select([
      'id',
      'itemId',
      'url',
      'finalUrl',
      'fetchedAt',
      'httpStatus',
      'contentType',
      'sha256',
      'byteLength',
      'body',
    ])
    .where('id', '=', uuid(id))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { body, ...rest } = row;
  return { ...rest, bytes: body === null ? null : gunzipSync(body, { maxOutputLength: LONGEST_BYTES }) };
}
