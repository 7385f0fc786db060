import type { Element } from 'domhandler';
import type { FetchedDocument } from '../../model/document.js';
import type { FoundItem } from '../../model/item.js';
import type { ListingSource } from '../../model/source.js';
import { addressKey } from '../address.js';
import { entriesAround, listingOn } from '../listing/listing.js';
import { openPage, select, type Page } from '../open-page.js';
import { contentLinks, type ContentLink } from './content-links.js';
import { dateFields } from './date-fields.js';
import { fewEntries } from './few-entries.js';
import { listSelectors, type ListSelector } from './list-selectors.js';
import { titleField } from './title-field.js';

/** A list that was found by its repetition, as the reader itself reads it. */
export interface FoundList {
  readonly select: ListingSource['select'];
  readonly date?: NonNullable<ListingSource['date']>;
  readonly items: readonly FoundItem[];
  /** How much it is like a list of news: comparable between lists of one page. */
  readonly score: number;
  /** How far its selector can be relied on, 0 to 3. */
  readonly worth: number;
  /** Share of the items with a date. */
  readonly dated: number;
  /** Share of the items that are files. */
  readonly files: number;
  /** There were but one or two entries to learn from. */
  readonly few: boolean;
}

/** Fewer entries are no repetition. */
const LEAST = 3;
const MOST_GROUPS = 10;
const MOST_SELECTORS = 8;
/** A link with so many letters may be a headline. */
const A_TITLE = 15;
const MOST_KEPT = 5;
const SURE = 5;
const USUAL = 0.8;
/** What one or two entries that are alike are worth less than many. */
const FEW = 0.5;

/** A row before its kind is known. */
export type RowBeginning = Omit<ListingSource, 'select' | 'kind' | 'date'>;

/**
 * The lists of a page, the most likely first: elements that are repeated and hold links to pages of the site, each with the sturdiest
 * selector that finds them and where its titles and dates stand. Every one was read by the reader of listings.
 * @throws {Failure} source.empty, source.too-large, source.too-deep
 */
export function findLists(row: RowBeginning, doc: FetchedDocument): readonly FoundList[] {
  const page = openPage(doc);
  const links = contentLinks(page);
  const ground: Ground = { row, doc, page, links, least: LEAST, numberOf: numbers() };
  const many = groupsOf(page, links).flatMap((entries) => bestOf(ground, entries) ?? []);
  const few = many.some(isPlainly)
    ? []
    : fewEntries(page, links).flatMap((entries) => bestOf({ ...ground, least: 1 }, entries) ?? []);
  const lists = [...many, ...few];
  const known = new Set<string>();
  return lists
    .sort((a, b) => b.score - a.score)
    .filter(({ items }) => {
      const same = [...new Set(items.map(({ key }) => key))].sort().join(' ');
      return known.has(same) ? false : known.add(same);
    })
    .slice(0, MOST_KEPT);
}

/** A list with days and headlines: beside it, no entry is looked for that stands alone. */
function isPlainly({ score, dated }: FoundList): boolean {
  return score >= SURE && dated >= USUAL;
}

/** The lists of a page in which a link stands that a person pointed at, the most likely first; empty when it is repeated nowhere. */
export function listsWith(row: RowBeginning, doc: FetchedDocument, url: string): readonly FoundList[] {
  const page = openPage(doc);
  const links = contentLinks(page);
  const pointed = addressKey(url);
  const ground: Ground = { row, doc, page, links, least: LEAST, numberOf: numbers() };
  const many = groupsOf(page, links, pointed).flatMap((entries) => bestOf(ground, entries) ?? []);
  const few = fewEntries(page, links).flatMap((entries) => bestOf({ ...ground, least: 1 }, entries) ?? []);
  return [...many, ...few]
    .filter(({ items }) => items.some(({ key }) => addressKey(key) === pointed))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_KEPT);
}

interface Ground {
  readonly row: RowBeginning;
  readonly doc: FetchedDocument;
  readonly page: Page;
  readonly links: readonly ContentLink[];
  /** How many entries make a list. */
  readonly least: number;
  readonly numberOf: (element: Element) => number;
}

/** Children of one parent with one name, each with links of its own: those with most headlines first. */
function groupsOf({ $ }: Page, links: readonly ContentLink[], pointed?: string): Element[][] {
  const holders = new Map<Element, Map<string, Map<Element, Set<string>>>>();
  for (const { element, key } of links) {
    for (let node: Element = element; ;) {
      const { parent } = node;
      if (parent === null || !('name' in parent) || node.name === 'body') break;
      const byName = holders.get(parent) ?? new Map<string, Map<Element, Set<string>>>();
      holders.set(parent, byName);
      const children = byName.get(node.name) ?? new Map<Element, Set<string>>();
      byName.set(node.name, children);
      children.set(node, (children.get(node) ?? new Set()).add(key));
      node = parent;
    }
  }
  const groups = [...holders.values()].flatMap((byName) => [...byName.values()]);
  const headlines = new Set(links.filter(({ text }) => text.length >= A_TITLE).map(({ key }) => key));
  return groups
    .filter((children) => pointed === undefined || [...children.values()].some((keys) => keys.has(pointed)))
    .map((children) => {
      const elements = [...children.keys()];
      const likely = [...children.values()].filter((keys) => [...keys].some((key) => headlines.has(key))).length;
      return { elements: withTwins($, elements), likely };
    })
    .filter(({ elements }) => elements.length >= LEAST)
    .sort((a, b) => b.likely - a.likely)
    .slice(0, MOST_GROUPS)
    .map(({ elements }) => elements);
}

