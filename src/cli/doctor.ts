import type { Command } from 'commander';
import { readSettings } from '../settings.js';
import type { Check } from './doctor-checks.js';

/** `newsdesk doctor`: looks at everything that the newsdesk needs here. Exit status 1 when something is wrong. */
export function define(command: Command): void {
  command.option('--json', 'one line of JSON a check').action(async ({ json }: { json?: true }) => {
    const settings = readSettings();
    const { checkAll } = await import('./doctor-checks.js');
    const checks = await checkAll(settings);
    for (const check of checks) console.log(json === true ? JSON.stringify(check) : lineOf(check));
    if (checks.some(({ level }) => level === 'wrong')) process.exitCode = 1;
  });
}

const SIGNS = { good: 'ok   ', note: 'note ', wrong: 'WRONG' } as const;

function lineOf({ name, level, words }: Check): string {
  return `${SIGNS[level]} ${name.padEnd(10)} ${words}`;
}
