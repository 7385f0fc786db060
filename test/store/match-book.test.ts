import { Failure } from '../../src/model/failure.js';
import { openStore } from '../../src/store/connect.js';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { matchBook } from '../../src/store/match-book.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { draftOf, readItems, sampleItem, sampleSource } from './samples.js';

let database: TestDatabase;
const source = sampleSource();
const db = () => database.store.db;
const book = () => matchBook(db());
const WANTED = { limit: 10, least: 2 };
const found = async (keys: readonly bigint[], except: string) =>
  (await book().candidates(keys, except, WANTED)).map(({ item }) => item.id);

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

async function three(): Promise<[string, string, string]> {
  const ids = await readItems(
    db(),
    source,
    ['a', 'b', 'c'].map((name) => sampleItem(name)),
  );
  return ids as [string, string, string];
}

test('candidates share enough keys, have a story, and come with it; those with most keys first', async () => {
  const [a, b, c] = await three();
  await book().remember(a, [1n, 2n, 3n]);
  await book().remember(b, [1n, 2n, 3n, 4n]);
  expect(await found([1n, 2n, 3n, 4n], c)).toEqual([]);
  await draftOf(db(), a);
  await draftOf(db(), b);
  expect(await found([1n, 2n, 3n, 4n], c)).toEqual([b, a]);
  expect(await found([1n, 2n, 3n, 4n], b)).toEqual([a]);
  expect(await found([4n, 5n], c)).toEqual([]);
  const [first] = await book().candidates([1n, 2n], c, WANTED);
  const { storyId } = await db()
    .selectFrom('draft')
    .select('storyId')
    .where('itemId', '=', first!.item.id)
    .executeTakeFirstOrThrow();
  expect(first).toMatchObject({
    group: storyId,
    item: { sourceId: source.id, sourceName: source.name, text: 'The harbour is safe.' },
  });
});

test('an item is found under its last keys only, also keys as large as they come', async () => {
  const [a, b] = await three();
  await draftOf(db(), a);
  const large = BigInt(Number.MAX_SAFE_INTEGER);
  await book().remember(a, [1n, 2n, large]);
  await book().remember(a, [2n, large, large]);
  expect(await found([1n, 2n], b)).toEqual([]);
  expect(await found([2n, large], b)).toEqual([a]);
});

test('an item that an editor took out of a story is not led back to it by its text', async () => {
  const [a, b] = await three();
  await draftOf(db(), a);
  await book().remember(a, [1n, 2n]);
  await draftBook(db()).joinStory((await itemBook(db()).findItem(b))!, {
    tie: 'copy',
    of: a,
    because: ['The text is the same.'],
  });
  expect(await found([1n, 2n], b)).toEqual([a]);
  await db().updateTable('storyTie').set({ standing: 'detached' }).where('itemId', '=', b).execute();
  expect(await found([1n, 2n], b)).toEqual([]);
});

test('decisions are made one at a time, in all processes, and a failure lets the next one in', async () => {
  const second = await openStore({ url: database.url, max: 4 });
  try {
    const books = [book(), matchBook(second.db), matchBook(second.db)];
    let inside = 0;
    let most = 0;
    const outcomes = await Promise.allSettled(
      Array.from(
        { length: 30 },
        async (_, number) =>
          await books[number % 3]!.oneAtATime(async () => {
            inside += 1;
            most = Math.max(most, inside);
            await second.pool.query('select 1');
            inside -= 1;
            if (number % 10 === 9) throw new Failure('internal', 'Broken');
            return number;
          }),
      ),
    );
    expect(most).toBe(1);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  } finally {
    await second.close();
  }
});
