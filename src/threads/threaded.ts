import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import { asFailure, type Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Source, SourceKind } from '../model/source.js';
import { ThreadPool, type Cap, type PoolOptions } from './thread-pool.js';

export interface ThreadedOptions extends PoolOptions {
  /** Most time for one page. Default 20,000. */
  readonly pageTimeoutMs?: number;
  /** Most time for one feed or API answer. Default 5,000. */
  readonly feedTimeoutMs?: number;
}

export type ThreadedExtract = ((doc: FetchedDocument, source: Source, item: FoundItem) => Promise<Article>) & {
  close(): Promise<void>;
};
export type ThreadedRead = ((source: Source, doc: FetchedDocument, memory: SourceMemory | null) => Promise<Reading>) & {
  close(): Promise<void>;
};

const PAGE_MS = 20_000;
const FEED_MS = 5_000;
const PAGES: readonly SourceKind[] = ['listing', 'page'];

/**
 * `extractArticle` in worker threads with caps on time and memory. A page that the full engine cannot manage (time, memory, crash)
 * is tried once more with the simplest; only then it fails.
 * @throws {Failure} those of `extractArticle`, item.timeout, item.unreadable (the thread died twice)
 */
export function threadedExtract(options: ThreadedOptions = {}): ThreadedExtract {
  const pool = new ThreadPool(options);
  const timeoutMs = options.pageTimeoutMs ?? PAGE_MS;
  const extract = async (doc: FetchedDocument, source: Source, item: FoundItem): Promise<Article> => {
    const cap: Cap = { timeoutMs, onTimeout: 'item.timeout', onDeath: 'item.unreadable', about: doc.url };
    try {
      return await pool.run('extract', { doc, source, item }, cap);
    } catch (error) {
      const failure = asFailure(error);
      if (!mayTryPlainly(failure)) throw failure;
      return pool.run('extract-plainly', { doc, source, item }, { ...cap, timeoutMs: timeoutMs / 4 });
    }
  };
  return Object.assign(extract, { close: () => pool.close() });
}

/**
 * `readSource` in worker threads with caps on time and memory.
 * @throws {Failure} those of `readSource`, source.timeout, source.malformed (the thread died)
 */
export function threadedRead(options: ThreadedOptions = {}): ThreadedRead {
  const pool = new ThreadPool(options);
  const read = async (source: Source, doc: FetchedDocument, memory: SourceMemory | null): Promise<Reading> => {
    const timeoutMs = PAGES.includes(source.kind)
      ? (options.pageTimeoutMs ?? PAGE_MS)
      : (options.feedTimeoutMs ?? FEED_MS);
    const cap: Cap = {
      timeoutMs,
      onTimeout: 'source.timeout',
      onDeath: 'source.malformed',
      about: `${source.id} ${doc.url}`,
    };
    return pool.run('read', { source, doc, memory }, cap);
  };
  return Object.assign(read, { close: () => pool.close() });
}

/** The engine broke, not the document: it was stopped, its thread died, or it failed in a way that it does not know. */
function mayTryPlainly({ code, details }: Failure): boolean {
  return code === 'item.timeout' || code === 'internal' || details['memory'] === true;
}
