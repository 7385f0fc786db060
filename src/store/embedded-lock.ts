import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Failure } from '../model/failure.js';

interface Holder {
  readonly pid: number;
  /** As the system tells it: a process id alone may have gone to another program since. */
  readonly startedAt: string;
}

/**
 * Takes the data folder for this process; the function given back frees it. A lock whose process has died is taken over.
 * @throws {Failure} `store.in-use` while another newsdesk (or this very process) holds it
 */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  const me: Holder = { pid: process.pid, startedAt: (await processStart(process.pid)) ?? '' };
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(me), { mode: 0o600 });
  try {
    for (let round = 0; round < 10; round += 1) {
      if (await linked(mine, path)) return async () => await rm(path, { force: true });
      await removeDead(path);
    }
  } finally {
    await rm(mine, { force: true });
  }
  throw new Failure('store.in-use', `Another program keeps taking ${path}. Stop the other newsdesk first.`);
}

/** When the process began, in the system's own words; `null` when there is none with this id. */
export async function processStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (line === null) return null;
    // The name in brackets may hold spaces: count the fields after it. State is the 3rd, start time the 22nd.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  }
  return await ps(pid, 'lstart=');
}

/** The command line of a process, or `null`. */
export async function processCommand(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
    return line === null ? null : line.replaceAll('\0', ' ').trim();
  }
  return await ps(pid, 'command=');
}

async function ps(pid: number, column: string): Promise<string | null> {
  const answer = await promisify(execFile)('ps', ['-o', column, '-p', String(pid)]).catch(() => null);
  const line = answer?.stdout.trim() ?? '';
  return line === '' ? null : line;
}

async function linked(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the lock aside before removing it, so that of two who find it dead neither removes the other's fresh one. */
async function removeDead(path: string): Promise<void> {
  await refuseLiving(path, path);
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await refuseLiving(aside, path);
  } catch (error) {
    await linked(aside, path);
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function refuseLiving(file: string, path: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  const holder = text === null ? null : holderIn(text);
  if (holder === null || (await processStart(holder.pid)) !== holder.startedAt) return;
  throw new Failure(
    'store.in-use',
    `The newsdesk of process ${holder.pid} uses this data folder (${path}). Stop it first.`,
    {
      pid: holder.pid,
    },
  );
}

/** `null` when a crash left the file empty or torn. */
function holderIn(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null;
  }
}
