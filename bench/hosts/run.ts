/**
 * Three worker machines as network namespaces, one PostgreSQL, one Redis. One machine is cut off for a minute in the middle of its work
 * and comes back. Ends with status 1 unless everything is drafted once, and every publisher was left its pause all the time, by its
 * own notes. `npm run test:hosts`; Linux, root, some three minutes.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer as createRelay, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { emptyDatabase, type TestDatabase } from '../../test/database.js';
import { startServing } from '../../test/embedded-server.js';
import { openRedis } from '../../test/redis.js';
import { openPublishers, type Publishers } from './publishers.js';

const ROOT = join(import.meta.dirname, '../..');
const HOSTS = 3;
const HUB = '10.77.113.1';
const GAP_MS = 1_500;
/** A request may be under way for longer than the one after it. */
const JITTER_MS = 400;
const CUT_MS = 60_000;
const PUBLISHERS = 4;
const ITEMS = 50;
const QUEUES = 'poll-source,read-item,draft-item,sweep';

const name = (kind: string, at?: number): string => `nd${kind}${at ?? ''}`;

function ip(...words: readonly string[]): void {
  const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`);
}

/** A bridge with one machine at each port. */
function openNetwork(): { cut(at: number): void; mend(at: number): void; close(): void } {
  ip('link', 'add', name('br'), 'type', 'bridge');
  ip('addr', 'add', `${HUB}/24`, 'dev', name('br'));
  ip('link', 'set', name('br'), 'up');
  for (let at = 0; at < HOSTS; at += 1) {
    ip('netns', 'add', name('host', at));
    ip('link', 'add', name('v', at), 'type', 'veth', 'peer', 'name', name('p', at));
    ip('link', 'set', name('p', at), 'netns', name('host', at));
    ip('link', 'set', name('v', at), 'master', name('br'), 'up');
    ip('-n', name('host', at), 'addr', 'add', `${addressOf(at)}/24`, 'dev', name('p', at));
    ip('-n', name('host', at), 'link', 'set', name('p', at), 'up');
    ip('-n', name('host', at), 'link', 'set', 'lo', 'up');
  }
  return {
    cut: (at) => ip('link', 'set', name('v', at), 'down'),
    mend: (at) => ip('link', 'set', name('v', at), 'up'),
    close: () => {
      for (let at = 0; at < HOSTS; at += 1) spawnSync('ip', ['netns', 'del', name('host', at)]);
      spawnSync('ip', ['link', 'del', name('br')]);
    },
  };
}

function addressOf(at: number): string {
  return `10.77.113.${10 + at}`;
}

/** What listens on loopback, for the machines of the bridge. */
async function relayTo(url: string): Promise<{ readonly url: string; readonly server: Server }> {
  const to = new URL(url);
  const port = Number(to.port);
  const server = createRelay((socket) => {
    const other = connect(port, '127.0.0.1');
    socket.pipe(other).pipe(socket);
    for (const end of [socket, other]) end.on('error', () => [socket, other].forEach((one) => one.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, HUB, resolve));
  to.hostname = HUB;
  to.port = String((server.address() as AddressInfo).port);
  return { url: to.href, server };
}

interface Machine {
  readonly child: ChildProcess;
  readonly said: () => string;
}

function startMachine(at: number, environment: Readonly<Record<string, string>>): Machine {
  const words = ['netns', 'exec', name('host', at), process.execPath, 'bin/newsdesk.js', 'work', '--queues', QUEUES];
  const child = spawn('ip', words, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-20_000)));
  }
  return { child, said: () => text };
}

async function drafts({ store }: TestDatabase): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from draft`.execute(store.db);
  return rows[0]?.n ?? 0;
}

/** Where the items are, for whoever must find out why it did not end. */
async function ends({ store }: TestDatabase): Promise<string> {
  const { rows } = await sql<object>`select disposition, reason, count(*) as n from item group by 1, 2`.execute(
    store.db,
  );
  return JSON.stringify(rows);
}

async function untilDrafts(database: TestDatabase, machines: readonly Machine[], count: number): Promise<void> {
  const deadline = performance.now() + 6 * 60_000;
  for (let seen = -1; seen < count; await wait(250)) {
    seen = await drafts(database);
    const dead = machines.findIndex(({ child }) => child.exitCode !== null || child.signalCode !== null);
    if (dead >= 0) throw new Error(`machine ${dead} ended: ${machines[dead]?.said() ?? ''}`);
    if (performance.now() > deadline)
      throw new Error(`${seen} drafts of ${count} after six minutes: ${await ends(database)}`);
  }
}

