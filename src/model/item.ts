import type { Dated } from './dated.js';

/** What a reader made of one entry of a source's document, before anything is stored. */
export interface FoundItem {
  /** Identity inside the source: canonical address, or for things without one a stable composite. Never a title alone. */
  readonly key: string;
  readonly kind: 'article' | 'document' | 'section';
  /** The address as published, absolute. */
  readonly url: string;
  /** What `read-item` must fetch when that is not `url` itself (GOV.UK Content API). `null`: nothing to fetch, the content is here. */
  readonly readUrl?: string | null;
  readonly title: string;
  readonly guid?: string;
  readonly summary?: string;
  /** The body where the source's document carries it whole (feeds, REST, sections). HTML, not sanitised yet. */
  readonly contentHtml?: string;
  readonly byline?: string;
  /** When the source put it up. */
  readonly posted: Dated | null;
  /** When the source last touched it. */
  readonly updated: Dated | null;
  /** The date that the document itself bears (a report of March put up in May). */
  readonly dated?: Dated | null;
  readonly categories?: readonly string[];
  /** As the source's document says: `en-GB`, `cy`. */
  readonly language?: string;
  readonly documents?: readonly FoundDocument[];
  /** Documents and sections: the headings above it, outermost first. */
  readonly under?: readonly string[];
  /** A line of the page's own change history: what is new is that the page was updated. */
  readonly changeNote?: true;
  /** What, when changed, makes this a new revision of the same item. Opaque. */
  readonly revision?: string;
}

export interface FoundDocument {
  readonly url: string;
  readonly text: string;
  readonly type?: string;
  /** In bytes. */
  readonly size?: number;
}

/** The last of these is where an item ends; none is ever left without a reason. */
export const DISPOSITIONS = {
  found: 'announced, not read yet',
  read: 'captured and extracted, not drafted yet',
  drafted: 'has its draft',
  joined: "belongs to another item's story",
  held: 'kept back, with its reason, and can be released',
  failed: 'could not be read, with the reason',
} as const satisfies Record<string, string>;
export type Disposition = keyof typeof DISPOSITIONS;

export const HELD_REASONS = {
  baseline: 'It was there before we began to watch this source.',
  filtered: 'A rule of the operator keeps it out.',
  'low-relevance': 'It scored low; it is folded, not hidden.',
  'too-old': 'Its date is long past.',
  'sibling-question': 'It may be a copy of something seen; an editor must say.',
  'seen-before': 'The same thing was rejected or published before.',
} as const satisfies Record<string, string>;
export type HeldReason = keyof typeof HELD_REASONS;
