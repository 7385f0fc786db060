import type { ListingSource } from '../../src/model/source.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';

const URL_OF_LIST = 'https://www.board.example/news';
const SOURCE: ListingSource = {
  ...BASE,
  kind: 'listing',
  url: URL_OF_LIST,
  select: { item: 'li.news', title: 'a', date: '.date' },
  date: { format: 'd-month-y' },
};

interface Row {
  readonly id: string;
  readonly title?: string;
  readonly date?: string;
}
const row = ({ id, title = `Item ${id}`, date }: Row): string =>
  `<li class="news"><a href="/news/${id}">${title}</a>${date === undefined ? '' : `<span class="date">${date}</span>`}</li>`;
const list = (rows: readonly Row[], around = ''): string =>
  `<html><body><main>${around}<ul>${rows.map(row).join('')}</ul></main></body></html>`;
/** Ten items, newest first: `n` is the newest. */
const ten = (n: number): Row[] =>
  Array.from({ length: 10 }, (_, at) => ({ id: String(n - at), date: `${n - at} May 2026` }));
const look = (source: ListingSource, ...pages: readonly string[]) =>
  readInOrder(
    source,
    pages.map((html) => documentAt(URL_OF_LIST, html)),
  );

describe('what happened to a list', () => {
  test('baseline, then new ones push old ones out', async () => {
    const readings = await look(SOURCE, list(ten(20)), list(ten(22)));
    expect(readings[0]?.events.every(({ detail }) => detail['baseline'] === true)).toBe(true);
    expect(told(readings[1])).toEqual([
      'item.found: Item 22',
      'item.found: Item 21',
      'item.gone: Item 12',
      'item.gone: Item 11',
    ]);
    expect(
      readings[1]?.events.filter(({ event }) => event === 'item.gone').map(({ detail }) => detail['slid']),
    ).toEqual([true, true]);
    expect(readings[1]?.counts).toEqual({ found: 10, new: 2, changed: 0, gone: 2 });
  });

  test('a late item with an older date is found', async () => {
    const late = [...ten(20).slice(0, 4), { id: 'late', date: '2 January 2026' }, ...ten(20).slice(4)];
    const readings = await look(SOURCE, list(ten(20)), list(late));
    expect(told(readings[1])).toEqual(['item.found: Item late']);
  });

  test('an item that vanishes from the middle was taken off; its return is the same item', async () => {
    const without = ten(20).filter(({ id }) => id !== '17');
    const readings = await look(SOURCE, list(ten(20)), list(without), list(ten(20)));
    expect(readings[1]?.events.map(({ event, item, detail }) => [event, item?.title, detail['slid']])).toEqual([
      ['item.gone', 'Item 17', false],
    ]);
    expect(told(readings[2])).toEqual(['item.returned: Item 17']);
  });

  test('title and date changes are changes; a date that is one day off is one without a new revision; a missing one is none', async () => {
    const edited = (more: Partial<Row>) => ten(20).map((one) => (one.id === '18' ? { ...one, ...more } : one));
    const readings = await look(
      SOURCE,
      list(ten(20)),
      list(edited({ title: 'Mended' })),
      list(edited({ title: 'Mended', date: '17 May 2026' })),
      list(edited({ title: 'Mended', date: '' })),
    );
    expect(readings.slice(1).map(told)).toEqual([['item.changed: Mended'], ['item.changed: Mended'], []]);
    const [, second, third] = readings.map(({ events }) => events[0]);
    expect(third?.detail['onlyADay']).toBe(true);
    expect(third?.item?.revision).toBe(second?.item?.revision);
  });

  test('the order of the list, and noise around it, are no events', async () => {
    const readings = await look(
      SOURCE,
      list(ten(20)),
      list([...ten(20)].reverse()),
      list(ten(20), '<p>Views: 5</p><ul><li class="menu"><a href="/x">x</a></li></ul>'),
    );
    expect(readings.slice(1).map(told)).toEqual([[], []]);
    expect(readings.slice(1).map(({ health }) => health)).toEqual(['quiet', 'quiet']);
  });

  test('one item twice on the page, and under noisy addresses, is one', async () => {
    const twice = list(ten(20)).replace(
      '</ul>',
      `${row({ id: '20?utm_source=x&utm_source=y', title: 'Item 20' })}</ul>`,
    );
    const readings = await look(
      SOURCE,
      twice,
      list(ten(20)).replaceAll('href="/news/', 'href="http://board.example/news/'),
    );
    expect(readings[0]?.counts.found).toBe(10);
    expect(told(readings[1])).toEqual([]);
  });
});

