import type { FetchedDocument } from '../model/document.js';
import type { FoundItem } from '../model/item.js';
import { addressKey, addressOf, addressShape } from './address.js';
import { openPage, plainText } from './open-page.js';

/** Shorter link texts are no titles. */
const A_TITLE = 15;
const FURNITURE = 'nav, header, footer, aside, [role="navigation"]';

/**
 * Whether a feed lags its page: a word for the operator when the page shows, above the first item that both have, links like those of
 * the feed which the feed has not. `null`: it does not, or they have nothing in common and nothing can be said.
 * @throws {Failure} source.empty, source.too-large, source.too-deep
 */
export function feedLag(feed: readonly Pick<FoundItem, 'url'>[], doc: FetchedDocument): string | null {
  const { $, base } = openPage(doc);
  const known = new Set(feed.map(({ url }) => addressKey(url)));
  const alike = new Set(feed.map(({ url }) => likeness(url)));
  const ahead: { url: string; title: string }[] = [];
  for (const link of $('body a[href]').toArray()) {
    const url = addressOf(link.attribs['href'], base);
    if (url === null || $(link).closest(FURNITURE).length > 0) continue;
    if (known.has(addressKey(url))) {
      const [first] = ahead;
      return first === undefined
        ? null
        : `The feed lags its page by ${ahead.length}: it has not '${first.title}' (${first.url})`;
    }
    const title = plainText(link);
    const isItem = title.length >= A_TITLE && alike.has(likeness(url));
    if (isItem && !ahead.some((other) => addressKey(other.url) === addressKey(url))) ahead.push({ url, title });
  }
  return null;
}

/** Host, first part of the path, and how deep it goes. */
function likeness(url: string): string {
  const depth = new URL(url).pathname.split('/').filter((part) => part !== '').length;
  return `${addressShape(url)} ${depth}`;
}
