/**
 * Polls a second against a server on loopback, unchanged (304) and changed (one new item each), and the memory of the process, with 10,
 * 1,000 and 10,000 sources. Store: embedded PostgreSQL. Peer in the same run: newsboat, where it is installed, reloading the same feeds.
 *
 *   npx tsx bench/polls/run.ts [numbers of sources…]
 *
 * Each source has a host name of its own, as on the web, so that the pause of two seconds a host never counts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { FeedSource } from '../../src/model/source.js';
import { createFetcher } from '../../src/net/fetcher.js';
import { pollSource, type PollPorts } from '../../src/pipeline/poll-source.js';
import { readSource } from '../../src/sources/read-source.js';
import { openStore, type Store } from '../../src/store/connect.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { hostPacing } from '../../src/store/hosts.js';
import { migrate } from '../../src/store/migrate.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';

const SIZES = process.argv.slice(2).map(Number);
const AT_ONCE = 8;
const ITEMS = 20;

let edition = 0;
const server = createServer((request, response) => {
  if (request.url === '/robots.txt') return void response.writeHead(404).end();
  const etag = `"${edition}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(feed(request.headers.host ?? ''));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

const dataDir = await mkdtemp(join(tmpdir(), 'newsdesk-bench-'));
await chmod(dataDir, 0o755);
const embedded = await openEmbedded({ dataDir });
try {
  await migrate(embedded.url);
  const store = await openStore({ url: embedded.url, max: AT_ONCE + 4 });
  for (const size of SIZES.length > 0 ? SIZES : [10, 1_000, 10_000]) await measure(store, size);
  await store.close();
} finally {
  await embedded.close();
  await rm(dataDir, { recursive: true, force: true });
  server.close();
}

async function measure(store: Store, size: number): Promise<void> {
  const sources = Array.from({ length: size }, (_, at) => sourceOf(at));
  await syncSources(store.db, sources);
  const fetcher = createFetcher({
    userAgent: 'SAFE-Newsdesk/bench',
    pacing: hostPacing(store.db),
    clock: { now: () => new Date() },
    guard: { allowPrivateHosts: [`*.localhost:${port}`] },
    gapMs: 1,
    browser: false,
  });
  const ports: PollPorts = {
    clock: { now: () => new Date() },
    fetcher,
    read: readSource,
    ledger: pollLedger(store.db),
    queue: { enqueue: () => Promise.resolve() },
    random: () => 0,
    holder: 'bench',
    floorMinutes: 30,
    leaseMs: 30_000,
  };
  const row: Record<string, number | string> = { sources: size };
  edition += 1;
  row['first a second'] = await round(store, ports, sources);
  row['unchanged a second'] = await round(store, ports, sources);
  edition += 1;
  row['changed a second'] = await round(store, ports, sources);
  row['memory MB'] = Math.round(process.memoryUsage().rss / 1e6);
  Object.assign(row, await newsboat(sources));
  console.table([row]);
  await fetcher.close();
}

/** Every source once, eight at a time; polls a second. */
async function round(store: Store, ports: PollPorts, sources: readonly FeedSource[]): Promise<number> {
  await sql`update source set next_poll_at = '-infinity'`.execute(store.db);
  const waiting = [...sources];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
        const { outcome } = await pollSource(ports, source);
        if (outcome !== 'read' && outcome !== 'unchanged') throw new Error(`${source.id}: ${outcome}`);
      }
    }),
  );
  return Math.round((sources.length / (performance.now() - began)) * 1_000);
}

/** The same feeds reloaded by newsboat, first and again; nothing where it is not installed. */
async function newsboat(sources: readonly FeedSource[]): Promise<Record<string, number>> {
  if (spawnSync('newsboat', ['-v']).status !== 0) return {};
  const folder = await mkdtemp(join(tmpdir(), 'newsdesk-newsboat-'));
  await writeFile(join(folder, 'urls'), `${sources.map(({ id }) => `http://127.0.0.1:${port}/${id}`).join('\n')}\n`);
  await writeFile(join(folder, 'config'), 'reload-threads 8\n');
  const words = ['-u', join(folder, 'urls'), '-c', join(folder, 'cache'), '-C', join(folder, 'config'), '-x', 'reload'];
  // Not awaited by blocking: the server that it asks lives in this process.
  const reload = async (): Promise<number> => {
    const began = performance.now();
    await once(spawn('newsboat', words, { stdio: 'ignore', timeout: 600_000 }), 'close');
    return Math.round((sources.length / (performance.now() - began)) * 1_000);
  };
  const figures = { 'newsboat first a second': await reload(), 'newsboat again a second': await reload() };
  await rm(folder, { recursive: true, force: true });
  return figures;
}

function sourceOf(at: number): FeedSource {
  const id = `bench-${at}`;
  return {
    id,
    name: `Body ${at}`,
    class: 'charity',
    kind: 'feed',
    evidence: 'verified',
    url: `http://${id}.localhost:${port}/feed`,
  };
}

function feed(host: string): string {
  const items = Array.from({ length: ITEMS }, (_, step) => {
    const number = edition + ITEMS - step;
    return `<item><title>Notice ${number} of ${host}</title><link>http://${host}/news/${number}</link><guid>${host}-${number}</guid><pubDate>Mon, 02 Mar 2026 09:${String(number % 60).padStart(2, '0')}:00 GMT</pubDate><description>What the board of the harbour said on day ${number}.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${host}</title><link>http://${host}/</link>${items.join('')}</channel></rss>`;
}
