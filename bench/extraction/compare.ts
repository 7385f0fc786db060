/**
 * Ours beside the extractors that npm has, on the development sets, each as a whole command in a process of its own:
 * text, titles, CPU a page. Prints a table and draws docs/extraction.svg.
 *
 *   npx tsx bench/extraction/compare.ts [--every N]     N: only every Nth page
 *
 * Our filter has learned from these very pages. So the table and the chart also give its cross-validated figures
 * (bench/extraction/cross-validation.json, written by train.ts --cv): those are what to expect on pages that it has not seen.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chartOf, type Row } from './chart.js';
import { pageOf, truthsOf, type Truth } from './corpus.js';
import { mean, scoreOf, total, type PageScore } from './score.js';

const ROOT = resolve(import.meta.dirname, '../..');
const CROSS = resolve(import.meta.dirname, 'cross-validation.json');
const RIVAL = resolve(import.meta.dirname, 'rival.js');
const SETS = ['aeb', 'wcxb'];
const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ['newsdesk extract', [resolve(ROOT, 'bin/newsdesk.js'), 'extract']],
  ['Readability, linkedom', [RIVAL, 'readability-linkedom']],
  ['Readability, jsdom', [RIVAL, 'readability-jsdom']],
  ['defuddle', [RIVAL, 'defuddle']],
  ['article-extractor', [RIVAL, 'extractus']],
];

interface Line {
  readonly file: string;
  readonly ok: boolean;
  readonly bodyText?: string;
}

interface Measured {
  readonly scores: ReadonlyMap<string, readonly PageScore[]>;
  readonly cpuMs: number;
  readonly empty: number;
}

function unpack(truths: readonly Truth[], folder: string): { files: string[]; map: string } {
  const urls: Record<string, string> = {};
  const files = truths.map((truth) => {
    const file = join(folder, `${truth.set}-${truth.file}`);
    writeFileSync(file, pageOf(truth).bytes);
    if (truth.url !== null) urls[file] = truth.url;
    return file;
  });
  const map = join(folder, 'urls.json');
  writeFileSync(map, JSON.stringify(urls));
  return { files, map };
}

function measure(
  command: readonly string[],
  truths: readonly Truth[],
  { files, map }: { files: string[]; map: string },
): Measured {
  // `times` of bash tells the CPU of all children that it waited for, start-up included.
  const ran = spawnSync(
    'bash',
    ['-c', '"$@"; times >&2', 'bash', process.execPath, ...command, '--urls', map, ...files],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const lines = ran.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const texts = new Map(lines.map((line) => [line.file, line.bodyText ?? '']));
  const scores = new Map<string, PageScore[]>(SETS.map((set) => [set, []]));
  truths.forEach((truth, at) =>
    scores.get(truth.set)?.push(scoreOf(truth.set, texts.get(files[at] ?? '') ?? '', truth.text ?? '')),
  );
  return {
    scores,
    cpuMs: (cpuSeconds(ran.stderr) * 1000) / Math.max(1, truths.length),
    empty: files.filter((file) => (texts.get(file) ?? '') === '').length,
  };
}

/** The second line of `times`: `0m5.100s 0m0.300s` of the children. */
function cpuSeconds(printed: string): number {
  const last = printed.trim().split('\n').at(-1) ?? '';
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, match) => sum + Number(match[1]) * 60 + Number(match[2]),
    0,
  );
}

function rowOf(name: string, { scores, cpuMs, empty }: Measured): Row {
  const aeb = scores.get('aeb') ?? [];
  return {
    name,
    aeb: total('aeb', aeb),
    wcxb: total('wcxb', scores.get('wcxb') ?? []),
    precision: mean(aeb.map((one) => one.precision)),
    recall: mean(aeb.map((one) => one.recall)),
    cpuMs,
    empty,
  };
}

function print(rows: readonly Row[]): void {
  const base = rows.find(({ name }) => name === 'Readability, linkedom')?.cpuMs ?? null;
  console.log('extractor                    aeb F1   P      R      wcxb F1   CPU ms a page   x linkedom   empty');
  for (const { name, aeb, precision, recall, wcxb, cpuMs, empty } of rows) {
    const numbers = [aeb, precision, recall].map((value) => (value === null ? '     ' : value.toFixed(3))).join('  ');
    const cpu =
      cpuMs === null
        ? ''
        : `${cpuMs.toFixed(0).padStart(10)}${base === null ? '' : (cpuMs / base).toFixed(2).padStart(16)}`;
    console.log(
      `${name.padEnd(28)} ${numbers}  ${wcxb.toFixed(3)}  ${cpu}${empty === null ? '' : String(empty).padStart(12)}`,
    );
  }
}

const every = Number(process.argv[process.argv.indexOf('--every') + 1]) || 1;
const truths = SETS.flatMap((set) => truthsOf(set).filter((_, at) => at % every === 0));
const folder = mkdtempSync(join(tmpdir(), 'extraction-'));
try {
  const pages = unpack(truths, folder);
  const rows: Row[] = COMMANDS.map(([name, command]) => rowOf(name, measure(command, truths, pages)));
  if (existsSync(CROSS)) {
    const { aeb, wcxb } = JSON.parse(readFileSync(CROSS, 'utf8')) as { aeb: number; wcxb: number };
    rows.unshift({
      name: 'newsdesk, cross-validated',
      aeb,
      wcxb,
      precision: null,
      recall: null,
      cpuMs: null,
      empty: null,
    });
  }
  print(rows);
  mkdirSync(resolve(ROOT, 'docs'), { recursive: true });
  writeFileSync(resolve(ROOT, 'docs/extraction.svg'), chartOf(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
