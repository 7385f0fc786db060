import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFeeds } from '../../../src/cli/feed.js';
import { threadedFeed } from '../../../src/threads/threaded-feed.js';
import { item, rss } from './small-feeds.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feeds-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function answered(
  files: Readonly<Record<string, string | Uint8Array>>,
  names: readonly string[],
): Promise<{ status: number; lines: unknown[] }> {
  for (const [name, body] of Object.entries(files)) await writeFile(join(folder, name), body);
  const lines: unknown[] = [];
  const status = await readFeeds(
    names.map((name) => join(folder, name)),
    (line) => void lines.push(JSON.parse(line)),
  );
  return { status, lines };
}

test('a line for each file, in order, with address and headers from beside it', async () => {
  const files = {
    'a.xml': rss('<item><title>Café</title><link>x</link><pubDate>2026-03-02</pubDate></item>'),
    'a.xml.url': 'https://x.org/news/\n',
    'a.xml.headers': '{"Content-Type": "text/xml; charset=utf-8", "content-location": "/other/"}',
    'b.xml': '',
    'c.xml': new Uint8Array(11 * 1024 * 1024).fill(32),
    'd.xml': rss(item('')),
  };
  const { status, lines } = await answered(files, ['a.xml', 'b.xml', 'c.xml', 'missing.xml', 'd.xml']);
  expect(lines).toMatchObject([
    {
      file: join(folder, 'a.xml'),
      ok: true,
      format: 'rss',
      entries: [{ title: 'Café', link: 'https://x.org/other/x', published: '2026-03-02T00:00:00Z', updated: null }],
    },
    { ok: false, error: { code: 'empty' } },
    { ok: false, error: { code: 'too_large' } },
    { ok: false, error: { code: 'internal' } },
    { ok: true, entries: [{ link: 'https://www.example.org/1' }] },
  ]);
  expect(status).toBe(1);
}, 60_000);

test('all read: status 0', async () => {
  expect(await answered({ 'e.xml': rss(item('')) }, ['e.xml'])).toMatchObject({ status: 0, lines: [{ ok: true }] });
}, 60_000);

test('a feed over its time or memory fails by itself, and the next is read', async () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const url = 'https://x.org/';
  const heavy = { bytes: bytes(rss('<item><title>n</title><link>/1</link></item>'.repeat(45_000))), headers: {}, url };
  const light = { bytes: bytes(rss(item(''))), headers: {}, url };
  const hasty = threadedFeed({ timeoutMs: 1 });
  await expect(hasty(heavy)).rejects.toMatchObject({ code: 'source.timeout' });
  await hasty.close();
  const small = threadedFeed({ memoryMb: 24, timeoutMs: 30_000 });
  await expect(small(heavy)).rejects.toMatchObject({ code: 'source.malformed', details: { memory: true } });
  expect((await small(light)).entries).toHaveLength(1);
  await small.close();
}, 120_000);
