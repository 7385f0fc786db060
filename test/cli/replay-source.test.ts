import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { replaySource } from '../../src/cli/replay-source.js';
import { extractArticle } from '../../src/extract/extract-article.js';
import { Failure } from '../../src/model/failure.js';
import type { Source } from '../../src/model/source.js';
import { draftItem } from '../../src/pipeline/draft-item.js';
import { itemMatcher } from '../../src/pipeline/match-item.js';
import { itemRanker } from '../../src/pipeline/rank-item.js';
import type { Replayed } from '../../src/pipeline/replay-item.js';
import { decisionLog } from '../../src/store/decision-log.js';
import { deskEdits } from '../../src/store/desk-edits.js';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { matchBook } from '../../src/store/match-book.js';
import { replayBook } from '../../src/store/replay-book.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { later, NOON, polledItems, sampleCapture, sampleItem, sampleSource, sampleUser } from '../store/samples.js';

const WRONG = sampleSource('quay', { article: { content: '.teaser' } });
const MENDED = sampleSource('quay', {
  article: { content: '.story', published: { selector: '.signed', format: 'd-month-y' } },
});

let database: TestDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

/** Of every page other words, so that none is taken for a copy of another. */
function pageOf(name: string): string {
  const words = (part: string, many: number): string =>
    Array.from({ length: many }, (_, at) => `${part}${name.replaceAll(' ', '')}${at}`).join(' ');
  return `<html><body><main><h1>News of ${name}</h1><time datetime="2026-02-03">3 February 2026</time>
    <div class="teaser"><p>Read more: ${words('teaser', 60)}.</p></div>
    <div class="story"><p>The board set out nine recommendations: ${words('story', 120)}.</p></div>
    <p class="signed">27 January 2026</p></main></body></html>`;
}

/** Found, read by the wrong rule and kept, as the newsdesk does it. */
async function read(name: string): Promise<string> {
  const url = `https://quay.example/news/${name.replaceAll(' ', '-')}`;
  const found = sampleItem(name, { key: url, url });
  const { db } = database.store;
  const [id] = await polledItems(db, WRONG, [found]);
  const doc = { ...sampleCapture(url).doc, bytes: new Uint8Array(Buffer.from(pageOf(name))) };
  const item = (await itemBook(db).findItem(id!))!;
  await itemBook(db).recordCapture(item, {
    ...sampleCapture(url),
    doc,
    article: await extractArticle(doc, WRONG, found),
  });
  return item.id;
}

async function drafted(name: string): Promise<string> {
  const id = await read(name);
  const { db } = database.store;
  const matching = matchBook(db);
  const parts = { items: itemBook(db), drafts: draftBook(db), matching, source: () => WRONG };
  const clock = { now: () => NOON };
  const ports = { ...parts, match: itemMatcher(matching), rank: itemRanker(decisionLog(db), clock) };
  expect(await draftItem(ports, WRONG, id)).toEqual({ outcome: 'created' });
  return id;
}

async function replay(source: Source = MENDED, { write = false, since = later(-60) } = {}) {
  const told: Replayed[] = [];
  const where = { DATABASE_URL: database.url, DATA_DIR: '/nowhere' };
  const counts = await replaySource(where, source, { since, write }, (one) => {
    told.push(one);
    return Promise.resolve();
  });
  return { told: told.filter(({ outcome }) => outcome !== 'unchanged'), counts };
}

const draftRow = async (itemId: string) =>
  await database.store.db.selectFrom('draft').selectAll().where('itemId', '=', itemId).executeTakeFirstOrThrow();
/** All that a replay may change. */
const everything = async () => ({
  drafts: await database.store.db.selectFrom('draft').selectAll().orderBy('id').execute(),
  versions: await database.store.db
    .selectFrom('draftVersion')
    .selectAll()
    .orderBy('draftId')
    .orderBy('version')
    .execute(),
  events: await database.store.db.selectFrom('draftEvent').selectAll().orderBy('id').execute(),
  captures: await database.store.db.selectFrom('capture').selectAll().orderBy('id').execute(),
  items: await database.store.db.selectFrom('item').selectAll().orderBy('id').execute(),
});

test('a dry run shows what the mended rule gives, and writes nothing', async () => {
  await drafted('ropes');
  const before = await everything();
  const { told, counts } = await replay();
  expect(told).toMatchObject([
    {
      outcome: 'would',
      url: 'https://quay.example/news/ropes',
      before: { headline: 'News of ropes', date: '2026-02-03', words: 62 },
      after: { headline: 'News of ropes', date: '2026-01-27', words: 126 },
    },
  ]);
  expect(counts).toEqual({ would: 1, notKept: 0 });
  expect(await everything()).toEqual(before);
});