/** What is wrong at the end; nothing when all held. */
async function faultsOf(database: TestDatabase, web: Publishers, cut: { from: number; to: number }): Promise<string[]> {
  const whole = PUBLISHERS * ITEMS;
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from item) as items, (select count(*) from item where disposition = 'drafted') as drafted,
    (select count(*) from draft) as drafts, (select count(distinct original_url) from draft) as addresses,
    (select count(*) from capture) as captures, (select count(*) from draft_version) as versions`.execute(
    database.store.db,
  );
  const counts = Object.entries(rows[0] ?? {}).filter(([, n]) => n !== whole);
  const during = (at: number): number =>
    web.asked.filter(({ by, when }) => by === addressOf(at) && when > cut.from + 1_000 && when < cut.to).length;
  const took = Array.from({ length: HOSTS }, (_, at) => web.asked.filter(({ by }) => by === addressOf(at)).length);
  const close = web.tooClose(GAP_MS - JITTER_MS);
  console.log(`requests by machine: ${took.join(', ')}; while cut off: ${[0, 1, 2].map(during).join(', ')}`);
  console.log(`shortest pause of a publisher: ${web.shortestMs()} ms of ${GAP_MS}; most at once: ${web.mostAtOnce()}`);
  return [
    ...counts.map(([what, n]) => `${what}: ${n} of ${whole}`),
    ...close.map((words) => `asked too soon: ${words}`),
    ...(web.mostAtOnce() > 1 ? [`a publisher was asked ${web.mostAtOnce()} things at once`] : []),
    ...took.flatMap((n, at) => (n === 0 ? [`machine ${at} did nothing`] : [])),
    ...(during(0) > 0 ? ['the machine that was cut off still asked'] : []),
    ...(during(1) + during(2) === 0 ? ['the others did nothing while one was cut off'] : []),
  ];
}

if (process.getuid?.() !== 0 || process.platform !== 'linux') {
  console.error('Network namespaces need Linux and root.');
  process.exit(1);
}
const network = openNetwork();
const pg = await startServing();
const folder = await mkdtemp(join(tmpdir(), 'newsdesk-hosts-'));
const machines: Machine[] = [];
const closers: (() => Promise<unknown>)[] = [];
try {
  const [database, redis, web] = [
    await emptyDatabase(),
    await openRedis(),
    await openPublishers(HUB, PUBLISHERS, ITEMS),
  ];
  const relays = [await relayTo(database.url), await relayTo(redis.url)] as const;
  closers.push(
    () => database.close(),
    () => redis.close(),
    () => web.close(),
  );
  closers.push(
    ...relays.map(
      ({ server }) =>
        () =>
          Promise.resolve(server.close()),
    ),
  );
  const file = join(folder, 'sources.config.ts');
  await writeFile(file, `export const sources = ${JSON.stringify(web.sources)};\n`);
  for (let at = 0; at < HOSTS; at += 1) {
    machines.push(
      startMachine(at, {
        DATABASE_URL: relays[0].url,
        REDIS_URL: relays[1].url,
        DATA_DIR: join(folder, String(at)),
        SOURCES_FILE: file,
        ALLOW_PRIVATE_HOSTS: web.hosts.join(','),
        HOST_GAP_MS: String(GAP_MS),
        SWEEP_SECONDS: '5',
        JOB_LOCK_SECONDS: '10',
        FETCH_TIMEOUT_MS: '10000',
        LOG_LEVEL: 'warn',
      }),
    );
  }
  await untilDrafts(database, machines, 20);
  network.cut(0);
  const from = Date.now();
  console.log(`machine 0 is cut off, with ${await drafts(database)} drafts made`);
  await wait(CUT_MS);
  console.log(`machine 0 is back, with ${await drafts(database)} drafts made`);
  const to = Date.now();
  network.mend(0);
  await untilDrafts(database, machines, PUBLISHERS * ITEMS);
  // Whatever is still under way, or comes twice, has the time of two sweeps to show.
  await wait(12_000);
  const faults = await faultsOf(database, web, { from, to });
  for (const { child } of machines) child.kill('SIGTERM');
  const ended = await Promise.all(machines.map(async ({ child }) => (await once(child, 'exit'))[0] as number | null));
  if (ended.some((status) => status !== 0)) faults.push(`they ended with ${ended.join(', ')}`);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  if (faults.length === 0) console.log(`${PUBLISHERS * ITEMS} items, each drafted once`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  for (const { child } of machines) child.kill('SIGKILL');
  for (const close of closers.reverse()) await close();
  await pg.close();
  network.close();
  await rm(folder, { recursive: true, force: true });
}
