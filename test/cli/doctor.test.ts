import { checkAll } from '../../src/cli/doctor-checks.js';
import { readSettings } from '../../src/settings.js';
import { emptyDatabase, type TestDatabase } from '../database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(async () => await database.close());

async function store() {
  const checks = await checkAll(readSettings({ DATABASE_URL: database.url, DATA_DIR: import.meta.dirname }));
  return checks.find(({ name }) => name === 'store');
}

test('a database that a later newsdesk used is told, with the migration that is not known', async () => {
  expect(await store()).toMatchObject({ level: 'good' });
  await database.store.pool.query("insert into migration (name, sha256) values ('9999-later.sql', 'x')");
  expect(await store()).toMatchObject({ level: 'wrong', words: expect.stringContaining('9999-later.sql') as string });
});
