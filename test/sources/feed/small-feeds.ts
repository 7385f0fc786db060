import type { ParsedFeed } from '../../../src/sources/feed/parsed-feed.js';
import { readFeed } from '../../../src/sources/feed/read-feed.js';

export const XML = '<?xml version="1.0" encoding="UTF-8"?>';
export const ADDRESS = 'https://www.example.org/news/feed.xml';

/** A channel of RSS 2.0 with these items (and other children). */
export const rss = (inside: string, attributes = ''): string =>
  `${XML}<rss version="2.0"${attributes}><channel><title>T</title><link>https://www.example.org/</link>${inside}</channel></rss>`;

/** One item with a title and an address of its own. */
export const item = (inside: string): string =>
  `<item><title>One</title><link>https://www.example.org/1</link>${inside}</item>`;

export const atom = (inside: string, attributes = ''): string =>
  `${XML}<feed xmlns="http://www.w3.org/2005/Atom"${attributes}><title>T</title><id>i</id>${inside}</feed>`;

export const entry = (inside: string): string => `<entry><id>e</id>${inside}</entry>`;

export async function read(
  feed: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  url = ADDRESS,
): Promise<ParsedFeed> {
  return readFeed(typeof feed === 'string' ? new TextEncoder().encode(feed) : feed, headers, url);
}

/** The first entry. */
export async function first(
  feed: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<ParsedFeed['entries'][number]> {
  const entries = (await read(feed, headers)).entries;
  if (entries[0] === undefined) throw new Error('the feed has no entries');
  return entries[0];
}
