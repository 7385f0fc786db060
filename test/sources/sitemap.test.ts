import { gzipSync } from 'node:zlib';
import type { SourceMemory } from '../../src/model/reading.js';
import type { SitemapSource } from '../../src/model/source.js';
import { readSource } from '../../src/sources/read-source.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';

const URL_OF_MAP = 'https://www.board.example/sitemap.xml';
const SOURCE: SitemapSource = { ...BASE, kind: 'sitemap', url: URL_OF_MAP, under: ['/news/'] };
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

function urlset(entries: readonly (readonly [string, string?])[]): string {
  const urls = entries.map(
    ([path, lastmod]) =>
      `<url><loc>https://www.board.example${path}</loc>${lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`}</url>`,
  );
  return `${HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
}
const index = (...parts: readonly (readonly [string, string?])[]) =>
  urlset(parts)
    .replaceAll('urlset', 'sitemapindex')
    .replaceAll('<url>', '<sitemap>')
    .replaceAll('</url>', '</sitemap>');

test('addresses under the configured path, with lastmod, named by the words of the address', async () => {
  const [first] = await readInOrder(SOURCE, [
    documentAt(
      URL_OF_MAP,
      urlset([['/news/new-guidance_on-care/', '2026-11-20'], ['/about/', '2026-11-20'], ['/news/b?x=1&amp;y=2']]),
    ),
  ]);
  expect(first?.events.map(({ item }) => [item?.url, item?.title, item?.updated?.value ?? null])).toEqual([
    ['https://www.board.example/news/new-guidance_on-care/', 'New guidance on care', '2026-11-20'],
    ['https://www.board.example/news/b?x=1&y=2', 'B', null],
  ]);
});

test('a news sitemap bears title and date of publication; titles of pictures are not those of the page', async () => {
  const xml = `${HEAD}<urlset xmlns:news="n" xmlns:image="i"><url><loc>https://www.board.example/news/a</loc><news:news><news:publication_date>2026-11-20T09:00:00Z</news:publication_date><news:title>A &amp; B</news:title></news:news><image:image><image:loc>https://www.board.example/x.png</image:loc><image:title>Not this</image:title></image:image></url></urlset>`;
  const [first] = await readInOrder(SOURCE, [documentAt(URL_OF_MAP, xml)]);
  expect(first?.events[0]?.item).toMatchObject({
    url: 'https://www.board.example/news/a',
    title: 'A & B',
    posted: { value: '2026-11-20T09:00:00Z' },
  });
});

test('new, changed, gone and returned addresses', async () => {
  const maps = [
    urlset([
      ['/news/a', '2026-11-01'],
      ['/news/b', '2026-11-02'],
    ]),
    urlset([
      ['/news/b', '2026-11-02'],
      ['/news/c', '2026-11-03'],
      ['/news/a', '2026-11-01'],
    ]),
    urlset([
      ['/news/a', '2026-11-05'],
      ['/news/c', '2026-11-03'],
    ]),
    urlset([
      ['/news/a', '2026-11-05'],
      ['/news/c', '2026-11-03'],
      ['/news/b', '2026-11-02'],
    ]),
  ];
  const readings = await readInOrder(
    SOURCE,
    maps.map((xml) => documentAt(URL_OF_MAP, xml)),
  );
  expect(readings.slice(1).map(told)).toEqual([
    ['item.found: C'],
    ['item.changed: A', 'item.gone: B'],
    ['item.returned: B'],
  ]);
});

test('`lastmod` that moves for all at once says nothing', async () => {
  const all = (day: string) => urlset(Array.from({ length: 30 }, (_, at) => [`/news/item-${at}`, day] as const));
  const readings = await readInOrder(
    SOURCE,
    [all('2026-11-01'), all('2026-11-02'), all('2026-11-03')].map((xml) => documentAt(URL_OF_MAP, xml)),
  );
  expect(readings.slice(1).map(told)).toEqual([[], []]);
  expect(readings[2]?.hints.join()).toContain('lastmod');
});

test('gzip, a plain list of addresses, and a byte order mark', async () => {
  const zipped = new Uint8Array(gzipSync(urlset([['/news/a']])));
  const [first] = await readInOrder(SOURCE, [documentAt(`${URL_OF_MAP}.gz`, zipped)]);
  const [second] = await readInOrder(SOURCE, [
    documentAt(URL_OF_MAP, 'https://www.board.example/news/a\r\nhttps://www.board.example/news/b\n'),
  ]);
  const [third] = await readInOrder(SOURCE, [documentAt(URL_OF_MAP, `\ufeff${urlset([['/news/a']])}`)]);
  expect([first, second, third].map((reading) => reading?.events.length)).toEqual([1, 2, 1]);
});

test.each([
  ['', 'source.empty'],
  ['<!doctype html><html></html>', 'source.soft-error'],
  ['<rss/>', 'source.malformed'],
  ['not addresses', 'source.malformed'],
  [`${HEAD}${'<a>'.repeat(200)}`, 'source.too-deep'],
])('%j is a failure: %s', async (body, code) => {
  await expect(readInOrder(SOURCE, [documentAt(URL_OF_MAP, body)])).rejects.toMatchObject({ code });
});

test('a broken gzip file and a bomb are failures', async () => {
  const broken = new Uint8Array(gzipSync('x'.repeat(1000)).subarray(0, 20));
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(60 * 1024 * 1024)));
  await expect(readInOrder(SOURCE, [documentAt(URL_OF_MAP, broken)])).rejects.toMatchObject({
    code: 'source.malformed',
  });
  await expect(readInOrder(SOURCE, [documentAt(URL_OF_MAP, bomb)])).rejects.toMatchObject({ code: 'source.too-large' });
});

