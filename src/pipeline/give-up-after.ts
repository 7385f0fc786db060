import type { Failure, FailureCode } from '../model/failure.js';
import type { StoredItem } from './ports.js';

/** These pass by themselves; the item waits. All others end it at once as `failed`, with the reason, for a person to look at. */
const PASSES: ReadonlySet<FailureCode> = new Set([
  'source.unreachable',
  'source.timeout',
  'source.slow-down',
  'source.maintenance',
  'source.empty',
  'source.missing',
  'source.needs-browser',
  'store.unreachable',
  'item.timeout',
  'internal',
]);
const HOUR_MS = 3_600_000;
/** 15 minutes, then twice as long each time; after three days the item is failed. */
const FIRST_WAIT_MS = 900_000;
const LONGEST_MS = 72 * HOUR_MS;

/** When to try an item again after a failure, or `null` to give it up. Waits double with the item's age; Retry-After counts. */
export function giveUpAfter(failure: Failure, item: StoredItem, now: Date): Date | null {
  const ageMs = Math.max(0, now.getTime() - (item.changedAt ?? item.foundAt).getTime());
  if (!PASSES.has(failure.code) || ageMs > LONGEST_MS) return null;
  const asked = Number(failure.details['retryAfterMs'] ?? 0);
  return new Date(now.getTime() + Math.max(FIRST_WAIT_MS, ageMs, Number.isFinite(asked) ? asked : 0));
}
