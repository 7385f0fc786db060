import { canonicalUrl } from '../match/canonical-url.js';
import type { Article } from '../model/article.js';
import { isUrl } from '../model/is-url.js';
import type { FoundItem } from '../model/item.js';

export interface AddressKey {
  readonly key: string;
  readonly kind: 'redirect' | 'canonical';
}

/** The key under which an item is known across sources from the start; `null` for a section, which has no page of its own. */
export function foundKey(item: FoundItem): string | null {
  return item.kind === 'section' ? null : canonicalUrl(item.url);
}

/**
 * Further addresses under which an item is known once it was read: where redirects led, and the canonical link. One that points
 * to a home page says nothing (a common fault of templates) and is left out.
 */
export function addressKeys(item: FoundItem, article: Article): AddressKey[] {
  if (item.kind === 'section') return [];
  return [keyOf(article.url, 'redirect'), keyOf(article.canonicalUrl, 'canonical')].flat();
}

function keyOf(url: string | null, kind: AddressKey['kind']): AddressKey[] {
  if (url === null || isHome(url)) return [];
  const key = canonicalUrl(url);
  return key === null ? [] : [{ key, kind }];
}

function isHome(url: string): boolean {
  return isUrl(url) && new URL(url).pathname.replace(/\/(?:index\.\w+)?$/, '') === '';
}
