import type { Post } from './post.js';

/** One post as it is now, to be delivered to one output. */
export interface Delivery {
  readonly output: string;
  /** Counts the askings: the first delivery is 1. */
  readonly asked: number;
  /** What the post is called over there. `null`: it is not there, as far as we know. */
  readonly remoteId: string | null;
  /** The last time that we wrote there, it was withdrawn. */
  readonly remoteWithdrawn: boolean;
  readonly post: Post & { readonly draftId: string };
  /** Section of the newsletter, where an editor or the machine gave one. */
  readonly section: string | null;
  /** Readers are not to see it any more. */
  readonly withdrawn: boolean;
}

/** A delivery as the desk shows it. */
export interface DeliveryRow {
  readonly postId: string;
  readonly draftId: string;
  readonly headline: string;
  readonly output: string;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly attempts: number;
  /** Not before then. */
  readonly tryAfter: Date;
  /** A process has it in hand just now. */
  readonly inHand: boolean;
  readonly remoteId: string | null;
  readonly remoteUrl: string | null;
  /** What was last made known there: that it is withdrawn. */
  readonly remoteWithdrawn: boolean;
  readonly deliveredAt: Date | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly changedAt: Date;
}

export interface DeliveryFilter {
  /** Those of the post of one draft. */
  readonly draftId: string | null;
  /** Only those that a person must look at. */
  readonly failed: boolean;
  readonly page: number;
  readonly pageSize: number;
}
