import type { SourceMemory } from '../model/reading.js';

/** One thing that was seen at a source. Short names: thousands of these are stored with every poll. */
export interface Known {
  readonly key: string;
  /** Address key, where the item's key is not made from its present address (a document that moved). */
  readonly at?: string;
  readonly url: string;
  readonly title: string;
  readonly posted: string | null;
  readonly updated: string | null;
  readonly revision: string | null;
  /** Place on the page at the last look, from 0; -1: on a further page, or gone. */
  readonly place: number;
  readonly gone: boolean;
}

/** What a good look gave: the measure of the next. */
export interface GoodLook {
  readonly count: number;
  /** Shares of the items that had each field, 0 to 1. */
  readonly titled: number;
  readonly dated: number;
  readonly canaries: readonly string[];
  readonly newest: string | null;
  readonly shapes: readonly string[];
}

export interface Memory {
  readonly looks: number;
  /** The part of the configuration that decides what is found: a change of it is a new beginning for the alarms. */
  readonly config: string;
  readonly known: readonly Known[];
  readonly good: GoodLook | null;
  /** Further pages asked for in the present look; `baseline`: of the first look. */
  readonly pending: { readonly urls: readonly string[]; readonly page: number; readonly baseline: boolean } | null;
  /** The alarms of the last look, so that one incident is told once and then as going on. */
  readonly alarms: readonly string[];
}

/** Gone and passed items that are remembered, so that one which returns is known. What is on the page is always remembered. */
const MOST_PASSED = 4_000;
const VERSION = 1;

/** The memory as stored, or `null` when there is none, or it is of another form than this reader writes. */
export function recall(memory: SourceMemory | null): Memory | null {
  if (memory === null || memory['version'] !== VERSION) return null;
  const good = record(memory['good']);
  const pending = record(memory['pending']);
  return {
    looks: numberOf(memory['looks'], 0),
    config: textOf(memory['config']) ?? '',
    known: listOf(memory['known']).flatMap(knownOf),
    good: good === null ? null : goodOf(good),
    pending:
      pending === null
        ? null
        : {
            urls: textsOf(pending['urls']),
            page: numberOf(pending['page'], 1),
            baseline: pending['baseline'] === true,
          },
    alarms: textsOf(memory['alarms']),
  };
}

/** The memory in the form in which it is stored: plain JSON, bounded. What was seen last comes first. */
export function remember(memory: Memory): SourceMemory {
  const here = memory.known.filter(({ place }) => place >= 0);
  const passed = memory.known.filter(({ place }) => place < 0).slice(0, MOST_PASSED);
  return { version: VERSION, ...memory, known: [...here, ...passed].map(stored) };
}

function stored(known: Known): readonly unknown[] {
  const { key, url, title, posted, updated, revision, place, gone, at } = known;
  return [
    key,
    url === key ? 0 : url,
    title,
    posted,
    updated,
    revision,
    place,
    gone ? 1 : 0,
    ...(at === undefined ? [] : [at]),
  ];
}

function knownOf(value: unknown): Known[] {
  if (!Array.isArray(value)) return [];
  const row: readonly unknown[] = value;
  const key = textOf(row[0]);
  if (key === null) return [];
  const at = textOf(row[8]);
  return [
    {
      key,
      url: textOf(row[1]) ?? key,
      title: textOf(row[2]) ?? '',
      posted: textOf(row[3]),
      updated: textOf(row[4]),
      revision: textOf(row[5]),
      place: numberOf(row[6], -1),
      gone: row[7] === 1,
      ...(at === null ? {} : { at }),
    },
  ];
}

function goodOf(good: Readonly<Record<string, unknown>>): GoodLook {
  return {
    count: numberOf(good['count'], 0),
    titled: numberOf(good['titled'], 0),
    dated: numberOf(good['dated'], 0),
    canaries: textsOf(good['canaries']),
    newest: textOf(good['newest']),
    shapes: textsOf(good['shapes']),
  };
}

/** A value as an object, `null` for anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}

/** A value as a list; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as text, `null` for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((entry) => typeof entry === 'string');
}
