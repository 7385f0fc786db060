import { addressOf } from '../address.js';
import type { Page } from '../open-page.js';

const FEED_TYPES =
  'link[rel~="alternate"][type*="rss"], link[rel~="alternate"][type*="atom"], link[rel~="alternate"][type*="feed+json"]';

/** A word to the operator for each feed that the page itself offers: it may be the better way to read this source. */
export function advertisedFeeds({ $, base }: Page): string[] {
  const feeds = $(FEED_TYPES)
    .toArray()
    .flatMap((link) => addressOf($(link).attr('href'), base) ?? []);
  return [...new Set(feeds)].slice(0, 3).map((url) => `The page offers a feed: ${url}`);
}
