import { Failure } from '../../src/model/failure.js';
import { deskEvidence } from '../../src/store/desk-evidence.js';
import { itemBook } from '../../src/store/items.js';
import { pollLedger } from '../../src/store/polls.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import {
  captureItem,
  draftOf,
  endOf,
  later,
  NOON,
  polledItems,
  sampleCapture,
  sampleItem,
  samplePoll,
  sampleSource,
} from './samples.js';

let database: TestDatabase;
const source = sampleSource();
const db = () => database.store.db;
const book = () => itemBook(db());
const unreadable = new Failure('item.unreadable', 'No text could be taken from it');
const change = async (name: string) =>
  await pollLedger(db()).recordPoll(source, samplePoll([], { endedAt: later(90), changed: [sampleItem(name)] }));

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

test('an item is found as the reader gave it', async () => {
  const found = sampleItem('a', {
    readUrl: null,
    contentHtml: '<p>Whole</p>',
    posted: { value: '2026-03-01', precision: 'day', evidence: 'rss:pubDate' },
    under: ['Reviews', '2026'],
  });
  const [id] = await polledItems(db(), source, [found]);
  expect(await book().findItem(id!)).toEqual({
    id,
    sourceId: source.id,
    found,
    foundAt: later(1),
    changedAt: null,
    revision: 1,
    readRevision: 0,
    disposition: 'found',
  });
  expect(await book().findItem('00000000-0000-0000-0000-000000000000')).toBeUndefined();
});

test('a capture keeps the bytes, the headers without secrets, the article and the addresses', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  const item = (await book().findItem(id!))!;
  const capture = sampleCapture(item.found.url, [{ key: 'harbour.example/canonical', kind: 'canonical' }]);
  const headers = { 'content-type': 'text/html', etag: '"x"', 'set-cookie': 'session=secret' };
  await book().recordCapture(item, { ...capture, doc: { ...capture.doc, headers } });
  const row = await db().selectFrom('capture').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    itemId: id,
    revision: 1,
    httpStatus: 200,
    headers: { 'content-type': 'text/html', etag: '"x"' },
    sha256: capture.sha256,
    byteLength: capture.doc.bytes.length,
    fetchedAt: NOON,
    article: capture.article,
  });
  expect((await deskEvidence(db()).findCapture(row.id))?.bytes).toEqual(Buffer.from(capture.doc.bytes));
  expect(await book().findItem(id!)).toMatchObject({ disposition: 'read', readRevision: 1 });
  const aliases = await db().selectFrom('itemAlias').select(['key', 'kind']).orderBy('kind').execute();
  expect(aliases).toEqual([
    { key: 'harbour.example/canonical', kind: 'canonical' },
    { key: item.found.url, kind: 'found' },
  ]);
});

test('the bytes that retention took are null, and no capture is undefined', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  await captureItem(db(), id!);
  const [row] = await db().updateTable('capture').set({ body: null }).returning('id').execute();
  expect((await deskEvidence(db()).findCapture(row!.id))?.bytes).toBeNull();
  expect(await deskEvidence(db()).findCapture('00000000-0000-0000-0000-000000000000')).toBeUndefined();
});

test('a capture twice is once, also by two workers at once', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  const item = (await book().findItem(id!))!;
  const capture = sampleCapture(item.found.url);
  await Promise.all([1, 2, 3].map(async () => await book().recordCapture(item, capture)));
  expect(await db().selectFrom('capture').select('id').execute()).toHaveLength(1);
});

test('a late capture does not bring a drafted item back', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  const item = (await book().findItem(id!))!;
  await captureItem(db(), id!);
  await draftOf(db(), id!);
  await book().recordCapture(item, sampleCapture(item.found.url));
  expect((await endOf(db(), id!)).disposition).toBe('drafted');
});

test('an item that changed while it was read keeps the capture and is read once more', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  const item = (await book().findItem(id!))!;
  await change('a');
  await book().recordCapture(item, sampleCapture(item.found.url));
  expect(await book().findItem(id!)).toMatchObject({ disposition: 'found', revision: 2, readRevision: 1 });
  await captureItem(db(), id!);
  expect(await book().findItem(id!)).toMatchObject({ disposition: 'read', revision: 2, readRevision: 2 });
});

test('what cannot be read now waits, with the reason, and is forgotten once it was read', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  await book().recordItemFailure(id!, new Failure('source.timeout', 'Slow \u0000'), later(15));
  await book().recordItemFailure(id!, new Failure('source.timeout', 'Slow again'), later(45));
  const row = await db().selectFrom('item').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    disposition: 'found',
    attempts: 2,
    tryAfter: later(45),
    reasonCode: 'source.timeout',
    reason: 'Slow again',
  });
  await captureItem(db(), id!);
  const read = await db().selectFrom('item').selectAll().executeTakeFirstOrThrow();
  expect(read).toMatchObject({ disposition: 'read', attempts: 0, reasonCode: null, reason: null });
});

test('what cannot be read at all fails with its reason', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  await book().recordItemFailure(id!, unreadable, null);
  expect(await endOf(db(), id!)).toEqual({
    disposition: 'failed',
    reasonCode: 'item.unreadable',
    reason: unreadable.message,
  });
});

test('a failed item whose source changes it is read again', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  await book().recordItemFailure(id!, unreadable, null);
  await change('a');
  const row = await db().selectFrom('item').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ disposition: 'found', attempts: 0, reasonCode: null, reason: null });
});

test('an update that cannot be read leaves the item with its draft, and says so', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  await captureItem(db(), id!);
  await draftOf(db(), id!);
  await change('a');
  await book().recordItemFailure(id!, unreadable, null);
  expect(await endOf(db(), id!)).toEqual({
    disposition: 'drafted',
    reasonCode: 'item.unreadable',
    reason: 'Its update could not be read: No text could be taken from it',
  });
});

test('holding gives the reason, and touches nothing that has come to its end', async () => {
  const [a, b] = await polledItems(db(), source, [sampleItem('a'), sampleItem('b')]);
  await book().holdItem(a!, 'seen-before', 'Same address as another.');
  expect(await endOf(db(), a!)).toEqual({
    disposition: 'held',
    reasonCode: 'seen-before',
    reason: 'Same address as another.',
  });
  await captureItem(db(), b!);
  await draftOf(db(), b!);
  await book().holdItem(b!, 'too-old', 'Its date is long past.');
  await book().recordItemFailure(b!, unreadable, null);
  expect((await endOf(db(), b!)).disposition).toBe('drafted');
});
