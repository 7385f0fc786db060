import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedRules } from '../../src/config/define-sources.js';
import { loadSources, watchSources, type SourcesEvent, type SourcesWatch } from '../../src/config/load-sources.js';
import type { Failure } from '../../src/model/failure.js';

const row = (id: string, name = 'Larkfield Trust'): string =>
  `{ id: '${id}', name: '${name}', class: 'charity', kind: 'feed', url: 'https://${id}.example/feed/', evidence: 'code' }`;
const config = (...rows: string[]): string => `import { defineSources } from './src/config/define-sources.js';
import { part } from './sources/part.js';
export const sources = defineSources([...part, ${rows.join(', ')}]);\n`;
const part = (...rows: string[]): string => `import type { Source } from '../src/model/source.js';
export const part: Source[] = [${rows.join(', ')}];\n`;

let folder: string;
let file: string;
const open: SourcesWatch[] = [];

/** A folder without our code, as where only the built program is. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
  file = join(folder, 'sources.config.ts');
  await mkdir(join(folder, 'sources'));
  await writeFile(join(folder, 'sources/part.ts'), part(row('one')));
  await writeFile(file, config(row('two')));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((watch) => watch.close()));
  await rm(folder, { recursive: true });
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as Failure,
  );
}

/** Watches the file; `next` waits for the next thing that is told. */
async function watch(): Promise<{ watch: SourcesWatch; next: () => Promise<SourcesEvent> }> {
  const told: SourcesEvent[] = [];
  let wake: () => void = () => undefined;
  const watch = await watchSources(
    file,
    (event) => {
      told.push(event);
      wake();
    },
    { everyMs: 20 },
  );
  open.push(watch);
  const next = async (): Promise<SourcesEvent> => {
    for (;;) {
      const event = told.shift();
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { watch, next };
}
const idsOf = (watched: SourcesWatch): string[] => watched.current().map(({ id }) => id);

test('loads TypeScript with its parts, without a build and without our sources beside it', async () => {
  expect((await loadSources(file)).map(({ id }) => id)).toEqual(['one', 'two']);
});

test.each([
  { name: 'that is missing', text: null, says: /cannot be loaded.*no such file/s },
  { name: 'that does not compile', text: 'export const sources = [', says: /cannot be loaded/ },
  {
    name: 'that imports something unknown',
    text: "import './gone.js';\nexport const sources = [];",
    says: /cannot be loaded.*gone/s,
  },
  { name: 'without a list called sources', text: 'export const rows = [];', says: /no list called sources/ },
  {
    name: 'that did not call defineSources',
    text: "export const sources = [{ id: 'X' }];",
    says: /mistakes? in the sources/,
  },
  {
    name: 'with mistakes in two rows',
    text: config(row('two', ''), row('BAD')),
    says: /2 mistakes.*sources\[1\].*sources\[2\]/s,
  },
])('a file $name is config.invalid', async ({ text, says }) => {
  if (text === null) await rm(file);
  else await writeFile(file, text);
  const failure = await failureOf(loadSources(file));
  expect(failure).toMatchObject({ code: 'config.invalid', message: expect.stringMatching(says) as string });
});

test.each([
  {
    name: 'a field of a row',
    write: () =>
      writeFile(
        file,
        config(
          row('two'),
          `\n  {\n    id: 'three',\n    name: ' x',\n    class: 'charity',\n    kind: 'feed',\n    url: 'https://three.example/',\n    evidence: 'code',\n  }`,
        ),
      ),
    says: /^sources\.config\.ts:6: sources\[2\] \(three\)\.name = " x": /m,
  },
  {
    name: 'a selector deep in a row of a part',
    write: () =>
      writeFile(
        join(folder, 'sources/part.ts'),
        "export const part = [\n  {\n    id: 'one',\n    name: 'One',\n    class: 'charity',\n    kind: 'listing',\n    url: 'https://one.example/',\n    evidence: 'code',\n    select: {\n      item: ['li', 'li['],\n    },\n  },\n];\n",
      ),
    says: /^sources\/part\.ts:10: sources\[0\] \(one\)\.select\.item\[1\] = "li\[": /m,
  },
  {
    name: 'what does not compile',
    write: () => writeFile(file, "export const sources = [\n  { id: 'a' name: 'A' },\n];\n"),
    says: /sources\.config\.ts:2:\d+/,
  },
  {
    name: 'a name that means nothing',
    write: () => writeFile(file, 'const one = 1;\n\nexport const sources = [\n  ...nothing,\n];\n'),
    says: /sources\.config\.ts, line 4 cannot be loaded: nothing is not defined/,
  },
  {
    name: 'a rule for all, in the call',
    write: () =>
      writeFile(
        file,
        `import { defineSources } from './src/config/define-sources.js';\nexport const sources = defineSources(\n  [${row('two')}],\n  {\n    all: {\n      exclude: [\n        'job',\n        '',\n      ],\n    },\n  },\n);\n`,
      ),
    says: /^sources\.config\.ts:8: rules\.all\.exclude\[1\] = "": Write a word/m,
  },
  {
    name: 'a rule of a class, in a constant of a part',
    write: async () => {
      await writeFile(
        file,
        `import { defineSources } from './src/config/define-sources.js';\nimport { rules } from './sources/rules.js';\nexport const sources = defineSources([${row('two')}], rules);\n`,
      );
      await writeFile(
        join(folder, 'sources/rules.ts'),
        "import type { SharedRules } from '../src/model/source.js';\n\nexport const rules = {\n  class: {\n    charity: {},\n    charities: { exclude: ['raffle'] },\n  },\n} as SharedRules;\n",
      );
    },
    says: /^sources\/rules\.ts:6: rules\.class\.charities = .*: There is no such class/m,
  },
])('a mistake is told with its line: $name', async ({ write, says }) => {
  await write();
  expect((await failureOf(loadSources(file))).message).toMatch(says);
});

test('an edit is in force within ten seconds as the program watches; a mistake is told with its line and changes nothing', async () => {
  const told: SourcesEvent[] = [];
  let wake: () => void = () => undefined;
  const watched = await watchSources(file, (event) => {
    told.push(event);
    wake();
  });
  open.push(watched);
  const heard = (): Promise<void> => (told.length > 0 ? Promise.resolve() : new Promise((resolve) => (wake = resolve)));
  await writeFile(file, config(row('two'), row('three')));
  await heard();
  expect(told.shift()).toMatchObject({ event: 'loaded' });
  expect(idsOf(watched)).toEqual(['one', 'two', 'three']);
  await writeFile(file, config(row('two'), row('three', '')));
  await heard();
  const broken = told.shift();
  expect(broken?.event === 'broken' ? broken.failure.message : '').toMatch(
    /^sources\.config\.ts:3: sources\[2\] \(three\)\.name = "": Write the name exactly/m,
  );
  expect(idsOf(watched)).toEqual(['one', 'two', 'three']);
  // Jest's own limit for each of the two edits.
}, 20_000);

test('an edit comes into force, also one of a part, and one by renaming', async () => {
  const { watch: watched, next } = await watch();
  expect(idsOf(watched)).toEqual(['one', 'two']);
  await writeFile(file, config(row('two'), row('three')));
  expect(await next()).toMatchObject({ event: 'loaded', mended: false });
  expect(idsOf(watched)).toEqual(['one', 'two', 'three']);
  await writeFile(join(folder, 'sources/part.ts'), part(row('four')));
  expect(await next()).toMatchObject({ event: 'loaded', mended: false });
  expect(idsOf(watched)).toEqual(['four', 'two', 'three']);
  await writeFile(`${file}.new`, config(row('five')));
  await rename(`${file}.new`, file);
  await next();
  expect(idsOf(watched)).toEqual(['four', 'five']);
});

test('a broken edit keeps the last good configuration, is told once, and its mending is told', async () => {
  const { watch: watched, next } = await watch();
  await writeFile(file, config(row('two', '')));
  expect(await next()).toMatchObject({ event: 'broken', failure: { code: 'config.invalid' } });
  expect(idsOf(watched)).toEqual(['one', 'two']);
  expect(watched.broken()?.message).toContain('sources[1] (two).name');
  await rm(file);
  expect(await next()).toMatchObject({
    event: 'broken',
    failure: { message: expect.stringContaining('cannot be loaded') as string },
  });
  await writeFile(file, config(row('two')));
  expect(await next()).toMatchObject({ event: 'loaded', mended: true });
  expect(watched.broken()).toBeNull();
});

test('there must be a good configuration to begin with', async () => {
  await writeFile(file, 'export const sources = 1;');
  expect(await failureOf(watchSources(file, () => undefined))).toMatchObject({ code: 'config.invalid' });
});

test('rules for all are in force when they are saved, in a part too; a broken one changes nothing', async () => {
  const withRules = (rules: string): string =>
    `import { defineSources } from './src/config/define-sources.js';\nimport { rules } from './sources/rules.js';\nexport const sources = defineSources([${row('two')}], ${rules});\n`;
  const write = (phrase: string): Promise<void> =>
    writeFile(join(folder, 'sources/rules.ts'), `export const rules = { all: { exclude: ['${phrase}'] } };\n`);
  await write('vacancy');
  await writeFile(file, withRules('rules'));
  const { watch: watched, next } = await watch();
  expect(sharedRules(watched.current())).toEqual({ all: { exclude: ['vacancy'] } });
  await write('raffle');
  expect(await next()).toMatchObject({ event: 'loaded' });
  expect(sharedRules(watched.current())).toEqual({ all: { exclude: ['raffle'] } });
  await write(' ');
  expect(await next()).toMatchObject({ event: 'broken' });
  expect(watched.broken()?.message).toMatch(/^sources\/rules\.ts:1: rules\.all\.exclude\[0\] = " "/m);
  expect(sharedRules(watched.current())).toEqual({ all: { exclude: ['raffle'] } });
});
