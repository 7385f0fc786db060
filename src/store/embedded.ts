import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { asFailure } from '../model/failure.js';
import { NEWSDESK, prepareCluster, type Cluster } from './embedded-cluster.js';
import { lockFolder } from './embedded-lock.js';
import { adoptOrphan, freePort, serverUrl, startServer, type Postmaster } from './embedded-server.js';

export interface EmbeddedOptions {
  /** `<dataDir>/postgres` holds the cluster; password, log and lock stand beside it. Made when missing. */
  readonly dataDir: string;
  /** One line for each thing that an operator should know. */
  readonly log?: (line: string) => void;
  /** After each restart that followed a crash. */
  readonly onRestart?: () => void;
  /** Server settings (`fsync=off` in tests). Not applied to an adopted server. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Embedded {
  readonly url: string;
  readonly dataDir: string;
  /** Process id of the running server; changes with a restart. */
  readonly pid: number;
  /** Stops the server fast and frees the folder. Twice is once. */
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A server that lived so long was well: the pauses begin anew. */
const WELL_MS = 60_000;

/**
 * Opens the PostgreSQL of the data folder, making it when there is none, adopting the server that a killed run left behind.
 * A server that crashes is started again on the same port, at growing pauses, until `close`.
 * @throws {Failure} `store.in-use`, `store.wrong-version`, `store.unreachable`, `config.invalid`
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  // As root the server runs under another account, which must be able to pass.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  const unlock = await lockFolder(join(dataDir, 'newsdesk.lock'));
  try {
    const cluster = await prepareCluster(dataDir, options.settings?.['fsync'] !== 'off');
    const log = options.log ?? (() => undefined);
    const orphan = await adoptOrphan(cluster);
    if (orphan !== undefined) log(`Adopted the PostgreSQL of an earlier run (process ${orphan.pid})`);
    const server = orphan ?? (await startServer(cluster, await freePort(), options.settings ?? {}));
    try {
      await ensureDatabase(cluster, server.port);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return supervise(cluster, server, { ...options, log }, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

function supervise(
  cluster: Cluster,
  first: Postmaster,
  options: EmbeddedOptions & { readonly log: (line: string) => void },
  unlock: () => Promise<void>,
): Embedded {
  const closing = new AbortController();
  let server = first;
  const watching = (async () => {
    let pause = FIRST_PAUSE_MS;
    let since = performance.now();
    for (;;) {
      await server.ended;
      if (closing.signal.aborted) return;
      if (performance.now() - since > WELL_MS) pause = FIRST_PAUSE_MS;
      options.log(`PostgreSQL ended unasked; starting it again in ${pause} ms`);
      await wait(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      since = performance.now();
      try {
        server = await startServer(cluster, server.port, options.settings ?? {});
        if (!closing.signal.aborted) options.onRestart?.();
      } catch (error) {
        options.log(asFailure(error).message);
      }
    }
  })();
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    await server.stop();
    await watching;
    // A restart may have been under way when we were asked to close.
    await server.stop();
    await unlock();
  };
  return {
    url: serverUrl(cluster, server.port),
    dataDir: cluster.dataDir,
    get pid() {
      return server.pid;
    },
    close: () => (closed ??= close()),
  };
}

async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl(cluster, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NEWSDESK]);
    if (rowCount === 0) await client.query(`create database ${NEWSDESK}`);
  } finally {
    await client.end();
  }
}
