import type pg from 'pg';
import { LEFT_OUT, quoted, tablesOf, TALLIES, type Column, type Table } from './backup-tables.js';
import { eraseBodies } from './erase-bodies.js';

/** What takes the name out of a value of the store. */
export interface Eraser {
  /** `address`: it is one, and stays. */
  text(value: string): { readonly text: string; readonly hits: number; readonly address: boolean };
  /** Every text in a value of JSON. `addresses`: how many hold the name and stay. */
  json(value: unknown): { readonly value: unknown; readonly hits: number; readonly addresses: number };
  /** Whether the bytes of a page hold it. */
  inBytes(bytes: Uint8Array): boolean;
  /** Letters that each text with the name has, without accents and in lower case: for the first look. */
  readonly pieces: readonly string[];
}

export interface EraseOptions {
  readonly dryRun: boolean;
  /** Published posts and their drafts too. */
  readonly posts: boolean;
}

/** Rows of one table that hold the name, and addresses that hold it and stay. */
export interface ErasedTable {
  readonly table: string;
  readonly rows: number;
  readonly addresses: number;
}

/** Rows of one transaction: the newsdesk goes on meanwhile. */
const AT_ONCE = 100;
/** Not looked at: people of the desk change their own names; publishers' names are what the Source line prints; the rest holds no text. */
const KEPT_TABLES: ReadonlySet<string> = new Set([
  'app_user',
  'migration',
  'erased_name',
  'erased_name_key',
  'host',
  ...TALLIES,
]);
const KEPT_COLUMNS: ReadonlySet<string> = new Set([
  'source_name',
  'editor_name',
  'slug',
  'state',
  'kind',
  'disposition',
  'standing',
  'tie',
]);
const KEPT: ReadonlySet<string> = new Set(['source.name', 'source.id']);
/** A published post stays in the words that readers see until somebody says otherwise; so does its draft. */
const UNPUBLISHED: Readonly<Record<string, string>> = {
  post: 'withdrawn_at is not null',
  draft: "state <> 'published'",
  draft_version: "draft_id not in (select id from draft where state = 'published')",
  post_change: 'post_id in (select id from post where withdrawn_at is not null)',
};
/** Accents, and what may stand unseen or as an apostrophe inside a word: a first look reads past them. */
const ACCENTED = 'áàâäãåāéèêëēėęíìîïīłóòôöõøōúùûüūçćčñńśšýźžż';
const FOLD_FROM = ACCENTED + ACCENTED.toUpperCase();
const FOLD_TO = 'aaaaaaaeeeeeeeiiiiilooooooouuuuucccnnssyzzz'.repeat(2);
const DROPPED = "\u0300\u0301\u0302\u0303\u0304\u0308\u030a\u030c\u0327\u00ad\u200b\u200c\u200d'\u2018\u2019\u02bc";

/**
 * Takes a name out of every text of every table, in batches, each one transaction: ended half-way, it goes on when it is run again.
 * A dry run counts, and changes nothing. What editors had approved and not published goes back to be approved again.
 */
export async function erase(
  client: pg.ClientBase,
  eraser: Eraser,
  options: EraseOptions,
): Promise<readonly ErasedTable[]> {
  const found: ErasedTable[] = [];
  for (const table of await tablesOf(client)) {
    const columns = erasable(table);
    if (columns.length === 0 || (LEFT_OUT.has(table.name) && table.name !== 'session')) continue;
    const told = await eraseTable(client, { table, columns, eraser, options });
    if (told.rows > 0 || told.addresses > 0) found.push(told);
  }
  const bodies = await eraseBodies(client, eraser, options.dryRun);
  return bodies === 0 ? found : [...found, { table: 'capture (bytes of pages)', rows: bodies, addresses: 0 }];
}

/** The columns of a table that are looked at. */
export function erasable({ name, columns }: Table): readonly Column[] {
  if (KEPT_TABLES.has(name)) return [];
  return columns.filter(
    (column) =>
      (column.type === 'text' || column.type === 'jsonb') &&
      !KEPT_COLUMNS.has(column.name) &&
      !KEPT.has(`${name}.${column.name}`) &&
      !/(?:^|_)(?:hash|sha256|holder)$/.test(column.name),
  );
}

interface Work {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly eraser: Eraser;
  readonly options: EraseOptions;
}

type Row = Readonly<Record<string, unknown>>;

