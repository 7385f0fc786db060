import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FetchedDocument } from '../../src/model/document.js';

/** The development sets beside the project; this bench needs them. */
export const CORPUS = resolve(import.meta.dirname, '../../../shared/corpus/extraction');

export interface Truth {
  readonly set: string;
  readonly file: string;
  readonly url: string | null;
  readonly text?: string;
  readonly title?: string;
  readonly author?: string;
  readonly published?: string;
}

/** What is known of the pages of a set, in order. */
export function truthsOf(set: string): Truth[] {
  const file = resolve(CORPUS, set, 'truth.ndjson.gz');
  if (!existsSync(file)) throw new Error(`The development sets are not at ${CORPUS}`);
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ ...(JSON.parse(line) as Truth), set }));
}

export function pageOf({ set, file, url }: Truth): FetchedDocument {
  const bytes = new Uint8Array(gunzipSync(readFileSync(resolve(CORPUS, set, 'pages', `${file}.gz`))));
  const address = url ?? `file:///${file}`;
  return { requestedUrl: address, url: address, status: 200, headers: {}, bytes, fetchedAt: new Date(0) };
}
