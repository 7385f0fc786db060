import { canonicalUrl } from './match/canonical-url.js';
import { byHandId, byHandSource } from './model/by-hand.js';
import { Failure } from './model/failure.js';
import { isUrl } from './model/is-url.js';
import type { FoundItem } from './model/item.js';
import type { Source } from './model/source.js';
import { addedItems } from './store/added-items.js';
import type { Db } from './store/connect.js';
import type { Adding } from './web/add/routes.js';

export interface AddingParts {
  readonly db: Db;
  /** As configured now. */
  readonly sources: () => readonly Source[];
  /** Asks that the item be read soon. Losing the call costs only time until the next sweep. */
  readonly hurry: (source: Source, itemId: string) => Promise<void>;
}

/** Adding by address: the item is kept first, then read, drafted and matched like any other. */
export function openAdding({ db, sources, hurry }: AddingParts): Adding {
  const items = addedItems(db);
  return {
    sourcesAt: (url) => watchedAt(sources(), url).map(({ id, name }) => ({ id, name })),
    known: async (url) => {
      const key = canonicalUrl(url);
      return key === null ? undefined : await items.knownUnder(key);
    },
    add: async ({ url, sourceId, organisation, byId, at }) => {
      const key = canonicalUrl(url);
      if (key === null || !isUrl(url)) throw new Failure('draft.not-allowed', 'That is no address of a page.');
      const source = sourceId === null ? byHandOf(organisation) : sources().find(({ id }) => id === sourceId);
      if (source === undefined) throw new Failure('draft.not-allowed', 'That source is not watched any more.');
      const itemId = await items.addItem({ source, item: itemAt(source, url, key), addressKey: key, byId, at });
      await hurry(source, itemId);
      return itemId;
    },
    find: (itemId) => items.addedItem(itemId),
  };
}

function byHandOf(organisation: string): Source | undefined {
  const id = byHandId(organisation);
  if (id === null) throw new Failure('draft.not-allowed', 'Say whose page it is, in at most 100 characters.');
  return byHandSource(id);
}

/** Its title stands only until it is read. GOV.UK is read through its own API, as its lists do it. */
function itemAt(source: Source, url: string, key: string): FoundItem {
  const { origin, pathname } = new URL(url);
  const api = source.kind === 'govuk' && !pathname.startsWith('/api/') && !/\.\w+$/.test(pathname);
  return {
    key,
    kind: 'article',
    url,
    title: url,
    posted: null,
    updated: null,
    ...(api ? { readUrl: `${origin}/api/content${pathname}` } : {}),
  };
}

/** The sources that are watched on the host of an address; those that are polled first. */
function watchedAt(sources: readonly Source[], url: string): readonly Source[] {
  const host = hostOf(url);
  if (host === null) return [];
  return sources
    .filter((source) => [source.url, source.home ?? '', ...(source.hosts ?? [])].some((one) => hostOf(one) === host))
    .sort((a, b) => Number(a.enabled === false) - Number(b.enabled === false) || a.name.localeCompare(b.name));
}

function hostOf(place: string): string | null {
  const url = /^https?:\/\//i.test(place) ? place : `https://${place}`;
  return place !== '' && isUrl(url) ? new URL(url).hostname.replace(/^www\./, '') : null;
}
