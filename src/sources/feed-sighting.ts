import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import type { FeedSource } from '../model/source.js';
import { isOwnHost } from './address.js';
import { feedItem, type ItemContext } from './feed/feed-item.js';
import { identify } from './feed/item-key.js';
import type { FeedEntry, ParsedFeed } from './feed/parsed-feed.js';
import { readFeed } from './feed/read-feed.js';
import type { Alarm, Sighting } from './sighting.js';

/** Entries of one look that are taken in: the newest, where a feed holds its whole archive. */
const MOST_ENTRIES = 500;
/** A date further ahead than this is a mistake of the publisher: the item counts as new when it is first seen. */
const AHEAD_MS = 48 * 3_600_000;
/** How a finder of GOV.UK that was retired says so: one entry with this end of its id. */
const ENDED = /\/feed-ended$/;
/** Copies of other people's pages: never items of a source that is not an archive itself. */
const ARCHIVES = /(?:^|\.)(?:web\.archive\.org|webarchive\.nationalarchives\.gov\.uk|archive\.(?:ph|is|today))$/;

/**
 * Reads the entries of a feed as items, in the feed's order. An entry with neither link nor id is passed over and counted in the
 * hints; so is a date over 48 hours ahead, which is dropped: the item stays.
 * @throws {Failure} source.feed-ended, and those of `readFeed`
 */
export async function feedSighting(source: FeedSource, doc: FetchedDocument): Promise<Sighting> {
  const { 'content-encoding': _undone, ...headers } = doc.headers;
  const feed = await readFeed(doc.bytes, headers, doc.url);
  refuseEnded(feed, source);
  const entries = newest(feed.entries);
  const context: ItemContext = {
    home: feed.feed.link ?? source.home ?? source.url,
    language: feed.feed.language,
    latest: new Date(doc.fetchedAt.getTime() + AHEAD_MS).toISOString(),
  };
  const named = identify(entries).filter(({ entry }) => !isArchived(entry));
  const items = named.map(({ entry, key }) => feedItem(entry, key, context));
  return {
    items,
    hints: hintsOf(source, feed, { named: named.map(({ entry }) => entry), entries, latest: context.latest }),
    alarms: nameless(entries.length, items.length),
    nextPage: null,
    whole: false,
    saysNone: feed.entries.length === 0,
    config: JSON.stringify([source.url, source.hosts ?? []]),
    ...(feed.wishes.minutes === null ? {} : { askMinutes: feed.wishes.minutes }),
    ...(feed.wishes.skipHours.length === 0 ? {} : { skipHours: feed.wishes.skipHours }),
    ...(feed.wishes.skipDays.length === 0 ? {} : { skipDays: feed.wishes.skipDays }),
  };
}

function refuseEnded(feed: ParsedFeed, source: FeedSource): void {
  const end = feed.entries.find(({ guid }) => guid !== null && ENDED.test(guid));
  if (end === undefined) return;
  const successor = end.link ?? 'none named';
  throw new Failure('source.feed-ended', `${source.id}: the publisher ended this feed. It points to: ${successor}`, {
    successor,
  });
}

/** All, or of a very long feed the newest, whichever end of the feed they stand at. Without dates: the first. */
function newest(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  const dateOf = (entry: FeedEntry): string => (entry.updated ?? entry.published)?.iso ?? '';
  const latest = new Set(
    [...entries].sort((a, b) => (dateOf(a) < dateOf(b) ? 1 : dateOf(a) > dateOf(b) ? -1 : 0)).slice(0, MOST_ENTRIES),
  );
  return entries.filter((entry) => latest.has(entry));
}

function isArchived({ link }: FeedEntry): boolean {
  return link !== null && isUrl(link) && ARCHIVES.test(new URL(link).hostname);
}

function nameless(entries: number, items: number): Alarm[] {
  if (entries === 0 || items > 0) return [];
  const words = `None of the ${entries} entries has a link or an id that can be used`;
  return [{ what: 'format', words, before: 'link or id', after: null }];
}

function hintsOf(
  source: FeedSource,
  feed: ParsedFeed,
  { named, entries, latest }: { named: readonly FeedEntry[]; entries: readonly FeedEntry[]; latest: string },
): string[] {
  const rejected = entries.filter(({ link, guid }) => link === null && guid === null).length;
  const archived = entries.filter(isArchived).length;
  const ahead = entries.filter(
    ({ published, updated }) => (published?.iso ?? '') > latest || (updated?.iso ?? '') > latest,
  ).length;
  const elsewhere = named.flatMap(({ link }) =>
    link === null || isOwnHost(source, link) ? [] : new URL(link).hostname,
  );
  const hosts = [...new Set(elsewhere)].slice(0, 5).join(', ');
  return [
    ...(rejected === 0 ? [] : [`${rejected} entries have neither link nor id and were passed over`]),
    ...(archived === 0 ? [] : [`${archived} entries lead to a web archive and were passed over`]),
    ...(ahead === 0 ? [] : [`${ahead} entries bear a date more than 48 hours ahead: it was not used`]),
    ...(elsewhere.length === 0 ? [] : [`${elsewhere.length} entries lead to hosts that are not configured: ${hosts}`]),
    ...(feed.entries.length > entries.length
      ? [`Only the newest ${entries.length} of ${feed.entries.length} entries were read`]
      : []),
    ...(feed.wishes.hub === null ? [] : [`The feed names a WebSub hub: ${feed.wishes.hub}`]),
  ];
}
