import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { importedFrom, importedRules } from '../../src/cli/exchange-sources.js';
import { defineSources, sharedRules } from '../../src/config/define-sources.js';
import { loadSources } from '../../src/config/load-sources.js';
import { readOpml, rulesInOpml, writeOpml } from '../../src/config/opml.js';
import { configText } from '../../src/config/config-text.js';
import { Failure } from '../../src/model/failure.js';
import type { SharedRules, Source } from '../../src/model/source.js';
import { exportRows, type ExportName } from '../../src/store/export-rows.js';
import { sources } from '../../sources.config.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { deskPosts } from '../store/backup-samples.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-export-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

const plain = (rows: readonly unknown[]): unknown => JSON.parse(JSON.stringify(rows));
const sourcesOf = (text: string): unknown => plain(importedFrom(text).map(({ source }) => source));

/** The rows as the text of a configuration, loaded as the newsdesk loads it. */
async function loaded(rows: readonly Source[]): Promise<unknown> {
  const path = join(folder, 'sources.config.ts');
  await writeFile(
    path,
    configText(
      rows.map((source) => ({ source, said: source.enabled === false ? 'switched\r\n off \u2028 // */ \\' : 'on' })),
    ),
  );
  return plain(await loadSources(path));
}

const byClass = (rows: readonly Source[]): Source[] => {
  const classes = [...new Set(rows.map((row) => row.class))].sort();
  return classes.flatMap((name) => rows.filter((row) => row.class === name));
};

test('all our sources survive JSON, OPML and the text of a configuration whole', async () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(sourcesOf(JSON.stringify({ sources }))).toEqual(plain(sources));
  expect(sourcesOf(writeOpml(sources, 'Sources'))).toEqual(plain(byClass(sources)));
  expect(await loaded(sources)).toEqual(plain(sources));
});

/** Rows of every kind, with whatever may stand in their texts. */
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
const awkward = fc.oneof(
  words,
  fc.constantFrom(
    'a "quoted" one',
    "it's",
    '<b>&amp;</b> ]]>',
    'tab\there',
    'line\nbreak',
    '\u2028\u0001\ufffe',
    '${x}`',
    '\\',
    '\ud800',
  ),
);
const select = fc.constantFrom('li.news', 'ul > li:has(a[href*="/news/"])', "a[title='x']");
const row = fc
  .record({
    name: words.map((text) => text.replace(/\s+/g, ' ').trim()),
    notes: awkward,
    path: fc.webPath(),
    exclude: fc.array(awkward, { minLength: 1, maxLength: 3 }),
    item: select,
    enabled: fc.boolean(),
    kind: fc.constantFrom('feed', 'listing', 'page', 'json'),
  })
  .map(({ name, notes, path, exclude, item, enabled, kind }) => ({
    name,
    class: 'charity',
    kind,
    url: `https://x.example${path.replace(/[{}<>"\s]/g, '')}`,
    evidence: 'code',
    enabled,
    notes,
    rules: { exclude },
    ...(kind === 'listing'
      ? { select: { item: [item, 'li'], title: item }, date: { format: 'd/m/y', prefix: notes } }
      : {}),
    ...(kind === 'page' ? { ignore: [item], sections: 'h2' } : {}),
    ...(kind === 'json' ? { items: '', map: { url: 'https://x.example/{id}', title: 'a.b' } } : {}),
  }));
const rows = fc
  .array(row, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((one, at) => ({ ...one, id: `s-${at}`, url: `${one.url}?n=${at}` }) as unknown as Source))
  .filter((all) => {
    try {
      defineSources(structuredClone(all));
      return true;
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  });

test('whatever stands in a row, it comes back', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      expect(sourcesOf(JSON.stringify({ sources: all }))).toEqual(plain(all));
      expect(sourcesOf(writeOpml(all, 'Sources'))).toEqual(plain(all));
      expect(await loaded(all)).toEqual(plain(all));
    }),
    { numRuns: 40 },
  );
});

test('the rules that rows share go out and come back with them, whatever stands in them', async () => {
  const path = join(folder, 'ruled.config.ts');
  const some = sources.slice(0, 3);
  const phrases = fc.array(awkward, { maxLength: 3 });
  const shared = fc.record({
    all: fc.record({ exclude: phrases }),
    class: fc.record({
      charity: fc.record({ include: phrases, always: fc.boolean() }),
      policing: fc.record({ keep: phrases }),
    }),
  });
  await fc.assert(
    fc.asyncProperty(shared, async (rules: SharedRules) => {
      const ruled = defineSources(some, structuredClone(rules));
      const json = JSON.stringify({ rules: sharedRules(ruled), sources: ruled });
      const opml = writeOpml(ruled, 'Sources', sharedRules(ruled));
      for (const text of [json, opml]) expect(plain([importedRules(text)])).toEqual(plain([rules]));
      await writeFile(path, configText(importedFrom(json), importedRules(json)));
      expect(plain([sharedRules(await loadSources(path))])).toEqual(plain([rules]));
    }),
    { numRuns: 20 },
  );
  expect(rulesInOpml(writeOpml(some, 'Sources'))).toBeUndefined();
  expect(importedRules(JSON.stringify({ sources: some }))).toBeUndefined();
  expect(() => importedRules('{"rules":{"all":{"exclude":[3]}},"sources":[]}')).toThrow(/rules\.all\.exclude\[0\]/);
});

