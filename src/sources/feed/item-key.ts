import { isUrl } from '../../model/is-url.js';
import { addressKey } from '../address.js';
import type { FeedEntry } from './parsed-feed.js';

export interface NamedEntry {
  readonly entry: FeedEntry;
  /** Identity inside the source. */
  readonly key: string;
}

/** What publishers hang on an id that stays the same thing: `#0` of the BBC, `#2026-07-06T10:00:00+01:00` of GOV.UK. */
const ID_NOISE = /#(?:\d{1,4}|\d{4}-\d\d-\d\dT[\d:.+Z-]{5,30})$/;

/**
 * The entries that have a link or an id, each once, with the key by which it is known from look to look: its address (GOV.UK gives
 * each update a new id, the BBC one story two), or where an address is no one entry's own, address and id; without a link the id.
 */
export function identify(entries: readonly FeedEntry[]): NamedEntry[] {
  const titles = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.link === null) continue;
    const key = addressKey(entry.link);
    titles.set(key, (titles.get(key) ?? new Set()).add(entry.title ?? ''));
  }
  const known = new Set<string>();
  return entries.flatMap((entry) => {
    const key = keyOf(entry, titles);
    if (key === null || known.has(key)) return [];
    known.add(key);
    return [{ entry, key }];
  });
}

function keyOf(entry: FeedEntry, titles: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const { link, guid, title } = entry;
  const id = guid?.replace(ID_NOISE, '') ?? null;
  if (link === null) return id === null ? null : `id:${id}`;
  const address = addressKey(link);
  if ((titles.get(address)?.size ?? 0) <= 1) return address;
  // One address, several titles: a page that holds many items. An id of its own, or the place on the page, tells them apart.
  const { hash } = isUrl(link) ? new URL(link) : { hash: '' };
  const own = id !== null && addressKey(id) !== address ? `id:${id}` : hash !== '' ? hash : `title:${title ?? ''}`;
  return `${address} ${own}`;
}
