import { createServer as createTls, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MONTH_NAMES } from '../../src/model/months.js';
import type { FeedSource, ListingSource, Source } from '../../src/model/source.js';
import { createFetcher, type Fetcher } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import { pollSource, type PollOutcome, type PollPorts } from '../../src/pipeline/poll-source.js';
import { readSource } from '../../src/sources/read-source.js';
import type { ShownIncident } from '../../src/model/source-health.js';
import type { Db } from '../../src/store/connect.js';
import { noticeBook } from '../../src/store/notices.js';
import { pollLedger } from '../../src/store/polls.js';
import { sourceHealth } from '../../src/store/source-health.js';
import { syncSources } from '../../src/store/source-rows.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { smallServer, type SmallServer } from '../net/small-server.js';
import { selfSigned } from './self-signed.js';

/** One answer of the site at one time. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const HOUR_MS = 3_600_000;
export const START = Date.parse('2026-11-25T09:00:00Z');

export interface Story {
  readonly n: number;
  readonly day: string;
}
/** Stories of every third day: number 20 is of 24 November 2026, number 19 of the 21st … */
export const story = (n: number): Story => ({
  n,
  day: new Date(Date.UTC(2026, 10, 24) - (20 - n) * 3 * 24 * HOUR_MS).toISOString().slice(0, 10),
});
export const run = (from: number, to: number): Story[] =>
  Array.from({ length: from - to + 1 }, (_, at) => story(from - at));
export const printed = (day: string): string =>
  `${Number(day.slice(8))} ${MONTH_NAMES[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
export const title = ({ n }: Story): string => `Statement number ${n} on keeping children safe`;

interface Look {
  readonly row?: (one: Story) => string;
  readonly before?: string;
  readonly after?: string;
  readonly footer?: string;
}
export const row = (one: Story): string =>
  `<li class="item"><a href="/news/statement-${one.n}">${title(one)}</a> <span class="date">${printed(one.day)}</span></li>`;
export const page = (all: readonly Story[], look: Look = {}): string =>
  `<!doctype html><html lang="en"><head><title>News – Board</title></head><body><header><a href="/">Board</a></header><main><h1>News</h1>${look.before ?? ''}<ul class="list">${all.map(look.row ?? row).join('\n')}</ul>${look.after ?? ''}</main><footer>${look.footer ?? 'The Board, Larkshire'}</footer></body></html>`;
export const feed = (all: readonly Story[], { built = '', spaced = false } = {}): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Board</title><link>http://board.example/</link><description>d</description>${built}${all
    .map(
      (one) =>
        `<item>${spaced ? '\n    ' : ''}<title>${spaced ? title(one).replaceAll(' on ', ' &#111;n ') : title(one)}</title>${spaced ? '\n\n' : ''}<link>http://board.example/news/statement-${one.n}</link><guid isPermaLink="false">s-${one.n}</guid><pubDate>${new Date(one.day).toUTCString()}</pubDate></item>`,
    )
    .join('')}</channel></rss>`;

export const html =
  (body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  };
export const rss = (body: string): Answer => html(body, { 'content-type': 'application/rss+xml' });
export const message = (heading: string, words = 'Please try again.', status = 200): Answer =>
  html(
    `<!doctype html><html><head><title>${heading}</title></head><body><h1>${heading}</h1><p>${words}</p></body></html>`,
    {},
    status,
  );
export const leads =
  (to: string, at: string, there: Answer): Answer =>
  (request, response) => {
    if (new URL(request.url ?? '', 'http://x').pathname === at) response.writeHead(301, { location: to }).end();
    else there(request, response);
  };

/** A site that answers as told, and a newsdesk that watches it, with a clock of its own. */
export interface WatchedSite {
  answer: Answer;
  /** Milliseconds. */
  now: number;
  /** Whether its name is registered. */
  resolves: boolean;
  /** `null`: there is none. */
  robots: string | null;
  /** With https, by a certificate that nobody vouches for. */
  readonly securePort: () => number;
  /** Where it listens. */
  readonly port: () => number;
  readonly listing: (more?: Partial<ListingSource>) => ListingSource;
  readonly feed: () => FeedSource;
  /** Puts it among the watched. */
  readonly watch: (source: Source) => Promise<unknown>;
  /** When the source is due, one look. */
  readonly poll: (source: Source) => Promise<PollOutcome>;
  readonly standing: (source: Source) => Promise<Standing>;
  /** The first look, which is good and holds eight items. */
  readonly begin: (source: Source, first: Answer) => Promise<Standing>;
}

/** How the store sees the source: its state, the code, its items, what operators are told, and the last incident. */
export interface Standing {
  readonly state: string;
  readonly failureCode: string | null;
  readonly items: readonly { readonly key: string; readonly revision: number; readonly vanishedAt: Date | null }[];
  readonly notices: readonly { readonly id: number; readonly kind: string; readonly message: string }[];
  readonly incident: ShownIncident | null;
}

/** For a test file: opens before its tests, begins each of them anew, and closes after them. */
export function watchedSite(): WatchedSite {
  let database: TestDatabase;
  let server: SmallServer;
  let secure: TlsServer;
  let made = 0;
  const db = () => database.store.db;
  const shared = () =>
    ({ id: `board-${(made += 1)}`, name: 'The Board', class: 'charity', evidence: 'verified' }) as const;
  const site: WatchedSite = {
    answer: html(''),
    now: START,
    resolves: true,
    robots: null,
    securePort: () => (secure.address() as AddressInfo).port,
    port: () => server.port,
    listing: (more = {}) => ({
      ...shared(),
      kind: 'listing',
      url: `http://board.example:${server.port}/news`,
      select: { item: 'ul.list > li', date: '.date' },
      date: { format: 'd-month-y' },
      ...more,
    }),
    feed: () => ({ ...shared(), kind: 'feed', url: `http://board.example:${server.port}/feed` }),
    watch: async (source) => await syncSources(db(), [source]),
    poll: async (source) => await pollOf(db(), site, source),
    standing: async (source) => await standingOf(db(), source),
    begin: async (source, first) => {
      await site.watch(source);
      site.answer = first;
      await site.poll(source);
      const before = await site.standing(source);
      expect(before).toMatchObject({ state: 'good', failureCode: null, notices: [] });
      expect(before.items).toHaveLength(8);
      return before;
    },
  };
  beforeAll(async () => {
    database = await emptyDatabase();
    server = await smallServer((request, response) => {
      if (request.url !== '/robots.txt') site.answer(request, response);
      else if (site.robots === null) response.writeHead(404).end();
      else response.end(site.robots);
    });
    secure = createTls(selfSigned(), (_, response) => void response.end(page(run(20, 13))));
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    secure.closeAllConnections();
    await Promise.all([new Promise((resolve) => secure.close(resolve)), server.close()]);
    await database.close();
  });
  beforeEach(() => {
    Object.assign(site, { now: START, resolves: true, robots: null });
  });
  return site;
}

