import type { Delivery } from '../model/delivery.js';
import { asFailure } from '../model/failure.js';
import type { Clock, DeliveryBook, PostBook } from './ports.js';

/** A place outside that posts are delivered to. The newsfeed page and its feeds read the store and need no delivery. */
export interface Output {
  readonly name: string;
  /**
   * Makes the place show the post as it is now, or show it no more when it is withdrawn. May be called twice for the same.
   * `null`s: nothing is known of it over there.
   * @throws {Failure} output.unreachable (tried again), output.refused (a person must look)
   */
  deliver(delivery: Delivery): Promise<{ readonly remoteId: string | null; readonly remoteUrl: string | null }>;
}

export interface PublishPorts {
  readonly clock: Clock;
  readonly posts: PostBook;
  readonly deliveries: DeliveryBook;
  readonly outputs: readonly Output[];
}

/**
 * Publishes a scheduled draft whose time has come, then makes the deliveries of its post that are still to be made. The approval
 * of an editor is a condition of the store itself. One output that fails never stops another: its failure is recorded and tried
 * again by the sweep.
 */
export async function publishPost(
  { clock, posts, deliveries, outputs }: PublishPorts,
  draftId: string,
): Promise<{ published: boolean; delivered: number; failed: number }> {
  const published = await posts.publishIfDue(draftId, clock.now());
  const [names, told] = [outputs.map(({ name }) => name), { delivered: 0, failed: 0 }];
  for (;;) {
    const delivery = await deliveries.takeDelivery(draftId, names, clock.now());
    const output = outputs.find(({ name }) => name === delivery?.output);
    if (delivery === undefined || output === undefined) return { published: published !== undefined, ...told };
    try {
      const result = await output.deliver(delivery);
      await deliveries.recordDelivered(delivery, result, clock.now());
      told.delivered += 1;
    } catch (error) {
      await deliveries.recordNotDelivered(delivery, asFailure(error), clock.now());
      told.failed += 1;
    }
  }
}
