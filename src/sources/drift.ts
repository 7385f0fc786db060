import type { FoundItem } from '../model/item.js';
import { addressShape } from './address.js';
import type { GoodLook, Known, Memory } from './memory.js';
import { datesAhead, oneAddress, otherAddresses, otherTitles } from './odd-looks.js';
import type { Alarm, Sighting } from './sighting.js';

/** How many known items are kept as canaries. */
const CANARIES = 12;
/** A field counts as usual where at least this share of the items had it, and as missing where at most that share has. */
const USUAL = 0.8;
const MISSING = 0.2;
/** Below this many items, shares say nothing. */
const ENOUGH = 3;
/** A loss of this many known items at once, with nothing new in their place, is no tidying up. */
const MANY = 5;

export interface Judgement {
  readonly alarms: readonly Alarm[];
  /** What was found cannot be trusted to be items of this source at all: none of it is taken in. */
  readonly doubtful: boolean;
  /** Everything is new, and believably so: some may have come and gone between two looks. */
  readonly turnedOver: boolean;
}

/**
 * Whether a look can be trusted, judged by what earlier looks found and by no hand-set threshold per source: nothing where there
 * was something, no canary left and what came does not continue the list, a field gone that all items had, most items gone at once,
 * other titles or days ahead on all of them. `latest`: the last day that an item may bear (`2026-11-27`).
 */
export function judge(sighting: Sighting, memory: Memory | null, latest: string): Judgement {
  const good = memory !== null && memory.config === sighting.config ? memory.good : null;
  const own = sighting.alarms;
  if (sighting.items.length === 0)
    return { alarms: [...own, ...nothing(sighting, good)], doubtful: false, turnedOver: false };
  if (good === null || good.count === 0 || memory === null) return { alarms: own, doubtful: false, turnedOver: false };
  const known = new Set(memory.known.map(({ key }) => key));
  const keys = new Set(sighting.items.map(({ key }) => key));
  const survivors = sighting.items.filter(({ key }) => known.has(key)).length;
  const now = measure(sighting.items);
  const fields = [
    ...missing('titles', good.titled, now.titled, good),
    ...missing('dates', good.dated, now.dated, good),
  ];
  const odd = [
    ...oneAddress(sighting.items, good),
    ...datesAhead(sighting.items, good, latest),
    ...(survivors > 0 ? otherTitles(sighting.items, memory.known) : otherAddresses(sighting.items, memory.known)),
  ];
  if (odd.length > 0) return { alarms: [...own, ...odd], doubtful: true, turnedOver: false };
  if (survivors > 0) {
    if (sighting.window === true) return { alarms: [...own, ...fields], doubtful: false, turnedOver: false };
    const back = wentBack(memory.known, keys, { good, now });
    const lost = lostAtOnce(memory.known, keys, survivors < sighting.items.length);
    return { alarms: [...own, ...fields, ...lost, ...back], doubtful: back.length > 0, turnedOver: false };
  }
  if (fields.length === 0 && continues(good, now)) return { alarms: own, doubtful: false, turnedOver: true };
  const canaries: Alarm = {
    what: 'canaries-gone',
    words: `None of the ${good.canaries.length} known items is on the page any more, and what was found does not continue the list`,
    before: { count: good.count, items: good.canaries.slice(0, 5) },
    after: { count: now.count, items: sighting.items.slice(0, 5).map(({ title, url }) => ({ title, url })) },
  };
  return { alarms: [...own, canaries, ...fields], doubtful: true, turnedOver: false };
}

/** What a look without alarm leaves as the measure of the next. */
export function measure(items: readonly FoundItem[]): GoodLook {
  const share = (test: (item: FoundItem) => boolean): number =>
    items.length === 0 ? 0 : items.filter(test).length / items.length;
  const days = items.flatMap((item) => dayOf(item) ?? []).sort();
  return {
    count: items.length,
    titled: share(({ title }) => title !== ''),
    dated: share((item) => dayOf(item) !== null),
    canaries: items.slice(0, CANARIES).map(({ key }) => key),
    newest: days.at(-1) ?? null,
    shapes: [...new Set(items.map(({ url }) => addressShape(url)))].slice(0, 50),
  };
}

function dayOf(item: FoundItem): string | null {
  return (item.posted ?? item.updated ?? item.dated)?.value.slice(0, 10) ?? null;
}

function nothing(sighting: Sighting, good: GoodLook | null): Alarm[] {
  if (good === null && sighting.saysNone) return [];
  if (good !== null && good.count === 0 && sighting.alarms.length === 0) return [];
  const before = good === null ? null : { count: good.count, items: good.canaries.slice(0, 5) };
  const words =
    good === null
      ? 'Nothing was found on the first look'
      : `Nothing was found where ${good.count} items were at the last good look`;
  return [{ what: 'no-items', words, before, after: { count: 0 } }];
}

function missing(field: string, before: number, after: number, good: GoodLook): Alarm[] {
  if (good.count < ENOUGH || before < USUAL || after > MISSING) return [];
  const words = `The ${field} are missing: ${percent(after)} of the items have one, ${percent(before)} had`;
  return [{ what: 'field-missing', words, before, after }];
}

/** A list goes on when its addresses look like those before, and its newest date, where there are dates, is not older than before. */
function continues(good: GoodLook, now: GoodLook): boolean {
  const alike = now.shapes.some((shape) => good.shapes.includes(shape));
  return alike && (good.newest === null || now.newest === null || now.newest >= good.newest);
}

function lostAtOnce(known: readonly Known[], here: ReadonlySet<string>, somethingNew: boolean): Alarm[] {
  const before = known.filter(({ place }) => place >= 0);
  const lost = before.filter(({ key }) => !here.has(key));
  if (somethingNew || lost.length < MANY || lost.length * 2 < before.length) return [];
  const words = `${lost.length} of ${before.length} known items are gone at once, and nothing new came in their place`;
  return [{ what: 'most-items-gone', words, before: before.length, after: before.length - lost.length }];
}

/** Only the newest are gone, and what is there is all older: an old copy of the list is served. One or two may have been taken off. */
function wentBack(
  known: readonly Known[],
  here: ReadonlySet<string>,
  { good, now }: { good: GoodLook; now: GoodLook },
): Alarm[] {
  if (good.newest === null || now.newest === null || now.newest >= good.newest) return [];
  const before = known.filter(({ place }) => place >= 0).sort((a, b) => a.place - b.place);
  const lost = before.findIndex(({ key }) => here.has(key));
  if (lost < ENOUGH || before.length - lost > before.filter(({ key }) => here.has(key)).length) return [];
  const words = `The list went back in time: its ${lost} newest items are gone, and nothing on it is newer than ${now.newest}`;
  return [{ what: 'most-items-gone', words, before: good.newest, after: now.newest }];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