describe('an index', () => {
  const PART = 'https://www.board.example/part-';
  /** Looks as the pipeline does: the index, then what it asks for, one after the other. */
  async function look(memory: SourceMemory | null, top: string, parts: Readonly<Record<string, string>>) {
    let reading = await readSource(SOURCE, documentAt(URL_OF_MAP, top), memory);
    const events = [...told(reading)];
    const read: string[] = [];
    for (let url = reading.next?.[0]; url !== undefined; url = reading.next?.[0]) {
      read.push(url.replace(PART, ''));
      reading = await readSource(SOURCE, documentAt(url, parts[url.replace(PART, '')] ?? urlset([])), reading.memory);
      events.push(...told(reading).filter(() => reading.events.some(({ detail }) => detail['baseline'] !== true)));
    }
    return { events, read, memory: JSON.parse(JSON.stringify(reading.memory)) as SourceMemory };
  }

  test('reads what changed, each part against its own past; a part that is named later brings news', async () => {
    const a = urlset([['/news/a1'], ['/news/a2']]);
    const first = await look(null, index(['/part-a', '2026-11-01'], ['/part-b', '2026-11-01']), {
      a,
      b: urlset([['/news/b1']]),
    });
    expect(first).toMatchObject({ events: [], read: ['a', 'b'] });
    const second = await look(first.memory, index(['/part-a', '2026-11-01'], ['/part-b', '2026-11-02']), {
      a,
      b: urlset([['/news/b1'], ['/news/b2']]),
    });
    expect(second).toMatchObject({ events: ['item.found: B2'], read: ['b'] });
    const third = await look(
      second.memory,
      index(['/part-a', '2026-11-01'], ['/part-b', '2026-11-02'], ['/part-c', '2026-11-03']),
      { c: urlset([['/news/c1'], ['/news/a1']]) },
    );
    expect(third).toMatchObject({ events: ['item.found: C1'], read: ['c'] });
  });

  test('reads a few parts in one look, and the others in later looks as the baseline that they are', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const top = index(...names.map((name) => [`/part-${name}`, '2026-11-01'] as const));
    const parts = Object.fromEntries(names.map((name) => [name, urlset([[`/news/${name}1`]])]));
    const first = await look(null, top, parts);
    const second = await look(first.memory, top, parts);
    const third = await look(second.memory, top, parts);
    expect([first.read, second.read, third.read]).toEqual([['a', 'b', 'c', 'd'], ['e', 'f'], []]);
    expect([...first.events, ...second.events, ...third.events]).toEqual([]);
  });

  test('that names nothing any more is an alarm', async () => {
    const first = await look(null, index(['/part-a']), { a: urlset([['/news/a1']]) });
    const second = await look(first.memory, index(), {});
    expect(second.events).toEqual(['source.changed: no-items']);
  });
});