test('the rule that read it gives the same, which is only counted', async () => {
  await drafted('ropes');
  expect(await replay(WRONG, { write: true })).toEqual({ told: [], counts: { unchanged: 1, notKept: 0 } });
});

test('an untouched draft gets the new words as a version, its capture the article; a second run finds nothing to do', async () => {
  const id = await drafted('ropes');
  const { captures } = await everything();
  expect((await replay(MENDED, { write: true })).counts).toEqual({ redrafted: 1, notKept: 0 });
  const draft = await draftRow(id);
  expect(draft).toMatchObject({ state: 'drafted', version: 2, updatedMark: false, itemRevision: 1 });
  expect(draft.bodyHtml).toContain('nine recommendations');
  expect(draft.bodyHtml).not.toContain('Read more');
  const after = await everything();
  expect(after.versions.map(({ version, byUser, note }) => [version, byUser, note])).toEqual([
    [1, null, null],
    [2, null, expect.stringContaining('read again')],
  ]);
  expect(after.versions[0]?.bodyHtml).toContain('Read more');
  expect(after.events.map(({ did, byUser }) => [did, byUser])).toEqual([
    ['drafted', null],
    ['read-again', null],
  ]);
  const [was, now] = [captures[0]!, after.captures[0]!];
  expect(now).toMatchObject({ sha256: was.sha256, body: was.body, revision: 1, headers: was.headers });
  expect(now.textSha256).not.toBe(was.textSha256);
  expect(now.article).toMatchObject({ published: { value: '2026-01-27' } });
  expect(await replay(MENDED, { write: true })).toEqual({ told: [], counts: { unchanged: 1, notKept: 0 } });
  expect((await draftRow(id)).version).toBe(2);
});

const TOUCHES: Readonly<Record<string, (draftId: string, userId: string) => Promise<unknown>>> = {
  edited: async (id, userId) => {
    const words = { headline: 'Mine', bodyHtml: '<p>Mine.</p>', slug: null };
    await deskEdits(database.store.db).saveDraft(id, 1, words, { userId, note: null });
  },
  'in review': async (id, userId) =>
    await deskEdits(database.store.db).moveDraft(id, 1, 'review', { userId, reason: null }),
  'sent back after review': async (id, userId) => {
    const edits = deskEdits(database.store.db);
    await edits.moveDraft(id, 1, 'review', { userId, reason: null });
    await edits.moveDraft(id, 1, 'send-back', { userId, reason: null });
    await edits.release(id, userId);
  },
  rejected: async (id, userId) =>
    await deskEdits(database.store.db).moveDraft(id, 1, 'reject', { userId, reason: null, rejectReason: 'other' }),
  claimed: async (id, userId) => await deskEdits(database.store.db).claim(id, userId),
  'with a comment': async (id, userId) => await deskEdits(database.store.db).addComment(id, userId, 'Look at this.'),
  'with words typed and not saved': async (draftId, userId) => {
    const typed = { draftId, userId, version: 1, headline: 'Typed', bodyHtml: '<p>Typed.</p>' };
    await database.store.db.insertInto('draftAutosave').values(typed).execute();
  },
  published: async (id) => await sql`update draft set state = 'published' where id = ${id}`.execute(database.store.db),
  'changed by its source': async (id) =>
    await sql`update draft set updated_mark = true where id = ${id}`.execute(database.store.db),
};

test('what a person has touched, or its source has changed, stays as it is, and is told; the others are written', async () => {
  const userId = await sampleUser(database.store.db);
  await drafted('untouched');
  for (const [name, touch] of Object.entries(TOUCHES)) await touch((await draftRow(await drafted(name))).id, userId);
  const before = await everything();
  const { told, counts } = await replay(MENDED, { write: true });
  expect(counts).toEqual({ redrafted: 1, left: Object.keys(TOUCHES).length, notKept: 0 });
  const left = told.filter(({ outcome }) => outcome === 'left');
  expect(left).toEqual(
    left.map(() => expect.objectContaining({ because: expect.stringContaining('for an editor') as string }) as unknown),
  );
  const after = await everything();
  const touched = <T extends object>(rows: readonly T[], others: readonly T[]): T[] =>
    rows.filter((row) => !others.some((other) => JSON.stringify(other) === JSON.stringify(row)));
  expect(touched(before.drafts, after.drafts).map(({ headline }) => headline)).toEqual(['News of untouched']);
  expect(touched(before.captures, after.captures).map(({ finalUrl }) => finalUrl)).toEqual([
    'https://quay.example/news/untouched',
  ]);
  expect([after.versions.length, after.events.length]).toEqual([before.versions.length + 1, before.events.length + 1]);
  expect(after.items).toEqual(before.items);
});

