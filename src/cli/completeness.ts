import { canonicalUrl } from '../match/canonical-url.js';
import { titleLikeness, titleOf } from '../match/title.js';
import { isUrl } from '../model/is-url.js';
import type { Disposition } from '../model/item.js';
import type { knownAddresses, KnownAddress } from '../store/known-addresses.js';
import type { Listed } from './audit-list.js';

/** What became of one listed thing. `perhaps`: not its address, but an item of the same title. */
export interface Audited extends Listed {
  /** Of the item, else of the source that watches this host; `null`: nobody does. */
  readonly sourceId: string | null;
  readonly host: string;
  readonly had: Disposition | 'perhaps' | 'missed';
  readonly item: Pick<KnownAddress, 'itemId' | 'url' | 'title' | 'reason'> | null;
}

export interface SourceAudit {
  readonly sourceId: string | null;
  readonly host: string;
  readonly listed: number;
  readonly had: Readonly<Partial<Record<Audited['had'], number>>>;
  /** Found under their address, whatever became of them, of all that were listed. */
  readonly recall: number;
}

type Known = ReturnType<typeof knownAddresses>;
const KEYS_AT_ONCE = 500;
/** Where an address has several items, the one that came furthest speaks for it. */
const BEST: readonly Disposition[] = ['drafted', 'joined', 'held', 'read', 'found', 'failed'];

/** Each listed thing with what we had of it, in the order of the list. */
export async function auditList(listed: readonly Listed[], known: Known): Promise<readonly Audited[]> {
  const keyed = listed.map((one) => ({ one, key: canonicalUrl(one.url) }));
  const items = new Map<string, KnownAddress[]>();
  const keys = [...new Set(keyed.flatMap(({ key }) => key ?? []))];
  for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
    for (const { key, ...item } of await known.byKeys(keys.slice(from, from + KEYS_AT_ONCE))) {
      items.set(key, [...(items.get(key) ?? []), item]);
    }
  }
  const sources = await known.watched();
  const audited: Audited[] = [];
  for (const { one, key } of keyed) {
    const item = best(items.get(key ?? '') ?? []);
    const alike = item === null ? await sameTitle(one, known) : null;
    audited.push({
      ...one,
      sourceId: (item ?? alike)?.sourceId ?? watching(one.url, sources),
      host: hostOf(one.url),
      had: item?.disposition ?? (alike === null ? 'missed' : 'perhaps'),
      item: shown(item ?? alike),
    });
  }
  return audited;
}

function shown(item: KnownAddress | null): Audited['item'] {
  return item === null ? null : { itemId: item.itemId, url: item.url, title: item.title, reason: item.reason };
}

function best(items: readonly KnownAddress[]): KnownAddress | null {
  return [...items].sort((a, b) => BEST.indexOf(a.disposition) - BEST.indexOf(b.disposition))[0] ?? null;
}

async function sameTitle({ title }: Listed, known: Known): Promise<KnownAddress | null> {
  if (title === null) return null;
  const wanted = titleOf(title, '');
  const alike = (await known.byTitle(title)).filter((item) =>
    titleLikeness(wanted, titleOf(item.title, '')).startsWith('same'),
  );
  return best(alike);
}

/** The source of this host whose address is nearest above; the first of the host where none is. */
function watching(url: string, sources: readonly { readonly id: string; readonly url: string }[]): string | null {
  const ofHost = sources.filter((source) => hostOf(source.url) === hostOf(url));
  const above = ofHost
    .filter((source) => new URL(url).pathname.startsWith(new URL(source.url).pathname.replace(/[^/]*$/, '')))
    .sort((a, b) => b.url.length - a.url.length);
  return (above[0] ?? ofHost[0])?.id ?? null;
}

function hostOf(url: string): string {
  return isUrl(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}

/** By source, the one that missed most first. */
export function bySource(audited: readonly Audited[]): readonly SourceAudit[] {
  const groups = new Map<string, Audited[]>();
  for (const one of audited) {
    const name = one.sourceId ?? one.host;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()]
    .map((all): SourceAudit => {
      const had: Partial<Record<Audited['had'], number>> = {};
      for (const one of all) had[one.had] = (had[one.had] ?? 0) + 1;
      const found = all.length - (had.missed ?? 0) - (had.perhaps ?? 0);
      const [first] = all;
      return {
        sourceId: first?.sourceId ?? null,
        host: first?.host ?? '',
        listed: all.length,
        had,
        recall: found / all.length,
      };
    })
    .sort((a, b) => (b.had.missed ?? 0) - (a.had.missed ?? 0) || a.recall - b.recall);
}