/** A short group with a namesake elsewhere (a list for each month) counts as long as both. */
function withTwins($: Page['$'], elements: Element[]): Element[] {
  const [first] = elements;
  const parent = first?.parent;
  if (first === undefined || parent === undefined || parent === null || !('name' in parent) || elements.length >= LEAST)
    return elements;
  const mark = `${parent.name}.${parent.attribs['class'] ?? ''}>${first.name}`;
  const twins = $(parent).parent().children().toArray();
  return twins
    .filter((twin) => twin.name === parent.name)
    .flatMap((twin) => $(twin).children(first.name).toArray())
    .filter((child) => {
      const up = child.parent;
      return up !== null && 'name' in up && `${up.name}.${up.attribs['class'] ?? ''}>${child.name}` === mark;
    });
}

/** The best list out of the ways to find these entries. Ways that find the same are read once, by the sturdiest of them. */
function bestOf(ground: Ground, entries: readonly Element[]): FoundList | null {
  const ways = new Map<string, ListSelector>();
  for (const way of listSelectors(ground.page, entries).slice(0, MOST_SELECTORS)) {
    const selector = linked(ground, way);
    const found = select(ground.page.$.root(), selector.item).toArray();
    const same = found.map((element) => ground.numberOf(element)).join(' ');
    const before = ways.get(same);
    if (before === undefined || selector.worth > before.worth) ways.set(same, selector);
  }
  return [...ways.values()]
    .flatMap((way) => readBy(ground, way) ?? [])
    .reduce<FoundList | null>((best, one) => (best === null || one.score > best.score ? one : best), null);
}

/** Numbers elements as they are met. */
function numbers(): (element: Element) => number {
  const known = new Map<Element, number>();
  return (element) => {
    const number = known.get(element) ?? known.size;
    known.set(element, number);
    return number;
  };
}

/** Without the entries that lead nowhere: the head of a table, a heading between the entries. */
function linked({ page }: Ground, { item, worth }: ListSelector): ListSelector {
  const all = select(page.$.root(), item).toArray();
  const some = all.filter((entry) => entry.name === 'a' || page.$(entry).find('a[href]').length > 0).length;
  return some === all.length ? { item, worth } : { item: `${item}:has(a[href])`, worth };
}

function readBy(ground: Ground, { item, worth }: ListSelector): FoundList | null {
  const { row, doc, page, links, least } = ground;
  const matched = select(page.$.root(), item).toArray();
  if (matched.length < least) return null;
  const plain: ListingSource = { ...row, kind: 'listing', select: { item } };
  const first = listingOn(plain, page, doc).items;
  const keys = new Map(links.map((link) => [link.key, link]));
  const inContent = share(first, ({ key }) => keys.has(key));
  if (first.length < least || inContent < 0.5 || share(first, ({ title }) => title.length >= A_TITLE) < 0.3)
    return null;
  const entries = entriesAround(page, matched).map(({ around }) => around);
  const title = titleField(page, entries, first);
  const dates = dateFields({ ...plain, select: { item, ...title } }, { page, doc, matched: entries });
  const source: ListingSource = {
    ...plain,
    select: { item, ...title, ...dates.select },
    ...(dates.date === undefined ? {} : { date: dates.date }),
  };
  const { items } = listingOn(source, page, doc);
  const dated = share(items, ({ posted, updated }) => posted !== null || updated !== null);
  const files = share(items, ({ key }) => keys.get(addressKey(key))?.isFile === true);
  const few = items.length < LEAST;
  const score = scoreOf({ items, matched: matched.length, inContent, dated, worth, base: page.base });
  return {
    select: source.select,
    ...(source.date === undefined ? {} : { date: source.date }),
    items,
    score: few ? score - FEW : score,
    worth,
    dated,
    files,
    few,
  };
}

interface Measured {
  readonly items: readonly FoundItem[];
  readonly matched: number;
  readonly inContent: number;
  readonly dated: number;
  readonly worth: number;
  readonly base: string;
}

/** Many entries with dates and titles like headlines, whose addresses are alike, and little else matched: that is a list of news. */
function scoreOf({ items, matched, inContent, dated, worth, base }: Measured): number {
  const titles = new Set(items.map(({ title }) => title));
  const headlines = share(items, isHeadline);
  const overlong = share(items, ({ title }) => title.length > 250);
  const below = share(items, ({ url }) =>
    new URL(url).pathname.startsWith(new URL(base).pathname.replace(/\/?$/, '/')),
  );
  const shapes = new Set(items.map(({ url }) => shapeOf(url)));
  const told = share(items, ({ summary }) => (summary ?? '').length > 40);
  return (
    Math.log2(items.length + 1) +
    3 * dated +
    2 * headlines +
    0.5 * below +
    0.5 * told +
    0.4 * worth -
    2 * overlong -
    (shapes.size === 1 ? 0 : Math.min(1, shapes.size / items.length)) -
    4 * (1 - inContent) -
    2 * (1 - titles.size / items.length) -
    2 * (1 - items.length / matched)
  );
}

function isHeadline({ title }: FoundItem): boolean {
  return title.split(/\s+/).length >= 3 && title.length >= A_TITLE && title.length <= 250;
}

function shapeOf(url: string): string {
  const parts = new URL(url).pathname.split('/').filter((part) => part !== '');
  return [...parts.slice(0, -1).map((part) => part.replace(/\d+/g, '#')), parts.length].join('/');
}

function share<T>(all: readonly T[], test: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(test).length / all.length;
}
