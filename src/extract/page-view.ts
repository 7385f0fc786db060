import { isTag, type Element } from 'domhandler';
import { blocksIn, type Block } from './block.js';
import { familiesOf } from './families.js';
import { elementsIn, type Page } from './open-page.js';

/** What an element holds, counted over the blocks below it. */
export interface Holding {
  words: number;
  characters: number;
  linked: number;
  blocks: number;
  /** Words of blocks that read like running text. */
  prose: number;
  /** Holds an article, main or articleBody element. */
  holdsArticle: boolean;
}

/** A page cut into blocks, with what each element holds. Computed once, read by all that choose the article's text. */
export interface PageView {
  readonly page: Page;
  readonly blocks: readonly Block[];
  readonly holdings: ReadonlyMap<Element, Holding>;
  readonly whole: Holding;
  /** Elements that are or hold a picture, up to six levels above it. */
  readonly pictured: ReadonlySet<Element>;
  families(element: Element): number;
}

const PICTURES = new Set(['img', 'picture', 'video', 'iframe', 'svg', 'amp-img', 'figure']);
const PROSE_WORDS = 8;
const STOP = /[.!?…:;,»”"。]/;

export function viewOf(page: Page): PageView {
  const blocks = blocksIn(page.root);
  const holdings = new Map<Element, Holding>();
  const whole = nothing();
  for (const block of blocks) {
    add(whole, block);
    for (
      let at = block.element.parent === null ? block.element : (block.element as Element | null);
      at !== null;
      at = parentOf(at)
    ) {
      let holding = holdings.get(at);
      if (holding === undefined) holdings.set(at, (holding = nothing()));
      add(holding, block);
    }
  }
  const pictured = new Set<Element>();
  for (const element of elementsIn(page.root)) {
    if (PICTURES.has(element.name)) {
      for (let at: Element | null = element, level = 0; at !== null && level < 6; at = parentOf(at), level += 1)
        pictured.add(at);
    }
    if (!isArticle(element)) continue;
    for (let at = parentOf(element); at !== null; at = parentOf(at)) {
      const holding = holdings.get(at);
      if (holding !== undefined) holding.holdsArticle = true;
    }
  }
  const families = new Map<Element, number>();
  return {
    page,
    blocks,
    holdings,
    whole,
    pictured,
    families(element) {
      let bits = families.get(element);
      if (bits === undefined) families.set(element, (bits = familiesOf(element)));
      return bits;
    },
  };
}

/** Whether a block reads like running text: some words, some punctuation, few links. */
export function isProse(block: Block): boolean {
  return block.words >= PROSE_WORDS && block.linked < block.text.length * 0.5 && STOP.test(block.text);
}

export function parentOf(element: Element): Element | null {
  const parent = element.parent;
  return parent !== null && isTag(parent) ? parent : null;
}

function isArticle(element: Element): boolean {
  return (
    element.name === 'article' || element.name === 'main' || /articleBody/i.test(element.attribs['itemprop'] ?? '')
  );
}

function nothing(): Holding {
  return { words: 0, characters: 0, linked: 0, blocks: 0, prose: 0, holdsArticle: false };
}

function add(holding: Holding, block: Block): void {
  holding.words += block.words;
  holding.characters += block.text.length;
  holding.linked += block.linked;
  holding.blocks += 1;
  if (isProse(block)) holding.prose += block.words;
}
