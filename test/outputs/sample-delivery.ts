import type { Delivery } from '../../src/model/delivery.js';
import type { Post } from '../../src/model/post.js';
import { samplePost } from './sample-post.js';

/** The first delivery of the sample post; `post`: what is different of it. */
export function sampleDelivery(more: Partial<Delivery> = {}, post: Partial<Post> = {}): Delivery {
  return {
    output: 'sample',
    asked: 1,
    remoteId: null,
    remoteWithdrawn: false,
    post: { ...samplePost(post), draftId: '11111111-38a5-4c41-8d38-0f4f6f6b9a11' },
    section: null,
    withdrawn: false,
    ...more,
  };
}
