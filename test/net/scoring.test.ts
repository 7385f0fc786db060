import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Source } from '../../src/model/source.js';
import { createFetcher, type Fetcher } from '../../src/net/fetcher.js';
import { pollSource, type PollPorts } from '../../src/pipeline/poll-source.js';
import { readSource } from '../../src/sources/read-source.js';
import { hostPacing } from '../../src/store/hosts.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { scoringServer, type Answer, type Place, type Score, type Visit } from './scoring-server.js';
import { feedSource, listing } from './small-server.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-12-01T00:00:00Z');
const MONTH = 30 * DAY;

const rss = (items: number): string =>
  `<rss version="2.0"><channel><title>News</title><link>https://example.org/</link>${Array.from(
    { length: items },
    (_, index) =>
      `<item><title>Item ${index}</title><link>https://example.org/${index}</link><guid>g${index}</guid></item>`,
  ).join('')}</channel></rss>`;
const page = (items: number): string =>
  `<!doctype html><title>News</title><h1>News of the board</h1><ul>${Array.from({ length: items }, (_, index) => `<li><a href="/n/${index}">News item number ${index}</a></li>`).join('')}</ul>`;
const days = (at: number): number => Math.floor((at - START) / DAY);
const weekly = (at: number): number => 3 + Math.floor(days(at) / 7);
const good = (headers: Record<string, string>, body: string): Answer => ({ status: 200, headers, body });

const place = (host: string, path: string, more: Partial<Place> & Pick<Place, 'answer'>): Place => ({
  host,
  path,
  kind: path.endsWith('.xml') ? 'feed' : 'page',
  leastMs: path === '/steady.xml' ? 30 * MINUTE : 6 * HOUR,
  ...more,
});

/** Closed for `ms` on some visits; what the answer says of it. */
const busy = (status: number, retryAfter: string | undefined, ms: number): Answer => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  closedForMs: ms,
});

const PLACES: readonly Place[] = [
  place('plain', '/steady.xml', {
    answer: ({ at }) =>
      good(
        { etag: `W/"week ${weekly(at)}"`, 'last-modified': `Tue, 0${weekly(at)} Dec 2026 09:00:00 GMT` },
        rss(weekly(at)),
      ),
  }),
  place('plain', '/churn.xml', { answer: ({ before }) => good({ etag: `"${before}"` }, rss(3)) }),
  place('plain', '/modified.xml', {
    answer: ({ at }) => good({ 'last-modified': `week ${weekly(at)}, unreadable` }, rss(weekly(at))),
  }),
  place('plain', '/sometimes.xml', {
    answer: ({ before }) => good(before % 3 === 0 ? { etag: `"s${before}"` } : {}, rss(4)),
  }),
  place('plain', '/board/', {
    answer: ({ at }) => good({ etag: `"p${days(at)}"` }, page(3 + days(at))),
    leastMs: 8 * HOUR,
  }),
  place('fresh', '/max-age.xml', {
    leastMs: 12 * HOUR,
    answer: ({ at }) => good({ 'cache-control': 'max-age=43200', etag: `"${days(at)}"` }, rss(3 + days(at))),
  }),
  place('fresh', '/expires.xml', {
    leastMs: 9 * HOUR,
    answer: ({ at }) =>
      good(
        { expires: new Date(at + 9 * HOUR + 1_000).toUTCString(), date: new Date(at).toUTCString() },
        rss(3 + days(at)),
      ),
  }),
  place('busy', '/limited.xml', {
    answer: ({ at, before }) =>
      before % 5 === 4 ? busy(429, '36000', 10 * HOUR) : good({ etag: `"${days(at)}"` }, rss(3 + days(at))),
  }),
  place('busy', '/neighbour.xml', { answer: ({ at }) => good({ etag: `"${days(at)}"` }, rss(3 + days(at))) }),
  place('dated', '/date.xml', {
    answer: ({ at, before }) =>
      before % 4 === 3 ? busy(503, new Date(at + 2 * DAY).toUTCString(), 2 * DAY - 1_000) : good({}, rss(3 + days(at))),
  }),
  place('silent', '/silent.xml', {
    answer: ({ before }) =>
      before === 0 ? good({ etag: '"0"' }, rss(3)) : busy(503, undefined, Math.min(24, 4 * 2 ** (before - 1)) * HOUR),
  }),
  place('errors', '/500.xml', {
    leastMs: 15 * MINUTE,
    answer: ({ before }) =>
      before % 7 < 6 ? { status: 500, notBeforeMs: Math.min(DAY, 15 * MINUTE * 2 ** (before % 7)) } : good({}, rss(3)),
  }),
  place('errors', '/404', { leastMs: DAY, answer: () => ({ status: 404 }) }),
  place('errors', '/403', { leastMs: 4 * HOUR, answer: () => ({ status: 403 }) }),
  place('errors', '/410.xml', { leastMs: MONTH, answer: () => ({ status: 410 }) }),
  place('moved', '/old.xml', {
    answer: ({ before }) => ({ status: before % 2 === 0 ? 301 : 302, headers: { location: '/new.xml' } }),
  }),
  place('moved', '/new.xml', { leastMs: 0, answer: ({ at }) => good({ etag: `"n${days(at)}"` }, rss(3 + days(at))) }),
  place('robots', '/open.xml', { answer: ({ at }) => good({ etag: `"${days(at)}"` }, rss(3 + days(at))) }),
];
const ROBOTS = new Map([
  ['robots', 'User-agent: *\nDisallow: /closed\nCrawl-delay: 10\n'],
  ['plain', 'User-agent: *\nAllow: /\n'],
]);

/** Everything that a poll needs, over one database, with a clock that moves only when somebody waits. */
class Desk {
  now = START;
  polls = 0;
  restarts = 0;
  private fetcher: Fetcher;

  constructor(
    private readonly database: TestDatabase,
    private readonly score: Score,
  ) {
    this.fetcher = this.open();
  }

  private open(): Fetcher {
    return createFetcher({
      userAgent: 'SAFE-Newsdesk/0.1 (+https://desk.example.org/about)',
      pacing: hostPacing(this.database.store.db),
      clock: { now: () => new Date(this.now) },
      wait: (ms) => {
        this.now += ms;
        return Promise.resolve();
      },
      guard: { allowPrivateHosts: [`*.localhost:${this.score.server.port}`] },
      browser: false,
    });
  }

  /** As after a restart: nothing is left but what the database holds. */
  async restart(): Promise<void> {
    await this.fetcher.close();
    this.fetcher = this.open();
    this.restarts += 1;
  }

  ports(): PollPorts {
    const ledger = pollLedger(this.database.store.db, '1');
    return {
      clock: { now: () => new Date(this.now) },
      fetcher: this.fetcher,
      read: readSource,
      ledger,
      queue: { enqueue: () => Promise.resolve() },
      random: () => (this.polls % 10) / 10,
      holder: `desk-${this.restarts}`,
      floorMinutes: 30,
    };
  }

  async dueAt(source: Source): Promise<number> {
    return (await this.ports().ledger.standing(source)).nextPollAt.getTime();
  }

  async poll(source: Source): Promise<string> {
    this.polls += 1;
    const { outcome } = await pollSource(this.ports(), source);
    return outcome;
  }

  async close(): Promise<void> {
    await this.fetcher.close();
  }
}

function sourcesOf(score: Score): Source[] {
  const asked = PLACES.filter(({ path }) => path !== '/new.xml');
  const closed = place('robots', '/closed.xml', { answer: (_visit: Visit) => good({}, rss(1)) });
  return [...asked, closed].map(({ host, path, kind }) => {
    const url = `http://${host}.localhost:${score.server.port}${path}`;
    const id = `${host}${path.replace(/\W+/g, '-')}`.replace(/-$/, '');
    if (kind === 'feed') return feedSource(url, { id, everyMinutes: path === '/steady.xml' ? 1 : 360 });
    return listing(url, { id, everyMinutes: 480, select: { item: 'li' } });
  });
}

