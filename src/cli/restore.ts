import type { Command } from 'commander';
import { readSettings } from '../settings.js';

interface Options {
  readonly replace?: true;
  readonly check?: true;
  readonly json?: true;
}

/** `newsdesk restore`: a backup into an empty database. */
export function define(command: Command): void {
  command
    .argument('<file>', 'what newsdesk backup wrote')
    .option('--replace', 'throw away what the database holds')
    .option('--check', 'only read the file whole and count its hashes; no database is needed')
    .option('--json', 'one line of JSON')
    .action(run);
}

async function run(file: string, { replace, check, json }: Options): Promise<void> {
  const { restore, verifyBackup } = await import('../store/restore.js');
  if (check === true) return tell(await verifyBackup(file), 'is whole', json);
  const { openAlone } = await import('./open-database.js');
  const database = await openAlone(readSettings());
  try {
    const { header, applied } = await restore({ url: database.url, file, replace: replace === true });
    const since = applied.length === 0 ? '' : `; brought up to date by ${applied.join(', ')}`;
    tell(header, `is restored${since}`, json);
  } finally {
    await database.close();
  }
}

interface Told {
  readonly newsdesk: string;
  readonly takenAt: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

function tell({ newsdesk, takenAt, tables }: Told, words: string, json: true | undefined): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  if (json !== true) {
    console.log(`The backup of ${takenAt} (newsdesk ${newsdesk}, ${rows} rows) ${words}.`);
    return;
  }
  const counts = Object.fromEntries(tables.map((table) => [table.name, table.rows]));
  console.log(JSON.stringify({ newsdesk, takenAt, rows, tables: counts, outcome: words }));
}
