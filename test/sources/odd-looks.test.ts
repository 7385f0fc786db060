import fc from 'fast-check';
import type { FoundItem } from '../../src/model/item.js';
import type { GoodLook, Known } from '../../src/sources/memory.js';
import { datesAhead, oneAddress, otherAddresses, otherTitles } from '../../src/sources/odd-looks.js';

const item = (n: number, more: Partial<FoundItem> = {}): FoundItem => ({
  key: `https://board.example/news/${n}`,
  kind: 'article',
  url: `https://board.example/news/${n}`,
  title: `Statement ${n} on keeping children safe`,
  posted: { value: `2026-11-${String(10 + n)}`, precision: 'day', evidence: 'text' },
  updated: null,
  ...more,
});
const knownAs = (one: FoundItem, place: number): Known => ({
  key: one.key,
  url: one.url,
  title: one.title,
  posted: one.posted?.value ?? null,
  updated: null,
  revision: null,
  place,
  gone: false,
});
const six = [1, 2, 3, 4, 5, 6].map((n) => item(n));
const known = six.map(knownAs);
const good: GoodLook = {
  count: 6,
  titled: 1,
  dated: 1,
  canaries: six.map(({ key }) => key),
  newest: '2026-11-16',
  shapes: [],
};
const titled = (titles: readonly string[]): FoundItem[] => titles.map((title, n) => item(n + 1, { title }));
const ahead = (n: number): FoundItem[] =>
  six.map((one, at) =>
    at < n ? { ...one, posted: { value: '2062-01-01', precision: 'day', evidence: 'text' } } : one,
  );

test.each<[string, unknown[], string | null]>([
  [
    'one address for all',
    oneAddress(
      six.map((one) => ({ ...one, key: 'x' })),
      good,
    ),
    'canaries-gone',
  ],
  ['one item alone', oneAddress(six.slice(0, 1), good), null],
  ['two addresses', oneAddress([...six.slice(0, 1), ...six.slice(0, 2)], good), null],
  [
    'one address, as it always was',
    oneAddress(
      six.map((one) => ({ ...one, key: 'x' })),
      { ...good, canaries: ['x', 'x', 'x'] },
    ),
    null,
  ],
  [
    'other titles on all',
    otherTitles(titled(['Un', 'Dau', 'Tri', 'Pedwar', 'Pump', 'Chwech']), known),
    'titles-changed',
  ],
  [
    'other titles on all but one',
    otherTitles([...titled(['Un', 'Dau', 'Tri', 'Pedwar', 'Pump']), item(6)], known),
    null,
  ],
  [
    'a word in front',
    otherTitles(
      six.map((one) => ({ ...one, title: `New: ${one.title}` })),
      known,
    ),
    null,
  ],
  ['other titles on four', otherTitles(titled(['Un', 'Dau', 'Tri', 'Pedwar']), known), null],
  ['titles that are gone', otherTitles(titled(['', '', '', '', '', '']), known), null],
  [
    'titles that were all one before',
    otherTitles(
      six,
      known.map((one) => ({ ...one, title: 'Read more' })),
    ),
    null,
  ],
  [
    'titles that were signs',
    otherTitles(
      six,
      known.map((one, n) => ({ ...one, title: `« ${n} »` })),
    ),
    null,
  ],
  [
    'known titles at other addresses',
    otherAddresses(
      six.map((one) => ({ ...one, key: `${one.key}/x` })),
      known,
    ),
    'canaries-gone',
  ],
  ['two known titles', otherAddresses(six.slice(0, 2), known), null],
  [
    'known titles among many others',
    otherAddresses([...six, ...Array.from({ length: 7 }, (_, n) => item(n, { title: `Other ${n}` }))], known),
    null,
  ],
  [
    'one title for all',
    otherAddresses(
      six.map((one) => ({ ...one, title: 'Bulletin' })),
      known.map((one) => ({ ...one, title: 'Bulletin' })),
    ),
    null,
  ],
  [
    'what was on the list long ago',
    otherAddresses(
      six,
      known.map((one) => ({ ...one, place: -1 })),
    ),
    null,
  ],
  ['all days ahead', datesAhead(ahead(6), good, '2026-11-27'), 'dates-ahead'],
  ['one day as before', datesAhead(ahead(5), good, '2026-11-27'), 'dates-ahead'],
  ['half of the days ahead', datesAhead(ahead(3), good, '2026-11-27'), null],
  ['days that always lay ahead', datesAhead(ahead(6), { ...good, newest: '2061-01-01' }, '2026-11-27'), null],
  ['no days before', datesAhead(ahead(6), { ...good, dated: 0, newest: null }, '2026-11-27'), null],
])('%s', (_, alarms, what) => {
  expect(alarms).toEqual(what === null ? [] : [expect.objectContaining({ what })]);
});

test('a look that is like the last one is never odd, whatever its titles are', () => {
  const titles = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 20 });
  fc.assert(
    fc.property(titles, (all) => {
      const items = titled(all);
      expect(otherTitles(items, items.map(knownAs))).toEqual([]);
      expect(datesAhead(items, good, '2026-12-31')).toEqual([]);
    }),
  );
});
