import type { Element } from 'domhandler';
import type { FetchedDocument } from '../../model/document.js';
import type { FoundItem } from '../../model/item.js';
import type { ListingSource } from '../../model/source.js';
import { addressKey, addressOf, isOwnHost } from '../address.js';
import { firstMatch, openPage, plainText, select, type Elements, type Page } from '../open-page.js';
import type { Alarm, Sighting } from '../sighting.js';
import { advertisedFeeds } from './advertised-feeds.js';
import { entryDates } from './entry-dates.js';
import { nextPage } from './next-page.js';
import { firstPart, partsOf, surroundings, type Around } from './surroundings.js';

/** What a page says when its list is empty for a good reason. */
const SAYS_NONE =
  /\b(?:no|0|zero) (?:\w+ ){0,3}(?:results?|items?|records?|matches|news|articles?|entries|documents?|publications?|posts?)(?: (?:were |was )?found)?\b|\bnothing (?:was )?found\b|\bdid not match any\b/i;
/** Where the text of a link is not the title: `Read more`, `Continue reading`. */
const NO_TITLE =
  /^(?:read (?:more|article|the full .{0,20})|more|continue reading|find out more|view|details|link|here|download|»|→|\.\.\.)[\s.…»→]*$/i;
const MOST_ITEMS = 500;

/** Reads the items of an HTML list, in page order. Only the first link of an item counts; links further down in it are no items. */
export function listingSighting(source: ListingSource, doc: FetchedDocument): Sighting {
  return listingOn(source, openPage(doc), doc);
}

/** The same, on a page that was opened already. */
export function listingOn(source: ListingSource, page: Page, doc: FetchedDocument): Sighting {
  const matched = firstMatch(page.$.root(), source.select.item);
  const entries = matched === null ? [] : outermost(matched.found.toArray());
  const read = entriesAround(page, entries).map(({ entry, around }) => readEntry(source, page, entry, around));
  const items = read.flatMap(({ item }) => item ?? []);
  const elsewhere = read.flatMap(({ foreign }) => foreign ?? []);
  const alarms = [
    ...fallBack('item', source.select.item, matched?.at ?? 0),
    ...linkAlarms(source, { entries: entries.length, items: items.length, foreign: elsewhere.length }),
    ...read.slice(0, 1).flatMap(({ fallBacks }) => fallBacks),
  ];
  return {
    items,
    alarms,
    hints: [
      ...advertisedFeeds(page),
      ...(elsewhere.length === 0
        ? []
        : [
            `${elsewhere.length} links lead to hosts that are not configured: ${[...new Set(elsewhere)].slice(0, 5).join(', ')}`,
          ]),
      ...(entries.length > MOST_ITEMS ? [`Only the first ${MOST_ITEMS} of ${entries.length} entries were read`] : []),
    ],
    nextPage: nextPage(source, page, doc),
    whole: false,
    saysNone: entries.length === 0 && SAYS_NONE.test(plainText(page.$('body')[0])),
    config: JSON.stringify([source.url, source.select, source.hosts ?? []]),
  };
}

/** Entries, each with what stands around it: of those beyond the most that are read, none. */
export function entriesAround(
  page: Page,
  entries: readonly Element[],
): readonly { readonly entry: Element; readonly around: Around }[] {
  const some = entries.slice(0, MOST_ITEMS);
  const holders = some.map((entry) => (isLink(entry) ? containerOf(entry, entries) : entry));
  const aroundOf = surroundings(page, holders);
  return some.map((entry, at) => ({ entry, around: aroundOf(holders[at] ?? entry) }));
}

interface Entry {
  readonly item: FoundItem | null;
  /** The host of a link that is not ours. */
  readonly foreign: string | null;
  readonly fallBacks: readonly Alarm[];
}

function readEntry(source: ListingSource, page: Page, entry: Element, around: Around): Entry {
  const link = linkOf(source, page, entry);
  const titled = titleOf(source, page, { around, link: link.found });
  const fallBacks = [
    ...fallBack('link', source.select.link, link.at),
    ...fallBack('title', source.select.title, titled.at),
  ];
  const { posted, updated, at } = entryDates(source, page, around);
  fallBacks.push(...fallBack('date', source.select.date, at));
  const summary = summaryOf(source, around);
  const fields = { title: titled.text, posted, updated, ...(summary === '' ? {} : { summary }) };
  if (link.found === null) {
    const unlinked =
      source.select.link === undefined && !isLink(entry) ? withoutLink(source, around.own, fields) : null;
    return { item: unlinked, foreign: null, fallBacks };
  }
  const url = addressOf(link.found.attribs['href'], page.base);
  if (url === null) return { item: null, foreign: null, fallBacks };
  if (!isOwnHost(source, url)) return { item: null, foreign: new URL(url).hostname, fallBacks };
  return { item: { key: keyOf(url, page.base), kind: 'article', url, ...fields }, foreign: null, fallBacks };
}

/** A list that links into its own page by fragment has its items there: there the fragment is part of the identity. */
function keyOf(url: string, base: string): string {
  const key = addressKey(url);
  const { hash } = new URL(url);
  return hash !== '' && key === addressKey(base) ? `${key}${hash}` : key;
}

/** News on one page without addresses of their own: date line and first words are what tells them apart. */
function withoutLink(
  source: ListingSource,
  around: Elements,
  fields: Pick<FoundItem, 'title' | 'posted' | 'updated'>,
): FoundItem | null {
  const text = plainText(around[0]);
  const title = fields.title === '' ? text.slice(0, 120) : fields.title;
  if (title === '') return null;
  const key = `entry:${fields.posted?.value ?? fields.updated?.value ?? ''}:${title.toLowerCase()}`;
  const contentHtml = around.html() ?? '';
  return { ...fields, key, kind: 'section', url: source.url, readUrl: null, title, contentHtml };
}

