import { isTag, type Element } from 'domhandler';
import { ukDate } from '../../model/uk-date.js';
import { plainText, select, type Elements, type Page } from '../open-page.js';

/** Where the parts of an entry stand: in it, and, where it is but a line of its own, in what stands beside it. */
export interface Around {
  readonly own: Elements;
  /** Siblings that belong to the entry: the descriptions of a term, the term of a description, the lines under a heading. */
  readonly beside: Elements;
}

const HEADING = /^h[2-6]$/;
/** A longer text that holds a day tells of something. */
const DATE_LINE = 60;
const MOST_LINES = 12;

/**
 * What belongs to each entry of a list. A term has its descriptions, and a description its term. A heading has the lines down to the
 * next one, if the last entry has a day below it as well; or the one line above, if that is a day for the first entry. Where a day
 * stands above the first and below the last, whose it is cannot be told: then it is nobody's.
 */
export function surroundings({ $ }: Page, entries: readonly Element[]): (entry: Element) => Around {
  const all = new Set<unknown>(entries);
  const headings = entries.filter(({ name }) => HEADING.test(name));
  const [first] = headings;
  const last = headings.at(-1);
  const above = first !== undefined && isDateLine(siblingOf(first, 'prev'));
  const below = last !== undefined && linesBelow(last, all).some(isDateLine);
  const besideOf = (entry: Element): Element[] => {
    if (entry.name === 'dt') return following(entry, (next) => next.name === 'dd' && !all.has(next));
    if (entry.name === 'dd')
      return [...termOf(entry), ...following(entry, (next) => next.name === 'dd' && !all.has(next))];
    if (!HEADING.test(entry.name) || above === below) return [];
    const before = siblingOf(entry, 'prev');
    return below ? linesBelow(entry, all) : before !== null && isDateLine(before) ? [before] : [];
  };
  return (entry) => ({ own: $(entry), beside: $(besideOf(entry)) });
}

/** Elements in an entry, or beside it. @throws {Failure} config.invalid when the selector is none */
export function partsOf({ own, beside }: Around, selector: string): Elements {
  const inside = select(own, selector);
  return beside.length === 0 ? inside : inside.add(beside.filter(selector)).add(select(beside, selector));
}

/** The first selector of a list that finds a part, and its place in the list; `null` when none does. */
export function firstPart(
  around: Around,
  selectors: string | readonly string[],
): { readonly found: Elements; readonly at: number } | null {
  const list = typeof selectors === 'string' ? [selectors] : selectors;
  for (const [at, selector] of list.entries()) {
    const found = partsOf(around, selector);
    if (found.length > 0) return { found, at };
  }
  return null;
}

function siblingOf(element: Element, way: 'prev' | 'next'): Element | null {
  for (let node = element[way]; node !== null; node = node[way]) if (isTag(node)) return node;
  return null;
}

function following(entry: Element, belongs: (next: Element) => boolean): Element[] {
  const found: Element[] = [];
  for (let next = siblingOf(entry, 'next'); next !== null && belongs(next); next = siblingOf(next, 'next')) {
    if (found.push(next) === MOST_LINES) break;
  }
  return found;
}

function linesBelow(heading: Element, all: ReadonlySet<unknown>): Element[] {
  return following(heading, (next) => !/^h[1-6]$/.test(next.name) && !all.has(next));
}

function termOf(description: Element): Element[] {
  for (let before = siblingOf(description, 'prev'); before !== null; before = siblingOf(before, 'prev')) {
    if (before.name === 'dt') return [before];
    if (before.name !== 'dd') break;
  }
  return [];
}

function isDateLine(element: Element | null): boolean {
  if (element === null) return false;
  const text = plainText(element);
  if (text === '' || text.length > DATE_LINE) return false;
  const read = ukDate(text, 'any-uk');
  return read !== null && read.precision !== 'year';
}
