import { createHash } from 'node:crypto';
import type { Source } from '../model/source.js';

/** What may change without changing how a source's document is fetched and read. */
const NO_MATTER: ReadonlySet<string> = new Set<Extract<keyof Source, string>>([
  'name',
  'notes',
  'enabled',
  'everyMinutes',
  'hours',
  'evidence',
  'class',
  'home',
  'licence',
]);

/** Under which configuration and version of the readers validators hold: after a change, a 304 would hide what it brings. */
export function validatorsKey(source: Source, readerVersion: string): string {
  const rows = Object.entries(source)
    .filter(([name]) => !NO_MATTER.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([readerVersion, rows]))
    .digest('hex');
}
