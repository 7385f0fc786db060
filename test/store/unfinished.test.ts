import { Failure } from '../../src/model/failure.js';
import { itemBook } from '../../src/store/items.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import { unfinished } from '../../src/store/unfinished.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { captureItem, draftOf, later, polledItems, sampleItem, samplePoll, sampleSource } from './samples.js';

let database: TestDatabase;
const source = sampleSource();
const db = () => database.store.db;
const book = () => unfinished(db());

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

describe('due sources', () => {
  test('are those that are enabled, whose time has come, that are not paused and not polled now', async () => {
    const ids = ['due', 'later', 'off', 'paused', 'taken'];
    const sources = ids.map((id) => sampleSource(id, { enabled: id !== 'off' }));
    await syncSources(db(), sources);
    await db()
      .updateTable('source')
      .set({ nextPollAt: later(0) })
      .execute();
    await pollLedger(db()).recordPoll(sources[1]!, samplePoll([], { nextPollAt: later(60) }));
    await db()
      .updateTable('source')
      .set({ pausedUntil: later(30) })
      .where('id', '=', 'paused')
      .execute();
    await pollLedger(db()).takeSource('taken', 'a', new Date(Date.now() + 60_000));
    expect(await book().dueSources(later(10))).toEqual(['due']);
    await pollLedger(db()).releaseSource('taken', 'a');
    expect([...(await book().dueSources(later(60)))].sort()).toEqual(['due', 'later', 'paused', 'taken']);
  });
});

describe('unfinished items', () => {
  test('are to be read or to be drafted; those at their end are not, and those that wait come in their time', async () => {
    const items = ['found', 'read', 'drafted', 'waiting', 'held'].map((name) => sampleItem(name));
    const [found, read, drafted, waiting, held] = (await polledItems(db(), source, items)) as [
      string,
      string,
      string,
      string,
      string,
    ];
    await captureItem(db(), read);
    await captureItem(db(), drafted);
    await draftOf(db(), drafted);
    await itemBook(db()).recordItemFailure(waiting, new Failure('source.timeout', 'Slow'), later(45));
    await itemBook(db()).holdItem(held, 'filtered', 'A rule keeps it out.');
    const ask = async (minutes: number) =>
      (await book().unfinishedItems(later(minutes), 10)).map(({ itemId, next }) => [itemId, next]);
    expect(new Map((await ask(30)) as [string, string][])).toEqual(
      new Map([
        [found, 'read-item'],
        [read, 'draft-item'],
      ]),
    );
    expect(await ask(45)).toHaveLength(3);
  });

  test('come in turns, so that those that fail again and again keep none from theirs', async () => {
    const items = Array.from({ length: 7 }, (_, number) => sampleItem(`n${number}`));
    const ids = await polledItems(db(), source, items);
    const first = await book().unfinishedItems(later(10), 3);
    const second = await book().unfinishedItems(later(11), 3);
    const third = await book().unfinishedItems(later(12), 3);
    const handed = [...first, ...second, ...third].map(({ itemId }) => itemId);
    expect(new Set(handed)).toEqual(new Set(ids));
    expect(handed).toHaveLength(9);
  });

  test('are handed out once by two sweeps at once', async () => {
    await polledItems(
      db(),
      source,
      Array.from({ length: 50 }, (_, number) => sampleItem(`n${number}`)),
    );
    const [one, two] = await Promise.all([
      book().unfinishedItems(later(10), 25),
      book().unfinishedItems(later(10), 25),
    ]);
    expect(new Set([...one, ...two].map(({ itemId }) => itemId)).size).toBe(50);
  });
});