function linkOf(source: ListingSource, page: Page, entry: Element): { found: Element | null; at: number } {
  const { link } = source.select;
  if (link !== undefined) {
    const selectors = typeof link === 'string' ? [link] : link;
    const at = selectors.findIndex(
      (selector) => page.$(entry).is(selector) || select(page.$(entry), selector).length > 0,
    );
    const selector = selectors[at];
    if (selector === undefined) return { found: null, at: 0 };
    const found = page.$(entry).is(selector) ? entry : select(page.$(entry), selector)[0];
    return {
      found: found === undefined || isLink(found) ? (found ?? null) : (select(page.$(found), 'a[href]')[0] ?? null),
      at,
    };
  }
  if (isLink(entry)) return { found: entry, at: 0 };
  const links = select(page.$(entry), 'a[href]')
    .toArray()
    .filter((a) => addressOf(a.attribs['href'], page.base) !== null);
  const inHeading = links.find((a) => page.$(a).closest('h1, h2, h3, h4, h5, h6').length > 0 && plainText(a) !== '');
  const around = page.$(entry).parents('a[href]')[0];
  return { found: inHeading ?? links.find((a) => plainText(a) !== '') ?? links[0] ?? around ?? null, at: 0 };
}

function titleOf(
  source: ListingSource,
  page: Page,
  { around, link }: { around: Around; link: Element | null },
): { text: string; at: number } {
  if (source.select.title !== undefined) {
    const matched = firstPart(around, source.select.title);
    const self = matched === null && link !== null && page.$(link).is(first(source.select.title)) ? link : undefined;
    return { text: plainText(matched?.found[0] ?? self), at: matched?.at ?? 0 };
  }
  const heading =
    partsOf(around, 'h1, h2, h3, h4, h5, h6')
      .toArray()
      .map(plainText)
      .find((text) => text !== '') ?? '';
  const inLink = link === null ? '' : plainText(page.$(link).find('h1, h2, h3, h4, h5, h6')[0] ?? link);
  if (inLink !== '' && !NO_TITLE.test(inLink)) return { text: inLink, at: 0 };
  const spoken = link?.attribs['aria-label'] ?? link?.attribs['title'] ?? '';
  return { text: heading !== '' ? heading : spoken.trim() || inLink, at: 0 };
}

function summaryOf(source: ListingSource, around: Around): string {
  const matched = firstPart(around, source.select.summary ?? ['[class*="description"]', '[class*="summary"]', 'p']);
  return plainText(matched?.found[0]);
}

/**
 * Of nested matches the outer ones: what stands inside an item is never an item of its own. Where the matches are links, a link in a
 * list inside the list entry of another link is its child (a part of a collection), too.
 */
function outermost(entries: readonly Element[]): Element[] {
  const all = new Set<unknown>(entries);
  const holders = new Set<unknown>(entries.filter(isLink).map((link) => holderOf(link)));
  return entries.filter((entry) => {
    for (let up = entry.parent; up !== null; up = up.parent) if (all.has(up)) return false;
    if (!isLink(entry)) return true;
    const own = holderOf(entry);
    for (let up = own?.parent ?? null; up !== null; up = up.parent) if (holders.has(up)) return false;
    return true;
  });
}

/** The list entry that an element stands in. */
function holderOf(entry: Element): Element | null {
  for (let up = entry.parent; up !== null; up = up.parent) {
    if ('name' in up && /^(?:li|article|tr|dd)$/.test(up.name)) return up;
  }
  return null;
}

/** The element around a link that belongs to it alone, where its date and summary stand. */
function containerOf(entry: Element, all: readonly Element[]): Element {
  let best = entry;
  for (let up = entry.parent; up !== null && 'name' in up && up.name !== 'body' && up.name !== 'main'; up = up.parent) {
    const holder = up;
    if (all.some((other) => other !== entry && contains(holder, other))) break;
    best = holder;
    if (/^(?:li|article|tr|dd|section)$/.test(best.name)) break;
  }
  return best;
}

function contains(holder: Element, inner: Element): boolean {
  for (let up = inner.parent; up !== null; up = up.parent) if (up === holder) return true;
  return false;
}

function isLink(element: Element): boolean {
  return element.name === 'a' && element.attribs['href'] !== undefined;
}

function first(selectors: string | readonly string[]): string {
  return typeof selectors === 'string' ? selectors : (selectors[0] ?? '*');
}

function fallBack(field: string, selectors: string | readonly string[] | undefined, at: number): Alarm[] {
  if (selectors === undefined || typeof selectors === 'string' || at === 0) return [];
  const words = `The first selector for the ${field} finds nothing any more; fall-back ${at} is in use`;
  return [{ what: 'fall-back', words, before: selectors[0], after: selectors[at] }];
}

function linkAlarms(source: ListingSource, seen: { entries: number; items: number; foreign: number }): Alarm[] {
  const unread = seen.entries - seen.items - seen.foreign;
  if (seen.entries === 0 || unread * 2 <= seen.entries) return [];
  const words = `${unread} of ${seen.entries} entries have no link that can be read`;
  return [
    {
      what: 'selector-lost',
      words,
      before: source.select.link ?? 'a[href]',
      after: { entries: seen.entries, read: seen.items },
    },
  ];
}
