import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withRow } from '../../src/config/config-places.js';
import { sharedRules } from '../../src/config/define-sources.js';
import { loadSources } from '../../src/config/load-sources.js';
import { rowText } from '../../src/config/row-text.js';
import { writeRow } from '../../src/cli/write-row.js';
import type { Source } from '../../src/model/source.js';
import { serveSite, SITES, type ServedSite } from '../sources/propose/sites.js';

const ROOT = join(import.meta.dirname, '../..');
const CONFIG = `import { defineSources } from './src/config/define-sources.js';

// What we watch.
export const sources = defineSources([
  {
    id: 'one', // the first
    name: 'One',
    class: 'charity',
    kind: 'feed',
    url: 'https://one.example/feed/',
    evidence: 'code',
  },
  // The end.
]);
`;
const ROW: Source = {
  id: 'two',
  name: `The Children's "Two"`,
  class: 'charity',
  kind: 'listing',
  url: 'https://two.example/news/',
  evidence: 'verified',
  select: { item: '[class*="card" i]', date: ['.date', 'time'] },
  date: { format: 'd-month-y' },
};

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'add-'));
  file = join(folder, 'sources.config.ts');
  await writeFile(file, CONFIG);
});
afterEach(() => rm(folder, { recursive: true }));

describe('a row in the configuration', () => {
  test('is loaded as it was written; comments and layout of the others stay', async () => {
    const line = await writeRow(file, ROW, 'seen today');
    const text = await readFile(file, 'utf8');
    expect(text.startsWith(CONFIG.slice(0, CONFIG.indexOf(']);')))).toBe(true);
    expect(text.split('\n')[line - 1]).toBe('  {');
    expect((await loadSources(file))[1]).toEqual(ROW);
    expect(text).toContain('    // seen today\n    url:');
    expect(await readdir(folder)).toEqual(['sources.config.ts']);
  });

  test('with rules after the list, it stands as deep as the others', async () => {
    const rows = CONFIG.slice(CONFIG.indexOf('{\n'), CONFIG.indexOf(']);')).replaceAll(/^(?=.)/gm, '  ');
    const head = CONFIG.slice(0, CONFIG.indexOf('[\n'));
    await writeFile(
      file,
      `${head}\n  [\n  ${rows.trimStart().replace(/^/, '  ')}  ],\n  { all: { exclude: ['job'] } },\n);\n`,
    );
    await writeRow(file, ROW, 'seen');
    const text = await readFile(file, 'utf8');
    expect(text).toContain("\n    {\n      id: 'two',\n");
    expect(text).toContain("\n    },\n  ],\n  { all: { exclude: ['job'] } },\n);\n");
    expect(sharedRules(await loadSources(file))).toEqual({ all: { exclude: ['job'] } });
  });

  test('keeps the rights of the file', async () => {
    await chmod(file, 0o640);
    await writeRow(file, ROW, 'seen');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  test.each([
    { name: 'an empty list', text: 'export const sources = [];\n', ids: ['two'] },
    {
      name: 'a list in one line',
      text: `export const sources = [{ id: 'x', name: 'X', class: 'charity', kind: 'feed', url: 'https://x.example/', evidence: 'code' }];`,
      ids: ['x', 'two'],
    },
    {
      name: 'a comment after the last entry',
      text: CONFIG.replace('},\n  // The end.', '} // ], the end\n'),
      ids: ['one', 'two'],
    },
    {
      name: 'parts that are spread',
      text: `const part: any[] = [];\nexport const sources = [...part] satisfies unknown[];\n`,
      ids: ['two'],
    },
  ])('goes into $name', async ({ text, ids }) => {
    await writeFile(file, text);
    await writeRow(file, ROW, 'seen');
    expect((await loadSources(file)).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    { name: 'makes a mistake', row: { ...ROW, everyMinutes: 1 }, says: /everyMinutes/ },
    { name: 'has the id of another', row: { ...ROW, id: 'one' }, says: /has this one/ },
  ])('that $name is refused, and nothing is changed', async ({ row, says }) => {
    await expect(writeRow(file, row, 'seen')).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringMatching(says) as string,
    });
    expect(await readFile(file, 'utf8')).toBe(CONFIG);
    expect(await readdir(folder)).toEqual(['sources.config.ts']);
  });

  test('a file without a list is left alone', () => {
    expect(() => withRow('export const rows = 1;', '{}')).toThrow(/no list called sources/);
  });

  test('its text is one that a person would write', () => {
    expect(rowText(ROW, 'seen')).toBe(
      [
        '{',
        "  id: 'two',",
        `  name: 'The Children\\'s "Two"',`,
        "  class: 'charity',",
        "  kind: 'listing',",
        '  // seen',
        "  url: 'https://two.example/news/',",
        "  evidence: 'verified',",
        "  select: { item: '[class*=\"card\" i]', date: ['.date', 'time'] },",
        "  date: { format: 'd-month-y' },",
        '}',
      ].join('\n'),
    );
  });
});

describe('sources add', () => {
  let site: ServedSite;
  beforeEach(async () => {
    const drupal = SITES.find(({ make }) => make.includes('Drupal'));
    if (drupal === undefined) throw new Error('no such site');
    site = await serveSite(drupal);
  });
  afterEach(() => site.close());

  function add(...words: string[]): Promise<{ status: number; out: string; err: string }> {
    const environment = {
      SOURCES_FILE: file,
      ALLOW_PRIVATE_HOSTS: '127.0.0.1',
      HOST_GAP_MS: '0',
      CHROMIUM_PATH: '/nowhere',
    };
    const options = { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment }, cwd: ROOT };
    return new Promise((resolve) => {
      const line = [
        'bin/newsdesk.js',
        'sources',
        'add',
        `${site.origin}/news-and-updates`,
        '--fixtures',
        join(folder, 'fixtures'),
        ...words,
      ];
      execFile(process.execPath, line, options, (error, out, err) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  }

  test('shows what each way would give, writes the row with its fixture, and refuses to write it again', async () => {
    const first = await add('--yes', '--class', 'regulator');
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toMatch(/^1\. listing {2}http\S+ {2}\(proposed\)$/m);
    expect(first.out).toMatch(/2026-11-24 {2}New guidance for schools on keeping children safe online {2}/);
    expect(first.out).not.toMatch(/\u001b/);
    expect((await loadSources(file))[1]).toMatchObject({
      id: 'standards-council',
      name: 'Standards Council',
      class: 'regulator',
      kind: 'listing',
      select: { item: '.views-row', date: '.views-field-created' },
      evidence: 'verified',
    });
    const expected = JSON.parse(
      await readFile(join(folder, 'fixtures/standards-council/baseline/expected.json'), 'utf8'),
    ) as { events: unknown[] };
    expect(expected.events).toHaveLength(12);
    const written = await readFile(file, 'utf8');
    const again = await add('--yes', '--class', 'regulator');
    expect(again).toMatchObject({ status: 2, err: expect.stringContaining("'standards-council' reads") as string });
    expect(await readFile(file, 'utf8')).toBe(written);
  }, 60_000);

  test.each([
    { name: 'without --yes', words: [], status: 2, says: /add --yes/ },
    { name: 'without a class that nobody says', words: ['--yes'], status: 2, says: /not guessed: give --class/ },
    { name: 'as a trial', words: ['--dry-run'], status: 0, says: /^$/ },
  ])(
    '$name nothing is written',
    async ({ words, status, says }) => {
      const result = await add(...words);
      expect({ status: result.status, err: result.err }).toEqual({
        status,
        err: expect.stringMatching(says) as string,
      });
      expect(await readFile(file, 'utf8')).toBe(CONFIG);
    },
    60_000,
  );

  test('--json is one line, with every way and its items', async () => {
    const { status, out } = await add('--json', '--dry-run');
    expect(status).toBe(0);
    const found = JSON.parse(out) as {
      name: string;
      class: null;
      written: null;
      proposals: { kind: string; found: number }[];
    };
    expect(found).toMatchObject({ name: 'Standards Council', class: null, written: null });
    expect(found.proposals[0]).toMatchObject({ kind: 'listing', found: 12 });
  }, 60_000);
});
