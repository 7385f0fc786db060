import type { DraftState } from './draft.js';
import type { Disposition } from './item.js';

/** Everything ever seen, by what it is. */
export const SEARCH_KINDS = {
  drafts: 'Drafts',
  posts: 'Published',
  kept: 'Kept back and failed',
  found: 'Found at sources',
  past: 'Published before',
} as const satisfies Record<string, string>;
export type SearchKind = keyof typeof SEARCH_KINDS;

/** One thing that fits. */
export interface SearchHit {
  readonly id: string;
  readonly title: string;
  /** Parts of its text around the words, in turn: not one of them, one of them, not one … Plain text. */
  readonly snippet: readonly string[];
  readonly sourceName: string | null;
  /** When it was found or published; a day for old posts. */
  readonly at: Date | string | null;
  /** Where it is on the desk or the newsfeed; else the address outside. */
  readonly href: string | null;
  readonly outside: boolean;
  readonly state: DraftState | null;
  readonly disposition: Disposition | null;
  /** Where it ended and why; what was wrong with an old post. */
  readonly reason: string | null;
}

export interface SearchAnswer {
  readonly counts: Readonly<Record<SearchKind, number>>;
  /** Newest first. */
  readonly hits: Readonly<Partial<Record<SearchKind, readonly SearchHit[]>>>;
}
