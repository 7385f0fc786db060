import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, stat, truncate } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Failure } from '../model/failure.js';
import { NEWSDESK, serverEnvironment, type Cluster } from './embedded-cluster.js';
import { processCommand, processStart } from './embedded-lock.js';

/** By this name a server tells that it is ours: it is given on the command line only. */
const CLUSTER_NAME = 'safe-newsdesk';
/** Crash recovery of a big log may take minutes; a server that says nothing for longer is given up. */
const START_MS = 120_000;
const STOP_MS = 30_000;
const LOG_BYTES = 10_000_000;

/** A running postmaster, started by us now or by an earlier run that died. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast stop: connections are cut, everything is written; after 30 s at once, with recovery at the next start. */
  stop(): Promise<void>;
}

/** Where a server listens; the password is in it. */
export function serverUrl({ password }: Pick<Cluster, 'password'>, port: number, database = NEWSDESK): string {
  return `postgresql://${NEWSDESK}:${password}@127.0.0.1:${port}/${database}`;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Adopts the server that an earlier run of ours left on this folder; `undefined` when none runs. What a dead server left behind
 * is cleared away, also where its process id went to another program.
 * @throws {Failure} `store.in-use` when a server that is not ours runs on the folder
 */
export async function adoptOrphan(cluster: Cluster): Promise<Postmaster | undefined> {
  const file = join(cluster.folder, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const startedAt = await processStart(pid);
  if (startedAt === null) return undefined;
  if (!/postgres/.test((await processCommand(pid)) ?? '')) {
    await rm(file, { force: true });
    return undefined;
  }
  const name = await answer(serverUrl(cluster, port, 'postgres'), Date.now() + 5_000).catch(() => null);
  if (name !== CLUSTER_NAME) {
    throw new Failure(
      'store.in-use',
      `A PostgreSQL that is not ours (process ${pid}) runs on ${cluster.folder}. Stop it first.`,
      {
        pid,
      },
    );
  }
  return postmaster(pid, port, watched(pid, startedAt));
}

/**
 * Starts a server and waits until it answers.
 * @throws {Failure} `store.unreachable` with the last line of its log
 */
export async function startServer(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const logFile = join(cluster.dataDir, 'postgres.log');
  await shorten(logFile);
  const log = await open(logFile, 'a', 0o600);
  const all = { ...DEFAULTS, ...settings };
  const child = spawn(
    cluster.binaries.postgres,
    [
      '-D',
      cluster.folder,
      '-p',
      String(port),
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      // A session of its own: Ctrl-C in the terminal is for us, and we stop it in order.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: cluster.folder,
      env: serverEnvironment(cluster.binaries),
      ...(cluster.account ?? {}),
    },
  );
  const ended = endOf(child);
  await log.close();
  child.unref();
  const halt = new AbortController();
  const outcome = await Promise.race([
    answer(serverUrl(cluster, port, 'postgres'), Date.now() + START_MS, halt.signal).then(
      () => 'up' as const,
      () => 'silent' as const,
    ),
    ended.then(() => 'ended' as const),
  ]);
  halt.abort();
  if (outcome === 'up' && child.pid !== undefined) return postmaster(child.pid, port, ended);
  if (outcome === 'silent') child.kill('SIGQUIT');
  const words = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').at(-1) ?? '';
  throw new Failure('store.unreachable', `PostgreSQL did not start: ${words} (see ${logFile})`);
}

const DEFAULTS: Readonly<Record<string, string>> = {
  cluster_name: CLUSTER_NAME,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
};

function postmaster(pid: number, port: number, ended: Promise<void>): Postmaster {
  let over = false;
  void ended.then(() => (over = true));
  const stop = async (): Promise<void> => {
    // Once it has ended, its process id may belong to another program.
    if (over) return;
    signal(pid, 'SIGINT');
    const timer = new AbortController();
    // This timer also keeps our process alive until the server has ended.
    const late = wait(STOP_MS, undefined, { signal: timer.signal }).then(
      () => signal(pid, 'SIGQUIT'),
      () => undefined,
    );
    await ended;
    timer.abort();
    await late;
  };
  return { pid, port, ended, stop };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    // Could not even be started: `startServer` reports it.
    child.once('error', () => resolve());
  });
}

/** An adopted process is not our child: nobody tells us of its end, so we look. */
async function watched(pid: number, startedAt: string): Promise<void> {
  while ((await processStart(pid)) === startedAt) await wait(250, undefined, { ref: false });
}

/** Asks until the server answers, and gives its cluster_name. Rejects at the deadline with the last error. */
async function answer(url: string, deadline: number, halt?: AbortSignal): Promise<unknown> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ name: string }>("select current_setting('cluster_name') as name");
      return rows[0]?.name;
    } catch (error) {
      if (Date.now() > deadline || halt?.aborted === true) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await wait(50);
  }
}

async function shorten(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_BYTES) await truncate(file);
}
