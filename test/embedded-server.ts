import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Failure } from '../src/model/failure.js';
import { openEmbedded, type Embedded } from '../src/store/embedded.js';
import { migrate } from '../src/store/migrate.js';

/** Where test/database.ts asks for the server. */
export const PORT_VARIABLE = 'NEWSDESK_TEST_DATABASE_PORT';
export const TEMPLATE = 'newsdesk_template';
/** Address of a server to use instead of our own: `npm run test:majors` names one of another major version. */
const SERVER_VARIABLE = 'NEWSDESK_TEST_POSTGRES';
const PREFIX = 'newsdesk-test-';
/** Test data may be lost with the machine: speed counts. */
const QUICK = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  autovacuum: 'off',
};

/**
 * One PostgreSQL for the whole run of Jest, started when the first test asks: runs without a database pay nothing. It lives in
 * the process of Jest itself, so that it outlives the workers and is stopped at the end.
 */
export async function startServing(): Promise<{ close(): Promise<void> }> {
  let opening: Promise<Server> | undefined;
  const door = createServer((socket) => {
    socket.on('error', () => undefined);
    opening ??= openTemplate();
    opening.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  door.unref();
  process.env[PORT_VARIABLE] = String((door.address() as AddressInfo).port);
  const close = async (): Promise<void> => {
    door.close();
    const server = await opening?.catch(() => undefined);
    await server?.close();
  };
  return { close };
}

type Server = Pick<Embedded, 'url' | 'close'>;

async function openTemplate(): Promise<Server> {
  const given = process.env[SERVER_VARIABLE];
  const server = given === undefined ? await openOwn() : { url: given, close: () => Promise.resolve() };
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(server.url.replace(/\/[^/]*$/, `/${TEMPLATE}`));
  return server;
}

async function openOwn(): Promise<Server> {
  await sweepDeadRuns();
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  if (process.getuid?.() === 0) await chmod(dataDir, 0o755);
  const server = await openEmbedded({ dataDir, settings: QUICK });
  const close = async (): Promise<void> => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, close };
}

/** A run that was killed left its server: it is adopted, stopped and removed. Living runs are left alone. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const dataDir = join(tmpdir(), name);
    const entries: string[] = await readdir(dataDir).catch(() => []);
    // Without a lock it is one that has only just been made, or not ours to judge.
    if (!entries.includes('newsdesk.lock')) continue;
    try {
      await (await openEmbedded({ dataDir, settings: QUICK })).close();
      await rm(dataDir, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}
