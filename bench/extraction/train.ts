/**
 * Trains the block filter on the development sets and writes `src/extract/filter/block-filter.json`. Same pages, same file.
 *
 *   npx tsx bench/extraction/train.ts --cv    cross-validates first (4 folds by site) and prints the table
 *   npx tsx bench/extraction/train.ts         trains on all pages and writes the model
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FILTER_MIX, FILTER_THRESHOLD } from '../../src/extract/filter/block-filter.js';
import { NUMBER_NAMES } from '../../src/extract/filter/numbers.js';
import { likelihood, type Trees } from '../../src/extract/filter/trees.js';
import { learn, type Lesson, type Settings } from './boosted-trees.js';
import { gather, type LearnPage } from './gather.js';
import { scoreOf, total } from './score.js';

const SETS = ['aeb', 'wcxb'];
const MODEL = resolve(import.meta.dirname, '../../src/extract/filter/block-filter.json');
/** What cross-validation gave for the mix and threshold in use; the comparison shows it. */
const CROSS = resolve(import.meta.dirname, 'cross-validation.json');
const FOLDS = 4;
/** The article benchmark is small and the other large: its pages count three times. */
const AEB_WEIGHT = 3;
const SETTINGS: Settings = {
  trees: 150,
  depth: 5,
  rate: 0.09,
  l2: 3,
  leastWeight: 0.5,
  rowShare: 0.6,
  featureShare: 0.3,
  seed: 7,
};

/** Blocks that no engine took and that hold no text are many and alike: of those every third is enough. */
const EVERY = 3;

function lessonOf(pages: readonly LearnPage[]): Lesson {
  const rows: Float64Array[] = [];
  const wanted: number[] = [];
  const weights: number[] = [];
  for (const page of pages) {
    const truth = Math.max(
      60,
      page.shares.reduce((sum, share, at) => sum + share * (page.words[at] ?? 0), 0),
    );
    const own = page.words.map((words) => ((words + 1.5) / truth) * 100);
    const all = own.reduce((sum, weight) => sum + weight, 0);
    // A page of a hundred teasers counts no more than three articles.
    const factor = (all > 300 ? 300 / all : 1) * (page.set === 'aeb' ? AEB_WEIGHT : 1);
    page.rows.forEach((row, at) => {
      const plain = page.shares[at] === 0 && page.ruled[at] !== true && (page.words[at] ?? 0) < 8;
      if (plain && at % EVERY !== 0) return;
      rows.push(row);
      wanted.push(page.shares[at] ?? 0);
      weights.push((own[at] ?? 0) * factor * (plain ? EVERY : 1));
    });
  }
  return { rows, wanted: Float64Array.from(wanted), weights: Float64Array.from(weights) };
}

type Keep = (page: LearnPage) => readonly boolean[];

function figures(pages: readonly LearnPage[], keep: Keep): string {
  return SETS.map((set) => `${set} ${figure(set, pages, keep).toFixed(4)}`).join('   ');
}

function figure(set: string, pages: readonly LearnPage[], keep: Keep): number {
  const own = pages.filter((page) => page.set === set);
  const texts = own.map((page) => {
    const kept = keep(page);
    return page.blocks.filter((_, at) => kept[at]).join('\n\n');
  });
  return total(
    set,
    own.map((page, at) => scoreOf(set, texts[at] ?? '', page.want)),
  );
}

function crossValidate(pages: readonly LearnPage[]): void {
  const found = new Map<LearnPage, number[]>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const trees = learn(lessonOf(pages.filter((page) => foldOf(page) !== fold)), SETTINGS);
    for (const page of pages)
      if (foldOf(page) === fold)
        found.set(
          page,
          page.rows.map((row) => likelihood(trees, row)),
        );
  }
  console.log(`rules            ${figures(pages, (page) => page.ruled)}`);
  console.log(`best possible    ${figures(pages, (page) => page.shares.map((share) => share > 0.5))}`);
  const by =
    (mix: number, threshold: number): Keep =>
    (page) =>
      (found.get(page) ?? []).map((p, at) => p * (1 - mix) + (page.ruled[at] === true ? mix : 0) >= threshold);
  for (const mix of [0, 0.15, FILTER_MIX, 0.35]) {
    for (const threshold of [FILTER_THRESHOLD, 0.45, 0.5, 0.55]) {
      console.log(`mix ${mix.toFixed(2)} >= ${threshold.toFixed(2)} ${figures(pages, by(mix, threshold))}`);
    }
  }
  const [aeb, wcxb] = SETS.map((set) => Number(figure(set, pages, by(FILTER_MIX, FILTER_THRESHOLD)).toFixed(4)));
  writeFileSync(
    CROSS,
    `${JSON.stringify({ folds: FOLDS, mix: FILTER_MIX, threshold: FILTER_THRESHOLD, aeb, wcxb })}\n`,
  );
}

function foldOf({ site }: LearnPage): number {
  let hash = 2_166_136_261;
  for (const character of site) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return (hash >>> 0) % FOLDS;
}

/** Only the numbers that some tree asks for, by name. */
function written({ base, trees }: Trees, pages: number): string {
  const used = [
    ...new Set(trees.flatMap((tree) => tree.filter((node) => node.length > 1).map((node) => node[0] ?? 0))),
  ].sort((a, b) => a - b);
  const place = new Map(used.map((feature, at) => [feature, at]));
  const lines = trees.map((tree) =>
    JSON.stringify(tree.map((node) => (node.length > 1 ? [place.get(node[0] ?? 0), ...node.slice(1)] : node))),
  );
  const about = `Boosted trees over the blocks of a page: is this block text of the article? Trained by bench/extraction/train.ts on ${pages} pages (aeb, wcxb development sets). A node is [number of the feature, threshold, left, right], left when smaller; a leaf is [value].`;
  return `{\n"about": ${JSON.stringify(about)},\n"settings": ${JSON.stringify(SETTINGS)},\n"features": ${JSON.stringify(used.map((feature) => NUMBER_NAMES[feature]))},\n"base": ${base},\n"trees": [\n${lines.join(',\n')}\n]\n}\n`;
}

const pages = gather(SETS);
console.log(
  `${pages.length} pages, ${pages.reduce((sum, page) => sum + page.rows.length, 0)} blocks, ${NUMBER_NAMES.length} numbers`,
);
if (process.argv.includes('--cv')) crossValidate(pages);
else {
  const text = written(learn(lessonOf(pages), SETTINGS), pages.length);
  writeFileSync(MODEL, text);
  console.log(`${MODEL}: ${Math.round(text.length / 1024)} KB`);
}
