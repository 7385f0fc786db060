import { asFailure } from '../model/failure.js';
import type { Clock, PostBook } from './ports.js';

/** A place outside that posts are delivered to. The newsfeed page and its feeds read the store and need no delivery. */
export interface Output {
  readonly name: string;
  /** Delivers a post, or its present form once more. Gives the id over there. @throws {Failure} output.* */
  deliver(postId: string): Promise<{ readonly remoteId: string | null }>;
}

export interface PublishPorts {
  readonly clock: Clock;
  readonly posts: PostBook;
  readonly outputs: readonly Output[];
}

/**
 * Publishes a scheduled draft whose time has come, then makes the deliveries of its post that are still to be made. The approval
 * of an editor is a condition of the store itself. One output that fails never stops another: its failure is recorded and tried
 * again by the sweep.
 */
export async function publishPost(
  ports: PublishPorts,
  draftId: string,
): Promise<{ published: boolean; delivered: number; failed: number }> {
  const published = await ports.posts.publishIfDue(draftId, ports.clock.now());
  let delivered = 0;
  let failed = 0;
  for (const { postId, output } of await ports.posts.waitingDeliveries(draftId)) {
    const to = ports.outputs.find(({ name }) => name === output);
    if (to === undefined) continue;
    try {
      await ports.posts.recordDelivery(postId, output, await to.deliver(postId));
      delivered += 1;
    } catch (error) {
      await ports.posts.recordDelivery(postId, output, asFailure(error));
      failed += 1;
    }
  }
  return { published: published !== undefined, delivered, failed };
}
