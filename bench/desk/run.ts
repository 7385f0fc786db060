/**
 * The desk with 100,000 drafts: how long the server takes for a page of the queue (each state, filter, order, the last page, search),
 * first paint in Chromium, and how much client code comes with a page. The real program over HTTP on loopback; peer in the same run:
 * the plainest page there is, 50 whole rows of the table in its order, sent by a bare fastify.
 *
 * Measured is a desk in use: what the fill left to be written is written first (vacuum, checkpoint), and every page is asked a few
 * times before any is measured, so that the first one does not pay for the program's own start. What that start costs is told on a
 * line of its own. No measured page is left out.
 *
 *   npx tsx bench/desk/run.ts [drafts]        prints a table, then JSON; ends with 1 where a bar is missed
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { openBrowser } from '../../test/web/browser.js';
import { openStore, type Store } from '../../src/store/connect.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { freePort } from '../../src/store/embedded-server.js';
import { migrate } from '../../src/store/migrate.js';
import { users } from '../../src/store/users.js';
import { hashPassword } from '../../src/web/session/passwords.js';
import { fill } from './fill.js';

const DRAFTS = Number(process.argv[2] ?? 100_000);
const ASKED = 60;
const WARM = 8;
/** Times that every page is asked before the first is measured. */
const ROUNDS = 3;
const PAGES_A_MINUTE = 15;
const ROOT = join(import.meta.dirname, '../..');
const BARS = { serverP95Ms: 50, firstPaintMs: 1_000, queueBytes: 60_000, draftBytes: 200_000 };
const EMAIL = 'bench@example.org';
const PASSWORD = 'a long password for the bench';

const PAGES: Readonly<Record<string, string>> = {
  'to do, as usual': '/drafts',
  'to do, by relevance': '/drafts?view=open&order=relevance',
  'to do, oldest first': '/drafts?view=open&order=oldest',
  'all, by day': '/drafts?view=all&order=day',
  'all, by relevance': '/drafts?view=all&order=relevance',
  'all, oldest first': '/drafts?view=all&order=oldest',
  published: '/drafts?view=published',
  rejected: '/drafts?view=rejected',
  snoozed: '/drafts?view=snoozed',
  'all of a source': '/drafts?view=all&source=s7',
  'all of a section': '/drafts?view=all&section=Scams',
  'all updated': '/drafts?view=all&mark=updated',
  'all possible copies': '/drafts?view=all&mark=possible-copy',
  'all with claims': '/drafts?view=all&mark=claims',
  'all assigned to me': '/drafts?view=all&mark=mine',
  'all, page 1,000': '/drafts?view=all&order=day&page=1000',
  'all, last page': `/drafts?view=all&order=newest&page=${Math.floor(DRAFTS / 51)}`,
  'all, rare words': '/drafts?view=all&q=number+4711',
  'all, words of one in eighty': '/drafts?view=all&q=guidance+scams',
  'search everywhere, rare words': '/search?q=number+4711',
  'search everywhere, one in eighty': '/search?q=guidance+scams',
  'found, first page': '/found',
  'found, held': '/found?in=held',
};

interface Row {
  readonly page: string;
  readonly p50: number;
  readonly p95: number;
  readonly bytes: number;
}

const dataDir = await mkdtemp(join(tmpdir(), 'newsdesk-bench-'));
await chmod(dataDir, 0o755);
const server = await openEmbedded({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
let desk: ChildProcess | undefined;
try {
  await migrate(server.url);
  const store = await openStore({ url: server.url });
  // Its table of numbers is that connection's own.
  await store.db.connection().execute(async (db) => await fill(db, DRAFTS));
  await store.pool.query('checkpoint');
  const person = await users(store.db).addUser({ email: EMAIL, name: 'Bench', role: 'admin' });
  await users(store.db).setPassword(person.id, await hashPassword(PASSWORD));
  const port = await freePort();
  desk = await openProgram(server.url, port);
  const origin = `http://127.0.0.1:${port}`;
  const cookie = await signIn(origin);
  const before = loadavg()[0] ?? 0;
  const firstMs = await asked(`${origin}/drafts`, cookie);
  for (let n = 0; n < ROUNDS; n += 1) {
    for (const path of Object.values(PAGES)) await asked(`${origin}${path}`, cookie);
  }
  const rows: Row[] = [];
  for (const [at, [page, path]] of Object.entries(PAGES).entries()) {
    // The desk refuses more than 1,200 requests a minute of one address.
    if (at % PAGES_A_MINUTE === PAGES_A_MINUTE - 1) await new Promise((done) => setTimeout(done, 61_000));
    rows.push({ page, ...(await timed(`${origin}${path}`, cookie)) });
  }
  const peer = await peerTimes(store);
  const { rows: drafts } = await store.pool.query<{ id: string }>(
    "select id from draft where state = 'drafted' limit 1",
  );
  const browser = await inBrowser(origin, `/drafts/${drafts[0]?.id ?? ''}`);
  const load = [before, loadavg()[0] ?? 0];
  report(rows, peer, { ...browser, firstMs, load });
  await store.close();
} finally {
  desk?.kill();
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
}

/** The desk as it is started by its command, on its own process. */
async function openProgram(url: string, port: number): Promise<ChildProcess> {
  const sources = join(dataDir, 'sources.config.ts');
  await writeFile(sources, 'export const sources = [];\n');
  const env = {
    ...process.env,
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    PORT: String(port),
    SOURCES_FILE: sources,
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, [join(ROOT, 'bin/newsdesk.js'), 'web'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The desk ended with ${String(code)}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const up = await Promise.race([
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
      ended,
    ]);
    if (up) return child;
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function signIn(origin: string): Promise<string> {
  const first = await fetch(`${origin}/sign-in`);
  const token = /name="_csrf" value="([^"]*)"/.exec(await first.text())?.[1] ?? '';
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookieOf(first) },
    body: new URLSearchParams({ _csrf: token, email: EMAIL, password: PASSWORD }),
  });
  const to = answer.headers.get('location');
  if (to === null || to.startsWith('/sign-in'))
    throw new Error(`Not signed in: ${answer.status} ${to} ${(await answer.text()).slice(0, 2_000)}`);
  return cookieOf(answer);
}

