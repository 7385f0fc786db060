import type { ListingSource } from '../../src/model/source.js';
import { listingSighting } from '../../src/sources/listing/listing.js';
import { documentAt } from './documents.js';

const URL_OF_LIST = 'https://www.bramwick.example/news';
const row = (select: ListingSource['select'], date?: ListingSource['date']): ListingSource => ({
  id: 'bramwick',
  name: 'Bramwick',
  class: 'charity',
  kind: 'listing',
  url: URL_OF_LIST,
  evidence: 'verified',
  select,
  ...(date === undefined ? {} : { date }),
});
const days = (source: ListingSource, body: string): string[] =>
  listingSighting(source, documentAt(URL_OF_LIST, `<body>${body}</body>`)).items.map(
    ({ posted, updated }) => `${posted?.value ?? '-'} ${updated?.value ?? '-'}`,
  );

describe('whose day it is', () => {
  test.each([
    {
      where: 'a title that says updated is no label of the day below it',
      item: '.story',
      body: '<div class="story"><h2><a href="/news/a">Guidance for trustees, updated</a></h2><p class="date">3 May 2026</p></div>',
      read: ['2026-05-03 -'],
    },
    {
      where: 'neither is a sentence, nor the link of the column before',
      item: 'tr',
      body: '<table><tr><td><a href="/news/a">Policy reviewed</a></td><td class="date">3 May 2026</td></tr></table>',
      read: ['2026-05-03 -'],
    },
    {
      where: 'a label is',
      item: 'li',
      body: '<ul><li><a href="/news/a">Advice on gifts</a> <b>Last updated:</b> <span class="date">3 May 2026</span></li></ul>',
      read: ['- 2026-05-03'],
    },
    {
      where: 'a term has its descriptions',
      item: 'dt',
      body: '<dl><dt><a href="/news/a">First of them</a></dt><dd class="date">3 May 2026</dd><dd>Words</dd><dt><a href="/news/b">Second of them</a></dt><dd>Words</dd></dl>',
      read: ['2026-05-03 -', '- -'],
    },
    {
      where: 'a heading has the lines below it',
      item: 'h3',
      body: '<h3><a href="/news/a">First of them</a></h3><p class="date">3 May 2026</p><p>Words</p><h3><a href="/news/b">Second of them</a></h3><p class="date">1 May 2026</p>',
      read: ['2026-05-03 -', '2026-05-01 -'],
    },
    {
      where: 'or the day above it',
      item: 'h3 a',
      body: '<p class="date">3 May 2026</p><h3><a href="/news/a">First of them</a></h3><p>Words</p><p class="date">1 May 2026</p><h3><a href="/news/b">Second of them</a></h3><p>Words</p>',
      read: ['2026-05-03 -', '2026-05-01 -'],
    },
    {
      where: 'a day that may be of either heading is of none',
      item: 'h3',
      body: '<p class="date">3 May 2026</p><h3><a href="/news/a">First of them</a></h3><p class="date">1 May 2026</p><h3><a href="/news/b">Second of them</a></h3><p class="date">28 April 2026</p>',
      read: ['- -', '- -'],
    },
  ])('$where', ({ item, body, read }) => {
    expect(days(row({ item }), body)).toEqual(read);
  });

  test('in a line of title and day, the words of the title are no label', () => {
    const source = row({ item: 'li', date: 'li' }, { format: 'month-y' });
    const body =
      '<ul><li><a href="/a.pdf">Guidance, updated</a> (PDF) May 2026</li><li><a href="/b.pdf">Advice on gifts</a> revised May 2026</li></ul>';
    expect(days(source, body)).toEqual(['2026-05 -', '- 2026-05']);
  });

  test('a description finds the day in its term, where the row says so', () => {
    const source = row({ item: 'dd', date: 'dt' }, { format: 'd-month-y' });
    const body =
      '<dl><dt>3 May 2026</dt><dd><a href="/news/a">First of them</a></dd><dd><a href="/news/b">Second of them</a></dd><dt>1 May 2026</dt><dd><a href="/news/c">Third of them</a></dd></dl>';
    expect(days(source, body)).toEqual(['2026-05-03 -', '2026-05-03 -', '2026-05-01 -']);
  });
});
