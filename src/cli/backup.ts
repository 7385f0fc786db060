import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { readSettings } from '../settings.js';

/** `newsdesk backup`: one file with everything, while the newsdesk runs. */
export function define(command: Command): void {
  command
    .argument('<file>', 'where it goes, such as newsdesk.ndjson.gz; an older one is replaced once the new one is whole')
    .option('--json', 'one line of JSON')
    .action(run);
}

async function run(file: string, { json }: { readonly json?: true }): Promise<void> {
  const { backup } = await import('../store/backup.js');
  const { openBeside } = await import('./open-database.js');
  const { VERSION } = await import('../version.js');
  const database = await openBeside(readSettings());
  try {
    const header = await backup({ url: database.url, file, newsdesk: VERSION, takenAt: new Date() });
    const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = (await stat(file)).size;
    const counts = Object.fromEntries(header.tables.map((table) => [table.name, table.rows]));
    if (json === true) console.log(JSON.stringify({ file, bytes, rows, tables: counts }));
    else console.log(`${file}: ${rows} rows of ${header.tables.length} tables, ${(bytes / 1e6).toFixed(1)} MB`);
  } finally {
    await database.close();
  }
}