/** The last of a name counts: signing in gives a new session. */
function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie().at(-1)?.split(';', 1)[0] ?? '';
}

/** From the request to the last byte. */
async function timed(url: string, cookie: string): Promise<Omit<Row, 'page'>> {
  const times: number[] = [];
  let bytes = 0;
  for (let n = 0; n < WARM + ASKED; n += 1) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${text.slice(0, 300)}`);
    if (n >= WARM) times.push(performance.now() - began);
    bytes = Buffer.byteLength(text);
  }
  return { p50: share(times, 0.5), p95: share(times, 0.95), bytes };
}

async function peerTimes({ pool }: Store): Promise<Omit<Row, 'page'>> {
  const app = fastify();
  app.get('/', async (_, reply) => {
    const { rows } = await pool.query<{ headline: string; body_html: string }>(
      'select * from draft order by created_at desc limit 50',
    );
    return reply
      .type('text/html')
      .send(`<ol>${rows.map((row) => `<li>${row.headline}${row.body_html}</li>`).join('')}</ol>`);
  });
  const times = await timed(await app.listen({ host: '127.0.0.1', port: 0 }), '');
  await app.close();
  return times;
}

/** How long one page takes, cold or warm. */
async function asked(url: string, cookie: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
  await answer.text();
  return performance.now() - began;
}

interface Told extends InBrowser {
  /** Of the first page that was asked of the program. */
  readonly firstMs: number;
  /** Of the machine, in the last minute: before the first page, and after the last. */
  readonly load: readonly number[];
}

interface InBrowser {
  readonly firstPaintMs: number;
  readonly queueBytes: number;
  readonly draftBytes: number;
}

/** First paint of the queue, the middle of five with an empty cache; and the bytes of scripts on the wire, of queue and draft. */
async function inBrowser(origin: string, draft: string): Promise<InBrowser> {
  const browser = await openBrowser();
  try {
    const paints: number[] = [];
    let scripts = 0;
    const visit = async (path: string): Promise<number> => {
      const context = await browser.newContext({ baseURL: origin });
      const page = await context.newPage();
      scripts = 0;
      await page.goto('/sign-in');
      await page.fill('[name=email]', EMAIL);
      await page.fill('[name=password]', PASSWORD);
      await page.press('[name=password]', 'Enter');
      await page.waitForURL('**/drafts**');
      const network = await context.newCDPSession(page);
      await network.send('Network.enable');
      await network.send('Network.setCacheDisabled', { cacheDisabled: true });
      const kinds = new Map<string, string>();
      network.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
      network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (kinds.get(requestId) === 'Script') scripts += encodedDataLength;
      });
      await page.goto(path, { waitUntil: 'load' });
      // On a busy machine the page may be loaded before it is painted.
      const paint = await page.evaluate(
        async () =>
          await new Promise<number>((done) => {
            new PerformanceObserver((list) => {
              const [first] = list.getEntriesByName('first-contentful-paint');
              if (first !== undefined) done(first.startTime);
            }).observe({ type: 'paint', buffered: true });
          }),
      );
      await context.close();
      return paint;
    };
    for (let n = 0; n < 5; n += 1) paints.push(await visit('/drafts'));
    const queueBytes = scripts;
    await visit(draft);
    return { firstPaintMs: share(paints, 0.5), queueBytes, draftBytes: scripts };
  } finally {
    await browser.close();
  }
}

function share(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function report(rows: readonly Row[], peer: Omit<Row, 'page'>, browser: Told): void {
  const all = [...rows, { page: 'peer: 50 bare rows', ...peer }];
  console.log(`${'page'.padEnd(36)} ${'p50 ms'.padStart(8)} ${'p95 ms'.padStart(8)} ${'kB'.padStart(6)}`);
  for (const { page, p50, p95, bytes } of all) {
    console.log(
      `${page.padEnd(36)} ${p50.toFixed(1).padStart(8)} ${p95.toFixed(1).padStart(8)} ${Math.round(bytes / 1_000)
        .toString()
        .padStart(6)}`,
    );
  }
  console.log(
    `first paint ${browser.firstPaintMs.toFixed(0)} ms; scripts gzipped: queue ${browser.queueBytes}, draft ${browser.draftBytes} bytes`,
  );
  console.log(
    `the first page after the start ${browser.firstMs.toFixed(0)} ms; load ${browser.load.map((load) => load.toFixed(1)).join(' to ')} on ${availableParallelism()} processors`,
  );
  console.log(JSON.stringify({ drafts: DRAFTS, pages: all, ...browser, bars: BARS }));
  const missed = rows.some(({ p95 }) => p95 > BARS.serverP95Ms);
  const heavy = browser.queueBytes > BARS.queueBytes || browser.draftBytes > BARS.draftBytes;
  if (missed || heavy || !(browser.firstPaintMs <= BARS.firstPaintMs)) process.exitCode = 1;
}
