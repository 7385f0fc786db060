import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import type { Tx } from './connect.js';
import { storableJson, storableText } from './storable.js';

export interface CaptureRecord {
  readonly doc: FetchedDocument;
  readonly article: Article;
  readonly sha256: string;
  readonly textSha256: string;
  readonly aliases: readonly { readonly key: string; readonly kind: 'redirect' | 'canonical' }[];
  /** The bytes are not kept: something was taken out of what they say. */
  readonly withoutBytes?: boolean;
}

/** Headers that may hold a secret of ours or of the host. */
const SECRET = new Set(['set-cookie', 'cookie', 'authorization', 'proxy-authorization']);

export async function packed(bytes: Uint8Array): Promise<Buffer> {
  return await promisify(gzip)(bytes);
}

/** The evidence of one revision of an item: its bytes, headers and article. The same revision twice is once: the first counts. */
export async function insertCapture(
  tx: Tx,
  { itemId, revision, body }: { readonly itemId: string; readonly revision: number; readonly body: Buffer | null },
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
