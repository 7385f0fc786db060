import fc from 'fast-check';
import { openStore } from '../../src/store/connect.js';
import { storableJson, storableKey, storableText } from '../../src/store/storable.js';
import { emptyDatabase, type TestDatabase } from '../database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(async () => await database.close());

const anyText = fc.string({ unit: 'binary' });
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

test('PostgreSQL takes every text, and gives it back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyText, anyUnits), async (text) => {
      const stored = storableText(text);
      const { rows } = await database.store.pool.query<{ it: string }>('select $1::text as it', [stored]);
      expect(rows[0]!.it).toBe(stored);
      expect(storableText(stored)).toBe(stored);
    }),
    { numRuns: 300 },
  );
});

test('PostgreSQL takes every JSON value, and gives it back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary' }), anyUnits, async (value, name) => {
      const stored = storableJson({ [name]: [value, name] });
      const { rows } = await database.store.pool.query<{ it: unknown }>('select $1::jsonb as it', [stored]);
      expect(JSON.stringify(rows[0]!.it)).toHaveLength(stored.length);
    }),
    { numRuns: 300 },
  );
});

test('good text is left as it is', () => {
  for (const text of ['', 'Ünïcode “quoted” 👩‍👧', 'tab\tline\n']) expect(storableText(text)).toBe(text);
});

test.each([
  { name: 'short keys stay', one: 'https://a.example/x', other: 'https://a.example/y', kept: true },
  {
    name: 'long keys stay apart',
    one: `https://a.example/${'é'.repeat(3_000)}1`,
    other: `https://a.example/${'é'.repeat(3_000)}2`,
    kept: false,
  },
])('$name', ({ one, other, kept }) => {
  expect(storableKey(one)).not.toBe(storableKey(other));
  expect(storableKey(one) === one).toBe(kept);
  expect(Buffer.byteLength(storableKey(one))).toBeLessThan(2_000);
  expect(storableKey(storableKey(one))).toBe(storableKey(one));
});

test('a database that does not answer is a failure with its code, in the time given', async () => {
  await expect(openStore({ url: 'postgresql://nobody@127.0.0.1:1/none', deadlineMs: 200 })).rejects.toMatchObject({
    code: 'store.unreachable',
  });
});

test('counts come as numbers, and one that no number can hold is an error', async () => {
  const { rows } = await database.store.pool.query<{ it: number }>('select 9007199254740991::int8 as it');
  expect(rows[0]!.it).toBe(9_007_199_254_740_991);
  await expect(database.store.pool.query('select 9007199254740992::int8 as it')).rejects.toThrow('no safe integer');
});
