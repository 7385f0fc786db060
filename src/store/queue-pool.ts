import pg from 'pg';

export interface QueuePoolOptions {
  readonly url: string;
  /** Queues that are worked on: each keeps one connection for itself. */
  readonly listeners: number;
  /** A connection was lost. The pool opens another by itself. */
  readonly onLost?: (error: Error) => void;
}

/** Connections for the questions of all queues together. */
const FOR_QUERIES = 6;

/**
 * The connections of a job queue that is kept in this database, in a schema of its own. What the queue holds may be lost (the
 * store is the truth, and sweeps), so its commits do not wait for the disk: four times as quick.
 */
export function openQueuePool({ url, listeners, onLost }: QueuePoolOptions): pg.Pool {
  const lost = onLost ?? (() => undefined);
  const pool = new pg.Pool({
    connectionString: url,
    max: listeners + FOR_QUERIES,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'newsdesk queue',
    options: '-c search_path=bullmq -c synchronous_commit=off',
  });
  // Each queue object listens to the pool.
  pool.setMaxListeners(0);
  // Without these a server that ends would take our process with it.
  pool.on('error', lost);
  pool.on('connect', (client) => {
    client.setMaxListeners(0);
    client.on('error', lost);
  });
  return pool;
}