/** A process of its own for each poll: no connection is kept. */
function openFetcher(site: WatchedSite): Fetcher {
  return createFetcher({
    userAgent: 'SAFE-Newsdesk/0.1 (+https://desk.example.org/about)',
    pacing: memoryPacing(),
    clock: { now: () => new Date(site.now) },
    gapMs: 0,
    timeoutMs: 700,
    browser: false,
    guard: {
      allowPrivateHosts: ['board.example', 'www.board.example', '127.0.0.1'],
      // The names of this test lead to this machine, as long as they are registered.
      resolve: () =>
        site.resolves
          ? Promise.resolve([{ address: '127.0.0.1', family: 4 as const }])
          : Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND board.example'), { code: 'ENOTFOUND' })),
    },
  });
}

async function pollOf(db: Db, site: WatchedSite, source: Source): Promise<PollOutcome> {
  const fetcher = openFetcher(site);
  const ports: PollPorts = {
    clock: { now: () => new Date(site.now) },
    fetcher,
    read: readSource,
    ledger: pollLedger(db),
    queue: { enqueue: () => Promise.resolve() },
    random: () => 0,
    holder: 'test',
    floorMinutes: 30,
  };
  const { nextPollAt } = await db
    .selectFrom('source')
    .select('nextPollAt')
    .where('id', '=', source.id)
    .executeTakeFirstOrThrow();
  site.now = Math.max(site.now, nextPollAt.getTime()) + 60_000;
  try {
    return await pollSource(ports, source);
  } finally {
    await fetcher.close();
  }
}

async function standingOf(db: Db, source: Source): Promise<Standing> {
  const { state, failureCode } = await db
    .selectFrom('source')
    .select(['state', 'failureCode'])
    .where('id', '=', source.id)
    .executeTakeFirstOrThrow();
  const items = await db
    .selectFrom('item')
    .select(['key', 'revision', 'vanishedAt'])
    .where('sourceId', '=', source.id)
    .orderBy('key')
    .execute();
  const notices = (await noticeBook(db).openNotices()).filter(({ subject }) => subject === source.id);
  const { incidents } = await sourceHealth(db).healthOf(source.id, new Date(START));
  return { state, failureCode, items, notices, incident: incidents[0] ?? null };
}