test('full marks over a simulated month, with restarts in between', async () => {
  const database = await emptyDatabase();
  const clock = { desk: null as Desk | null };
  const score = await scoringServer(PLACES, ROBOTS, () => clock.desk?.now ?? START);
  const desk = new Desk(database, score);
  clock.desk = desk;
  const sources = sourcesOf(score);
  await syncSources(database.store.db, sources);
  const due = new Map<Source, number>();
  for (const source of sources) due.set(source, START);
  while (desk.now < START + MONTH) {
    const [source, at] = [...due].reduce((best, each) => (each[1] < best[1] ? each : best));
    if (at > START + MONTH) break;
    desk.now = Math.max(desk.now, at);
    await desk.poll(source);
    if (desk.polls % 7 === 0) await desk.restart();
    if (desk.polls % 11 === 0) expect(await desk.poll(source)).toBe('early');
    due.set(source, await desk.dueAt(source));
  }
  const visits = (key: string): number => score.visits.get(key)?.length ?? 0;
  expect(score.faults).toEqual([]);
  expect(desk.restarts).toBeGreaterThan(50);
  expect(score.unconditional.get('plain/steady.xml')).toBe(1);
  expect(score.unconditional.get('plain/churn.xml')).toBe(1);
  expect(score.conditional.get('plain/churn.xml')).toBeGreaterThan(20);
  expect(score.unconditional.get('moved/new.xml')).toBe(1);
  expect(score.conditional.get('plain/modified.xml')).toBe(visits('plain/modified.xml') - 1);
  for (const { host, path } of PLACES) expect([host + path, visits(host + path) > 0]).toEqual([host + path, true]);
  expect(visits('errors/410.xml')).toBe(1);
  expect(visits('errors/404')).toBeGreaterThan(20);
  expect(visits('robots/closed.xml')).toBe(0);
  expect(visits('busy/limited.xml')).toBeGreaterThan(10);
  await desk.close();
  await score.server.close();
  await database.close();
}, 600_000);

test('the server does find a client out that has no manners', async () => {
  let now = START;
  const score = await scoringServer(PLACES, ROBOTS, () => now);
  const ask = async (path: string, headers: Record<string, string>): Promise<void> => {
    now += 1_000;
    const host = `plain.localhost:${score.server.port}`;
    const asked = get({ host: '127.0.0.1', port: score.server.port, path, headers: { host, ...headers } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    await once(answer.resume(), 'end');
  };
  await ask('/steady.xml', { referer: 'http://x.org/', cookie: 'a=b' });
  await ask('/steady.xml', { 'if-none-match': '"made up"' });
  await ask('/steady.xml?t=1', {});
  const said = score.faults.join('\n');
  for (const word of [
    'User-Agent',
    'sent cookie',
    'before robots.txt',
    'If-None-Match',
    'ms after the last',
    'nobody gave out',
    'asked again after',
    'does not accept',
  ]) {
    expect(said).toContain(word);
  }
  await score.server.close();
});
