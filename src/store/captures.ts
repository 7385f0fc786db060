import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import type { Db, Tx } from './connect.js';
import { storableJson, storableText } from './storable.js';

export interface CaptureRecord {
  readonly doc: FetchedDocument;
  readonly article: Article;
  readonly sha256: string;
  readonly textSha256: string;
  readonly aliases: readonly { readonly key: string; readonly kind: 'redirect' | 'canonical' }[];
}

/** Above what fetching lets through (10 MB); a body that unpacks to more was not written by us. */
const MOST_BYTES = 64_000_000;
/** Headers that may hold a secret of ours or of the host. */
const SECRET = new Set(['set-cookie', 'cookie', 'authorization', 'proxy-authorization']);

export async function packed(bytes: Uint8Array): Promise<Buffer> {
  return await promisify(gzip)(bytes);
}

/** The evidence of one revision of an item: its bytes, headers and article. The same revision twice is once: the first counts. */
export async function insertCapture(
  tx: Tx,
  { itemId, revision, body }: { readonly itemId: string; readonly revision: number; readonly body: Buffer },
  { doc, article, sha256, textSha256 }: CaptureRecord,
): Promise<void> {
  const headers = Object.fromEntries(Object.entries(doc.headers).filter(([name]) => !SECRET.has(name)));
  await tx
    .insertInto('capture')
    .values({
      itemId,
      revision,
      url: storableText(doc.requestedUrl),
      finalUrl: storableText(doc.url),
      fetchedAt: doc.fetchedAt,
      httpStatus: doc.status,
      headers: storableJson(headers),
      contentType: doc.headers['content-type'] === undefined ? null : storableText(doc.headers['content-type']),
      sha256,
      byteLength: doc.bytes.length,
      body,
      article: storableJson(article),
      textSha256,
    })
    .onConflict((conflict) => conflict.columns(['itemId', 'revision']).doNothing())
    .execute();
}

/** The bytes of a capture as they were received; `null` when retention took them, `undefined` when there is no such capture. */
export async function captureBytes(db: Db, captureId: string): Promise<Buffer | null | undefined> {
  const row = await db.selectFrom('capture').select('body').where('id', '=', captureId).executeTakeFirst();
  if (row === undefined || row.body === null) return row === undefined ? undefined : null;
  return await promisify(gunzip)(row.body, { maxOutputLength: MOST_BYTES });
}
