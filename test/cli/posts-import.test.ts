import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, type TestDatabase } from '../database.js';

const ROOT = join(import.meta.dirname, '../..');
const LINE = 'Source: Ofcom published on this site Wednesday 27 March 2024 by Jill Powell';
const PAGE = `<html><body><div class="blog"><div class="blog-item"><h2><a href="/news/one">A first item</a></h2>
<p>${LINE}</p><p>Words of it, see <a href="https://ofcom.example/x">here</a>.</p></div></div></body></html>`;
const ANSWER = {
  data: {
    type: 'articles',
    id: '1',
    attributes: {
      title: 'A second item',
      text: `<p>${LINE.replace('this site', 'this website')}</p><p>Its words.</p>`,
    },
  },
};

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'posts-'));
  await mkdir(join(folder, 'saved/2024'), { recursive: true });
  await writeFile(join(folder, 'saved/page.html'), PAGE);
  await writeFile(join(folder, 'saved/2024/answer.json'), JSON.stringify(ANSWER));
  await writeFile(join(folder, 'saved/picture.png'), 'not read');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});

function run(...words: string[]): Promise<{ status: number; lines: Record<string, unknown>[]; err: string }> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: database.url };
  return new Promise((resolve) => {
    const line = ['bin/newsdesk.js', 'posts', 'import', ...words];
    execFile(process.execPath, line, { env, cwd: ROOT }, (error, out, err) => {
      const lines = out
        .split('\n')
        .filter((one) => one !== '')
        .map((one) => JSON.parse(one) as Record<string, unknown>);
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, lines, err });
    });
  });
}

async function kept(): Promise<unknown[]> {
  const { rows } = await database.store.pool.query<Record<string, unknown>>(
    `select headline, source_id, published_on::text as day, editor_name, body_text,
      array(select key from past_post_link l where l.past_post_id = p.id) as links from past_post p order by headline`,
  );
  return rows;
}

test('a folder of saved pages and answers is imported; a dry run keeps nothing, a second run nothing twice', async () => {
  const saved = join(folder, 'saved');
  const dry = await run('--dry-run', saved);
  expect(dry.status).toBe(0);
  expect(dry.lines.map(({ standing, headline }) => [standing, headline])).toEqual([
    ['read', 'A second item'],
    ['read', 'A first item'],
  ]);
  expect(await kept()).toEqual([]);
  const first = await run(saved);
  expect([first.status, first.err]).toEqual([0, '2 new, 0 known already, 1 with slips, 0 that could not be read\n']);
  expect(first.lines[1]?.['slips']).toEqual(['“this site” instead of “this website”.']);
  expect(String(first.lines[1]?.['sourceId'])).toMatch(/^ofcom/);
  const both = { source_id: first.lines[1]?.['sourceId'], day: '2024-03-27', editor_name: 'Jill Powell' };
  const now = [
    { ...both, headline: 'A first item', body_text: 'Words of it, see here.', links: ['https://ofcom.example/x'] },
    { ...both, headline: 'A second item', body_text: 'Its words.', links: [] },
  ];
  expect(await kept()).toEqual(now);
  expect((await run(saved)).err).toBe('0 new, 2 known already, 1 with slips, 0 that could not be read\n');
  expect(await kept()).toEqual(now);
}, 60_000);

test('a file without an item is said, and stops no other', async () => {
  await writeFile(join(folder, 'broken.json'), '{ not JSON');
  const { status, lines, err } = await run(join(folder, 'broken.json'), join(folder, 'saved/page.html'));
  expect(status).toBe(1);
  expect(lines[0]).toMatchObject({ problem: 'There is no item in this file.' });
  expect(err).toBe('1 new, 0 known already, 1 with slips, 1 that could not be read\n');
  const none = await run(join(folder, 'nowhere'));
  expect(none.status).toBe(2);
  expect(none.err).toContain('cannot be read');
}, 60_000);
