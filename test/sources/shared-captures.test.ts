import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Reading } from '../../src/model/reading.js';
import type { ListingSource, PageSource } from '../../src/model/source.js';
import { contentItem, type ContentItem } from '../../src/sources/govuk/content-item.js';
import { openJson } from '../../src/sources/json-document.js';
import { describeShared, SHARED } from '../shared-corpus.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';

/** Pages of half a megabyte, 28 and more of them, on a machine that does other things as well. */
const SLOW = 240_000;

const CORPUS = join(SHARED ?? '', 'corpus/sources');

function bytesOf(folder: string, file: string): Uint8Array {
  const bytes = readFileSync(join(CORPUS, folder, file));
  return new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

function expectation<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(CORPUS, folder, file), 'utf8')) as T;
}

interface FinderCapture {
  readonly file: string;
  readonly never_seen_before: readonly (string | { readonly path: string })[];
  readonly returned: readonly unknown[];
  readonly changed: readonly unknown[];
}

describeShared('a listing over 28 captures of one page, three years long', () => {
  const FOLDER = 'govuk/finder-html';
  const URL_OF_FINDER = 'https://www.gov.uk/search/news-and-communications';
  const finder = (select: ListingSource['select']): ListingSource => ({
    ...BASE,
    kind: 'listing',
    url: URL_OF_FINDER,
    select,
  });
  const captures = () => expectation<{ captures: FinderCapture[] }>(FOLDER, 'expected-new-items.json').captures;
  const ENTRIES = { item: 'li.gem-c-document-list__item' };
  const FALL_BACK = { item: ['a.gem-c-document-list__item-title', '.gem-c-document-list__item-title a'] };
  const nameOf = (file: string): string => (file.endsWith('.gz') ? file : `${file}.gz`);
  const kept = new Map<string, Promise<Reading[]>>();
  /** Each way of reading is read once for all tests: a page of half a megabyte takes its time. */
  const readAll = (select: ListingSource['select']): Promise<Reading[]> => {
    const name = JSON.stringify(select);
    const docs = () => captures().map(({ file }) => documentAt(URL_OF_FINDER, bytesOf(FOLDER, nameOf(file))));
    const readings = kept.get(name) ?? readInOrder(finder(select), docs());
    kept.set(name, readings);
    return readings;
  };

  test.each<[string, ListingSource['select']]>([
    ['the list entry', ENTRIES],
    ['any link in a list entry, children too', { item: '.gem-c-document-list__item a', date: 'time' }],
    ['two generations of selectors', FALL_BACK],
  ])(
    '%s: exactly the new items, none twice',
    async (_, select) => {
      const readings = await readAll(select);
      const found = readings.map(({ events }) =>
        events
          .filter(({ event, detail }) => event === 'item.found' && detail['baseline'] !== true)
          .map(({ item }) => new URL(item?.url ?? '').pathname),
      );
      const expected = captures().map(({ never_seen_before }, at) =>
        at === 0 ? [] : never_seen_before.map((one) => (typeof one === 'string' ? one : one.path)),
      );
      expect(found.map((paths) => [...paths].sort())).toEqual(expected.map((paths) => [...paths].sort()));
      expect(new Set(found.flat()).size).toBe(found.flat().length);
      expect(readings.map(({ counts }) => counts.found)).toEqual(captures().map(() => 20));
    },
    SLOW,
  );

  test(
    'what returns is the same item, and a date that moved by one day makes no new revision',
    async () => {
      const readings = await readAll(ENTRIES);
      const count = (name: string) => readings.map(({ events }) => events.filter(({ event }) => event === name).length);
      expect(count('item.returned')).toEqual(captures().map(({ returned }) => returned.length));
      expect(count('item.changed')).toEqual(captures().map(({ changed }) => changed.length));
      const changes = readings.flatMap(({ events }) => events.filter(({ event }) => event === 'item.changed'));
      expect(changes.map(({ detail }) => detail['onlyADay'])).toEqual(changes.map(() => true));
    },
    SLOW,
  );

  test(
    'only the first selector of 2023: an alarm at the very capture where it stops matching, and never nothing new',
    async () => {
      const readings = await readAll({ item: 'a.gem-c-document-list__item-title' });
      const first = captures().findIndex(({ file }) => file.includes('2023-08-06'));
      expect(readings.map(({ health }) => health === 'changed')).toEqual(captures().map((_, at) => at >= first));
      expect(readings.map(({ events }) => events.filter(({ event }) => event === 'source.changed').length)).toEqual(
        captures().map((_, at) => (at >= first ? 1 : 0)),
      );
      expect(readings[first]?.events[0]?.detail).toMatchObject({
        what: 'no-items',
        before: { count: 20 },
        after: { count: 0 },
        continuing: false,
      });
      expect(readings.at(-1)?.events[0]?.detail['continuing']).toBe(true);
    },
    SLOW,
  );

  test(
    'a fall-back selector gives the items and says on the same look that the first is lost',
    async () => {
      const readings = await readAll(FALL_BACK);
      const first = captures().findIndex(({ file }) => file.includes('2023-08-06'));
      expect(readings.findIndex(({ health }) => health === 'changed')).toBe(first);
      expect(told(readings[first]).filter((line) => line.startsWith('item.found'))).toHaveLength(2);
    },
    SLOW,
  );
});

