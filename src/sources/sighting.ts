import type { FoundItem } from '../model/item.js';

/** What one document of a source shows, before it is compared with what was known. */
export interface Sighting {
  readonly items: readonly FoundItem[];
  readonly hints: readonly string[];
  /** What the reader itself sees to be wrong: a selector that finds nothing, a fall-back in use. */
  readonly alarms: readonly Alarm[];
  /** The next page of the list, read only while no known item shows. */
  readonly nextPage: string | null;
  /** The document holds the whole list, not its newest part: what is missing was taken off. */
  readonly whole: boolean;
  /** The document holds only what was changed lately, and some known items as canaries: what is missing is not gone. */
  readonly window?: boolean;
  /** The document itself says that there is nothing to list. */
  readonly saysNone: boolean;
  readonly askMinutes?: number;
  /** Hours (0 to 23, GMT) and days (`Sunday`) in which the source asks not to be looked at. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
  /** The part of the configuration that decides what is found. */
  readonly config: string;
}

/** Why what we look for may not be there any more. */
export interface Alarm {
  readonly what:
    | 'no-items'
    | 'selector-lost'
    | 'fall-back'
    | 'canaries-gone'
    | 'most-items-gone'
    | 'field-missing'
    | 'titles-changed'
    | 'dates-ahead'
    | 'over-limit'
    | 'format';
  /** For the operator. */
  readonly words: string;
  readonly before: unknown;
  readonly after: unknown;
}
