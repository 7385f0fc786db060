import type { FetchedDocument } from '../model/document.js';
import type { FoundItem } from '../model/item.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { SitemapSource } from '../model/source.js';
import { addressKey, addressOf, isOwnHost } from './address.js';
import { compare } from './compare.js';
import { readDate } from './dated.js';
import { recall } from './memory.js';
import type { Sighting } from './sighting.js';
import { openSitemap, type SitemapDocument, type SitemapEntry } from './sitemap-document.js';
import { readSitemapIndex, readSitemapPart } from './sitemap-index.js';

/** More addresses than this are no list of news; the newest are kept, and the operator is told. */
const MOST_ITEMS = 10_000;
/** When so many known addresses bear a new `lastmod` at once, it is the time of the answer and says nothing. */
const MOVES_FOR_ALL = 0.8;
const ENOUGH = 10;

/** Reads a sitemap, or an index and the sitemaps in it that have changed, against what was known. */
export function readSitemap(source: SitemapSource, doc: FetchedDocument, memory: SourceMemory | null): Reading {
  const sitemap = openSitemap(doc);
  if (sitemap.kind === 'index') return readSitemapIndex(source, sitemap.entries, { doc, memory });
  const look = (before: SourceMemory | null): Reading =>
    compare(sitemapSighting(source, sitemap, { doc, before }), doc, before);
  return readSitemapPart(doc, memory, look) ?? look(memory);
}

/** The items of one sitemap. A page's title is only in news sitemaps; elsewhere the words of its address stand for it until it is read. */
function sitemapSighting(
  source: SitemapSource,
  sitemap: SitemapDocument,
  { doc, before }: { doc: FetchedDocument; before: SourceMemory | null },
): Sighting {
  const located = sitemap.entries.flatMap((entry) => {
    const url = addressOf(entry.loc, doc.url);
    return url === null ? [] : [{ entry, url }];
  });
  const own = located.filter(({ url }) => isOwnHost(source, url));
  const wanted = own.filter(({ url }) => isUnder(source, url)).map(({ entry, url }) => itemOf(entry, url));
  const kept = wanted.length <= MOST_ITEMS ? wanted : [...wanted].sort(newestFirst).slice(0, MOST_ITEMS);
  const known = new Map((recall(before)?.known ?? []).map(({ key, updated }) => [key, updated]));
  const drifting = lastmodMoves(kept, known);
  return {
    items: drifting ? kept.map((item) => withKnownDate(item, known.get(item.key) ?? null)) : kept,
    alarms: [],
    hints: [
      ...(drifting ? ['`lastmod` moves for nearly all addresses at once: it is not used to tell what changed'] : []),
      ...(own.length < located.length
        ? [`${located.length - own.length} addresses are on hosts that are not configured`]
        : []),
      ...(wanted.length > MOST_ITEMS || sitemap.cut
        ? [
            `Only the newest ${kept.length} of ${wanted.length}${sitemap.cut ? ' or more' : ''} addresses are watched: narrow it with 'under'`,
          ]
        : []),
    ],
    nextPage: null,
    whole: wanted.length <= MOST_ITEMS && !sitemap.cut,
    saysNone: false,
    config: JSON.stringify([source.url, source.under ?? [], source.hosts ?? []]),
  };
}

function itemOf(entry: SitemapEntry, url: string): FoundItem {
  return {
    key: addressKey(url),
    kind: 'article',
    url,
    title: entry.title === '' ? slugWords(url) : entry.title,
    posted: readDate(entry.published, { format: 'y-m-d' }, 'sitemap: news:publication_date'),
    updated: readDate(entry.lastmod, { format: 'y-m-d' }, 'sitemap: lastmod'),
  };
}

function isUnder(source: SitemapSource, url: string): boolean {
  const { pathname } = new URL(url);
  return (
    source.under === undefined || source.under.length === 0 || source.under.some((path) => pathname.startsWith(path))
  );
}

/** `/news/new-guidance-on-x/` reads `New guidance on x`. */
function slugWords(url: string): string {
  const last =
    new URL(url).pathname
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '';
  const words = decoded(last)
    .replace(/\.\w{2,5}$/, '')
    .replace(/[-_+]+/g, ' ')
    .trim();
  return words === '' ? new URL(url).hostname : words.charAt(0).toUpperCase() + words.slice(1);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray `%` is no encoding: the part is shown as it is written.
    return part;
  }
}

/** The date as it was first seen, where the present one says nothing. */
function withKnownDate(item: FoundItem, known: string | null): FoundItem {
  if (item.updated === null || known === null) return item;
  return {
    ...item,
    updated: {
      value: known,
      precision: known.includes('T') ? 'minute' : 'day',
      evidence: 'sitemap: lastmod, as first seen',
    },
  };
}

function lastmodMoves(items: readonly FoundItem[], known: ReadonlyMap<string, string | null>): boolean {
  const both = items.filter(({ key, updated }) => updated !== null && (known.get(key) ?? null) !== null);
  const moved = both.filter(({ key, updated }) => known.get(key) !== updated?.value).length;
  return both.length >= ENOUGH && moved >= both.length * MOVES_FOR_ALL;
}

function newestFirst(a: FoundItem, b: FoundItem): number {
  const day = (item: FoundItem): string => (item.posted ?? item.updated)?.value.slice(0, 10) ?? '';
  return day(b).localeCompare(day(a));
}
