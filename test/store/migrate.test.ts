import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.js';
import { blankDatabase } from '../database.js';

const ROOT = resolve(import.meta.dirname, '../..');
const OURS = join(ROOT, 'src/store/migrations');
let url: string;
let close: () => Promise<void>;
let folder: string;

beforeEach(async () => {
  ({ url, close } = await blankDatabase());
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-migrations-'));
  await cp(OURS, folder, { recursive: true });
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('an empty database gets every migration, in order; a second run finds nothing to do', async () => {
  const names = (await readdir(OURS)).sort();
  expect(await migrate(url)).toEqual(names);
  expect(await migrate(url)).toEqual([]);
  expect(await rowsOf('select name from migration order by name')).toEqual(names.map((name) => ({ name })));
});

test('three processes at once: one migrates, the others find it done', async () => {
  const program = join(ROOT, 'test/store/migrate-process.ts');
  const answers = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', program, url], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(0);
      return JSON.parse(text) as string[];
    }),
  );
  expect(answers.flat()).toEqual((await readdir(OURS)).sort());
  expect(answers.filter((names) => names.length === 0)).toHaveLength(2);
});

test('a migration that fails changes nothing of its own, and can be mended', async () => {
  await writeFile(join(folder, '0900-bad.sql'), 'create table half_done (id integer);\nselect no_such_column;');
  await expect(migrate(url, folder)).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('0900-bad.sql') as string,
  });
  expect(await rowsOf("select to_regclass('half_done') as it")).toEqual([{ it: null }]);
  await writeFile(join(folder, '0900-bad.sql'), 'create table half_done (id integer);');
  expect(await migrate(url, folder)).toEqual(['0900-bad.sql']);
});

test('an edited migration, and a database of a later newsdesk, are refused in clear words', async () => {
  await writeFile(join(folder, '0901-more.sql'), 'create table more (id integer);');
  await migrate(url, folder);
  await expect(migrate(url)).rejects.toMatchObject({
    code: 'store.later',
    message: expect.stringContaining('does not know') as string,
  });
  await writeFile(join(folder, '0901-more.sql'), 'create table more (id bigint);');
  await expect(migrate(url, folder)).rejects.toMatchObject({
    code: 'config.invalid',
    message: expect.stringContaining('edited') as string,
  });
});

test('the types in src/store/database.ts are what the migrations give', async () => {
  const script = join(ROOT, 'scripts/generate-database-types.js');
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
});
