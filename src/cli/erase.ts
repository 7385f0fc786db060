import type { Command } from 'commander';
import { eraserOf } from '../erased.js';
import { Failure } from '../model/failure.js';
import { readSettings } from '../settings.js';
import type { Store } from '../store/connect.js';
import type { ErasedTable } from '../store/erase.js';
import { writeOut } from './ndjson.js';

interface Options {
  readonly dryRun?: true;
  readonly posts?: true;
  readonly singleWord?: true;
  readonly allowAgain?: true;
  readonly json?: true;
}

const MOST_WORDS = 12;

/** `newsdesk erase "<name>"`: a person's name out of everything that is stored. */
export function define(command: Command): void {
  command
    .argument('<name>', 'as it is printed: "Jane Doe". Each other form (a maiden name, initials) is a run of its own')
    .option('--dry-run', 'only count where it stands')
    .option('--posts', 'published posts too, which readers see')
    .option('--single-word', 'even though it is one word: it goes out of every text that has that word')
    .option('--allow-again', 'do not erase: let what is fetched from now on hold it again')
    .option('--json', 'one line of JSON a table')
    .action(run);
}

type Named = NonNullable<ReturnType<typeof eraserOf>>;

async function run(name: string, options: Options): Promise<void> {
  const eraser = eraserOf(name);
  if (eraser === undefined || eraser.words.length > MOST_WORDS) {
    throw new Failure('config.invalid', `Give a name of 1 to ${MOST_WORDS} words.`);
  }
  if (eraser.words.length === 1 && options.singleWord !== true) {
    throw new Failure(
      'config.invalid',
      'One word stands in too many texts that are of somebody else. Give the whole name, or say --single-word.',
    );
  }
  const { openBeside } = await import('./open-database.js');
  const { openStore } = await import('../store/connect.js');
  const database = await openBeside(readSettings());
  try {
    const store = await openStore({ url: database.url, max: 2 });
    try {
      await (options.allowAgain === true ? allowAgain(store, eraser) : eraseFrom(store, eraser, options));
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}

async function allowAgain(store: Store, { words }: Named): Promise<void> {
  const { erasedNames } = await import('../store/erased-names.js');
  if (await erasedNames(store.db).forget(words)) {
    await writeOut('What is fetched from now on may hold it again. What was taken out does not come back by itself.\n');
    return;
  }
  process.exitCode = 1;
  await writeOut('It is not among the names that were erased.\n');
}

async function eraseFrom(store: Store, eraser: Named, { dryRun, posts, json }: Options): Promise<void> {
  const { erase, publishedWith } = await import('../store/erase.js');
  const { erasedNames } = await import('../store/erased-names.js');
  const isDry = dryRun === true;
  // First: what is fetched meanwhile must not bring it in again behind us.
  if (!isDry) await erasedNames(store.db).remember(eraser.words);
  const client = await store.pool.connect();
  try {
    const tables = await erase(client, eraser, { dryRun: isDry, posts: posts === true });
    if (!isDry) await noteErased(store, tables);
    const published = posts === true ? [] : await publishedWith(client, eraser);
    for (const one of tables)
      await writeOut(json === true ? `${JSON.stringify({ ...one, dryRun: isDry })}\n` : toldTable(one, isDry));
    if (json !== true) await tellRest(tables, published, isDry);
    else if (published.length > 0) await writeOut(`${JSON.stringify({ published })}\n`);
    if (published.length > 0) process.exitCode = 1;
  } finally {
    client.release();
  }
}

/** In the audit trail: that it was done, and how much. Never which name. */
async function noteErased(store: Store, tables: readonly ErasedTable[]): Promise<void> {
  const { auditTrail } = await import('../store/audit.js');
  const rows = tables.reduce((all, one) => all + one.rows, 0);
  const detail = `${rows} rows in ${tables.length} tables`;
  await auditTrail(store.db).note({
    at: new Date(),
    byUser: null,
    did: 'name-erased',
    about: null,
    detail,
    address: null,
  });
}

function toldTable({ table, rows, addresses }: ErasedTable, dryRun: boolean): string {
  const left = addresses === 0 ? '' : `; in ${addresses} addresses, which stay`;
  return `${String(rows).padStart(8)} ${dryRun ? 'would change' : 'changed'}  ${table}${left}\n`;
}

async function tellRest(tables: readonly ErasedTable[], published: readonly string[], dryRun: boolean): Promise<void> {
  if (tables.length === 0 && published.length === 0) await writeOut('It stands nowhere.\n');
  if (published.length > 0) {
    await writeOut(
      `Published posts hold it, and stay as readers see them: correct or withdraw them, or say --posts:\n`,
    );
    for (const slug of published) await writeOut(`  /newsfeed/${slug}\n`);
  }
  if (!dryRun) {
    await writeOut(
      'What is fetched from now on is stored without it. Backups and deliveries to other systems made before still hold it.\n',
    );
  }
}
