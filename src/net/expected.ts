import { isUrl } from '../model/is-url.js';
import type { Source } from '../model/source.js';

/** What an address should answer with: it decides the Accept header and what counts as "something else came". */
export type Expected = 'feed' | 'sitemap' | 'json' | 'list' | 'item';

const PAGE = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5';

/** FEEDS.md, POLL-7. Part of what validators belong to: a change here drops them (POLL-2b). */
export const ACCEPT: Record<Expected, string> = {
  feed: 'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1',
  sitemap: 'application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.5, */*;q=0.1',
  json: 'application/json, application/feed+json;q=0.9, */*;q=0.1',
  list: PAGE,
  item: 'text/html, application/xhtml+xml;q=0.9, application/pdf;q=0.9, */*;q=0.5',
};

/** What should come from `url` when it is asked for `source`: its own document, another page of its list, or an item's page. */
export function expectedOf(source: Source, url: URL): Expected {
  if (source.kind === 'govuk') return govuk(url);
  if (source.kind === 'sitemap') return isSitemap(source.url, url) ? 'sitemap' : 'item';
  if (!samePlace(source.url, url)) return 'item';
  if (source.kind === 'feed') return 'feed';
  if (source.kind === 'wordpress' || source.kind === 'json') return 'json';
  return 'list';
}

function govuk(url: URL): Expected {
  if (url.pathname.endsWith('.atom')) return 'feed';
  return url.pathname.startsWith('/api/') ? 'json' : 'item';
}

function isSitemap(own: string, url: URL): boolean {
  return samePlace(own, url) || /\.xml(?:\.gz)?$/i.test(url.pathname);
}

/** The same page but for the query, which counts the pages of a list. */
function samePlace(own: string, url: URL): boolean {
  if (!isUrl(own)) return false;
  const { host, pathname } = new URL(own);
  return host === url.host && pathname === url.pathname;
}
