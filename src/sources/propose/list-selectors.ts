import type { Element } from 'domhandler';
import type { Page } from '../open-page.js';
import { classSelectors, idSelector } from './names-in-markup.js';

/** A selector that finds the entries of a list, and how far it can be relied on: 0 (only a way through the tree) to 3. */
export interface ListSelector {
  readonly item: string;
  readonly worth: number;
}

const MOST_CLASSES = 3;
const MOST_ANCESTORS = 6;
/** Of the entries so many must bear a class for it to be theirs. */
const USUAL = 0.9;

/** Ways to find these entries, which are children of one parent: by their own classes, and from what stands around them. */
export function listSelectors(page: Page, entries: readonly Element[]): readonly ListSelector[] {
  const [first] = entries;
  if (first === undefined) return [];
  const own = commonClasses(entries).slice(0, MOST_CLASSES);
  const around = containersOf(page, first);
  const tag = first.name;
  const found = new Map<string, number>();
  const add = (item: string, worth: number): void => void found.set(item, Math.max(worth, found.get(item) ?? 0));
  for (const { selector, worth } of own) {
    if (worth > 1) add(selector, worth);
    for (const holder of around.slice(0, 2)) add(`${holder.selector} ${selector}`, Math.min(3, worth * 0.5 + 1));
  }
  const firstOnly = firstOfType(page, first);
  for (const { selector, steps, worth } of around) {
    // A way of nothing but `div` fits anywhere below: it counts from its beginning.
    const start = steps.length > 2 && [...steps, tag].every((step) => step === 'div') ? ' > ' : ' ';
    if (firstOnly !== null && steps.length > 0) {
      add(`${selector}${start}${[...steps.slice(0, -1), firstOnly].join(' > ')} > ${tag}`, worth - 0.1);
    }
    add(steps.length === 0 ? `${selector} > ${tag}` : `${selector}${start}${steps.join(' > ')} > ${tag}`, worth);
    if (steps.length > 1 && /^(?:li|article|tr|dd)$/.test(tag))
      add(`${selector} ${steps.at(-1) ?? ''} > ${tag}`, worth - 0.2);
  }
  return [...found].map(([item, worth]) => ({ item, worth }));
}

/** `ul:first-of-type`, where the list is the first of several beside each other. */
function firstOfType({ $ }: Page, entry: Element): string | null {
  const { parent } = entry;
  if (parent === null || !('name' in parent)) return null;
  const alike = $(parent).parent().children(parent.name).toArray();
  return alike.length > 1 && alike[0] === parent ? `${parent.name}:first-of-type` : null;
}

function commonClasses(entries: readonly Element[]): { readonly selector: string; readonly worth: number }[] {
  const counts = new Map<string, { worth: number; count: number }>();
  for (const entry of entries) {
    for (const { selector, worth } of classSelectors(entry)) {
      const before = counts.get(selector);
      counts.set(selector, { worth, count: (before?.count ?? 0) + 1 });
    }
  }
  return [...counts]
    .filter(([, { count }]) => count >= entries.length * USUAL)
    .map(([selector, { worth }]) => ({ selector, worth }))
    .sort((a, b) => b.worth - a.worth);
}

interface Container {
  readonly selector: string;
  /** The elements from it down to the parent of the entries. */
  readonly steps: readonly string[];
  readonly worth: number;
}

/** What stands around the entries and can be found again, the nearest first: ids, classes, `main`, at last `body`. */
function containersOf({ $ }: Page, entry: Element): Container[] {
  const found: Container[] = [];
  const steps: string[] = [];
  const parents = $(entry).parents().toArray();
  for (const [at, parent] of parents.entries()) {
    const id = idSelector(parent);
    const classes = classSelectors(parent).filter(({ worth }) => worth > 1);
    if (id !== null) found.push({ selector: id, steps: [...steps], worth: 2 - at * 0.1 });
    const [best] = classes;
    if (best !== undefined)
      found.push({ selector: best.selector, steps: [...steps], worth: best.worth - 0.6 - at * 0.1 });
    if (parent.name === 'main') found.push({ selector: 'main', steps: [...steps], worth: 1.2 - at * 0.1 });
    if (parent.name === 'body') {
      found.push({ selector: 'body', steps: [...steps], worth: 0.4 });
      break;
    }
    if (found.length >= MOST_ANCESTORS) break;
    steps.unshift(parent.name);
  }
  return found;
}