test('what an editor does between reading and writing wins', async () => {
  const id = await drafted('ropes');
  const { db } = database.store;
  const page = (await replayBook(db).keptPage(id))!;
  const userId = await sampleUser(db);
  const words = { headline: 'Mine', bodyHtml: '<p>Mine.</p>', slug: null };
  await deskEdits(db).saveDraft(page.draft!.id, 1, words, { userId, note: null });
  const before = await everything();
  const composed = { headline: 'Other', bodyHtml: '<p>Other.</p>', originalUrl: page.doc.url, cuts: [] };
  const anew = { article: page.article, textSha256: 'other' };
  expect(await draftBook(db).redraft(page.draft!, MENDED, anew, composed)).toBe(false);
  expect(await draftBook(db).redraft({ ...page.draft!, version: 2 }, MENDED, anew, composed)).toBe(false);
  expect(await everything()).toEqual(before);
});

test('two replays at once write once', async () => {
  const id = await drafted('ropes');
  const both = await Promise.all([replay(MENDED, { write: true }), replay(MENDED, { write: true })]);
  expect(both.flatMap(({ told }) => told).filter(({ outcome }) => outcome === 'redrafted')).toHaveLength(1);
  expect((await draftRow(id)).version).toBe(2);
});

test('an item that failed after it was read is drafted the ordinary way, also where its text is the same', async () => {
  const id = await read('ropes');
  await itemBook(database.store.db).recordItemFailure(id, new Failure('internal', 'It broke.'), null);
  expect((await replay(WRONG)).counts).toEqual({ would: 1, notKept: 0 });
  expect((await replay(MENDED, { write: true })).told).toMatchObject([
    { outcome: 'created', before: { headline: null }, after: { headline: 'News of ropes' } },
  ]);
  expect((await draftRow(id)).bodyHtml).toContain('nine recommendations');
  expect((await itemBook(database.store.db).findItem(id))?.disposition).toBe('drafted');
});

test('an item whose later page could not be read is left for another fetch', async () => {
  const id = await read('ropes');
  const { db } = database.store;
  await sql`update item set revision = 2, disposition = 'found'`.execute(db);
  expect((await replay(MENDED, { write: true })).told).toMatchObject([{ outcome: 'left' }]);
  await itemBook(db).recordItemFailure(id, new Failure('source.gone', 'It is gone.'), null);
  expect((await replay(MENDED, { write: true })).told).toMatchObject([
    { outcome: 'left', because: expect.stringContaining('could not be read') as string },
  ]);
  expect((await itemBook(db).findItem(id))?.disposition).toBe('failed');
});

test('a page without text, and a damaged one, are told, and the others go on', async () => {
  await drafted('ropes');
  const empty = await read('empty');
  const damaged = await read('damaged');
  const { db } = database.store;
  const body = gzipSync('<html><body><main></main></body></html>');
  await db.updateTable('capture').set({ body }).where('itemId', '=', empty).execute();
  await db
    .updateTable('capture')
    .set({ body: Buffer.from('no gzip') })
    .where('itemId', '=', damaged)
    .execute();
  const before = (await everything()).items.filter(({ id }) => [empty, damaged].includes(id));
  const { counts } = await replay(MENDED, { write: true });
  expect(counts).toEqual({ redrafted: 1, unreadable: 2, notKept: 0 });
  expect((await everything()).items.filter(({ id }) => [empty, damaged].includes(id))).toEqual(before);
});

test('a rule with a mistake stops at once', async () => {
  await drafted('ropes');
  const before = await everything();
  const broken = replay(sampleSource('quay', { article: { content: 'div[' } }), { write: true });
  await expect(broken).rejects.toMatchObject({ code: 'config.invalid' });
  expect(await everything()).toEqual(before);
});

test('only pages of the asked days whose bytes are kept, and only of that source', async () => {
  await drafted('ropes');
  await drafted('ferries');
  await sql`update capture set body = null where final_url like '%ferries'`.execute(database.store.db);
  expect((await replay()).counts).toEqual({ would: 1, notKept: 1 });
  expect((await replay(MENDED, { since: later(1) })).counts).toEqual({ notKept: 0 });
  expect((await replay(sampleSource('other'))).counts).toEqual({ notKept: 0 });
});

test('an item joined to the story of another is shown, and left there', async () => {
  const id = await drafted('ropes');
  await sql`update item set disposition = 'joined' where id = ${id}`.execute(database.store.db);
  expect((await replay(MENDED, { write: true })).told).toMatchObject([
    { outcome: 'left', because: expect.stringContaining('story of another') as string },
  ]);
});
