import type { Command } from 'commander';
import { readSettings } from '../settings.js';

/** `newsdesk migrate`: brings the database up to date, queue tables included, and ends. Safe to run any number at once. */
export function define(command: Command): void {
  command.option('--json', 'what was applied as one line of JSON').action(async ({ json }: { json?: true }) => {
    const settings = readSettings();
    const { openLog } = await import('../log.js');
    const { migrateAll } = await import('../app.js');
    const applied = await migrateAll(settings, openLog(settings.LOG_LEVEL));
    if (json === true) console.log(JSON.stringify({ applied }));
    else console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
  });
}
