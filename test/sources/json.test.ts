import type { JsonSource } from '../../src/model/source.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';

const SOURCE: JsonSource = {
  ...BASE,
  kind: 'json',
  url: 'https://api.committee.example/publications',
  items: 'data.list',
  map: {
    url: 'https://www.committee.example/p/{id}/{type.slug}',
    title: 'description',
    id: 'id',
    posted: 'startDate',
    summary: 'about',
  },
};
const entry = (id: number, more: object = {}) => ({
  id,
  description: `Report &amp; evidence ${id}`,
  type: { slug: 'a b' },
  startDate: '2026-11-20T09:30:00',
  about: '<p>Of <b>note</b></p>',
  ...more,
});
const answer = (list: unknown) => documentAt(SOURCE.url, JSON.stringify({ data: { list } }));

test('maps paths to fields, fills the slots of the address, and reads text out of HTML', async () => {
  const [first] = await readInOrder(SOURCE, [answer([entry(7)])]);
  expect(first?.events[0]?.item).toEqual({
    key: 'id:7',
    kind: 'article',
    url: 'https://www.committee.example/p/7/a%20b',
    title: 'Report & evidence 7',
    posted: {
      value: '2026-11-20T09:30:00+00:00',
      precision: 'minute',
      evidence: 'json: startDate: 2026-11-20T09:30:00',
    },
    updated: null,
    guid: '7',
    summary: 'Of note',
    revision: 'Report & evidence 7 | 2026-11-20T09:30:00+00:00 | ',
  });
});

test('a day-first date needs its format, and is never guessed', async () => {
  const dated = { ...SOURCE, date: { format: 'd/m/y' as const } };
  const docs = [answer([entry(7, { startDate: '03/05/2026' })])];
  const [told1] = await readInOrder(dated, docs);
  const [told2] = await readInOrder(SOURCE, docs);
  expect(told1?.events[0]?.item?.posted).toMatchObject({ value: '2026-05-03', precision: 'day' });
  expect(told2?.events[0]?.item?.posted).toBeNull();
});

test('new, changed and gone entries', async () => {
  const three = [entry(3), entry(2), entry(1)];
  const readings = await readInOrder(SOURCE, [
    answer(three),
    answer(three),
    answer([entry(4), ...three]),
    answer([entry(4), entry(3, { description: 'Mended' }), entry(2), entry(1)]),
  ]);
  expect(readings.slice(1).map(told)).toEqual([[], ['item.found: Report & evidence 4'], ['item.changed: Mended']]);
  expect(readings.map(({ health }) => health)).toEqual(['good', 'quiet', 'good', 'good']);
});

test.each<[string, string, string[]]>([
  ['the list is elsewhere', JSON.stringify({ data: { items: [] } }), ['selector-lost', 'no-items']],
  ['the list is empty', JSON.stringify({ data: { list: [] } }), ['no-items']],
  [
    'the entries have no address',
    JSON.stringify({ data: { list: [{ x: 1 }, { x: 2 }, { x: 3 }] } }),
    ['selector-lost', 'no-items'],
  ],
])('%s where items were: an alarm', async (_, body, what) => {
  const readings = await readInOrder(SOURCE, [answer([entry(1), entry(2)]), documentAt(SOURCE.url, body)]);
  expect(readings[1]?.events.map(({ detail }) => detail['what'])).toEqual(what);
  expect(readings[1]?.health).toBe('changed');
});

test.each([
  ['', 'source.empty'],
  ['<html>', 'source.soft-error'],
  ['{"a":', 'source.malformed'],
  ['['.repeat(5_000), 'source.too-deep'],
])('%j is a failure: %s', async (body, code) => {
  await expect(readInOrder(SOURCE, [documentAt(SOURCE.url, body)])).rejects.toMatchObject({ code });
});

test('links to other hosts are told, not taken', async () => {
  const direct: JsonSource = { ...SOURCE, map: { url: 'link', title: 'description' } };
  const [first] = await readInOrder(direct, [
    answer([entry(1, { link: 'https://other.example/1' }), entry(2, { link: '/p/2' })]),
  ]);
  expect(first?.events.map(({ item }) => item?.url)).toEqual(['https://api.committee.example/p/2']);
  expect(first?.hints).toEqual(['Links lead to hosts that are not configured: other.example']);
});
