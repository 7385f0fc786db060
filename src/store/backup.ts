import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { Failure } from '../model/failure.js';
import { packedHeader, rowLine, type Header } from './backup-file.js';
import { LEFT_OUT, quoted, tablesOf, type Table } from './backup-tables.js';

export interface BackupOptions {
  readonly url: string;
  /** Where the backup goes. A file that is there is replaced once the new one is whole. */
  readonly file: string;
  /** The version of the program. */
  readonly newsdesk: string;
  readonly takenAt: Date;
}

/** So much of a table is in memory at once, in characters, as long as a single row is not longer. */
const AT_ONCE = 4_000_000;
const MOST_ROWS = 500;
/** Where a row may be a whole page, the rows before tell little of the next one. */
const MOST_PAGES = 8;

/** How values are written, whatever the server's own settings are. */
const SETTINGS = [
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO'",
  "set local intervalstyle = 'iso_8601'",
  "set local bytea_output = 'hex'",
  'set local extra_float_digits = 1',
  'set local statement_timeout = 0',
  'set local idle_in_transaction_session_timeout = 0',
].join('; ');

/**
 * Writes one consistent picture of the database, whoever else writes to it meanwhile, and gives the header. Streams: no table is
 * ever in memory. Sessions and sign-in links are left out; password hashes are in it, and the file is readable for us only.
 * @throws {Failure} `store.unreachable`, `config.invalid` (no newsdesk in that database, or the file cannot be written)
 */
export async function backup(options: BackupOptions): Promise<Header> {
  const client = new pg.Client({ connectionString: options.url, application_name: 'newsdesk backup' });
  // The query that is under way rejects with it.
  client.on('error', () => undefined);
  await connected(client);
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(SETTINGS);
    return await whole(options.file, async (handle) => await write(client, options, handle));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws {Failure} `store.unreachable` */
export async function connected(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('store.unreachable', `The database does not answer: ${words}`, {}, { cause });
  }
}

async function write(client: pg.Client, options: BackupOptions, handle: FileHandle): Promise<Header> {
  const all = await tablesOf(client);
  if (!all.some(({ name }) => name === 'migration')) {
    throw new Failure('config.invalid', 'There is no newsdesk in this database yet: nothing to back up.');
  }
  const tables = all.filter(({ name }) => !LEFT_OUT.has(name));
  // Nobody may change the form of a table until we have read it; reading and writing go on.
  await client.query(`lock table ${tables.map(({ name }) => quoted(name)).join(', ')} in access share mode`);
  const { rows: migrations } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  );
  const { rows: server } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const room = packedHeader(null);
  await writeAll(handle, room, 0);
  const told: Header['tables'] = [];
  let at = room.length;
  await pipeline(Readable.from(linesOf(client, tables, told)), createGzip(), async (packed: AsyncIterable<Buffer>) => {
    for await (const chunk of packed) at += await writeAll(handle, chunk, at);
  });
  const header: Header = {
    format: 'newsdesk-backup',
    formatVersion: 1,
    newsdesk: options.newsdesk,
    postgres: server[0]?.version ?? '',
    takenAt: options.takenAt.toISOString(),
    migrations,
    tables: told,
  };
  await writeAll(handle, packedHeader(header), 0);
  return header;
}

/** Every row of every table; what the header must tell of each table is added to `told`. */
async function* linesOf(client: pg.Client, tables: readonly Table[], told: Header['tables']): AsyncGenerator<string> {
  for (const table of tables) {
    const hash = createHash('sha256');
    let rows = 0;
    for await (const batch of batchesOf(client, table)) {
      for (const row of batch) hash.update(`${row}\n`);
      rows += batch.length;
      yield batch.map((row) => rowLine(table.name, row)).join('');
    }
    told.push({ name: table.name, columns: table.columns.map(({ name }) => name), rows, sha256: hash.digest('hex') });
  }
}

/** In the order of the primary key: the same rows give the same hash. */
async function* batchesOf(client: pg.Client, { name, columns, key }: Table): AsyncGenerator<readonly string[]> {
  const chosen = columns.map(({ name: column, type }) =>
    type === 'jsonb'
      ? `case when ${quoted(column)} is not null then json_build_array(${quoted(column)}) end as ${quoted(column)}`
      : quoted(column),
  );
  const order = key.map((column) => quoted(column)).join(', ');
  await client.query(
    `declare backup_rows no scroll cursor for
      select to_json(r)::text as row from (select ${chosen.join(', ')} from ${quoted(name)} order by ${order}) as r`,
  );
  const most = columns.some(({ type }) => type === 'bytea') ? MOST_PAGES : MOST_ROWS;
  let wanted = 1;
  let longest = 1;
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch forward ${wanted} from backup_rows`);
    if (rows.length === 0) break;
    longest = rows.reduce((most, { row }) => Math.max(most, row.length), longest);
    wanted = Math.max(1, Math.min(wanted * 4, most, Math.floor(AT_ONCE / longest)));
    yield rows.map(({ row }) => row);
  }
  await client.query('close backup_rows');
}

/** The file is there whole or not at all: written beside it, brought to the disk, then renamed. */
async function whole<T>(file: string, write: (handle: FileHandle) => Promise<T>): Promise<T> {
  const half = `${file}.${randomUUID()}.half`;
  const handle = await open(half, 'wx', 0o600).catch((cause: Error) => {
    throw new Failure('config.invalid', `${file} cannot be written: ${cause.message}`, {}, { cause });
  });
  try {
    const result = await write(handle);
    await handle.sync();
    await handle.close();
    await rename(half, file);
    await sync(dirname(file));
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(half, { force: true });
    throw error;
  }
}

/** The system may take a part at a time. Gives the length. */
async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  return bytes.length;
}

/** Brings a renaming to the disk. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
