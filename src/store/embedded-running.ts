import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serverUrl } from './embedded-server.js';

/** Whether a newsdesk has ever kept its database in this data folder. */
export async function hasEmbedded(dataDir: string): Promise<boolean> {
  return (await textOf(join(resolve(dataDir), 'postgres', 'PG_VERSION'))) !== null;
}

/**
 * Where the PostgreSQL listens that a running newsdesk keeps in this data folder, with its password; `undefined` when none runs.
 * For those who read beside it: the newsdesk keeps the lock.
 */
export async function runningEmbedded(dataDir: string): Promise<string | undefined> {
  const folder = resolve(dataDir);
  const password = await textOf(join(folder, 'postgres.password'));
  // Its port is the fourth line.
  const port = Number((await textOf(join(folder, 'postgres', 'postmaster.pid')))?.split('\n')[3]);
  return password === null || !(port > 0) ? undefined : serverUrl({ password: password.trim() }, port);
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
