import type { SourceMemory } from '../../src/model/reading.js';
import type { WordpressSource } from '../../src/model/source.js';
import { pollUrl, readSource } from '../../src/sources/read-source.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';

const SOURCE: WordpressSource = { ...BASE, kind: 'wordpress', url: 'https://www.charity.example/wp-json/wp/v2/posts' };

function post(id: number, more: object = {}) {
  const day = `2026-11-${String(id).padStart(2, '0')}`;
  return {
    id,
    status: 'publish',
    date: `${day}T09:00:00`,
    date_gmt: `${day}T09:00:00`,
    modified: `${day}T10:00:00`,
    modified_gmt: `${day}T10:00:00`,
    link: `https://www.charity.example/news/post-${id}/`,
    guid: { rendered: `https://www.charity.example/?p=${id}` },
    title: { rendered: `Post&#8217;s ${id}` },
    excerpt: { rendered: '<p>In short [&hellip;]</p>' },
    content: { rendered: '<p>At length</p>', protected: false },
    _embedded: {
      author: [{ name: 'Press Office' }],
      'wp:term': [[{ name: 'News' }], [{ name: 'Online safety' }, { name: 'News' }]],
    },
    ...more,
  };
}
const answer = (url: string, posts: unknown, headers: Record<string, string> = {}) =>
  documentAt(url, JSON.stringify(posts), headers);
const newest = (from: number, count: number) => Array.from({ length: count }, (_, at) => post(from - at));

test('reads a post whole: terms, author, content, and UTC where no zone is written', async () => {
  const [first] = await readInOrder(SOURCE, [answer(pollUrl(SOURCE), [post(5, { date_gmt: '2026-07-01T08:00:00' })])]);
  expect(first?.events[0]?.item).toMatchObject({
    key: 'https://charity.example/news/post-5',
    title: 'Post’s 5',
    summary: 'In short […]',
    contentHtml: '<p>At length</p>',
    byline: 'Press Office',
    categories: ['News', 'Online safety'],
    guid: 'https://www.charity.example/?p=5',
    posted: { value: '2026-07-01T08:00:00Z', precision: 'minute' },
  });
});

test('asks for what changed since the fifth newest that is known: the answer proves itself by them', async () => {
  const first = new URL(pollUrl(SOURCE));
  expect(Object.fromEntries(first.searchParams)).toEqual({
    per_page: '20',
    orderby: 'modified',
    order: 'desc',
    _embed: 'author,wp:term',
  });
  const reading = await readSource(SOURCE, answer(first.href, newest(20, 20)), null);
  const next = new URL(pollUrl(SOURCE, reading.memory));
  expect(next.searchParams.get('modified_after')).toBe('2026-11-16T09:59:59Z');
});

test('an answer of the canaries alone is quiet; a new and a changed post are told; the older ones are not gone', async () => {
  let memory: SourceMemory | null = null;
  const seen: string[][] = [];
  const health: string[] = [];
  const answers = [
    newest(20, 20),
    newest(20, 5),
    [post(21), ...newest(20, 5)],
    [post(3, { modified_gmt: '2026-11-22T08:00:00', title: { rendered: 'Mended' } }), post(21), ...newest(20, 4)],
  ];
  for (const posts of answers) {
    const reading = await readSource(SOURCE, answer(pollUrl(SOURCE, memory), posts), memory);
    memory = reading.memory;
    seen.push(told(reading));
    health.push(reading.health);
  }
  expect(seen.slice(1)).toEqual([[], ['item.found: Post’s 21'], ['item.changed: Mended']]);
  expect(health).toEqual(['good', 'quiet', 'good', 'good']);
});

test('an empty answer where the canaries must be is an alarm', async () => {
  const first = await readSource(SOURCE, answer(pollUrl(SOURCE), newest(20, 20)), null);
  const second = await readSource(SOURCE, answer(pollUrl(SOURCE, first.memory), []), first.memory);
  expect(told(second)).toEqual(['source.changed: no-items']);
  expect(second.health).toBe('changed');
});

test('a page of new posts only asks for the next, and both are one look', async () => {
  const first = await readSource(SOURCE, answer(pollUrl(SOURCE), newest(5, 5)), null);
  const url = pollUrl(SOURCE, first.memory);
  const second = await readSource(SOURCE, answer(url, newest(27, 20), { 'x-wp-totalpages': '2' }), first.memory);
  const [nextUrl = ''] = second.next ?? [];
  expect(new URL(nextUrl).searchParams.get('page')).toBe('2');
  const third = await readSource(
    SOURCE,
    answer(nextUrl, [post(7), post(6), ...newest(5, 5)], { 'x-wp-totalpages': '2' }),
    second.memory,
  );
  expect(second.events).toHaveLength(20);
  expect(told(third)).toEqual(['item.found: Post’s 7', 'item.found: Post’s 6']);
  expect(third.next).toBeUndefined();
});

test('protected and unpublished posts give nothing away', async () => {
  const [first] = await readInOrder(SOURCE, [
    answer(pollUrl(SOURCE), [
      post(4, { status: 'draft' }),
      post(5, { content: { rendered: 'secret', protected: true } }),
    ]),
  ]);
  expect(first?.events.map(({ item }) => [item?.title, item?.contentHtml])).toEqual([['Post’s 5', undefined]]);
});

test.each([
  [{ code: 'rest_forbidden', message: 'No' }, 'source.refused'],
  [{ code: 'rest_no_route', message: 'No route' }, 'source.changed'],
  [{ anything: 1 }, 'source.changed'],
])('%j instead of posts is a failure', async (body, code) => {
  await expect(readInOrder(SOURCE, [answer(pollUrl(SOURCE), body)])).rejects.toMatchObject({ code });
});
