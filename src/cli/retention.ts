import type { Command } from 'commander';
import { readSettings } from '../settings.js';

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
}

/** `newsdesk retention`: takes what is older than the KEEP_… settings say, while the newsdesk runs. */
export function define(command: Command): void {
  command.option('--dry-run', 'only count what would go').option('--json', 'one line of JSON a class').action(run);
}

async function run({ dryRun, json }: Options): Promise<void> {
  const settings = readSettings();
  const { openBeside } = await import('./open-database.js');
  const { openStore } = await import('../store/connect.js');
  const { retention } = await import('../store/retention.js');
  const keep = {
    captures: settings.KEEP_CAPTURES_DAYS,
    polls: settings.KEEP_POLLS_DAYS,
    held: settings.KEEP_HELD_DAYS,
    rejected: settings.KEEP_REJECTED_DAYS,
  };
  const database = await openBeside(settings);
  try {
    const store = await openStore({ url: database.url, max: 1 });
    try {
      const verb = dryRun === true ? 'would go' : 'gone';
      for (const { name, about, days, rows } of await retention(store.db, keep, new Date(), dryRun === true)) {
        const after = days === null ? 'at their end' : days === 0 ? 'kept for ever' : `after ${days} days`;
        if (json === true) console.log(JSON.stringify({ class: name, days, rows, dryRun: dryRun === true }));
        else console.log(`${String(rows).padStart(8)} ${verb}  ${name}: ${about} (${after})`);
      }
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}
