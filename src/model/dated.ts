export type Precision = 'minute' | 'day' | 'month' | 'year';

/**
 * A date as a source gave it. Never the time of the poll: a missing date is `null`.
 * `value` is `YYYY-MM-DDTHH:MM[:SS](Z|±HH:MM)` for minute, `YYYY-MM-DD`, `YYYY-MM` or `YYYY` for the others.
 */
export interface Dated {
  readonly value: string;
  readonly precision: Precision;
  /** Where it was read: a kind, then the place, as `json-ld`, `meta:article:published_time`, `text: Published 3 May 2024`. */
  readonly evidence: string;
}