async function eraseTable(client: pg.ClientBase, work: Work): Promise<ErasedTable> {
  const { table, options } = work;
  let [rows, addresses] = [0, 0];
  for (let after: readonly unknown[] | null = null; ;) {
    await client.query('begin');
    try {
      await client.query("select set_config('newsdesk.erasing', 'yes', true)");
      const batch: readonly Row[] = await candidates(client, work, after);
      for (const row of batch) {
        const change = changeOf(row, work);
        addresses += change.addresses;
        if (change.set.size === 0) continue;
        rows += 1;
        if (!options.dryRun) await write(client, { table, row, change: change.set });
      }
      await client.query('commit');
      const last = batch.at(-1);
      if (last === undefined || batch.length < AT_ONCE) return { table: table.name, rows, addresses };
      after = table.key.map((name) => last[`key_${name}`]);
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }
}

/** The next rows that may hold it, after the last one looked at, locked until the end of the batch. */
async function candidates(
  client: pg.ClientBase,
  { table, columns, eraser, options }: Work,
  after: readonly unknown[] | null,
): Promise<readonly Row[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const looks = columns.map(({ name }) => {
    const text = `translate(lower(${quoted(name)}::text), ${parameter(FOLD_FROM + DROPPED)}, ${parameter(FOLD_TO)})`;
    const pieces = eraser.pieces.map((piece) => `strpos(${text}, ${parameter(piece)}) > 0`);
    // Letters that are written as entities, or escaped, cannot be found so.
    return `((${pieces.length === 0 ? 'true' : pieces.join(' and ')}) or ${quoted(name)}::text ~ '&(#|[a-zA-Z]*(acute|grave|circ|uml|tilde|cedil|ring|caron|shy|quo|apos|slash|lig))')`;
  });
  const conditions = [`(${looks.join(' or ')})`];
  const unpublished = UNPUBLISHED[table.name];
  if (!options.posts && unpublished !== undefined) conditions.push(`(${unpublished})`);
  const key = table.key.map(quoted);
  if (after !== null) conditions.push(`(${key.join(', ')}) > (${after.map(parameter).join(', ')})`);
  const { rows } = await client.query<Row>(
    `select ${[...table.key.map((name) => `${quoted(name)} as ${quoted(`key_${name}`)}`), ...columns.map(({ name }) => quoted(name))].join(', ')}
    from ${quoted(table.name)} where ${conditions.join(' and ')}
    order by ${key.join(', ')} limit ${AT_ONCE} ${options.dryRun ? '' : 'for update'}`,
    values,
  );
  return rows;
}

function changeOf(row: Row, { columns, eraser }: Work): { set: Map<string, unknown>; addresses: number } {
  const set = new Map<string, unknown>();
  let addresses = 0;
  for (const { name, type } of columns) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    if (type === 'jsonb') {
      const erased = eraser.json(value);
      addresses += erased.addresses;
      if (erased.hits > 0) set.set(name, JSON.stringify(erased.value));
    } else if (typeof value === 'string') {
      const erased = eraser.text(value);
      if (erased.address) addresses += erased.hits;
      else if (erased.hits > 0) set.set(name, erased.text);
    }
  }
  return { set, addresses };
}

async function write(
  client: pg.ClientBase,
  { table, row, change }: { readonly table: Table; readonly row: Row; readonly change: ReadonlyMap<string, unknown> },
): Promise<void> {
  const names = [...change.keys()];
  const keys = table.key.map((name) => row[`key_${name}`]);
  const sets = names.map((name, at) => `${quoted(name)} = $${at + 1}`);
  const where = table.key.map((name, at) => `${quoted(name)} = $${names.length + at + 1}`).join(' and ');
  // The words of the page are gone: so must be the page.
  if (table.name === 'capture' && change.has('article')) sets.push('body = null');
  if (table.name === 'post') sets.push('changed_at = now()');
  await client.query(`update ${quoted(table.name)} set ${sets.join(', ')} where ${where}`, [
    ...change.values(),
    ...keys,
  ]);
  if (table.name === 'post') await tellOutputs(client, String(row['key_id']));
  if (table.name === 'draft' && (change.has('headline') || change.has('body_html'))) {
    await tellDraft(client, String(row['key_id']));
  }
}

/** Other sites that have the post get it without the name. */
async function tellOutputs(client: pg.ClientBase, postId: string): Promise<void> {
  await client.query(
    `update delivery set state = 'waiting', asked = asked + 1, attempts = 0, try_after = now(), changed_at = now() where post_id = $1`,
    [postId],
  );
}

/** Another version stands, so that nobody saves over it unseen; what was approved and not published must be approved again. */
async function tellDraft(client: pg.ClientBase, id: string): Promise<void> {
  const { rows } = await client.query<{ was: string; is: string }>(
    `with before as (select id, state from draft where id = $1)
    update draft d set version = d.version + 1, changed_at = now(),
      state = case when d.state in ('approved', 'scheduled') then 'in-review' else d.state end,
      approved_by = case when d.state in ('approved', 'scheduled') then null else d.approved_by end,
      publish_at = case when d.state = 'scheduled' then null else d.publish_at end
    from before where d.id = before.id returning before.state as was, d.state as is`,
    [id],
  );
  await client.query(
    `insert into draft_version (draft_id, version, headline, body_html, by_user, note)
    select d.id, d.version, d.headline, d.body_html, v.by_user, 'a name was removed on request'
    from draft d left join draft_version v on v.draft_id = d.id and v.version = d.version - 1 where d.id = $1
    on conflict (draft_id, version) do nothing`,
    [id],
  );
  const [states] = rows;
  const moved = states !== undefined && states.was !== states.is;
  await client.query(
    `insert into draft_event (draft_id, did, from_state, to_state, reason) values ($1, 'name removed', $2, $3, $4)`,
    [
      id,
      moved ? states.was : null,
      moved ? states.is : null,
      moved ? 'A name was removed on request: look at it, and approve it again.' : 'A name was removed on request.',
    ],
  );
}

/** Addresses of published posts that hold the name. */
export async function publishedWith(client: pg.ClientBase, eraser: Eraser): Promise<readonly string[]> {
  const { rows } = await client.query<{ slug: string; headline: string; body_html: string }>(
    'select slug, headline, body_html from post where withdrawn_at is null order by published_at',
  );
  return rows
    .filter(({ headline, body_html: body }) => eraser.text(headline).hits + eraser.text(body).hits > 0)
    .map(({ slug }) => slug);
}
