import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { byHandId, byHandSource } from '../../src/model/by-hand.js';
import type { Source } from '../../src/model/source.js';
import { createFetcher } from '../../src/net/fetcher.js';
import { extractArticle } from '../../src/extract/extract-article.js';
import { draftItem } from '../../src/pipeline/draft-item.js';
import { itemMatcher } from '../../src/pipeline/match-item.js';
import { itemRanker } from '../../src/pipeline/rank-item.js';
import { readItem } from '../../src/pipeline/read-item.js';
import { decisionLog } from '../../src/store/decision-log.js';
import { deskSources } from '../../src/store/desk-sources.js';
import { draftBook } from '../../src/store/draft-book.js';
import { hostPacing } from '../../src/store/hosts.js';
import { itemBook } from '../../src/store/items.js';
import { matchBook } from '../../src/store/match-book.js';
import { syncSources } from '../../src/store/source-rows.js';
import { unfinished } from '../../src/store/unfinished.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const source = (id: string, host: string, name = `Body ${id}`): Source => ({
  id,
  name,
  kind: 'listing',
  class: 'charity',
  url: `https://${host}/news`,
  evidence: 'verified',
  select: { item: 'li' },
});
const WATCHED = [
  source('watched', 'www.watched.example'),
  source('one', 'shared.example'),
  source('two', 'shared.example'),
  { ...source('gov', 'www.gov.example'), kind: 'govuk' } as Source,
];

let desk: Desk;
let visitor: Visitor;
let web: Server;
let origin: string;
beforeAll(async () => {
  web = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/robots.txt') return void response.writeHead(404).end();
    if (path === '/refused') return void response.writeHead(403).end('no');
    if (path === '/picture')
      return void response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from('89504e470d0a1a0a', 'hex'));
    response.writeHead(200, { 'content-type': 'text/html' });
    const text =
      `<p>The board has agreed how it will work with schools in the coming year, and says who does what.</p>`.repeat(5);
    response.end(
      `<html lang="en"><head><title>Plan for schools</title></head><body><main><h1>Plan for schools ${path}</h1>${text}</main></body></html>`,
    );
  });
  await new Promise<void>((done) => void web.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  desk = await openDesk({ sources: WATCHED });
  await syncSources(desk.database.store.db, WATCHED);
  visitor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
});
afterAll(async () => {
  web.close();
  await desk.close();
});

async function query<T>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await desk.database.store.pool.query(text, values)).rows as T[];
}

async function add(fields: Record<string, string>): Promise<string> {
  await visitor.get('/add');
  await visitor.post('/add', fields);
  return /^\/add\/([0-9a-f-]{36})$/.exec(visitor.url)?.[1] ?? '';
}

/** Reads and drafts an item as the workers do, by the fetcher that guards the network of ours. */
async function work(itemId: string, guard: { allowPrivateHosts: readonly string[] }) {
  const { db } = desk.database.store;
  const clock = { now: () => new Date() };
  const fetcher = createFetcher({
    userAgent: 'test',
    pacing: hostPacing(db),
    clock,
    guard,
    gapMs: 0,
    maxBytes: 1_000_000,
    timeoutMs: 5_000,
  });
  const queue = { enqueue: () => Promise.resolve() };
  const [row] = await query<{ source_id: string }>('select source_id from item where id = $1', [itemId]);
  const find = (id: string) => WATCHED.find((one) => one.id === id) ?? byHandSource(id);
  const own = find(row?.source_id ?? '');
  if (own === undefined) throw new Error('no source');
  const items = itemBook(db);
  const matching = matchBook(db);
  try {
    const outcome = await readItem(
      { clock, fetcher, items, queue, extract: (...page) => Promise.resolve(extractArticle(...page)) },
      own,
      itemId,
    );
    if (outcome.outcome === 'read') {
      await draftItem(
        {
          items,
          drafts: draftBook(db),
          matching,
          source: find,
          match: itemMatcher(matching),
          rank: itemRanker(decisionLog(db), clock),
        },
        own,
        itemId,
      );
    }
    return outcome;
  } finally {
    await fetcher.close();
  }
}

test('a page of somebody whom nobody watches: kept, read, drafted under the name that was typed; never polled, never ill', async () => {
  const id = await add({ url: `${origin}/plan?utm_source=mail`, organisation: '  Harbour   Safeguarding Board ' });
  expect(desk.hurried).toContain(id);
  expect(visitor.html).toContain('It is being fetched and read');
  expect(visitor.headers.get('refresh')).toBe('3');
  expect(await work(id, { allowPrivateHosts: [new URL(origin).host] })).toMatchObject({ outcome: 'read' });
  await visitor.get(`/add/${id}`);
  expect(visitor.headers.get('refresh')).toBeNull();
  const [draft] = await query<{ id: string; headline: string; source_name: string }>(
    'select id, headline, source_name from draft where item_id = $1',
    [id],
  );
  expect(draft).toMatchObject({
    headline: expect.stringContaining('Plan for schools') as string,
    source_name: 'Harbour Safeguarding Board',
  });
  expect(visitor.html).toContain(`href="/drafts/${draft?.id ?? ''}"`);
  expect(await query('select did, detail from audit_event where detail is not null')).toEqual([
    { did: 'address-added', detail: `${origin}/plan?utm_source=mail` },
  ]);
  // Its source disturbs nothing that is watched.
  const { db } = desk.database.store;
  const hand = byHandId('Harbour Safeguarding Board');
  expect((await deskSources(db).listSources()).map((one) => one.id).sort()).toEqual(['gov', 'one', 'two', 'watched']);
  expect(await unfinished(db).dueSources(new Date(Date.now() + 1e9))).not.toContain(hand);
  expect(await syncSources(db, WATCHED)).toEqual({ added: [], disabled: [] });
  expect(await query('select enabled, state from source where id = $1', [hand])).toEqual([
    { enabled: false, state: 'good' },
  ]);
});

