import type { FetchedDocument } from '../model/document.js';
import type { FoundItem } from '../model/item.js';
import type { Reading, SourceEvent, SourceMemory } from '../model/reading.js';
import { differences } from './differences.js';
import { judge, measure, type Judgement } from './drift.js';
import { recall, remember, type Known, type Memory } from './memory.js';
import type { Alarm, Sighting } from './sighting.js';

/** Pages of one list that are asked for in one look. */
const MOST_PAGES = 5;
/** A day further ahead than this is no day of publication. */
const AHEAD_MS = 48 * 3_600_000;

/**
 * Compares what a document shows with what was known, and says what happened: found, changed, gone, returned, and whether the
 * look can be trusted. The first look is a baseline. A further page of the list that was asked for adds to the same look.
 */
export function compare(sighting: Sighting, doc: FetchedDocument, stored: SourceMemory | null): Reading {
  const memory = recall(stored);
  const pending = memory?.pending ?? null;
  const further = pending !== null && pending.urls.includes(doc.requestedUrl);
  if (memory !== null && pending !== null && further) return compareFurther(sighting, memory, pending);
  return compareFirst(sighting, memory, new Date(doc.fetchedAt.getTime() + AHEAD_MS).toISOString().slice(0, 10));
}

function compareFirst(sighting: Sighting, memory: Memory | null, latest: string): Reading {
  const baseline = memory === null || (memory.known.length === 0 && memory.good === null);
  const judgement = judge(sighting, memory, latest);
  const broken =
    judgement.doubtful || judgement.alarms.some(({ what }) => what === 'no-items' || what === 'most-items-gone');
  const items = judgement.doubtful ? [] : sighting.items;
  const seen = sightingsOf(items, memory, baseline);
  const gone = broken || memory === null ? [] : goneFrom(memory, sighting);
  const next = nextPages(sighting, seen, { page: 1, baseline });
  const good =
    broken || judgement.alarms.some(({ what }) => what === 'field-missing') ? (memory?.good ?? null) : measure(items);
  return {
    events: [
      ...alarmEvents(judgement.alarms, memory),
      ...seen.flatMap(({ event }) => event ?? []),
      ...gone.map(goneEvent),
    ],
    memory: remember({
      looks: (memory?.looks ?? 0) + 1,
      config: sighting.config,
      known: broken ? keepPlaces(seen, memory) : newKnown(seen, gone, memory),
      good,
      pending: next.length === 0 ? null : { urls: next, page: 1, baseline },
      alarms: judgement.alarms.map(({ what }) => what),
    }),
    health: healthOf(judgement.alarms, seen),
    counts: countsOf(seen, gone.length),
    ...(next.length === 0 ? {} : { next }),
    ...(sighting.askMinutes === undefined ? {} : { askMinutes: sighting.askMinutes }),
    ...(sighting.skipHours === undefined ? {} : { skipHours: sighting.skipHours }),
    ...(sighting.skipDays === undefined ? {} : { skipDays: sighting.skipDays }),
    hints: [...sighting.hints, ...gapHints(judgement, next)],
  };
}

/** A further page: nothing is gone for not being on it, and it does not decide whether the source works. */
function compareFurther(sighting: Sighting, memory: Memory, pending: NonNullable<Memory['pending']>): Reading {
  const seen = sightingsOf(sighting.items, memory, pending.baseline).map((one) => ({
    ...one,
    now: { ...one.now, place: -1 },
  }));
  const page = pending.page + 1;
  const next = nextPages(sighting, seen, { page, baseline: pending.baseline });
  const keys = new Set(seen.map(({ now }) => now.key));
  const fresh = seen.filter(({ before }) => before === null);
  const mine = seen.filter(({ before }) => before !== null && before.place < 0);
  const kept = memory.known.filter(({ key, place }) => place >= 0 || !keys.has(key));
  const gap = sighting.nextPage !== null && next.length === 0 && fresh.length === seen.length && !pending.baseline;
  return {
    events: seen.flatMap(({ event }) => event ?? []),
    memory: remember({
      ...memory,
      known: [...[...fresh, ...mine].map(({ now }) => now), ...kept],
      pending: next.length === 0 ? null : { urls: next, page, baseline: pending.baseline },
    }),
    health: healthOf([], seen),
    counts: countsOf(seen, 0),
    ...(next.length === 0 ? {} : { next }),
    hints: [...sighting.hints, ...(gap ? [`Page ${page} still held only new items: there may be more behind it`] : [])],
  };
}

interface Seen {
  readonly before: Known | null;
  readonly now: Known;
  readonly event: SourceEvent | null;
}

function sightingsOf(items: readonly FoundItem[], memory: Memory | null, baseline: boolean): Seen[] {
  const known = new Map((memory?.known ?? []).map((one) => [one.key, one]));
  const done = new Set<string>();
  return items.flatMap((item) => {
    if (done.has(item.key)) return [];
    done.add(item.key);
    return [seenOne(item, known.get(item.key) ?? null, { place: done.size - 1, baseline })];
  });
}

