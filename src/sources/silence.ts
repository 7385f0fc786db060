import type { SourceMemory } from '../model/reading.js';
import { recall } from './memory.js';

/** Fewer dated items show no rhythm. */
const ENOUGH = 6;
/** The newest items by which a rhythm is known. */
const MOST = 30;
/** A quiet fortnight is never an incident. */
const LEAST_DAYS = 14;
/** Longer than so many times the longest pause that this source ever made. */
const PAUSES = 2;
const DAY_MS = 86_400_000;

/**
 * Says, for an operator, that a source which answers well has brought nothing for much longer than it ever paused: an old copy may be
 * served, or the list may have moved. `null` while its silence is like it, or where its items show no rhythm (too few with a day).
 */
export function silence(memory: SourceMemory | null, now: Date): string | null {
  const days = (recall(memory)?.known ?? [])
    .filter(({ gone }) => !gone)
    .flatMap(({ posted, updated }) => dayOf(posted ?? updated) ?? [])
    .sort((a, b) => b - a)
    .slice(0, MOST);
  const [newest] = days;
  if (newest === undefined || days.length < ENOUGH) return null;
  const pauses = days.slice(1).map((day, at) => (days[at] ?? day) - day);
  const longest = Math.max(...pauses);
  const since = Math.floor(now.getTime() / DAY_MS) - newest;
  if (since <= Math.max(LEAST_DAYS, PAUSES * longest)) return null;
  const shown = new Date(newest * DAY_MS).toISOString().slice(0, 10);
  return `It answers, and shows nothing newer than ${shown}: ${since} days, though it never paused for more than ${longest}. An old copy may be served, or the list has moved.`;
}

/** The day as a number; `null` for a month or a year alone, which say nothing of pauses. */
function dayOf(value: string | null): number | null {
  if (value === null || value.length < 10) return null;
  const at = Date.parse(value.slice(0, 10));
  return Number.isNaN(at) ? null : at / DAY_MS;
}
