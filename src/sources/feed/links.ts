import { childrenNamed, resolved, textOf, type FeedElement } from './feed-tree.js';
import type { FeedEnclosure } from './parsed-feed.js';

const MOST_ENCLOSURES = 200;

/**
 * The page of an entry: an alternate link, HTML first, or the text of a link element; else a guid that is a permalink; else the
 * address of a CDF item. Never self, edit, replies, hub or enclosure. Empty links are passed over.
 */
export function entryLink(entry: FeedElement): string | null {
  return alternateLink(entry) ?? permalink(entry) ?? resolved(entry.attributes.get('href') ?? '', entry.base);
}

/** The alternate link of an entry or a feed. */
export function alternateLink(element: FeedElement): string | null {
  const links = childrenNamed(element, 'link').flatMap((link) => {
    const href = link.attributes.get('href') ?? textOf(link);
    const url = isAlternate(link) ? resolved(href, link.base) : null;
    return url === null ? [] : [{ url, isPage: isPage(link) }];
  });
  return (links.find(({ isPage: page }) => page) ?? links[0])?.url ?? null;
}

/** Where a WebSub hub of the feed is; `null` without one. */
export function hubLink(element: FeedElement): string | null {
  const hub = childrenNamed(element, 'link').find((link) => relations(link).includes('hub'));
  return hub === undefined ? null : resolved(hub.attributes.get('href') ?? '', hub.base);
}

/** Files of an entry: enclosure elements and links, then media content that is none of them. */
export function enclosuresOf(entry: FeedElement): FeedEnclosure[] {
  const named = entry.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    if (child.name === 'enclosure')
      return enclosure(child, child.attributes.get('url') ?? child.attributes.get('href'));
    return child.name === 'link' && relations(child).includes('enclosure')
      ? enclosure(child, child.attributes.get('href') ?? textOf(child))
      : [];
  });
  const groups = childrenNamed(entry, 'media:group');
  const media = [entry, ...groups].flatMap((group) =>
    childrenNamed(group, 'media:content').flatMap((content) => enclosure(content, content.attributes.get('url'))),
  );
  const known = new Set(named.map(({ url }) => url));
  return [...named, ...media.filter(({ url }) => !known.has(url))].slice(0, MOST_ENCLOSURES);
}

function enclosure(element: FeedElement, address: string | undefined): FeedEnclosure[] {
  const url = resolved(address ?? '', element.base);
  if (url === null) return [];
  const length = element.attributes.get('length') ?? element.attributes.get('filesize');
  return [{ url, type: trimmed(element.attributes.get('type')), length: trimmed(length) }];
}

function permalink(entry: FeedElement): string | null {
  for (const guid of childrenNamed(entry, 'guid', 'id')) {
    const said = guid.attributes.get('ispermalink')?.trim().toLowerCase();
    const text = textOf(guid);
    if (said === 'false') continue;
    if (said === 'true' || /^https?:\/\//i.test(text)) return resolved(text, guid.base);
  }
  return null;
}

function relations(link: FeedElement): string[] {
  return (link.attributes.get('rel') ?? '')
    .slice(0, 500)
    .toLowerCase()
    .split(/\s+/)
    .filter((rel) => rel !== '');
}

function isAlternate(link: FeedElement): boolean {
  const rels = relations(link);
  return (
    rels.length === 0 ||
    rels.includes('alternate') ||
    rels.includes('http://www.iana.org/assignments/relation/alternate')
  );
}

function isPage(link: FeedElement): boolean {
  const type = (link.attributes.get('type') ?? '').trim().toLowerCase();
  return type === '' || type === 'text/html' || type === 'application/xhtml+xml';
}

function trimmed(text: string | undefined): string | null {
  const plain = (text ?? '').trim();
  return plain === '' ? null : plain;
}
