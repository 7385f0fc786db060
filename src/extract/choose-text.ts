import type { Element, Text } from 'domhandler';
import type { Block } from './block.js';
import { isChrome, isHidden } from './chrome.js';
import { inFamily, type Family } from './families.js';
import { blockVotes, FILTER_THRESHOLD } from './filter/block-filter.js';
import type { Hints } from './filter/numbers.js';
import { readabilityTexts } from './linkedom-view.js';
import { isProse, parentOf, type PageView } from './page-view.js';
import { prune, type Left } from './prune.js';

/** The blocks that are the article, which engine chose them, and what was left out of them. */
export interface Choice {
  readonly kept: readonly Block[];
  readonly left: readonly Left[];
  readonly method: string;
}

/** What the head of the page says, for those who choose. */
export interface Told {
  readonly title: string;
  readonly description: string;
  /** The body that JSON-LD carries; '' when it carries none. */
  readonly body: string;
}

/** More elements than this are not given to Readability: it may take minutes. */
const MOST_ELEMENTS = 60_000;
const LEAST_OF_RAW = 0.5;
/** Blocks between the title and the text that are still the article's own. */
const MOST_ABOVE = 15;
const FEWEST_ANNOUNCING = 3;
const MOST_ANNOUNCED = 30;
/** More blocks than this are left to the rules. */
const MOST_BLOCKS = 20_000;

/** Chooses the article's blocks on a page for which no selector is known. Each engine that fails hands over to the next. */
export function chooseText(view: PageView, told: Told): Choice {
  const { choice, hints } = byRules(view, told);
  if (view.blocks.length > MOST_BLOCKS) return choice;
  const votes = blockVotes(view, hints);
  const kept = withAnnounced(view, new Set(view.blocks.filter((_, at) => (votes[at] ?? 0) >= FILTER_THRESHOLD)));
  if (words(kept) === 0) return choice;
  return {
    kept,
    left: leftOut(view, kept, { ruledOut: choice.left, title: told.title }),
    method: `${choice.method}, filtered`,
  };
}

/** `Notes to editors`, `ENDS`: where a release says itself that it is over. The draft is cut there, so it must not be lost before. */
const END_MARK =
  /^[-–—*#\s]*(?:ends|notes? (?:to|for) editors?|editors?['’] notes?|(?:media|press) (?:contacts?|enquiries|inquiries))[-–—*#:.\s]*$/iu;

/** A list that a kept line announces with a colon belongs to it, however many links it has. */
function withAnnounced(view: PageView, kept: ReadonlySet<Block>): Block[] {
  const all = new Set(kept);
  for (const block of view.blocks) {
    const next = view.blocks[block.at + 1];
    if (next !== undefined && kept.has(next) && END_MARK.test(block.text)) all.add(block);
  }
  for (const block of kept) {
    if (!block.text.endsWith(':') || block.words < FEWEST_ANNOUNCING) continue;
    const list = view.blocks[block.at + 1]?.element.parent ?? null;
    for (let at = block.at + 1; at <= block.at + MOST_ANNOUNCED; at += 1) {
      const item = view.blocks[at];
      if (item === undefined || item.element.name !== 'li' || item.element.parent !== list) break;
      all.add(item);
    }
  }
  return view.blocks.filter((block) => all.has(block));
}

/** What stands below the title and among the kept blocks, or was taken by the rules, and is not kept: an editor sees it struck through. */
function leftOut(
  view: PageView,
  kept: readonly Block[],
  { ruledOut, title }: { ruledOut: readonly Left[]; title: string },
): Left[] {
  const taken = new Set(kept);
  const because = new Map(ruledOut.map((one) => [one.block, one.because]));
  const start = kept[0]?.at ?? 0;
  const heading = view.blocks.findLastIndex(
    (block) => block.at < start && block.at >= start - MOST_ABOVE && block.text === title,
  );
  const first = heading < 0 ? start : heading;
  const last = kept.at(-1)?.at ?? 0;
  return view.blocks
    .filter((block) => !taken.has(block) && (because.has(block) || (block.at > first && block.at < last)))
    .map((block) => ({ block, because: because.get(block) ?? wordsFor(view, block) }));
}

/** Why a block inside the article is not of it, as far as its names tell. */
function wordsFor(view: PageView, block: Block): string {
  for (let at: Element | null = block.element, level = 0; at !== null && level < 4; at = parentOf(at), level += 1) {
    const bits = view.families(at);
    const family = NAMED.find(([name]) => inFamily(bits, name));
    if (family !== undefined) return family[1];
  }
  return block.linked > block.text.length * 0.8 ? 'link on its own' : 'does not read like the article';
}

const NAMED: readonly (readonly [Family, string])[] = [
  ['caption', 'caption'],
  ['related', 'related links'],
  ['newsletter', 'call to action'],
  ['advert', 'advertisement'],
  ['share', 'share buttons'],
  ['comments', 'comments'],
  ['bio', 'about the author'],
  ['byline', 'byline'],
  ['date', 'date line'],
  ['tags', 'tags'],
  ['consent', 'cookie notice'],
  ['nav', 'navigation'],
  ['sidebar', 'beside the article'],
  ['hidden', 'hidden on the page'],
];

/** What the engines before the filter say of a page, and the choice of the rules. */
export function byRules(view: PageView, told: Told): { readonly choice: Choice; readonly hints: Hints } {
  const rawTexts = attempt(view, told.title, false);
  const cleanTexts = attempt(view, told.title, true);
  const raw = blocksOf(view, rawTexts);
  const clean = blocksOf(view, cleanTexts);
  const cleaned = words(clean) >= LEAST_OF_RAW * words(raw);
  const choice = words(raw) + words(clean) > 0 ? pruned(cleaned ? clean : raw, told.title, cleaned) : runningText(view);
  const hints = {
    raw: rawTexts,
    clean: cleanTexts,
    ruled: new Set(choice.kept),
    title: told.title,
    description: told.description,
    told: told.body,
  };
  return { choice, hints };
}

function pruned(blocks: readonly Block[], title: string, cleaned: boolean): Choice {
  const { kept, left } = prune(blocks, title);
  return { kept, left, method: cleaned ? 'readability, cleaned' : 'readability' };
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
    // Council notices are short: only a page with much running text must give much.
    const shortest = Math.round(Math.min(500, Math.max(100, view.whole.prose * 1.2)));
    return readabilityTexts(view.page.root, {
      title,
      shortest,
      skip: cleaned ? (element) => isChrome(view, element) : () => false,
    });
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
