import type { Block } from '../../src/extract/block.js';
import { byRules } from '../../src/extract/choose-text.js';
import { numbersOf } from '../../src/extract/filter/numbers.js';
import { toldBy } from '../../src/extract/html-article.js';
import { jsonLd } from '../../src/extract/json-ld.js';
import { metaTags } from '../../src/extract/meta-tags.js';
import { openPage } from '../../src/extract/open-page.js';
import { viewOf } from '../../src/extract/page-view.js';
import { titleOf } from '../../src/extract/title.js';
import { pageOf, truthsOf, type Truth } from './corpus.js';
import { sharesOf } from './lessons.js';

/** A page ready to learn from. */
export interface LearnPage {
  readonly set: string;
  readonly file: string;
  readonly site: string;
  readonly want: string;
  readonly blocks: readonly string[];
  readonly words: readonly number[];
  readonly ruled: readonly boolean[];
  readonly rows: readonly Float64Array[];
  readonly shares: readonly number[];
}

/** All pages of the sets that have a text. */
export function gather(sets: readonly string[]): LearnPage[] {
  return sets.flatMap((set) => truthsOf(set).map(learnPage));
}

function learnPage(truth: Truth): LearnPage {
  const doc = pageOf(truth);
  const view = viewOf(openPage(doc));
  const meta = metaTags(view.page);
  const things = jsonLd(view.page);
  const { choice, hints } = byRules(view, toldBy(titleOf(view, meta, things), meta, things));
  const kept = new Set<Block>(choice.kept);
  const blocks = view.blocks.map(({ text }) => text);
  const want = truth.text ?? '';
  return {
    set: truth.set,
    file: truth.file,
    site: siteOf(truth.url ?? truth.file),
    want,
    blocks,
    words: view.blocks.map(({ words }) => words),
    ruled: view.blocks.map((block) => kept.has(block)),
    rows: numbersOf(view, hints),
    shares: sharesOf(blocks, want),
  };
}

/** Pages of one site never stand on both sides of a fold. */
function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.split('.').slice(-2).join('.') : url;
}