const PAGES: readonly [string, string][] = [
  ['govuk/guidance-in-place', 'https://www.gov.uk/guidance/coronavirus-covid-19-information-for-the-public'],
  ['govuk/html-publication-in-place', 'https://www.gov.uk/government/publications/covid-19-cases/england'],
  ['govscot/in-place', 'https://www.gov.scot/coronavirus-covid-19/'],
  ['ni/health-ni-news', 'https://www.health-ni.gov.uk/news/latest-update'],
  ['wales/phw', 'https://phw.nhs.wales/news/statement/'],
];

describeShared('pages edited in place', () => {
  const source = (url: string): PageSource => ({ ...BASE, kind: 'page', url });
  const filesIn = (folder: string): string[] =>
    readdirSync(join(CORPUS, folder))
      .filter((name) => name.endsWith('.html'))
      .sort();

  test(
    'guidance of GOV.UK: the added change notes of each capture, and nothing else',
    async () => {
      const [[folder, url] = ['', '']] = PAGES;
      const { captures } = expectation<{ captures: { file: string; new_notes: { at: string; note: string }[] }[] }>(
        folder,
        'expected-changes.json',
      );
      const readings = await readInOrder(
        source(url),
        captures.map(({ file }) => documentAt(url, bytesOf(folder, file))),
      );
      const events = readings.map((reading) => reading.events.filter(({ detail }) => detail['baseline'] !== true));
      expect(events.map((all) => all.map(({ event, item }) => `${event} ${item?.title ?? ''}`))).toEqual(
        captures.map(({ new_notes }) => new_notes.map(({ note }) => `item.found ${note}`)),
      );
      expect(events.map((all) => all.map(({ item }) => item?.posted?.value))).toEqual(
        captures.map(({ new_notes }) => new_notes.map(({ at }) => at.replace(/\.\d+/, ''))),
      );
      expect(events.map((all) => all.length)).toEqual([0, 1, 3, 1, 36, 1, 1, 24, 53, 1]);
    },
    SLOW,
  );

  test.each(PAGES)(
    '%s: a capture against itself under noise is no event',
    async (folder, url) => {
      for (const file of filesIn(folder)) {
        const html = Buffer.from(bytesOf(folder, file)).toString('utf8');
        const docs = [html, ...NOISES.map((noise) => noise(html))].map((body) => documentAt(url, body));
        const readings = await readInOrder(source(url), docs);
        expect([file, readings.slice(1).map(told)]).toEqual([file, NOISES.map(() => [])]);
        expect(new Set(readings.slice(1).map(({ health }) => health))).toEqual(new Set(['quiet']));
      }
    },
    SLOW,
  );

  test.each(PAGES.slice(2))(
    '%s: each real change is told, none of it as a document',
    async (folder, url) => {
      const readings = await readInOrder(
        source(url),
        filesIn(folder).map((file) => documentAt(url, bytesOf(folder, file))),
      );
      for (const reading of readings.slice(1)) expect(reading.events.length).toBeGreaterThan(0);
      expect(readings.flatMap(told).filter((line) => line.startsWith('document.'))).toEqual([]);
    },
    SLOW,
  );

  test(
    'gov.scot: figures of the day are a changed section, though date and heading differ',
    async () => {
      const [, , [folder, url] = ['', '']] = PAGES;
      const two = ['scotland-2020-03-30.html', 'scotland-2020-03-31.html'];
      const readings = await readInOrder(
        source(url),
        two.map((file) => documentAt(url, bytesOf(folder, file))),
      );
      expect(told(readings[1])).toEqual(['section.changed: Scottish test numbers: 31 March 2020']);
    },
    SLOW,
  );
});

