import type { FoundItem } from '../model/item.js';
import type { Reading, SourceEvent } from '../model/reading.js';
import type { Source } from '../model/source.js';
import { ruledOut } from '../rank/rules.js';
import { foundKey } from './address-keys.js';
import type { PollResult } from './ports.js';

/** How many items of the first look become drafts when the source does not say. */
const INITIAL_ITEMS = 5;

/**
 * What happens to each event of a reading: new items are to be read, or held with the reason. The first look is a baseline: its
 * newest items are read, the rest held, so that a new source brings a few drafts and not a flood. Order of the page is kept.
 */
export function decideItems(source: Source, reading: Reading | null): Pick<PollResult, 'items' | 'changed' | 'gone'> {
  const events = reading?.events ?? [];
  const itemsOf = (...names: string[]): FoundItem[] =>
    events.flatMap((one) => (names.includes(one.event) && one.item !== null && !isOnlyADay(one) ? [one.item] : []));
  const first = events
    .filter(({ detail }) => detail['baseline'] === true)
    .flatMap(({ item }) => (item === null ? [] : [item]));
  const wanted = new Set(
    newestFirst(first)
      .slice(0, source.initialItems ?? INITIAL_ITEMS)
      .map((item) => item.key),
  );
  const baseline = new Set(first.filter((item) => !wanted.has(item.key)).map((item) => item.key));
  const held = (item: FoundItem): Pick<PollResult['items'][number], 'held' | 'heldBecause'> => {
    if (baseline.has(item.key)) return { held: 'baseline' };
    const because = ruledOut(source, item);
    return because === null ? { held: null } : { held: 'filtered', heldBecause: because };
  };
  const known = events.flatMap((one) => (one.item !== null && isOnlyADay(one) ? [one.item] : []));
  return {
    // A known one keeps its day as it is printed now: it is no other revision, and nobody need look at it again.
    items: [...itemsOf('item.found', 'item.returned', 'document.added'), ...known].map((item) => ({
      item,
      ...held(item),
      addressKey: foundKey(item),
    })),
    changed: itemsOf('item.changed', 'document.replaced', 'document.moved', 'section.changed'),
    gone: itemsOf('item.gone', 'document.removed').map((item) => item.key),
  };
}

/** Only a date moved, by one day: the site reckons its time zone anew (`sources/differences.ts`). */
function isOnlyADay({ event, detail }: SourceEvent): boolean {
  return event === 'item.changed' && detail['onlyADay'] === true;
}

/** By the day that the source gives; items without a date keep their place on the page, after the dated ones. */
function newestFirst(items: readonly FoundItem[]): FoundItem[] {
  const day = (item: FoundItem): string => (item.posted ?? item.dated ?? item.updated)?.value.slice(0, 10) ?? '';
  return [...items].sort((a, b) => day(b).localeCompare(day(a)));
}
