import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { deskPosts } from '../store/backup-samples.js';

const ROOT = join(import.meta.dirname, '../..');
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await emptyDatabase();
  await deskPosts(database.store);
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-nightly-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function nightly(url: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['deploy/nightly.sh'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: url, BACKUP_DIR: folder, BACKUP_DAYS: '7' },
  });
  return stdout;
}

async function old(name: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, 'x');
  const then = new Date(Date.now() - 9 * 86_400_000);
  await utimes(path, then, then);
}

test('the nightly script keeps a backup that was read back, and only then throws old ones away', async () => {
  await old('newsdesk-2026-01-01T024000Z.ndjson.gz');
  await old('notes.txt');
  await writeFile(join(folder, 'newsdesk-yesterday.ndjson.gz'), 'x');
  const told = await nightly(database.url);
  expect(told).toMatch(/gone {2}captures/);
  const files = (await readdir(folder)).sort();
  expect(files).toEqual([
    expect.stringMatching(/^newsdesk-2\d{3}-\d\d-\d\dT\d{6}Z\.ndjson\.gz$/),
    'newsdesk-yesterday.ndjson.gz',
    'notes.txt',
  ]);
  const made = await stat(join(folder, files[0]!));
  expect(made.mode & 0o077).toBe(0);
  expect(made.size).toBeGreaterThan(1_000);
}, 120_000);

test('where the backup fails, nothing is thrown away', async () => {
  await old('newsdesk-2026-01-02T024000Z.ndjson.gz');
  await expect(nightly(`${database.url}_that_is_not_there`)).rejects.toMatchObject({ code: 3 });
  expect(await readdir(folder)).toContain('newsdesk-2026-01-02T024000Z.ndjson.gz');
}, 120_000);
