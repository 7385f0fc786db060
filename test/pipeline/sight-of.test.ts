import { Failure } from '../../src/model/failure.js';
import type { Reading } from '../../src/model/reading.js';
import type { Source } from '../../src/model/source.js';
import { seenIn } from '../../src/model/seen.js';
import { sightOf, sightOfFailure } from '../../src/pipeline/sight-of.js';
import { readSource } from '../../src/sources/read-source.js';
import { BASE, documentAt } from '../sources/documents.js';

const URL_ = 'https://board.example/news';
const AT = new Date('2026-11-25T09:00:00Z');
const listing: Source = { ...BASE, kind: 'listing', url: URL_, select: { item: ['ul.list > li', 'article'] } };
const pageOf = (names: readonly string[]) =>
  documentAt(
    URL_,
    `<title>News</title><ul class="list">${names.map((name) => `<li><a href="/${name}">${name}</a>`).join('')}</ul>`,
  );
const read = (names: readonly string[], memory: Reading['memory'] | null = null) =>
  readSource(listing, pageOf(names), memory);
const seven = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven'];

test('a first look: what was read, its first titles, and what was looked for', async () => {
  const reading = await read(seven);
  expect(sightOf(listing, { doc: pageOf(seven), reading }, null, AT)).toEqual({
    at: '2026-11-25T09:00:00.000Z',
    url: URL_,
    status: 200,
    title: 'News',
    shown: 'News One Two Three Four Five Six Seven',
    page: expect.stringContaining('<ul class="list"><li><a href="/One">One</a></li>') as string,
    items: 7,
    first: seven.slice(0, 5),
    lookedFor: 'ul.list > li, else article',
    words: 'Read: 7 items.',
  });
});

test.each<[string, readonly string[], string]>([
  ['the same', seven, 'The list is as it was: 7 items, 7 of 7 marked items found again.'],
  ['one new', ['New', ...seven], 'Read: 8 items, 1 new, 7 of 7 marked items found again.'],
  ['one gone', seven.slice(0, 6), 'The list is as it was: 6 items, 1 gone, 6 of 7 marked items found again.'],
  ['none left', [], 'Nothing was found where 7 items were at the last good look'],
])('what proves the next look: %s', async (_, names, words) => {
  const before = (await read(seven)).memory;
  const reading = await read(names, before);
  const sight = sightOf(listing, { doc: pageOf(names), reading }, before, AT);
  expect(sight.words).toContain(words);
  expect(sight.items).toBe(names.length);
});

test('a 304 shows nothing, and says so', () => {
  expect(sightOf(listing, { doc: null, reading: null }, null, AT)).toMatchObject({
    url: URL_,
    status: 304,
    title: null,
    shown: null,
    page: null,
    items: null,
    first: [],
    words: 'The host says that nothing has changed (304).',
  });
});

test.each<[string, Source, string | null]>([
  ['a list', listing, 'ul.list > li, else article'],
  ['a page', { ...BASE, kind: 'page', url: URL_, within: 'main' }, 'main'],
  ['a whole page', { ...BASE, kind: 'page', url: URL_ }, null],
  ['JSON', { ...BASE, kind: 'json', url: URL_, items: 'results', map: { title: 'name', url: 'url' } }, 'results'],
  [
    'JSON as a whole',
    { ...BASE, kind: 'json', url: URL_, items: '', map: { title: 'name', url: 'url' } },
    'the whole document',
  ],
  ['a feed', { ...BASE, kind: 'feed', url: URL_ }, null],
])('what was looked for at %s', (_, source, lookedFor) => {
  expect(sightOfFailure(source, new Failure('source.timeout', 'Slow'), AT).lookedFor).toBe(lookedFor);
});

test.each<[string, Failure, object]>([
  [
    'no answer',
    new Failure('source.timeout', 'Slow'),
    { url: URL_, status: null, title: null, shown: null, page: null, words: 'Slow' },
  ],
  [
    'a status',
    new Failure('source.refused', 'It answered 403', { url: `${URL_}/`, status: 403 }).showing(
      seenIn(documentAt(URL_, '<title>Forbidden</title><h1>No')),
    ),
    {
      url: `${URL_}/`,
      status: 403,
      title: 'Forbidden',
      shown: 'Forbidden No',
      page: '<h1>No</h1>',
      words: 'It answered 403',
    },
  ],
  [
    'its evidence',
    new Failure('source.challenge', 'A challenge', { evidence: '"just a moment"' }),
    { words: 'A challenge ("just a moment")' },
  ],
])('a failure: %s', (_, failure, sight) => {
  expect(sightOfFailure(listing, failure, AT)).toMatchObject({ items: null, first: [], ...sight });
});
