import type { Element } from 'domhandler';
import { ukDate } from '../../model/uk-date.js';
import { plainText, textLines, type Page } from '../open-page.js';
import type { ContentLink } from './content-links.js';
import { classSelectors } from './names-in-markup.js';

/** A link with so many letters may be a headline. */
const A_TITLE = 15;
const MOST_LINKS = 40;
const MOST_LEVELS = 12;
const LONGEST_LINE = 80;
/** A larger element with one link is a page of text, not an entry of a list. */
const LONGEST_ENTRY = 2_000;
/** What the list itself is called, and not its entries. */
const HOLDER =
  /(?<!views-)(?:list|listing|items|cards|grid|feed|container|wrapper|holder|section|block|row|group|content|inner|body|results)s?$/i;
/** So many of the signs below make an entry. */
const ENOUGH = 3;

/**
 * Entries of a list that is too short to be known by its repetition, one or two of them: elements that hold one link of the page's
 * content and say by themselves that they are news. They are called so, bear a day, are a heading, or their addresses are below the
 * page's. Entries that are alike come together.
 */
export function fewEntries(page: Page, links: readonly ContentLink[]): readonly (readonly Element[])[] {
  const groups = new Map<string, Element[]>();
  const known = new Set<string>();
  const keys = new Map(links.map(({ element, key }) => [element, key]));
  for (const link of links.filter(({ text, element }) => isHeadline(page, text, element)).slice(0, MOST_LINKS)) {
    if (known.has(link.key)) continue;
    const entry = entryOf(page, link, keys);
    if (entry === null || signsOf(page, entry, link) < ENOUGH) continue;
    known.add(link.key);
    const mark = `${entry.name}.${classSelectors(entry)[0]?.selector ?? ''}`;
    groups.set(mark, [...(groups.get(mark) ?? []), entry]);
  }
  return [...groups.values()];
}

function isHeadline({ $ }: Page, text: string, element: Element): boolean {
  return (
    (text.length >= A_TITLE && text.split(' ').length >= 3) ||
    $(element).closest('h2, h3, h4, h5').length > 0 ||
    $(element).find('h2, h3, h4, h5').length > 0
  );
}

/** The element that holds this link alone: best the one that is called like an entry, else the largest. */
function entryOf({ $ }: Page, { element, key }: ContentLink, keys: ReadonlyMap<Element, string>): Element | null {
  const chain: Element[] = [];
  for (let node: Element | null = element; node !== null && chain.length < MOST_LEVELS;) {
    if (/^(?:html|body|main)$/.test(node.name) || $(node).is('[role="main"]') || $(node).find('h1').length > 0) break;
    const others = $(node)
      .find('a[href]')
      .toArray()
      .some((other) => (keys.get(other) ?? key) !== key);
    if (others || plainText(node).length > LONGEST_ENTRY) break;
    chain.push(node);
    const up: Element['parent'] = node.parent;
    node = up !== null && 'name' in up ? up : null;
  }
  const own = chain.filter((node) => node !== element || chain.length === 1);
  return (
    own.find(isCalledEntry) ??
    own.find(({ name }) => /^(?:li|tr|dd)$/.test(name)) ??
    own.filter(hasName).at(-1) ??
    own.at(-1) ??
    null
  );
}

function isCalledEntry(element: Element): boolean {
  if (/^h[1-6]$/.test(element.name)) return false;
  if (element.name === 'article') return true;
  return classSelectors(element).some(
    ({ selector, worth }) =>
      worth === 3 && !HOLDER.test(selector) && !/title|head|date|time|link|summary/i.test(selector),
  );
}

function hasName(element: Element): boolean {
  return classSelectors(element).some(({ worth }) => worth > 1);
}

/** How much speaks for news: 0 to 5. */
function signsOf({ $, base }: Page, entry: Element, { url, element }: ContentLink): number {
  const folder = new URL(base).pathname.replace(/\/?$/, '/');
  const isBelow = folder !== '/' && new URL(url).pathname.startsWith(folder);
  const hasDay =
    $(entry).find('time[datetime]').length > 0 ||
    textLines(entry).some(
      (line) => line.length <= LONGEST_LINE && (ukDate(line, 'any-uk')?.precision ?? 'year') !== 'year',
    );
  const isHeading = $(element).closest('h2, h3, h4, h5').length > 0 || $(entry).find('h2, h3, h4, h5').length > 0;
  return (hasDay ? 2 : 0) + (isCalledEntry(entry) ? 1 : 0) + (isBelow ? 1 : 0) + (isHeading ? 1 : 0);
}
