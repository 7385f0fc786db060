import type { FoundItem } from '../model/item.js';
import type { GoodLook, Known } from './memory.js';
import type { Alarm } from './sighting.js';

/** Below this many items, what they have in common says nothing. */
const ENOUGH = 3;
const MANY = 5;
const MOST = 0.8;
/** Two titles that share less than this part of their words tell of other things, or in another language. */
const ALIKE = 0.34;
const WORD = /[\p{L}\p{N}]{3,}/gu;
const LONGEST_TITLE = 500;

/** Every entry is found, and its link is that of all others: a script makes the links now, or the selector finds the wrong one. */
export function oneAddress(items: readonly FoundItem[], good: GoodLook): Alarm[] {
  const distinct = new Set(items.map(({ key }) => key)).size;
  if (items.length < ENOUGH || distinct > 1 || new Set(good.canaries).size < ENOUGH) return [];
  const words = `The ${items.length} items that were found all lead to one address`;
  return [{ what: 'canaries-gone', words, before: good.canaries.slice(0, 5), after: items[0]?.url ?? null }];
}

/** The known items are here under titles that have nothing of their old ones: another language, or no titles at all. */
export function otherTitles(items: readonly FoundItem[], known: readonly Known[]): Alarm[] {
  const before = new Map(known.map(({ key, title }) => [key, title]));
  const pairs = items.flatMap(({ key, title }) => {
    const old = before.get(key) ?? '';
    return old === '' || title === '' ? [] : [{ old, title }];
  });
  const told = new Set(pairs.map(({ old }) => old)).size;
  if (pairs.length < MANY || told * 2 < pairs.length || pairs.some(({ old, title }) => isAlike(old, title))) return [];
  const words = `The titles of all ${pairs.length} known items are other ones at once`;
  return [{ what: 'titles-changed', words, before: pairs[0]?.old ?? null, after: pairs[0]?.title ?? null }];
}

/** No known address is left, and the titles are: the site gave its items other addresses. As news they would all come a second time. */
export function otherAddresses(items: readonly FoundItem[], known: readonly Known[]): Alarm[] {
  const titles = new Set(known.filter(({ place, title }) => place >= 0 && title !== '').map(({ title }) => title));
  const again = items.filter(({ title }) => titles.has(title));
  const distinct = new Set(again.map(({ title }) => title)).size;
  if (distinct < ENOUGH || again.length * 2 < items.length) return [];
  const words = `The known items stand at other addresses: ${again.length} of ${items.length} titles are known`;
  return [{ what: 'canaries-gone', words, before: known[0]?.url ?? null, after: again[0]?.url ?? null }];
}

/** Nearly all days lie after `latest` (`2026-11-27`), where before none did. */
export function datesAhead(items: readonly FoundItem[], good: GoodLook, latest: string): Alarm[] {
  if (good.dated < MOST || good.newest === null || good.newest > latest) return [];
  const days = items.flatMap((item) => (item.posted ?? item.updated ?? item.dated)?.value.slice(0, 10) ?? []);
  const ahead = days.filter((day) => day > latest).length;
  if (ahead < ENOUGH || ahead < items.length * MOST) return [];
  const words = `The dates lie ahead: ${ahead} of ${items.length} items bear a day after ${latest}`;
  return [{ what: 'dates-ahead', words, before: good.newest, after: days.sort().at(-1) ?? null }];
}

function isAlike(old: string, title: string): boolean {
  const before = wordsOf(old);
  if (before.size === 0) return true;
  const after = wordsOf(title);
  return [...before].filter((word) => after.has(word)).length >= before.size * ALIKE;
}

function wordsOf(title: string): Set<string> {
  return new Set(title.slice(0, LONGEST_TITLE).toLowerCase().match(WORD) ?? []);
}
