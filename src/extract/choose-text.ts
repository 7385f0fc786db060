import type { Text } from 'domhandler';
import type { Block } from './block.js';
import { isChrome, isHidden } from './chrome.js';
import { readabilityTexts } from './linkedom-view.js';
import type { PageView } from './page-view.js';
import { isProse } from './page-view.js';
import { prune, type Left } from './prune.js';

/** The blocks that are the article, which engine chose them, and what was left out of them. */
export interface Choice {
  readonly kept: readonly Block[];
  readonly left: readonly Left[];
  readonly method: string;
}

/** More elements than this are not given to Readability: it may take minutes. */
const MOST_ELEMENTS = 60_000;
const LEAST_OF_RAW = 0.5;

/** Chooses the article's blocks on a page for which no selector is known. Each engine that fails hands over to the next. */
export function chooseText(view: PageView, title: string): Choice {
  const raw = blocksOf(view, attempt(view, title, false));
  const clean = blocksOf(view, attempt(view, title, true));
  const best = words(clean) >= LEAST_OF_RAW * words(raw) ? clean : raw;
  if (words(best) > 0) {
    const { kept, left } = prune(best, title);
    return { kept, left, method: best === clean ? 'readability, cleaned' : 'readability' };
  }
  return runningText(view);
}

/** The blocks that read like running text: the last engine, which nothing can keep busy. */
export function runningText(view: PageView): Choice {
  const shown = view.blocks.filter((block) => !isHidden(block.element));
  const prose = shown.filter(isProse);
  return {
    kept: prose.length > 0 ? prose : shown.filter((block) => block.words > 2),
    left: [],
    method: 'running text',
  };
}

function attempt(view: PageView, title: string, cleaned: boolean): ReadonlySet<Text> {
  if (view.page.elements > MOST_ELEMENTS) return new Set();
  try {
    return readabilityTexts(view.page.root, title, cleaned ? (element) => isChrome(view, element) : () => false);
  } catch {
    // Readability fails on a few strange trees; whatever it threw, the page is read by the next engine, and `method` says so.
    return new Set();
  }
}

function blocksOf(view: PageView, texts: ReadonlySet<Text>): Block[] {
  return view.blocks.filter((block) => block.texts.some((text) => text.data.trim() !== '' && texts.has(text)));
}

function words(blocks: readonly Block[]): number {
  return blocks.reduce((total, block) => total + block.words, 0);
}
