import type { FoundItem } from '../model/item.js';

const HOUR_MS = 3_600_000;
/** Text that went live unfinished is mended within hours, documents follow within days. */
const AFTER_MS = [2 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS];

/** Nothing read before this is looked at again: the last look, and a day for one that was missed. */
export const WATCHED_MS = 8 * 24 * HOUR_MS;

/** What decides when an item is looked at again. */
export interface LookedAt {
  readonly found: Pick<FoundItem, 'kind' | 'readUrl'>;
  /** When it was first read; `null` while it has not been. */
  readonly readAt: Date | null;
  /** When it was last fetched, with or without a change. */
  readonly lastLookAt: Date | null;
}

/**
 * When an item's own page or file is to be looked at again: two hours, a day and a week after it was first read. Looks that were missed
 * (nothing was running) are made up for by one. `null`: never again, not read yet, or nothing of its own to fetch.
 */
export function nextLookAgain({ found, readAt, lastLookAt }: LookedAt): Date | null {
  if (readAt === null || found.readUrl === null || found.kind === 'section') return null;
  const last = Math.max(readAt.getTime(), lastLookAt?.getTime() ?? 0);
  const after = AFTER_MS.find((ms) => readAt.getTime() + ms > last);
  return after === undefined ? null : new Date(readAt.getTime() + after);
}

/** Whether that time has come. */
export function isDueAgain(item: LookedAt, now: Date): boolean {
  const at = nextLookAgain(item);
  return at !== null && at <= now;
}