/** What changes on a page from answer to answer while it says the same. */
const EACH_NOISE: readonly ((html: string) => string)[] = [
  (html) => html.replace(/<script/g, '<script nonce="9d8f7a"').replace(/<link/g, '<link data-v="1727"'),
  (html) => html.replace(/<(p|li|ul|h2|h3|div)(?=[\s>])/g, (tag) => `${tag} data-id="${tag.length * 7919}"`),
  (html) =>
    html.replace(
      /<body[^>]*>/,
      (body) =>
        `${body}<div class="cookie-banner" role="region"><h2>Cookies</h2><p>We use cookies.</p><button>Accept all</button></div>`,
    ),
  (html) => html.replace(/<\/h1>/, '</h1><div id="cookie-notice"><p>This site uses cookies to work.</p></div>'),
  (html) =>
    html
      .replace(/<h2([^>]*)>/g, '<h2$1><span class="badge">New</span> ')
      .replace(/<h3([^>]*)>/g, '<h3$1><em>Updated</em> '),
  (html) => html.replace(/<\/h1>/, '</h1><p>Page views: 48,113</p><p>Last updated: 12 May 2026</p>'),
  (html) =>
    html
      .replace(/\n\s*\n/g, '\n')
      .replace(/<\/p>/g, ' </p>\n\n')
      .replace(/’/g, "'"),
  (html) =>
    html.replace(
      /<ul([^>]*)>((?:\s*<li[^>]*>(?:(?!<\/?[uo]l)[\s\S])*?<\/li>)+)\s*<\/ul>/g,
      (_, attributes: string, items: string) => {
        const all = items.match(/<li[^>]*>[\s\S]*?<\/li>/g) ?? [];
        return `<ul${attributes}>${all.reverse().join('\n')}</ul>`;
      },
    ),
];
const together =
  (...which: readonly number[]) =>
  (html: string): string =>
    which.reduce((sofar, at) => EACH_NOISE[at]?.(sofar) ?? sofar, html);
/** A few at a time, so that the test stays quick. */
const NOISES = [together(0, 3, 4), together(1, 5, 7), together(2, 6)];

describeShared('the Content API', () => {
  const FOLDER = 'govuk/content-api';
  const files = () =>
    readdirSync(join(CORPUS, FOLDER), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const items = () =>
    files().map((file) => {
      const doc = documentAt('https://www.gov.uk/api/content/x', bytesOf(FOLDER, file));
      return contentItem(openJson(doc), doc);
    });

  test(
    '164 pages of 20 schemas are read: withdrawn, gone, notes, attachments, languages',
    () => {
      const all = items();
      const count = (test1: (item: ContentItem) => boolean): number => all.filter(test1).length;
      expect(all).toHaveLength(164);
      expect(count(({ state }) => state === 'withdrawn')).toBe(12);
      expect(count(({ title }) => title === '')).toBe(3);
      expect(
        all
          .filter(({ title }) => title === '')
          .map(({ state }) => state)
          .sort(),
      ).toEqual(['gone', 'gone', 'redirect']);
      expect(count(({ firstPublished }) => firstPublished === null)).toBe(66);
      expect(count(({ locale }) => locale === 'en')).toBe(159);
      expect(all.flatMap(({ notes }) => notes).length).toBeGreaterThanOrEqual(202);
      expect(count(({ pastGovernment }) => pastGovernment !== null)).toBeGreaterThan(5);
      expect(
        count(({ locale, twins }) => locale === 'ar' && twins.some((twin) => twin.locale === 'en')),
      ).toBeGreaterThan(0);
    },
    SLOW,
  );

  test(
    'each page against itself is quiet, and found as a baseline before',
    async () => {
      for (const file of files()) {
        const url = `https://www.gov.uk/api/content/${file}`;
        const doc = documentAt(url, bytesOf(FOLDER, file));
        const readings = await readInOrder({ ...BASE, kind: 'govuk', url }, [doc, doc]);
        expect([file, readings[0]?.events.length, told(readings[1]), readings[1]?.health]).toEqual([
          file,
          1,
          [],
          'quiet',
        ]);
      }
    },
    SLOW,
  );
});