function seenOne(found: FoundItem, before: Known | null, look: { place: number; baseline: boolean }): Seen {
  const item = withRevision(found, before);
  if (before === null) {
    const event: SourceEvent = { event: 'item.found', item, detail: look.baseline ? { baseline: true } : {} };
    return { before, now: knownAs(item, null, look.place), event };
  }
  const { fields, onlyADay } = differences(before, found);
  const same = Object.keys(fields).length === 0;
  const now = knownAs(onlyADay ? { ...item, revision: before.revision ?? '' } : item, before, look.place);
  if (before.gone)
    return { before, now, event: { event: 'item.returned', item, detail: same ? {} : { changed: fields } } };
  if (same) return { before, now, event: null };
  const event = { event: 'item.changed', item: { ...item, revision: now.revision ?? '' } } as const;
  return { before, now, event: { ...event, detail: { changed: fields, ...(onlyADay ? { onlyADay } : {}) } } };
}

/** A list gives no revision of its own: title and dates are one. A value that is not printed any more keeps the last. */
function withRevision(item: FoundItem, before: Known | null): FoundItem {
  if (item.revision !== undefined) return item;
  const { title, posted, updated } = knownAs(item, before, 0);
  return { ...item, revision: [title, posted ?? '', updated ?? ''].join(' | ') };
}

function knownAs(item: FoundItem, before: Known | null, place: number): Known {
  return {
    key: item.key,
    url: item.url,
    title: item.title === '' ? (before?.title ?? '') : item.title,
    posted: item.posted?.value ?? before?.posted ?? null,
    updated: item.updated?.value ?? before?.updated ?? null,
    revision: item.revision ?? before?.revision ?? null,
    place,
    gone: false,
  };
}

interface Gone {
  readonly known: Known;
  /** It only made room: the list is as long as before, and nothing that stood below it is left. */
  readonly slid: boolean;
}

function goneFrom(memory: Memory, sighting: Sighting): Gone[] {
  if (sighting.window === true) return [];
  const here = new Set(sighting.items.map(({ key }) => key));
  const before = memory.known.filter(({ place }) => place >= 0);
  const last = Math.max(-1, ...before.filter(({ key }) => here.has(key)).map(({ place }) => place));
  const asLong = here.size >= before.length;
  return before
    .filter(({ key }) => !here.has(key))
    .map((known) => ({ known, slid: !sighting.whole && known.place > last && (asLong || last === -1) }))
    .filter(({ slid }) => !(slid && sighting.nextPage !== null));
}

function goneEvent({ known, slid }: Gone): SourceEvent {
  const item: FoundItem = {
    key: known.key,
    kind: 'article',
    url: known.url,
    title: known.title,
    posted: null,
    updated: null,
  };
  const because = slid ? 'It made room for newer items at the end of the list.' : 'It was taken off the list.';
  return { event: 'item.gone', item, detail: { slid, because } };
}

function newKnown(seen: readonly Seen[], gone: readonly Gone[], memory: Memory | null): Known[] {
  const here = new Set(seen.map(({ now }) => now.key));
  const left = new Set(gone.map(({ known }) => known.key));
  const before = (memory?.known ?? []).filter(({ key }) => !here.has(key));
  const passed = before.map((known) => ({ ...known, place: -1, gone: known.gone || left.has(known.key) }));
  const recent = passed.filter(({ key }) => left.has(key));
  return [...seen.map(({ now }) => now), ...recent, ...passed.filter(({ key }) => !left.has(key))];
}

/** On a broken look nothing is taken as gone: what is missing keeps its place, so that the next look is measured by it again. */
function keepPlaces(seen: readonly Seen[], memory: Memory | null): Known[] {
  const here = new Set(seen.map(({ now }) => now.key));
  return [...seen.map(({ now }) => now), ...(memory?.known ?? []).filter(({ key }) => !here.has(key))];
}

function nextPages(sighting: Sighting, seen: readonly Seen[], look: { page: number; baseline: boolean }): string[] {
  const onlyNew = seen.length > 0 && seen.every(({ before }) => before === null);
  return sighting.nextPage !== null && onlyNew && look.page < MOST_PAGES ? [sighting.nextPage] : [];
}

function alarmEvents(alarms: readonly Alarm[], memory: Memory | null): SourceEvent[] {
  return alarms.map(({ what, words, before, after }) => ({
    event: 'source.changed',
    item: null,
    detail: { what, words, before, after, continuing: memory?.alarms.includes(what) ?? false },
  }));
}

function gapHints(judgement: Judgement, next: readonly string[]): string[] {
  if (!judgement.turnedOver || next.length > 0) return [];
  return ['Every item is new: some may have come and gone between two looks. Poll more often, or configure `pages`.'];
}

function healthOf(alarms: readonly Alarm[], seen: readonly Seen[]): Reading['health'] {
  if (alarms.length > 0) return 'changed';
  return seen.some(({ event }) => event !== null) ? 'good' : 'quiet';
}

function countsOf(seen: readonly Seen[], gone: number): Reading['counts'] {
  const fresh = seen.filter(({ event }) => event?.event === 'item.found' && event.detail['baseline'] !== true).length;
  const changed = seen.filter(({ event }) => event?.event === 'item.changed').length;
  return { found: seen.length, new: fresh, changed, gone };
}
