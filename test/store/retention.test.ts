import fc from 'fast-check';
import { itemBook } from '../../src/store/items.js';
import { retention, type Keep } from '../../src/store/retention.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { deskPosts, type DeskPosts } from './backup-samples.js';
import { captureItem } from './samples.js';

const LATER = new Date('2036-01-01T00:00:00Z');
const KEEP: Keep = { captures: 30, polls: 30, held: 30, rejected: 30 };
let database: TestDatabase;
let items: DeskPosts;

beforeEach(async () => {
  database = await emptyDatabase();
  items = await deskPosts(database.store);
});
afterEach(async () => await database.close());

async function run(dryRun: boolean, { keep = KEEP, now = LATER } = {}): Promise<Record<string, number>> {
  const taken = await retention(database.store.db, keep, now, dryRun);
  return Object.fromEntries(taken.map(({ name, rows }) => [name, rows]));
}

async function ask(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await database.store.pool.query<Record<string, unknown>>(sql, values)).rows;
}

/** What retention may never touch: everything that was published and everything by which a thing is known again. */
async function untouchable(): Promise<unknown> {
  const tables = [
    'post',
    'draft',
    'draft_event',
    'draft_comment',
    'item_alias',
    'item_key',
    'story',
    'story_tie',
    'story_suggestion',
    'delivery',
    'app_user',
    'source',
  ];
  const hashes: unknown[] = [];
  for (const table of tables)
    hashes.push(await ask(`select count(*), md5(string_agg(t::text, '|' order by t::text)) from ${table} t`));
  return [
    hashes,
    await ask(
      'select id, source_id, key, url, title, guid, revision, disposition, reason, reason_code, found_at from item order by id',
    ),
    await ask(
      'select c.* from capture c join draft d on d.item_id = c.item_id join post p on p.draft_id = d.id order by c.id',
    ),
    await ask(
      "select v.* from draft_version v join draft d on d.id = v.draft_id where d.state <> 'rejected' order by 1, 2",
    ),
  ];
}

test('a dry run tells what the real run then does, and changes nothing', async () => {
  await ask(`insert into poll (source_id, started_at, ended_at, outcome)
    select id, now() - n * interval '1 hour', now(), 'nothing-new' from source, generate_series(1, 1300) n`);
  const all = () =>
    ask('select (select count(*) from poll) as polls, (select count(*) from capture where body is not null) as bodies');
  const before = await all();
  const dry = await run(true);
  expect(dry).toEqual({
    captures: 2,
    polls: 1_251,
    held: 1,
    versions: 2,
    unsaved: 1,
    sessions: 1,
    links: 1,
    messages: 0,
    addresses: 0,
  });
  expect(await all()).toEqual(before);
  expect(await run(false)).toEqual(dry);
  expect(Object.values(await run(false)).every((rows) => rows === 0)).toBe(true);
  expect(await ask('select count(*)::int as n from poll')).toEqual([{ n: 50 }]);
});

test('the bytes go; text, hash and headers stay', async () => {
  const of = () =>
    ask('select id, article, text_sha256, sha256, headers, byte_length from capture where item_id = $1', [
      items.rejected,
    ]);
  const before = await of();
  await run(false);
  expect(await of()).toEqual(before);
  expect(await ask('select body from capture where item_id = $1', [items.rejected])).toEqual([{ body: null }]);
});

test('what an editor called wrong stays until it is mended', async () => {
  const held = await run(false);
  expect(held['held']).toBe(1);
  const kept = () => ask('select body is not null as kept from capture where item_id = $1', [items.failed]);
  expect(await kept()).toEqual([{ kept: true }]);
  await ask('update extraction_report set settled_at = now()');
  expect((await run(false))['held']).toBe(1);
  expect(await kept()).toEqual([]);
});

test('a held item loses its text, is known as before, and is read anew when it is released', async () => {
  await run(false);
  const [row] = await ask('select found, summary, read_revision, revision from item where id = $1', [items.held]);
  expect(row).toMatchObject({ summary: null, read_revision: 0 });
  expect(Object.keys(row!['found'] as object)).not.toEqual(expect.arrayContaining(['contentHtml']));
  await ask("update item set disposition = 'found', reason = null where id = $1", [items.held]);
  await captureItem(database.store.db, items.held);
  expect((await itemBook(database.store.db).findItem(items.held))?.disposition).toBe('read');
  expect(await ask('select body is not null as kept from capture where item_id = $1', [items.held])).toEqual([
    { kept: true },
  ]);
});

test('an item whose only copy is in the source’s document keeps it', async () => {
  await ask(`update item set found = found || '{"readUrl": null}' where id = $1`, [items.held]);
  expect((await run(false))['held']).toBe(0);
  expect(await ask("select found ->> 'contentHtml' as html from item where id = $1", [items.held])).toEqual([
    { html: '<p>held</p>' },
  ]);
});

test('messages go after 30 days, addresses of the audit trail after 90; what waits and what was done stay', async () => {
  const at = LATER.toISOString();
  await ask(
    `insert into message (once_key, kind, channel, recipient, subject, body, state, try_after, created_at, ended_at)
     select s || d, 'told', 'mail', 'a@b.example', 's', 'b', s, $1, $1, case when s = 'done' then $1::timestamptz - d * interval '1 day' end
     from unnest(array['done', 'waiting']) s, unnest(array[29, 31]) d`,
    [at],
  );
  await ask(
    "insert into audit_event (at, did, address) select $1::timestamptz - d * interval '1 day', 'signed-in', '192.0.2.1' from unnest(array[89, 91]) d",
    [at],
  );
  expect(await run(true)).toMatchObject({ messages: 1, addresses: 1 });
  expect(await run(false)).toMatchObject({ messages: 1, addresses: 1 });
  expect(await ask("select once_key from message where once_key <> 'k' order by once_key")).toEqual([
    { once_key: 'done29' },
    { once_key: 'waiting29' },
    { once_key: 'waiting31' },
  ]);
  expect(await ask("select address from audit_event where at > '2030-01-01' order by at")).toEqual([
    { address: null },
    { address: '192.0.2.1' },
  ]);
});

test('nothing goes before its time, and 0 keeps for ever', async () => {
  const young = { keep: KEEP, now: new Date() };
  expect(
    await run(false, { keep: { captures: 36_500, polls: 30, held: 30, rejected: 30 }, now: young.now }),
  ).toMatchObject({ captures: 0, held: 0, versions: 0, unsaved: 0 });
  const none = { captures: 0, polls: 0, held: 0, rejected: 0 };
  expect(await run(false, { keep: none, now: LATER })).toMatchObject({
    captures: 0,
    polls: 0,
    held: 0,
    versions: 0,
    unsaved: 0,
  });
});

test('whatever is kept how long: nothing published is lost, and everything is known again', async () => {
  const before = await untouchable();
  const days = fc.integer({ min: 0, max: 4_000 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({ captures: days, polls: days, held: days, rejected: days }),
      days,
      async (keep, after) => {
        await run(false, { keep, now: new Date(Date.now() + after * 86_400_000) });
        expect(await untouchable()).toEqual(before);
      },
    ),
    { numRuns: 15 },
  );
});
