import type { FoundItem } from './item.js';

/** What one look at a source says of its items. */
export type SourceEventName =
  | 'item.found'
  | 'item.changed'
  | 'item.gone'
  | 'item.returned'
  | 'document.added'
  | 'document.replaced'
  | 'document.moved'
  | 'document.removed'
  | 'section.changed'
  | 'source.changed';

export interface SourceEvent {
  readonly event: SourceEventName;
  /** `null` for events of the source as a whole. */
  readonly item: FoundItem | null;
  /** `baseline: true` on the first look; else what differs, in words and values. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** `good`: there is something new or changed. `quiet`: nothing new, and that is proven. `changed`: what we look for is not there. */
export type SourceHealth = 'good' | 'quiet' | 'changed';

/** What the reader remembers from look to look: plain JSON, opaque to all others, stored with the poll in one transaction. */
export type SourceMemory = Readonly<Record<string, unknown>>;

export interface Reading {
  readonly events: readonly SourceEvent[];
  readonly memory: SourceMemory;
  readonly health: SourceHealth;
  readonly counts: { readonly found: number; readonly new: number; readonly changed: number; readonly gone: number };
  /** Addresses of further pages that should be read in this same look (pagination), at most a few. */
  readonly next?: readonly string[];
  /** Addresses of documents whose bytes should be read in this same look, at most a few. One that fails is no failure of the source. */
  readonly files?: readonly string[];
  /** How long the source itself asks to be left alone (ttl, sy:updatePeriod), in minutes. */
  readonly askMinutes?: number;
  /** Hours (0 to 23, GMT) and days (`Sunday`) in which the source asks not to be looked at. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
  /** For the operator: a better way to read this source, a fall-back in use, fields that went missing. */
  readonly hints: readonly string[];
}
