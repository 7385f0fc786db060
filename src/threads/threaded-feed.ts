import type { ParsedFeed } from '../sources/feed/parsed-feed.js';
import { ThreadPool, type PoolOptions } from './thread-pool.js';

export interface ThreadedFeedOptions extends PoolOptions {
  /** Most time for one feed. Default 5,000. */
  readonly timeoutMs?: number;
}

/** A feed's body as it came over the wire. */
export interface FeedAnswer {
  readonly bytes: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
}

export type ThreadedFeed = ((answer: FeedAnswer) => Promise<ParsedFeed>) & { close(): Promise<void> };

const TIMEOUT_MS = 5_000;

/**
 * `readFeed` in worker threads with caps on time and memory (ADV-3, ADV-12).
 * @throws {Failure} those of `readFeed`, source.timeout, source.malformed (`details.memory`: it needs more than is allowed)
 */
export function threadedFeed({ timeoutMs = TIMEOUT_MS, ...options }: ThreadedFeedOptions = {}): ThreadedFeed {
  const pool = new ThreadPool(options);
  const read = async (answer: FeedAnswer): Promise<ParsedFeed> =>
    pool.run('feed', answer, {
      timeoutMs,
      onTimeout: 'source.timeout',
      onDeath: 'source.malformed',
      about: answer.url,
    });
  return Object.assign(read, { close: () => pool.close() });
}
