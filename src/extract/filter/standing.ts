import { isTag, isText, type Element } from 'domhandler';
import type { Block } from '../block.js';
import { isHidden } from '../chrome.js';
import { FAMILIES } from '../families.js';
import { parentOf, type Holding, type PageView } from '../page-view.js';

const TAGS = [
  'p',
  'h1',
  'h2',
  'h3',
  'li',
  'td',
  'div',
  'figcaption',
  'blockquote',
  'pre',
  'section',
  'button',
] as const;
const AROUND = [
  'article',
  'main',
  'nav',
  'aside',
  'header',
  'footer',
  'figure',
  'form',
  'table',
  'ul',
  'ol',
  'blockquote',
  'section',
] as const;

/** Where a block stands in the tree. Names of the numbers, in order. */
export const STANDING_NAMES: readonly string[] = [
  ...TAGS.map((tag) => `is ${tag}`),
  ...AROUND.map((tag) => `in ${tag}`),
  'depth',
  'hidden',
  ...FAMILIES.map((family) => `near ${family}`),
  ...FAMILIES.map((family) => `under ${family}`),
  'container words',
  'container prose',
  'container links',
  'container blocks',
  'container prose share',
  'outer words',
  'outer prose',
  'outer links',
  'outer prose share',
  'picture near',
  'picture before',
];

const TAG_AT = new Map<string, number>(TAGS.map((tag, at) => [tag, at]));
const AROUND_AT = new Map<string, number>(AROUND.map((tag, at) => [tag, at]));
const NEAR = 3;
const AROUND_FROM = TAGS.length;
const DEPTH = TAGS.length + AROUND.length;
const NEAR_FROM = DEPTH + 2;
const UNDER_FROM = NEAR_FROM + FAMILIES.length;
const HOLD_FROM = UNDER_FROM + FAMILIES.length;

const PICTURE = HOLD_FROM + 9;

interface Around {
  readonly numbers: Float64Array;
  readonly container: Element | null;
}

/** Counts for the blocks of one page; blocks of one element share the work. */
export class Standings {
  private readonly byElement = new Map<Element, Around>();

  constructor(private readonly view: PageView) {}

  /** The numbers of `STANDING_NAMES`. */
  of(block: Block): Float64Array {
    return this.around(block.element).numbers;
  }

  /** The nearest element that holds other blocks too. */
  containerOf(block: Block): Element | null {
    return this.around(block.element).container;
  }

  private around(element: Element): Around {
    let around = this.byElement.get(element);
    if (around === undefined) this.byElement.set(element, (around = this.reckon(element)));
    return around;
  }

  private reckon(element: Element): Around {
    const numbers = new Float64Array(STANDING_NAMES.length);
    const tag = TAG_AT.get(/^h[4-6]$/.test(element.name) ? 'h3' : element.name === 'th' ? 'td' : element.name);
    if (tag !== undefined) numbers[tag] = 1;
    let depth = 0;
    for (let at: Element | null = element; at !== null; at = parentOf(at), depth += 1) {
      const around = AROUND_AT.get(at.name);
      if (around !== undefined && numbers[AROUND_FROM + around] === 0) numbers[AROUND_FROM + around] = 1 / (1 + depth);
      if (isHidden(at)) numbers[DEPTH + 1] = 1;
      if (at.name !== 'body' && at.name !== 'html') this.families(at, depth, numbers);
    }
    numbers[DEPTH] = depth;
    const container = this.holderOf(element);
    const outer = container === null ? null : this.outerOf(container);
    this.hold(numbers, HOLD_FROM, container, true);
    this.hold(numbers, HOLD_FROM + 5, outer, false);
    numbers[PICTURE] = this.pictureNear(element);
    numbers[PICTURE + 1] = this.pictureBefore(element) ? 1 : 0;
    return { numbers, container };
  }

  private pictureNear(element: Element): number {
    for (let at: Element | null = element, level = 0; at !== null && level < 4; at = parentOf(at), level += 1) {
      if (this.view.pictured.has(at)) return 1 / (1 + level);
    }
    return 0;
  }

  /** What stands right before it, or before what it begins, holds a picture. */
  private pictureBefore(element: Element): boolean {
    for (let at: Element | null = element, level = 0; at !== null && level < 3; at = parentOf(at), level += 1) {
      let before = at.prev;
      while (before !== null && isText(before) && before.data.trim() === '') before = before.prev;
      if (before !== null) return isTag(before) && this.view.pictured.has(before);
    }
    return false;
  }

  private families(at: Element, level: number, numbers: Float64Array): void {
    let bits = this.view.families(at);
    for (let family = 0; bits !== 0; family += 1, bits >>>= 1) {
      if ((bits & 1) === 0) continue;
      if (level < NEAR && numbers[NEAR_FROM + family] === 0) numbers[NEAR_FROM + family] = NEAR - level;
      if (numbers[UNDER_FROM + family] === 0) numbers[UNDER_FROM + family] = 1 / (1 + level);
    }
  }

  private holderOf(element: Element): Element | null {
    for (let at: Element | null = element; at !== null; at = parentOf(at)) {
      if ((this.view.holdings.get(at)?.blocks ?? 0) > 1) return at;
    }
    return null;
  }

  /** The next element above that holds half as much again. */
  private outerOf(container: Element): Element {
    const blocks = this.view.holdings.get(container)?.blocks ?? 1;
    for (let at = parentOf(container); at !== null; at = parentOf(at)) {
      if ((this.view.holdings.get(at)?.blocks ?? 0) >= blocks * 1.5) return at;
    }
    return container;
  }

  private hold(numbers: Float64Array, from: number, element: Element | null, withBlocks: boolean): void {
    const holding: Holding | undefined = element === null ? undefined : this.view.holdings.get(element);
    if (holding === undefined) return;
    const { whole } = this.view;
    const values = [
      holding.words / Math.max(1, whole.words),
      holding.prose / Math.max(1, whole.prose),
      holding.linked / Math.max(1, holding.characters),
      ...(withBlocks ? [Math.log1p(holding.blocks)] : []),
      holding.prose / Math.max(1, holding.words),
    ];
    values.forEach((value, at) => (numbers[from + at] = value));
  }
}
