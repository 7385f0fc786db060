import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { CaptureInHand, PostInHand } from '../model/desk.js';
import type { Db } from './connect.js';
import { notesOf } from './post-notes.js';
import { uuid } from './uuid.js';

/** A page is cut here after decompression: the fetcher's own cap is 10 MB, so more is damage. */
const LONGEST_BYTES = 20_000_000;
/** Sources of one story whose texts are read, at most. */
const MOST_TEXTS = 20;

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
  if (row === undefined) return null;
  const notes = await notesOf(db, [row.id]);
  return { ...row, notes: notes.get(row.id) ?? [] };
}

/** Texts of the other items of a draft's story, as captured last, with title and organisation: what was taken from them is no invention. */
export async function storyTextsOf(db: Db, draftId: string): Promise<string[]> {
  const { rows } = await sql<{ article: Article; sourceName: string }>`
    select distinct on (c.item_id) c.article, s.name as source_name
    from draft d join story_tie t on t.story_id = d.story_id and t.item_id <> d.item_id and t.standing = 'confirmed'
    join item i on i.id = t.item_id join source s on s.id = i.source_id join capture c on c.item_id = t.item_id
    where d.id = ${uuid(draftId)}
    order by c.item_id, c.revision desc
    limit ${MOST_TEXTS}`.execute(db);
  return rows.map(({ article, sourceName }) => [sourceName, article.title ?? '', article.bodyText].join('\n\n'));
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
