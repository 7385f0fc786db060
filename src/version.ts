import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json: some folders up, from src as from dist. */
export function rootFolder(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('There is no package.json above this file');
  return rootFolder(above);
}

/** The version of the program, as package.json has it. */
export const VERSION: string = (
  JSON.parse(readFileSync(join(rootFolder(), 'package.json'), 'utf8')) as { version: string }
).version;
