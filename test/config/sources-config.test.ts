import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSources } from '../../src/config/load-sources.js';
import { sources } from '../../sources.config.js';
import { describeShared, SHARED } from '../shared-corpus.js';

interface Fact {
  readonly id: string;
  readonly display_name: string;
  readonly class: string;
  readonly listings: readonly Address[];
  readonly feeds: readonly Address[];
  readonly apis: readonly Address[];
}
interface Address {
  readonly url: string;
  readonly level: string;
}

/** What was verified of these is a page of other bodies' documents. */
const NOT_ITS_NEWS = ['college-of-policing'];
const SEEDS = ['ddscp', 'uksic', 'action-for-children', 'gov-im', 'commons-library'];

test('loads at run time as it compiles', async () => {
  expect(await loadSources(join(import.meta.dirname, '../../sources.config.ts'))).toEqual(sources);
});

test('has the five seed sources, polled', () => {
  const polled = sources.filter(({ enabled }) => enabled !== false).map(({ id }) => id);
  expect(polled).toEqual(expect.arrayContaining(SEEDS));
});

test('polls no guess, and says why a row is off', () => {
  const off = sources.filter(({ enabled }) => enabled === false);
  expect(sources.filter(({ evidence, enabled }) => evidence === 'guess' && enabled !== false)).toEqual([]);
  expect(off.filter(({ evidence, notes }) => evidence !== 'guess' && notes === undefined)).toEqual([]);
});

test('asks for nothing that robots.txt of GOV.UK forbids', () => {
  expect(sources.filter(({ url }) => /gov\.uk\/search\/all|\/print$/.test(url))).toEqual([]);
});

describeShared('against the recorded facts', () => {
  const facts = (JSON.parse(readFileSync(join(SHARED ?? '', 'facts/sources.json'), 'utf8')) as { sources: Fact[] })
    .sources;
  /** A pattern of many addresses is not an address; a body of the past has none. */
  const known = facts.filter(({ id }) => id !== 'police-forces' && id !== 'lscb-chairs');

  test.each(known)('$id has a row with its exact name and class', ({ id, display_name, class: kind }) => {
    expect(sources.find((source) => source.id === id)).toMatchObject({ name: display_name, class: kind });
  });

  test('every row of the same body carries the same name', () => {
    for (const { id, display_name } of known) {
      const names = sources.filter((source) => source.id.startsWith(`${id}-`)).map(({ name }) => name);
      if (id !== 'nspcc-repository') expect(names.filter((name) => name !== display_name)).toEqual([]);
    }
  });

  test.each(
    known.filter(({ listings, feeds, apis }) =>
      [...listings, ...feeds, ...apis].some(({ level }) => level === 'verified'),
    ),
  )('$id: an address that is recorded as verified is in use or accounted for', ({ listings, feeds, apis, id }) => {
    const verified = [...listings, ...feeds, ...apis].filter(({ level }) => level === 'verified').map(({ url }) => url);
    const rows = sources.filter((source) => verified.some((url) => url === source.url || url === source.home));
    const byGovuk = sources.some((source) => source.id === id && source.kind === 'govuk');
    expect(byGovuk || rows.length > 0 || NOT_ITS_NEWS.includes(id)).toBe(true);
  });

  test('an address is not called better known than it is', () => {
    const levels = new Map(
      facts.flatMap(({ listings, feeds, apis }) =>
        [...listings, ...feeds, ...apis].map(({ url, level }) => [url, level]),
      ),
    );
    const wrong = sources.filter(({ url, evidence }) => levels.has(url) && levels.get(url) !== evidence);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
