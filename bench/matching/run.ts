/**
 * How long it takes to decide what a new item is (fingerprint, keys, candidate search in the store, verdict), with 10 thousand,
 * 100 thousand and a million items stored. Peer in the same run: the search by trigram likeness of titles that the database offers.
 *
 *   npx tsx bench/matching/run.ts [sizes…]        prints a table, and draws docs/matching.svg
 */
import { mkdtemp, rm, chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { itemMatcher } from '../../src/pipeline/match-item.js';
import type { StoredItem } from '../../src/pipeline/ports.js';
import type { Article } from '../../src/model/article.js';
import { openStore, type Store } from '../../src/store/connect.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { matchBook } from '../../src/store/match-book.js';
import { migrate } from '../../src/store/migrate.js';
import { drawChart, type Point } from './chart.js';
import { invented, keysOf, SOURCES, type Invented } from './invented.js';

const SIZES = process.argv.slice(2).map(Number);
const ASKED = 400;
const PEER_ASKED = 8;
const BATCH = 2_000;

const dataDir = await mkdtemp(join(tmpdir(), 'newsdesk-bench-'));
await chmod(dataDir, 0o755);
const server = await openEmbedded({
  dataDir,
  settings: { fsync: 'off', synchronous_commit: 'off', shared_buffers: '1GB', maintenance_work_mem: '1GB' },
});
try {
  await migrate(server.url);
  const store = await openStore({ url: server.url, max: 8 });
  await sql`create extension if not exists pg_trgm`.execute(store.db);
  for (const source of SOURCES)
    await sql`insert into source (id, name, kind, url) values (${source.id}, ${source.name}, 'feed', ${source.url}) on conflict do nothing`.execute(
      store.db,
    );
  const points: Point[] = [];
  let stored = 0;
  for (const size of SIZES.length > 0 ? SIZES : [10_000, 100_000, 1_000_000]) {
    await fill(store, stored, size);
    stored = size;
    points.push({ items: size, ...(await measure(store, size)) });
    console.log(points.at(-1));
  }
  await writeFile(join(import.meta.dirname, '../../docs/matching.svg'), drawChart(points));
  await store.close();
} finally {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
}

async function fill({ db }: Store, from: number, to: number): Promise<void> {
  await sql`alter table item_key drop constraint item_key_pkey`.execute(db);
  for (let at = from; at < to; at += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, to - at) }, (_, step) => invented(at + step));
    await insert({ db }, items);
  }
  await sql`alter table item_key add primary key (key, item_id)`.execute(db);
  await sql`vacuum analyze`.execute(db);
}

async function insert({ db }: Pick<Store, 'db'>, items: readonly Invented[]): Promise<void> {
  const ids = items.map(({ id }) => id);
  const stories = items.map(({ storyId }) => storyId);
  const keys = items.map((item) => keysOf(item).map(String));
  await sql`
    insert into item (id, source_id, key, kind, url, title, found, found_at, read_revision, disposition, reason)
    select id, source, 'https://x.example/' || id, 'article', 'https://x.example/' || id, title, '{}', now(), 1, 'drafted', 'bench'
    from unnest(${ids}::uuid[], ${items.map(({ sourceId }) => sourceId)}::text[], ${items.map(({ title }) => title)}::text[]) as t (id, source, title)`.execute(
    db,
  );
  await sql`
    insert into capture (item_id, revision, url, final_url, fetched_at, http_status, headers, sha256, byte_length, article, text_sha256)
    select id, 1, '', '', now(), 200, '{}', '', 0, jsonb_build_object('title', title, 'bodyText', body), ''
    from unnest(${ids}::uuid[], ${items.map(({ title }) => title)}::text[], ${items.map(({ text }) => text)}::text[]) as t (id, title, body)`.execute(
    db,
  );
  await sql`insert into story (id) select unnest(${stories}::uuid[])`.execute(db);
  await sql`
    insert into story_tie (item_id, story_id, tie, standing, because)
    select item, story, 'lead', 'confirmed', 'bench' from unnest(${ids}::uuid[], ${stories}::uuid[]) as t (item, story)`.execute(
    db,
  );
  await sql`
    insert into item_key (key, item_id) select key, item
    from unnest(${keys.flat()}::bigint[], ${keys.flatMap((own, at) => own.map(() => ids[at] ?? ''))}::uuid[]) as t (key, item)`.execute(
    db,
  );
}

/** Half of what is asked is new, half is a stored text under another headline and publisher. */
async function measure({ db }: Store, size: number): Promise<Omit<Point, 'items'>> {
  const match = itemMatcher(matchBook(db));
  const times: number[] = [];
  const trigram: number[] = [];
  let copies = 0;
  for (let at = 0; at < ASKED + 60; at += 1) {
    const copied = at % 2 === 0;
    const given = invented(copied ? (at * 7_919) % size : size + 10_000_000 + at);
    const source = SOURCES[(at * 13) % SOURCES.length]!;
    const began = performance.now();
    const { verdict } = await match(stored({ ...given, id: invented(20_000_000 + at).id }), article(given), source);
    // The first ones learn each source's boilerplate, once a process.
    if (at >= 60) times.push(performance.now() - began);
    if (at >= 60 && copied && verdict.tie === 'copy') copies += 1;
  }
  // Afterwards, so that the peer's scans of the whole table do not empty the caches in between.
  for (let at = 0; at < PEER_ASKED; at += 1) {
    const { title } = invented((at * 7_919) % size);
    const began = performance.now();
    await sql`select id from item where similarity(title, ${title}) >= 0.6 limit 40`.execute(db);
    trigram.push(performance.now() - began);
  }
  return { p50: share(times, 0.5), p95: share(times, 0.95), peerP50: share(trigram, 0.5), found: copies / (ASKED / 2) };
}

function share(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;
}

function stored(item: Invented): StoredItem {
  const url = `https://x.example/${item.id}`;
  const found = { key: url, kind: 'article' as const, url, title: item.title, posted: null, updated: null };
  return {
    id: item.id,
    sourceId: item.sourceId,
    found,
    foundAt: new Date(0),
    changedAt: null,
    revision: 1,
    readRevision: 1,
    disposition: 'read',
  };
}

function article({ title, text }: Invented): Article {
  return {
    url: '',
    canonicalUrl: null,
    title,
    byline: null,
    standfirst: null,
    published: null,
    modified: null,
    language: 'en',
    licence: null,
    bodyHtml: '',
    bodyText: text,
    quotes: [],
    documents: [],
    method: 'bench',
    dropped: [],
  };
}
