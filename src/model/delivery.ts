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
