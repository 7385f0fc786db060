import pg from 'pg';
import { Failure } from '../model/failure.js';
import { connected } from './backup.js';
import { readHeader, rowsOf, type Header } from './backup-file.js';
import { LEFT_OUT, quoted, tablesOf, type Table } from './backup-tables.js';
import { MIGRATION_LOCK, MIGRATION_TABLE, readMigrations, type Migration } from './migrate.js';
import { refuseOldServer } from './postgres-version.js';
import { insertRows, KEPT_DRAFTS } from './restore-rows.js';

export interface RestoreOptions {
  readonly url: string;
  readonly file: string;
  /** Whether what the database holds may go. Default: a database that holds anything is refused. */
  readonly replace?: boolean;
  /** Default: our own. */
  readonly migrations?: string;
}

export interface Restored {
  readonly header: Header;
  /** The migrations that came after the backup was taken, applied to what it brought. */
  readonly applied: readonly string[];
}

/** Rows of one statement: so many, or so many characters. */
const MOST_ROWS = 500;
const AT_ONCE = 4_000_000;
/** The states of PostgreSQL for a rule of a table that a row breaks. */
const RULE_BROKEN = /^23/;

/** The whole file is read and its hashes are counted. @throws {Failure} `store.bad-backup`, `config.invalid` (no such file) */
export async function verifyBackup(file: string): Promise<Header> {
  const header = await readHeader(file);
  const rows = rowsOf(file, header);
  while ((await rows.next()).done !== true);
  return header;
}

/**
 * Brings a backup into a database, in one transaction: all of it, or nothing is changed. The file is checked whole before the
 * database is touched. The tables are made as they were when the backup was taken, filled, and then brought up to date by the
 * migrations that came since: so a backup of an earlier newsdesk is restored as an upgrade would have left it. Every rule and
 * trigger of the tables stays in force: a post without its approval is refused.
 * @throws {Failure} `store.bad-backup`, `store.not-empty`, `store.in-use` (a newsdesk runs on it), `store.unreachable`,
 * `store.wrong-version` (a server that is too old)
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const header = await verifyBackup(options.file);
  const { before, after } = levels(options.file, header, await readMigrations(options.migrations));
  const client = new pg.Client({ connectionString: options.url, application_name: 'newsdesk restore' });
  client.on('error', () => undefined);
  await connected(client);
  try {
    await refuseOldServer(client);
    await client.query('begin');
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await refuseRunning(client);
    await clear(client, options.replace === true);
    await client.query(MIGRATION_TABLE);
    await applyAll(client, before);
    await fill(client, options.file, header);
    await applyAll(client, after);
    await client.query('commit');
    await client.query('analyze');
    return { header, applied: after.map(({ name }) => name) };
  } catch (error) {
    throw asOfBackup(options.file, error);
  } finally {
    // What was not committed is undone.
    await client.end().catch(() => undefined);
  }
}

/** The migrations that the backup had, and those that came since. */
function levels(
  file: string,
  header: Header,
  known: readonly Migration[],
): { before: Migration[]; after: Migration[] } {
  const had = new Map(header.migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of had) {
    if (known.some((migration) => migration.name === name && migration.sha256 === sha256)) continue;
    throw new Failure(
      'store.bad-backup',
      `${file} was made by newsdesk ${header.newsdesk}, which has the migration ${name}; this one does not know it. Install that version or a later one.`,
    );
  }
  return { before: known.filter(({ name }) => had.has(name)), after: known.filter(({ name }) => !had.has(name)) };
}

async function refuseRunning(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ n: string }>(
    `select count(*) as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'newsdesk%'`,
  );
  if (Number(rows[0]?.n) > 0) {
    throw new Failure('store.in-use', 'A newsdesk is running on this database. Stop every one, then restore.');
  }
}

/** Takes away our tables and functions, to make them anew; nothing but ours may be in the schema, as docs/data.md says. */
async function clear(client: pg.Client, replace: boolean): Promise<void> {
  const tables = await tablesOf(client);
  if (!replace) await refuseFull(client, tables);
  const names = tables.map(({ name }) => quoted(name));
  if (names.length > 0) await client.query(`drop table ${names.join(', ')} cascade`);
  const { rows } = await client.query<{ name: string }>(`
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f'
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
  for (const { name } of rows) await client.query(`drop function ${name}`);
}

async function refuseFull(client: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    if (name === 'migration') continue;
    const { rowCount } = await client.query(`select from ${quoted(name)} limit 1`);
    if (rowCount === 0) continue;
    throw new Failure('store.not-empty', `The table ${name} of this database has rows.`, { table: name });
  }
}

async function applyAll(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  for (const { name, sql, sha256 } of migrations) {
    await client.query(sql);
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256]);
  }
}

async function fill(client: pg.Client, file: string, header: Header): Promise<void> {
  const tables = (await tablesOf(client)).filter(({ name }) => !LEFT_OUT.has(name));
  const byName = new Map(tables.map((table) => [table.name, table]));
  refuseOtherForm(file, header, tables);
  await client.query(KEPT_DRAFTS);
  let batch: string[] = [];
  let length = 0;
  let current: Table | undefined;
  const flush = async (): Promise<void> => {
    if (current !== undefined && batch.length > 0) await insertRows(client, current, batch);
    batch = [];
    length = 0;
  };
  for await (const { table, row } of rowsOf(file, header)) {
    if (table !== current?.name || batch.length >= MOST_ROWS || length + row.length > AT_ONCE) await flush();
    current = byName.get(table);
    batch.push(row);
    length += row.length;
  }
  await flush();
  for (const table of tables) await setSequences(client, table);
}

/** A name of a table or column goes into SQL only where the database itself has it. */
function refuseOtherForm(file: string, header: Header, tables: readonly Table[]): void {
  const form = (all: readonly { name: string; columns: readonly string[] }[]): string =>
    JSON.stringify(all.map(({ name, columns }) => [name, [...columns].sort()]).sort());
  const ours = tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
  if (form(header.tables) === form(ours)) return;
  throw new Failure('store.bad-backup', `${file}: its tables are not those of its migrations`);
}

async function setSequences(client: pg.Client, { name, columns }: Table): Promise<void> {
  for (const column of columns) {
    if (!column.identity) continue;
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest(max(${quoted(column.name)}), 1), max(${quoted(column.name)}) is not null)
        from ${quoted(name)}`,
      [quoted(name), column.name],
    );
  }
}

function asOfBackup(file: string, error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message: string };
  if (error instanceof Failure || typeof code !== 'string' || !RULE_BROKEN.test(code)) return error;
  return new Failure('store.bad-backup', `${file}: a row breaks a rule of its table: ${message}`, {}, { cause: error });
}
