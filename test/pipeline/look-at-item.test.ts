import { extractArticle } from '../../src/extract/extract-article.js';
import type { Jobs } from '../../src/model/jobs.js';
import { createFetcher, type Fetcher } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import { lookAtItem, type LookPorts } from '../../src/pipeline/look-at-item.js';
import { readItem } from '../../src/pipeline/read-item.js';
import { sweep } from '../../src/pipeline/sweep.js';
import { deskDrafts } from '../../src/store/desk-drafts.js';
import { itemBook } from '../../src/store/items.js';
import { linkBook } from '../../src/store/link-book.js';
import { lookBook } from '../../src/store/look-book.js';
import { unfinished } from '../../src/store/unfinished.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { smallServer, type SmallServer } from '../net/small-server.js';
import { draftOf, endOf, polledItems, sampleItem, sampleSource } from '../store/samples.js';

const HOUR_MS = 3_600_000;
let database: TestDatabase;
let server: SmallServer;
let fetcher: Fetcher;
let now = new Date('2026-03-02T12:00:00Z');
let page = { status: 200, body: '' };
const clock = { now: () => now };
const text = (more: string): string =>
  `<html><head><title>Report</title></head><body><article><h1>Report on the quay</h1><p>The board found that ferry crews and net menders each knew a part of the picture while nobody held the whole of it.</p><p>${more} The board will publish its progress in the spring of every year until all is done.</p></article></body></html>`;

beforeEach(async () => {
  now = new Date('2026-03-02T12:00:00Z');
  page = { status: 200, body: text('Nine steps follow.') };
  database = await emptyDatabase();
  server = await smallServer((request, response) => {
    if (request.url === '/robots.txt') return void response.writeHead(404).end();
    const etag = `"${page.body.length}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8', etag }).end(page.body);
  });
  fetcher = createFetcher({
    userAgent: 'SAFE-Newsdesk/test',
    pacing: memoryPacing(),
    clock: { now: () => new Date() },
    guard: { allowPrivateHosts: ['127.0.0.1'] },
    gapMs: 1,
    browser: false,
  });
});
afterEach(async () => {
  await fetcher.close();
  await server.close();
  await database.close();
});

const asked: [keyof Jobs, unknown][] = [];
function portsOf(): LookPorts & Parameters<typeof readItem>[0] {
  const { db } = database.store;
  asked.length = 0;
  const queue = {
    enqueue: <N extends keyof Jobs>(name: N, jobs: readonly Jobs[N][]) =>
      Promise.resolve(void jobs.forEach((job) => asked.push([name, job]))),
  };
  return { clock, fetcher, items: itemBook(db), looks: lookBook(db), queue, extract: extractArticle };
}

/** An item of the server's page, read and drafted. */
async function draftedItem() {
  const source = sampleSource('quay', { url: `${server.origin}/feed` });
  const url = `${server.origin}/report`;
  const [id] = await polledItems(database.store.db, source, [
    sampleItem('report', { key: url, url, title: 'Report on the quay' }),
  ]);
  const ports = portsOf();
  expect(await readItem(ports, source, id!)).toMatchObject({ outcome: 'read' });
  expect(await draftOf(database.store.db, id!, source)).toBe('created');
  asked.length = 0;
  return { source, id: id!, ports };
}

test('a page that has not changed is asked for conditionally, and nothing else happens', async () => {
  const { source, id, ports } = await draftedItem();
  expect(await lookAtItem(ports, source, id)).toEqual({ outcome: 'unchanged' });
  expect(server.asked.at(-1)?.headers['if-none-match']).toBe(`"${page.body.length}"`);
  expect(await endOf(database.store.db, id)).toMatchObject({ disposition: 'drafted' });
});

test('other words are a new revision, and its draft gets the mark', async () => {
  const { source, id, ports } = await draftedItem();
  page = { status: 200, body: text('Eleven steps follow now, two of them added after families were heard again.') };
  expect(await lookAtItem(ports, source, id)).toEqual({ outcome: 'changed' });
  expect(asked).toEqual([['read-item', { itemId: id }]]);
  expect(await readItem(ports, source, id)).toMatchObject({ outcome: 'read' });
  expect(await draftOf(database.store.db, id, source)).toBe('updated');
});

test('other bytes with the same words are no change', async () => {
  const { source, id, ports } = await draftedItem();
  page = { status: 200, body: page.body.replace('<body>', '<body><!-- nonce 4711 -->') };
  expect(await lookAtItem(ports, source, id)).toEqual({ outcome: 'unchanged' });
});

test('a page that is gone is told on the draft, once, and the captured text stays', async () => {
  const { source, id, ports } = await draftedItem();
  page = { status: 410, body: 'gone' };
  expect(await lookAtItem(ports, source, id)).toEqual({ outcome: 'gone' });
  expect(await lookAtItem(ports, source, id)).toEqual({ outcome: 'gone' });
  const { db } = database.store;
  const draft = await db.selectFrom('draft').select(['id', 'updatedMark']).executeTakeFirstOrThrow();
  expect(draft.updatedMark).toBe(true);
  const events = await deskDrafts(db).events(draft.id);
  expect(events.filter(({ did }) => did === 'original-gone')).toHaveLength(1);
  expect((await lookBook(db).lastCapture(id))?.article.bodyText).toContain('Nine steps');
});

test('a host in trouble changes nothing: the next look is made', async () => {
  const { source, id, ports } = await draftedItem();
  page = { status: 500, body: 'oh' };
  expect(await lookAtItem(ports, source, id)).toEqual({ outcome: 'not-now' });
  expect(await endOf(database.store.db, id)).toMatchObject({ disposition: 'drafted' });
});

test('the sweep asks for looks at two hours, a day and a week, and then no more', async () => {
  const { source, id, ports } = await draftedItem();
  const { db } = database.store;
  const capture = await db.selectFrom('capture').select('fetchedAt').executeTakeFirstOrThrow();
  const read = capture.fetchedAt.getTime();
  const looksAt: number[] = [];
  for (let hour = 0; hour <= 24 * 10; hour += 1) {
    now = new Date(read + hour * HOUR_MS);
    asked.length = 0;
    await sweep({
      clock,
      queue: ports.queue,
      unfinished: unfinished(db),
      looks: lookBook(db),
      links: linkBook(db),
      source: () => source,
    });
    if (!asked.some(([name]) => name === 'look-again')) continue;
    looksAt.push(hour);
    await lookBook(db).recordLook(id, now);
  }
  expect(looksAt).toEqual([2, 24, 168]);
});