test('a list of another program becomes feeds that are switched off and marked as guesses', () => {
  const opml = `<?xml version="1.0"?><opml version="1.1"><body><outline text="News">
    <outline text="Board of &amp; Bramwick" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
    <outline title="Board of &amp; Bramwick" type="rss" XMLURL="https://b.example/feed"/>
    <outline text="" xmlUrl="https://www.c.example/feed"/><outline text="no feed" xmlUrl="nowhere"/></outline></body></opml>`;
  const found = importedFrom(opml);
  expect(found.map(({ source }) => [source.id, source.name, source.enabled, source.evidence])).toEqual([
    ['board-of-bramwick', 'Board of & Bramwick', false, 'guess'],
    ['board-of-bramwick-2', 'Board of & Bramwick', false, 'guess'],
    ['c-example', 'c.example', false, 'guess'],
  ]);
  const text = configText(found);
  expect(text.match(/\/\/ guess/g)).toHaveLength(3);
});

test('other programs see the feeds of our OPML', () => {
  const [first] = sources.filter(({ kind }) => kind === 'feed');
  const opml = writeOpml(sources, 'A & B');
  expect(opml).toContain('<title>A &amp; B</title>');
  expect(readOpml(opml)?.filter(({ feedUrl }) => feedUrl !== '')).toHaveLength(
    sources.filter(({ kind }) => kind === 'feed').length,
  );
  expect(readOpml(opml)).toContainEqual(expect.objectContaining({ feedUrl: first?.url, title: first?.name }));
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'none';
}

test.each([
  ['nothing at all', ''],
  ['a page', '<html><body>Hello</body></html>'],
  ['no list', '{"sources": 3}'],
  ['an empty list', '[]'],
  ['a row with a mistake', '[{"id":"x","kind":"feed"}]'],
  ['no object', '[null]'],
  ['two of one id', JSON.stringify([sources[0], sources[0]])],
])('%s is refused in words', (_, text) => {
  expect(codeOf(() => importedFrom(text))).toBe('config.invalid');
});

describe('rows of the store', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(async () => await database.close());

  async function rowsOf(name: ExportName, since: Date | null = null): Promise<Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = [];
    await exportRows(
      database.store.db,
      { name, since },
      (one) => void all.push(JSON.parse(JSON.stringify(one)) as never),
    );
    return all;
  }

  test('each comes once, oldest first, however many there are, and only those since then', async () => {
    const items = await deskPosts(database.store);
    await database.store.pool.query(
      `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason)
      select 'harbour-trust', 'k' || n, 'article', 'https://x.example/' || n, 'Title ' || n, '{}', timestamptz '2026-02-01' + n / 7 * interval '1 second', 'held', 'A rule.'
      from generate_series(1, 1203) as n`,
    );
    const all = await rowsOf('items');
    expect(all).toHaveLength(1_211);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1_211);
    const times = all.map(({ at }) => String(at));
    expect(times).toEqual([...times].sort());
    expect(all).toContainEqual(
      expect.objectContaining({ id: items.held, disposition: 'held', reasonCode: 'baseline', draftId: null }),
    );
    expect(await rowsOf('items', new Date('2026-02-01T00:00:10Z'))).toHaveLength(1_203 - 69 + 8);
    expect(await rowsOf('drafts')).toHaveLength(5);
    expect(await rowsOf('drafts')).toContainEqual(
      expect.objectContaining({ itemId: items.rejected, state: 'rejected', rejectReason: 'other' }),
    );
    expect(await rowsOf('decisions')).toContainEqual(
      expect.objectContaining({ itemId: items.published, did: 'approve', by: 'Ada Field' }),
    );
    expect(await rowsOf('posts')).toContainEqual(
      expect.objectContaining({ editorName: 'Ada Field', withdrawnAt: null }),
    );
    expect(await rowsOf('posts', new Date('2100-01-01'))).toEqual([]);
  });

  test('a writer that fails ends it, and nothing is left open', async () => {
    let seen = 0;
    await expect(
      exportRows(database.store.db, { name: 'items', since: null }, () => {
        seen += 1;
        if (seen === 600) throw new Failure('internal', 'the reader went away');
      }),
    ).rejects.toThrow('the reader went away');
    expect(seen).toBe(600);
    expect(await rowsOf('posts')).toHaveLength(3);
  });
});