describe('broken, or just quiet', () => {
  const strip = (html: string, what: RegExp) => html.replace(what, '');

  test.each<[string, string, string[]]>([
    ['nothing where items were', '<html><body><main><p>Welcome</p></main></body></html>', ['no-items']],
    [
      'another list under the same selector',
      list([{ id: 'x' }, { id: 'y' }, { id: 'z' }].map(({ id }) => ({ id, date: '3 April 2019' }))),
      ['canaries-gone'],
    ],
    ['the dates are gone', strip(list(ten(20)), /<span class="date">.*?<\/span>/g), ['field-missing']],
    [
      'the titles are gone',
      list(ten(20)).replace(/<a (.*?)>.*?<\/a>/g, '<a $1><img src="x.png"></a>'),
      ['field-missing'],
    ],
    ['most items are gone at once', list(ten(20).slice(0, 3)), ['most-items-gone']],
    ['items without links', list(ten(20)).replace(/href="[^"]*"/g, ''), ['canaries-gone']],
  ])('%s: an alarm on the same look', async (_, broken, what) => {
    const readings = await look(SOURCE, list(ten(20)), broken, broken, list(ten(21)));
    expect(
      readings[1]?.events.filter(({ event }) => event === 'source.changed').map(({ detail }) => detail['what']),
    ).toEqual(what);
    expect(readings[1]?.events.filter(({ event }) => event === 'item.found' || event === 'item.gone')).toEqual([]);
    expect(readings.map(({ health }) => health)).toEqual(['good', 'changed', 'changed', 'good']);
    expect(readings[2]?.events.every(({ detail }) => detail['continuing'] === true)).toBe(true);
    // Nothing was given up or taken in: what is new after the repair is new, and only that.
    expect(told(readings[3]).filter((line) => line.startsWith('item.found'))).toEqual(['item.found: Item 21']);
    expect(told(readings[3]).filter((line) => line.startsWith('item.returned'))).toEqual([]);
  });

  test('the alarm tells before and after', async () => {
    const [, second] = await look(SOURCE, list(ten(20)), '<html><body>x</body></html>');
    expect(second?.events[0]?.detail).toMatchObject({
      what: 'no-items',
      before: { count: 10 },
      after: { count: 0 },
      words: expect.stringContaining('10 items') as string,
    });
  });

  test('a full turn-over of a list that goes on is news, with a word about the gap', async () => {
    const [, second] = await look(SOURCE, list(ten(12)), list(ten(30)));
    expect(second?.counts.new).toBe(10);
    expect(second?.health).toBe('good');
    expect(second?.hints.join()).toContain('some may have come and gone');
  });

  test('an honest zero on the first look is no alarm; without such words it is', async () => {
    const [honest] = await look(SOURCE, '<html><body><p>No news items found.</p></body></html>');
    const [silent] = await look(SOURCE, '<html><body><p>Welcome.</p></body></html>');
    expect([honest?.health, silent?.health]).toEqual(['quiet', 'changed']);
  });

  test('other selectors in the row are a new beginning for the alarms, not for the items', async () => {
    const first = (await look(SOURCE, list(ten(20))))[0];
    const mended: ListingSource = { ...SOURCE, select: { item: '.entry', title: 'a' } };
    const docs = [list(ten(20)), list(ten(21)).replaceAll('class="news"', 'class="entry"')].map((html) =>
      documentAt(URL_OF_LIST, html),
    );
    const readings = [first, ...(await readInOrder(mended, [docs[1] ?? documentAt(URL_OF_LIST, '')]))];
    expect(readings[1]?.health).toBe('good');
  });
});

describe('better sources and further pages', () => {
  test('a page that offers a feed says so', async () => {
    const html = list(ten(20)).replace(
      '<body>',
      '<head><link rel="alternate" type="application/rss+xml" href="/news/feed"></head><body>',
    );
    const [first] = await look(SOURCE, html);
    expect(first?.hints).toEqual(['The page offers a feed: https://www.board.example/news/feed']);
  });

  test('links to hosts that are not configured are told, not taken', async () => {
    const html = list(ten(20)).replace('href="/news/20"', 'href="https://staging.kinsta.example/news/20"');
    const [first] = await look(SOURCE, html);
    expect(first?.counts.found).toBe(9);
    expect(first?.hints.join()).toContain('staging.kinsta.example');
  });

  test('pages are read on while they hold only new items, and belong to one look', async () => {
    const paged: ListingSource = { ...SOURCE, pages: { parameter: 'page', first: 1 } };
    const at = (page: number) => `${URL_OF_LIST}?page=${page}`;
    const rows = (from: number) =>
      list(Array.from({ length: 5 }, (_, index) => ({ id: String(from - index), date: '3 May 2026' })));
    const readings = await readInOrder(paged, [
      documentAt(URL_OF_LIST, rows(10)),
      documentAt(at(2), rows(5)),
      documentAt(URL_OF_LIST, rows(17)),
      documentAt(at(2), rows(12)),
      documentAt(URL_OF_LIST, rows(17)),
    ]);
    expect(readings.map(({ next }) => next ?? [])).toEqual([[at(2)], [at(3)], [at(2)], [], []]);
    expect(readings.map(({ counts }) => counts.new)).toEqual([0, 0, 5, 2, 0]);
  });

  test('news on one page without addresses of their own are told apart by date line and words', async () => {
    const source: ListingSource = {
      ...BASE,
      kind: 'listing',
      url: URL_OF_LIST,
      select: { item: '.entry', date: 'h3' },
      date: { format: 'time-d-month-y' },
    };
    const entry = (at: string, text: string) => `<div class="entry"><h3>${at}</h3><p>${text}</p></div>`;
    const old = entry('09:58AM Wednesday, 15 September 2021', 'A first notice.');
    const readings = await look(
      source,
      `<main>${old}</main>`,
      `<main>${entry('14:39PM Thursday, 16 September 2021', 'A second notice.')}${old}</main>`,
    );
    expect(readings[1]?.events.map(({ event, item }) => [event, item?.posted?.value, item?.readUrl])).toEqual([
      ['item.found', '2021-09-16T14:39+01:00', null],
    ]);
  });
});
