import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Failure } from '../model/failure.js';
import { refuseOldServer } from './postgres-version.js';

/** Beside this file, in src as in dist. */
const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url));
const FILE = /^\d{4}-[a-z0-9-]+\.sql$/;
/** One number for all newsdesks: whoever holds it migrates, the others wait and then find nothing to do. */
export const MIGRATION_LOCK = 7_233_001;
export const MIGRATION_TABLE =
  'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Brings the database up to date: each missing migration in order, each in a transaction of its own, under one lock, so that
 * any number of processes may start at once. Gives the names of those applied now.
 * @throws {Failure} `config.invalid` when an applied migration was edited since; `store.later` when the database is of a later newsdesk;
 * `store.wrong-version` on a server that is too old
 */
export async function migrate(url: string, folder: string = MIGRATIONS): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await applyMissing(client, migrations);
  } finally {
    // Ending the session frees the lock.
    await client.end();
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(MIGRATION_TABLE);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  );
  const applied = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  const unknown = rows.find(({ name }) => !migrations.some((migration) => migration.name === name));
  if (unknown !== undefined) {
    throw new Failure('store.later', `The database has ${unknown.name}, which this newsdesk does not know.`);
  }
  const done: string[] = [];
  for (const migration of migrations) {
    const before = applied.get(migration.name);
    if (before === migration.sha256) continue;
    if (before !== undefined) {
      throw new Failure(
        'config.invalid',
        `Migration ${migration.name} was edited after it was applied. Put the old file back and add a new one.`,
      );
    }
    await apply(client, migration);
    done.push(migration.name);
  }
  return done;
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const words = error instanceof Error ? error.message : String(error);
    throw new Failure('internal', `Migration ${name} failed and changed nothing: ${words}`, {}, { cause: error });
  }
}

/** Every migration of this newsdesk, in order. */
export async function readMigrations(folder: string = MIGRATIONS): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
