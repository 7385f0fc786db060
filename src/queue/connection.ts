import { setTimeout as wait } from 'node:timers/promises';
import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  type BackendFactory,
  type IQueueBackend,
  type PgPoolClient,
} from 'bullmq';
import { Redis } from 'ioredis';
import { Failure } from '../model/failure.js';
import { quietly, type QueueLog } from './queue-log.js';

/** A pool of node-postgres, as far as it is looked at here; BullMQ is given it whole. */
export interface QueuePool {
  query(text: string): Promise<unknown>;
  connect(): Promise<{ release(): void }>;
}

/** Where the queue is kept. */
export type QueuePlace =
  | { readonly redisUrl: string }
  /** A guarded pool with `search_path=bullmq`, larger than the number of queues; closed by its owner. */
  | { readonly pool: QueuePool };

/** An open way to the place of the queue; BullMQ's classes are built with `factory` on `connection`. */
export interface QueueConnection {
  readonly kind: 'redis' | 'postgresql';
  readonly connection: unknown;
  readonly factory: BackendFactory<IQueueBackend, unknown>;
  /** Asks for one answer. Rejects when there is none within 5 s. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

const PROBE_MS = 5_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Opens the connection and waits until it answers. @throws {Failure} queue.unreachable after `deadlineMs` */
export async function connect(place: QueuePlace, log: QueueLog, deadlineMs: number): Promise<QueueConnection> {
  const opened = 'pool' in place ? onPostgres(place.pool) : onRedis(place.redisUrl, log);
  try {
    await untilAnswers(opened, performance.now() + deadlineMs);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Brings BullMQ's own tables up to date. Any number of processes may do so at once. */
export async function migrateQueue(pool: QueuePool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client as PgPoolClient & typeof client);
  } finally {
    client.release();
  }
}

/**
 * Waits until the place of the queue answers. Nothing of BullMQ may be built before: on PostgreSQL a worker that was built while
 * the server was away never works again.
 */
export async function untilAnswers(place: Pick<QueueConnection, 'probe'>, deadline: number): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await place.probe();
      return;
    } catch (error) {
      if (performance.now() + pause > deadline) {
        const words = error instanceof Error ? error.message : String(error);
        throw new Failure('queue.unreachable', `The queue does not answer: ${words}`, {}, { cause: error });
      }
    }
    await wait(pause);
  }
}

function onPostgres(pool: QueuePool): QueueConnection {
  return {
    kind: 'postgresql',
    connection: pool,
    factory: createPostgresBackend as unknown as BackendFactory<IQueueBackend, unknown>,
    probe: async () => {
      await inTime(pool.query('select 1'));
    },
    close: () => Promise.resolve(),
  };
}

function onRedis(url: string, log: QueueLog): QueueConnection {
  // Workers block on connections of their own, which BullMQ makes after this one. `null`: they wait for a Redis that is away.
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(times * 50, 1_000) });
  const tell = quietly(log);
  redis.on('error', (error) => tell('redis', error));
  return {
    kind: 'redis',
    connection: redis,
    factory: createRedisBackend as unknown as BackendFactory<IQueueBackend, unknown>,
    probe: async () => {
      await inTime(redis.ping());
    },
    close: () => {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

/** The answer, or a rejection after 5 s: a Redis that is away would let us wait for ever. */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  const halt = new AbortController();
  const late = wait(PROBE_MS, undefined, { signal: halt.signal, ref: true }).then(() => {
    throw new Failure('queue.unreachable', `The queue did not answer within ${PROBE_MS / 1000} s`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    halt.abort();
    late.catch(() => undefined);
    // The late answer of a broken connection has nobody left to tell.
    answer.catch(() => undefined);
  }
}
