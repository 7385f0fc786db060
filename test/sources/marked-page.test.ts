import { load } from 'cheerio';
import fc from 'fast-check';
import type { Sight } from '../../src/model/sight.js';
import { pageSketch } from '../../src/model/page-sketch.js';
import { markedPages } from '../../src/sources/marked-page.js';

const sight = (html: string | null, more: Partial<Sight> = {}): Sight => ({
  at: '2026-11-25T09:00:00.000Z',
  url: 'https://board.example/news',
  status: 200,
  title: null,
  items: 2,
  first: [],
  lookedFor: 'ul.list > li, else article.card',
  words: '',
  shown: null,
  page: html === null ? null : pageSketch(html),
  ...more,
});
const list =
  '<ul class="list"><li><a href="/a">A</a><li><a href="/b/?utm_source=x">B</a></ul><a href="/about">About</a>';
const marks = (html: string | null): string[] =>
  load(html ?? '')('[data-newsdesk-mark]')
    .toArray()
    .map((element) => `${element.attribs['data-newsdesk-mark'] ?? ''} ${element.name} ${load(element).text()}`);
const key = (html: string | null): string => load(html ?? '')('.newsdesk-key').text();

test('what was looked for is outlined before, and in the bad page the links that stood there', () => {
  const after =
    '<div class="grid"><div><a href="https://www.board.example/a/">A</a></div></div><a href="/about">About</a>';
  const pages = markedPages({ before: sight(list), after: sight(after) });
  expect(marks(pages.before)).toEqual(['found li A', 'found li B']);
  expect(key(pages.before)).toBe('Outlined: 2 places found by ul.list > li.');
  expect(marks(pages.after)).toEqual(['known a A']);
  expect(key(pages.after)).toBe('Outlined: 0 places found by ul.list > li; 1 of the 2 links that stood there before.');
  expect(load(pages.after ?? '')('#newsdesk-first').text()).toBe('A');
});

test.each([
  [
    'the selector that is tried next',
    { before: sight('<article class="card"><a href="/a">A</a></article>'), after: sight(list) },
    'found article A',
  ],
  ['no selector', { before: sight(list, { lookedFor: null }), after: sight(list, { lookedFor: null }) }, undefined],
  [
    'a selector that is none',
    { before: sight(list, { lookedFor: 'ul[' }), after: sight(list, { lookedFor: 'ul[' }) },
    undefined,
  ],
])('%s', (_, incident, first) => {
  expect(marks(markedPages(incident).before)[0]).toBe(first);
});

test('what was not kept is not shown', () => {
  expect(markedPages({ before: null, after: sight(null) })).toEqual({ before: null, after: null });
  const { page: _, ...older } = sight(null);
  expect(markedPages({ before: older, after: older })).toEqual({ before: null, after: null });
});

test('no link of a page leads anywhere, and no id of it takes the place of ours', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('<a href="/a" id="newsdesk-first">A</a>', '<li id="x">', '<ul class="list">', '</ul>', 'words'),
      ),
      (pieces) => {
        const { after } = markedPages({ before: null, after: sight(pieces.join('')) });
        const $ = load(after ?? '');
        expect($('[href], script').length).toBe(0);
        expect($('[id]').length).toBeLessThanOrEqual(1);
      },
    ),
  );
});
