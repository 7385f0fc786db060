import type { PollRow } from './desk.js';
import type { Incident, Sight } from './sight.js';

/** How a source does over time, as its page shows it. Shares are 0 to 1, `null` where there is nothing to share out. */
export interface SourceHealth {
  /** Oldest first, without what the first look held as its baseline. */
  readonly weeks: readonly WeekCount[];
  readonly coverage: readonly FieldCoverage[];
  readonly effort: Effort;
  /** Newest first. */
  readonly incidents: readonly ShownIncident[];
}

/** What was seen, without the page itself: that is asked for when it is looked at. */
export type ShownSight = Omit<Sight, 'page'> & { readonly hasPage: boolean };

export interface ShownIncident extends Omit<Incident, 'before' | 'after'> {
  readonly before: ShownSight | null;
  readonly after: ShownSight;
}

export interface WeekCount {
  /** The Monday, `2026-11-23`. */
  readonly from: string;
  readonly items: number;
}

export interface FieldCoverage {
  readonly field: 'title' | 'date' | 'text' | 'byline';
  /** Of the newest items, and of as many before them. */
  readonly now: number | null;
  readonly before: number | null;
}

/** Of the last polls: half of them took at most `medianMs`. */
export interface Effort {
  readonly polls: number;
  readonly medianMs: number | null;
  readonly longestMs: number | null;
  readonly bytesLastWeek: number;
  readonly pollsLastWeek: number;
}

/** A line of the ledger of polls. */
export interface LedgerRow extends PollRow {
  readonly bytes: number;
  /** What proved the outcome. */
  readonly proof: string | null;
}

export interface Ledger {
  readonly rows: readonly LedgerRow[];
  readonly total: number;
}
