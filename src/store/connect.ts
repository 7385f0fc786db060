import { setTimeout as wait } from 'node:timers/promises';
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { Failure } from '../model/failure.js';
import type { DB } from './database.js';

/** The database, or one transaction of it: what the queries of a noun run on. */
export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

export interface Store {
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly url: string;
  /** Most connections at once. Default 10. */
  readonly max?: number;
  /** How long to wait for a database that does not answer yet. Default 30 000. */
  readonly deadlineMs?: number;
  /** A connection was lost while idle. The pool opens another by itself. */
  readonly onLost?: (error: Error) => void;
  /** A query has ended, well or not, after so many milliseconds. */
  readonly onQuery?: (ms: number) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Opens the database, waiting until it answers. int8 (counts, identity numbers) comes as a JavaScript number: none of ours can
 * pass 2^53, and a value that does is an error rather than a wrong number. Names are snake_case there and camelCase here; keys
 * inside JSON are left alone.
 * @throws {Failure} `store.unreachable` when it did not answer in time
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const pool = guardedPool(options);
  try {
    await untilAnswers(pool, options.deadlineMs ?? 30_000);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ queryDurationMillis }) => options.onQuery?.(queryDurationMillis),
  });
  let closed: Promise<void> | undefined;
  return { db, pool, close: () => (closed ??= db.destroy()) };
}

/** Without a listener a server that ends would take our process with it. */
function guardedPool({ url, max, onLost }: StoreOptions): pg.Pool {
  const lost = onLost ?? (() => undefined);
  const types: pg.CustomTypesConfig = {
    getTypeParser: (id: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
      id === Number(pg.types.builtins.INT8) && format !== 'binary'
        ? safeInteger
        : (pg.types.getTypeParser(id, format) as (text: string) => unknown),
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: max ?? 10,
    types,
    connectionTimeoutMillis: 10_000,
    application_name: 'newsdesk',
  });
  pool.on('error', lost);
  pool.on('connect', (client) => {
    client.on('error', lost);
  });
  return pool;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new Failure('internal', `The database gave ${text}, which is no safe integer`);
  return value;
}

async function untilAnswers(pool: pg.Pool, deadlineMs: number): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (performance.now() + pause > deadline) {
        const words = error instanceof Error ? error.message : String(error);
        throw new Failure('store.unreachable', `The database does not answer: ${words}`, {}, { cause: error });
      }
    }
    await wait(pause);
  }
}
