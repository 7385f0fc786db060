import type { Element } from 'domhandler';
import type { Block } from '../block.js';
import { parentOf, type PageView } from '../page-view.js';

/** How much of the page the smallest element holds that has both a block and a given other one in it: small is close. */
export class Shared {
  private readonly above = new Set<Element>();
  private readonly known = new Map<Element, number>();

  constructor(
    private readonly view: PageView,
    other: Block | undefined,
  ) {
    for (let at = other?.element ?? null; at !== null; at = parentOf(at)) this.above.add(at);
  }

  /** Share of the page's words, 0 to 1; 1 when nothing is shared. */
  of({ element }: Block): number {
    let share = this.known.get(element);
    if (share === undefined) this.known.set(element, (share = this.reckon(element)));
    return share;
  }

  private reckon(element: Element): number {
    let at: Element | null = element;
    while (at !== null && !this.above.has(at)) at = parentOf(at);
    const words = at === null ? this.view.whole.words : (this.view.holdings.get(at)?.words ?? 0);
    return words / Math.max(1, this.view.whole.words);
  }
}