test('what is known under the address, however it is written, is shown, and nothing new is made', async () => {
  const draft = await seedDraft(desk, { headline: 'Known before', url: 'https://www.watched.example/news/known' });
  await query(
    `insert into item_alias (key, item_id, kind) select 'https://watched.example/news/known', item_id, 'found' from draft where id = $1
     union all select 'http://www.watched.example/news/known', item_id, 'found' from draft where id = $1`,
    [draft],
  );
  const [alias] = await query<{ n: number }>('select count(*)::int as n from item');
  const first = await add({ url: 'https://www.watched.example/news/fresh' });
  expect(await add({ url: 'https://www.watched.example/news/fresh?utm_campaign=x#top' })).toBe(first);
  expect(visitor.html).toContain('It was known already');
  expect(await query('select count(*)::int as n from item')).toEqual([{ n: (alias?.n ?? 0) + 1 }]);
});

test('the source is the one that is watched on that host; where there are several, the editor says which', async () => {
  const own = await add({ url: 'watched.example/news/1' });
  expect(await query('select source_id, url, disposition from item where id = $1', [own])).toEqual([
    { source_id: 'watched', url: 'https://watched.example/news/1', disposition: 'found' },
  ]);
  expect(await add({ url: 'https://shared.example/a' })).toBe('');
  expect(visitor.status).toBe(422);
  expect(visitor.html).toContain('Several sources are watched on that site.');
  expect(visitor.html).toContain('<option value="two">Body two</option>');
  const chosen = await add({ url: 'https://shared.example/a', source: 'two' });
  expect(await query('select source_id from item where id = $1', [chosen])).toEqual([{ source_id: 'two' }]);
  // A source of another site cannot be chosen.
  await add({ url: 'https://shared.example/b', source: 'watched' });
  expect(visitor.status).toBe(422);
  const gov = await add({ url: 'https://www.gov.example/government/news/x' });
  expect(await query('select read_url from item where id = $1', [gov])).toEqual([
    { read_url: 'https://www.gov.example/api/content/government/news/x' },
  ]);
});

test.each([
  ['refused', '/refused', 'source.refused'],
  ['not a page', '/picture', null],
])('a page that cannot be read (%s) is listed with its reason, and can be tried again', async (_, path, code) => {
  const id = await add({ url: `${origin}${path}`, organisation: 'Harbour Safeguarding Board' });
  for (let n = 0; n < 30; n += 1) {
    await query(`update item set try_after = '-infinity' where id = $1`, [id]);
    const outcome = await work(id, { allowPrivateHosts: [new URL(origin).host] });
    if (outcome.outcome !== 'later') break;
    await query(`update item set found_at = found_at - interval '10 days' where id = $1`, [id]);
  }
  const [row] = await query<{ disposition: string; reason_code: string; reason: string }>(
    'select disposition, reason_code, reason from item where id = $1',
    [id],
  );
  expect(row).toMatchObject({ disposition: 'failed', ...(code === null ? {} : { reason_code: code }) });
  expect(row?.reason).not.toBe('');
  await visitor.get(`/add/${id}`);
  expect(visitor.html).toContain('It could not be read.');
  expect(visitor.html).toContain('Try again');
  await visitor.post(`/found/${id}/release`, { back: `/add/${id}` });
  expect(visitor.url).toBe(`/add/${id}`);
  expect(await query('select disposition from item where id = $1', [id])).toEqual([{ disposition: 'found' }]);
});

test('a host of our own network is refused by the guard of the pipeline', async () => {
  const id = await add({ url: 'http://127.0.0.1.nip.example/x', organisation: 'Somebody' });
  await query(`update item set found = jsonb_set(found, '{url}', to_jsonb($2::text)), url = $2 where id = $1`, [
    id,
    `${origin}/inside`,
  ]);
  const outcome = await work(id, { allowPrivateHosts: [] });
  expect(outcome).toMatchObject({ failure: { code: 'source.blocked-address' } });
});

test.each([
  '',
  'not an address',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://user:word@example.org/',
  'ftp://example.org/',
  'http://localhost/',
  `https://example.org/${'a'.repeat(1_990)}`,
])('what is no address of a page (%#) is refused in words, and nothing is kept', async (url) => {
  const before = await query('select count(*) from item');
  await visitor.get('/add');
  await visitor.post('/add', { url, organisation: 'Somebody' });
  expect([url.slice(0, 30), visitor.status]).toEqual([url.slice(0, 30), url.length > 2_000 ? 409 : 422]);
  expect(await query('select count(*) from item')).toEqual(before);
});

test('looking at the form fetches nothing and makes nothing; the bookmark only opens it', async () => {
  const before = await query('select count(*) from item');
  await visitor.get(`/add?url=${encodeURIComponent('https://www.watched.example/"><script>alert(1)</script>')}`);
  expect(visitor.status).toBe(200);
  expect(visitor.html).toContain('value="https://www.watched.example/&quot;>&lt;script>');
  expect(visitor.html).toContain('Body watched');
  expect(visitor.html).toContain('javascript:void open(');
  expect(await query('select count(*) from item')).toEqual(before);
});
