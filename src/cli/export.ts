import { Argument, type Command } from 'commander';
import { Failure } from '../model/failure.js';
import { readSettings } from '../settings.js';
import { EXPORTS, type ExportName } from '../store/export-rows.js';
import { writeOut } from './ndjson.js';

/** `newsdesk export items|decisions|drafts|posts`: what is in the store, for other programs. */
export function define(command: Command): void {
  const names = Object.entries(EXPORTS).map(([name, about]) => `${name}: ${about}`);
  command
    .addArgument(new Argument('<what>', names.join('; ')).choices(Object.keys(EXPORTS)))
    .option('--since <time>', 'only from then on: 2026-11-01, or with a time in UTC, 2026-11-01T09:00:00Z')
    .action(run);
}

async function run(what: ExportName, { since }: { readonly since?: string }): Promise<void> {
  const from = since === undefined ? null : momentOf(since);
  const { openBeside } = await import('./open-database.js');
  const { openStore } = await import('../store/connect.js');
  const { exportRows } = await import('../store/export-rows.js');
  const database = await openBeside(readSettings());
  try {
    const store = await openStore({ url: database.url, max: 1 });
    try {
      await exportRows(store.db, { name: what, since: from }, (row) => writeOut(`${JSON.stringify(row)}\n`));
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}

function momentOf(text: string): Date {
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)?$/.test(text) || Number.isNaN(at.getTime())) {
    throw new Failure('config.invalid', `'${text}' is no time. Write 2026-11-01, or 2026-11-01T09:00:00Z.`);
  }
  return at;
}
