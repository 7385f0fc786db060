import type { Person } from './desk.js';
import type { PostNote } from './post.js';

/** Whose approval is needed besides the author's: nobody's, another person's for what may hurt somebody, or always another's. */
export type SecondApprover = 'never' | 'sensitive' | 'always';

/** A change after publication that is written and not told to readers yet: it waits for a second person. */
export interface WaitingChange {
  readonly id: number;
  readonly kind: PostNote['kind'];
  readonly line: string;
  readonly headline: string;
  readonly bodyHtml: string;
  /** The version of the draft that it was written over. */
  readonly baseVersion: number;
  readonly madeBy: Person;
  readonly madeAt: Date;
}

/** What happened to the source of a published post. */
export type WatchKind = 'changed' | 'gone' | 'dead-link';
export type WatchSettledAs = 'updated' | 'corrected' | 'withdrawn' | 'nothing' | 'over';

/** One incident of one published post, until a person says what was done about it. */
export interface WatchTask {
  readonly id: number;
  readonly kind: WatchKind;
  /** The address of a dead link; else empty. */
  readonly about: string;
  readonly reason: string;
  readonly beganAt: Date;
  readonly settledAt: Date | null;
  readonly settledAs: WatchSettledAs | null;
  /** `null`: nobody yet, or it was over by itself. */
  readonly settledBy: string | null;
  /** What the source said then is what it is compared with: when it was published, or when a person last settled a change. */
  readonly comparedSince: Date;
  readonly postId: string;
  readonly draftId: string;
  /** Of the draft, as it stands. */
  readonly version: number;
  readonly itemId: string;
  readonly slug: string;
  readonly headline: string;
  readonly sourceName: string;
  readonly originalUrl: string;
  readonly publishedAt: Date;
}
