import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** Which folders a folder may import besides itself and model. ARCHITECTURE.md has the same table. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  sources: [],
  extract: [],
  match: [],
  rank: [],
  compose: [],
  checks: [],
  pipeline: ['sources', 'extract', 'match', 'rank', 'compose', 'checks'],
  threads: ['sources', 'extract'],
  net: [],
  oidc: [],
  store: [],
  queue: [],
  outputs: ['compose'],
  config: [],
  demo: ['config'],
  web: ['compose', 'checks', 'outputs'],
};
/** These wire: they may import everything. */
const WIRES = ['cli', 'workers', '(root)'];
const PURE = ['model', 'sources', 'extract', 'match', 'rank', 'compose', 'checks'];
/** Packages that only these folders may know. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  bullmq: ['queue'],
  'bullmq-otel': ['queue'],
  ioredis: ['queue'],
  playwright: ['net'],
  'playwright-core': ['net'],
  pg: ['store'],
  kysely: ['store'],
  'openid-client': ['oidc'],
  'rss-parser': ['sources'],
  fastify: ['web'],
};
/** What pure code may not touch: the world, the clock and the log. */
const WORLD =
  /^(?:node:)?(?:fs|net|http|https|http2|dgram|dns|tls|child_process|worker_threads|cluster|readline|process|timers)(?:\/|$)|^(?:undici|pino|bullmq|ioredis|pg|kysely|playwright(?:-core)?|fastify|prom-client)$/;
const CLOCK =
  /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(|\bconsole\.|\bprocess\./;
/** Only settings.ts reads the environment; postgres is started with one made from scratch (embedded-cluster.ts). */
const ENVIRONMENT = /\bprocess\.env\b|\bprocess\[['"]env['"]\]/;
const LEFTOVERS =
  /(?:^|\/)(?:utils?|helpers?|common|misc|types|constants|index)\.tsx?$|(?:^|\/)(?:utils?|helpers?|common|services|managers)\//;

interface File {
  readonly path: string;
  readonly part: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly File[] = ['src', 'workers'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => {
      const path = join(ROOT, top, name);
      const text = readFileSync(path, 'utf8');
      return {
        path,
        part: partOf(path),
        text,
        imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
      };
    }),
);

/** The folder of the import rule: `web` for src/web/drafts/routes.ts, `(root)` for src/app.ts. */
function partOf(path: string): string {
  const within = relative(SRC, path).split('/');
  if (within[0] === '..') return 'workers';
  return within.length === 1 ? '(root)' : (within[0] ?? '');
}

function shown({ path }: File): string {
  return relative(ROOT, path);
}

/** One line for each import that leads to another folder of ours than it may. */
function foreign(file: File): string[] {
  if (WIRES.includes(file.part)) return [];
  return file.imports
    .filter((name) => name.startsWith('.'))
    .map((name) => partOf(resolve(dirname(file.path), name)))
    .filter((part) => part !== file.part && part !== 'model' && !(MAY_IMPORT[file.part] ?? []).includes(part))
    .map((part) => `${shown(file)} imports ${part}`);
}

function packageOf(name: string): string {
  const [scope = '', rest = ''] = name.split('/');
  return scope.startsWith('@') ? `${scope}/${rest}` : scope;
}

/** The text without comments and strings of documentation. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g, '');
}

test('the files are there to be looked at', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
});

test('every folder of src is in the table', () => {
  const parts = new Set(files.map(({ part }) => part).filter((part) => !WIRES.includes(part)));
  expect([...parts].filter((part) => !(part in MAY_IMPORT))).toEqual([]);
});

test('each folder imports model, itself and what the table allows', () => {
  expect(files.flatMap(foreign)).toEqual([]);
});

test.each(Object.entries(ONLY_IN))('%s is known in %j only', (name, parts) => {
  const knows = files.filter(
    (file) => file.imports.some((one) => packageOf(one) === name) && !parts.includes(file.part),
  );
  expect(knows.map(shown)).toEqual([]);
});

test('pure folders touch neither the world nor the clock', () => {
  const pure = files.filter(({ part }) => PURE.includes(part));
  expect(
    pure.flatMap((file) => file.imports.filter((name) => WORLD.test(name)).map((name) => `${shown(file)}: ${name}`)),
  ).toEqual([]);
  expect(pure.filter(({ text }) => CLOCK.test(code(text))).map(shown)).toEqual([]);
});

test('only settings.ts reads the environment', () => {
  const reads = files.filter(({ path, text }) => ENVIRONMENT.test(code(text)) && path !== join(SRC, 'settings.ts'));
  expect(reads.map(shown)).toEqual([]);
});

test('the console is for commands, and there are no default exports', () => {
  expect(files.filter(({ part, text }) => part !== 'cli' && /\bconsole\./.test(code(text))).map(shown)).toEqual([]);
  expect(files.filter(({ text }) => /^export default\b/m.test(text)).map(shown)).toEqual([]);
});

test('no file is named for leftovers', () => {
  expect(files.map(shown).filter((path) => LEFTOVERS.test(path))).toEqual([]);
});

test('nothing asks URL.canParse: on Node 20 it may say yes to what cannot be read (model/is-url.ts)', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const asking = files.filter((name) =>
    readFileSync(join(ROOT, 'src', name), 'utf8')
      .replace(/\/\*[^]*?\*\//g, '')
      .includes('URL.canParse'),
  );
  expect(asking).toEqual([]);
});
