import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { startWorkers } from '../../workers/start.js';
import { openApp } from '../../src/app.js';
import { demoGuard } from '../../src/demo/demo-sources.js';
import { localised, realHost } from '../../src/demo/local-address.js';
import { openLog } from '../../src/log.js';
import type { Source } from '../../src/model/source.js';
import { readSettings } from '../../src/settings.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { describeShared, SHARED } from '../shared-corpus.js';
import { until } from './newsdesk-process.js';

const CORPUS = join(SHARED ?? '', 'corpus');
const FINDER = join(CORPUS, 'sources/govuk/finder-html');
const FEEDS = join(CORPUS, 'sources/feeds/uk');
const PAGES = join(CORPUS, 'extraction/wcxb/pages');
const HOSTS = ['www.gov.uk', 'www.bbc.co.uk', 'www.bbc.com', 'feeds.bbci.co.uk'];
const FIRST = 5;

interface Served {
  list: Buffer;
  feed: Buffer;
}

/** Real list page and real feed as captured, on loopback; behind each of their links a real page, no two the same. */
async function openWeb(served: Served): Promise<{ port: number; close(): Promise<void> }> {
  const pages = new Map<string, string>();
  const free = readdirSync(PAGES).sort();
  const pageFor = (path: string): Buffer => {
    const name = pages.get(path) ?? free.shift() ?? '';
    pages.set(path, name);
    return gunzipSync(readFileSync(join(PAGES, name)));
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const host = realHost(request.headers.host);
    if (host === null || pathname === '/robots.txt') return void response.writeHead(404).end();
    const rss = host === 'feeds.bbci.co.uk';
    const body = rss ? served.feed : pathname.startsWith('/search/') ? served.list : pageFor(`${host}${pathname}`);
    response.setHeader('content-type', rss ? 'application/rss+xml' : 'text/html; charset=utf-8');
    response.end(localised(body, HOSTS, (server.address() as AddressInfo).port));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function sourcesAt(port: number): readonly Source[] {
  const shared = { class: 'government', evidence: 'verified', everyMinutes: 0.02, initialItems: FIRST } as const;
  return [
    {
      ...shared,
      id: 'gov-uk-news',
      name: 'GOV.UK',
      kind: 'listing',
      url: `http://www.gov.uk.localhost:${port}/search/news-and-communications`,
      select: { item: 'li.gem-c-document-list__item' },
    },
    {
      ...shared,
      id: 'bbc',
      name: 'BBC News',
      kind: 'feed',
      url: `http://feeds.bbci.co.uk.localhost:${port}/news/uk/rss.xml`,
      hosts: HOSTS.map((host) => `${host}.localhost`),
    },
  ];
}

/** How many items of a source ended where. */
async function standing({ store }: TestDatabase, sourceId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ disposition: string; n: number }>`select disposition, count(*)::int as n from item
    where source_id = ${sourceId} group by disposition`.execute(store.db);
  return Object.fromEntries(rows.map(({ disposition, n }) => [disposition, n]));
}

/** So many items are known, and none is on its way any more. */
async function untilSettled(database: TestDatabase, sourceId: string, items: number): Promise<Record<string, number>> {
  return await until(
    () => standing(database, sourceId),
    (seen) => {
      const total = Object.values(seen).reduce((sum, n) => sum + n, 0);
      return total >= items && (seen['found'] ?? 0) === 0 && (seen['read'] ?? 0) === 0;
    },
    90_000,
  );
}

interface Expected {
  readonly captures: readonly { readonly file: string; readonly never_seen_before: readonly unknown[] }[];
}

describeShared('real captures on loopback, from the poll to the draft', () => {
  test('a GOV.UK list page over two months, and a feed of the BBC', async () => {
    const { captures } = JSON.parse(readFileSync(join(FINDER, 'expected-new-items.json'), 'utf8')) as Expected;
    const listAt = (at: number): Buffer => {
      const name = captures[at]?.file ?? '';
      return gunzipSync(readFileSync(join(FINDER, name.endsWith('.gz') ? name : `${name}.gz`)));
    };
    const served = { list: listAt(0), feed: readFileSync(join(FEEDS, 'bbc-2023-11-24.rss')) };
    const web = await openWeb(served);
    const database = await emptyDatabase();
    const app = await openApp(
      readSettings({
        DATABASE_URL: database.url,
        FLOOR_MINUTES: '0',
        HOST_GAP_MS: '0',
        SWEEP_SECONDS: '1',
        JOB_LOCK_SECONDS: '5',
      }),
      {
        log: openLog('silent'),
        sources: sourcesAt(web.port),
        guard: demoGuard(() => HOSTS, web.port),
        adaptive: false,
      },
    );
    const stop = await startWorkers(app, ['poll-source', 'read-item', 'draft-item', 'sweep']);
    try {
      // The first look is a baseline: the newest become drafts, the others are held.
      expect(await untilSettled(database, 'gov-uk-news', 20)).toEqual({ drafted: FIRST, held: 20 - FIRST });
      const feed = await untilSettled(database, 'bbc', 16);
      expect((feed['drafted'] ?? 0) + (feed['joined'] ?? 0)).toBe(FIRST);

      let items = 20;
      for (const at of [4, 5, 6]) {
        served.list = listAt(at);
        items += captures[at]?.never_seen_before.length ?? 0;
        const seen = await untilSettled(database, 'gov-uk-news', items);
        expect(seen['failed'] ?? 0).toBe(0);
        expect((seen['drafted'] ?? 0) + (seen['joined'] ?? 0)).toBe(FIRST + items - 20);
      }
      expect(items).toBeGreaterThan(25);
      const { rows } = await sql<{ headline: string; sourceName: string }>`select headline, source_name as "sourceName"
        from draft where source_id = 'gov-uk-news'`.execute(database.store.db);
      expect(rows.every(({ headline, sourceName }) => headline !== '' && sourceName === 'GOV.UK')).toBe(true);
    } finally {
      stop();
      await app.close();
      await web.close();
      await database.close();
    }
  }, 240_000);
});
