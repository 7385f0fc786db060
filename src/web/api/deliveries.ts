import { z } from 'zod';
import type { Deliveries } from '../deliveries/routes.js';
import type { PostMoves } from '../drafts/ports.js';
import { operation, PAGE, type Operation } from './operation.js';
import { Problem } from './problem.js';

export interface DeliveriesContext {
  readonly deliveries: Deliveries;
  readonly posts: Pick<PostMoves, 'hurry'>;
  readonly now: () => Date;
}

const PAGE_SIZE = 50;
const name = z.string().min(1).max(200);

/** Where posts were delivered to, and sending them again. */
export function deliveryOperations({ deliveries, posts, now }: DeliveriesContext): Operation[] {
  const AGAIN = { tag: 'Deliveries', role: 'operator', method: 'POST' } as const;
  return [
    operation({
      id: 'listDeliveries',
      method: 'GET',
      path: '/deliveries',
      role: 'editor',
      about: 'Deliveries of posts to other systems, newest first, 50 a page.',
      tag: 'Deliveries',
      query: z.strictObject({
        draft: z.string().max(100).optional().describe('Those of the post of one draft.'),
        in: z.literal('failed').optional().describe('Only those that a person must look at.'),
        page: PAGE,
      }),
      answer: 'Deliveries',
      handle: async ({ query }) => {
        const { page } = query;
        const filter = { draftId: query.draft ?? null, failed: query.in === 'failed', page, pageSize: PAGE_SIZE };
        const [{ rows, total }, counts] = await Promise.all([
          deliveries.deliveries(filter, now()),
          deliveries.deliveryCounts(),
        ]);
        return { total, page, pageSize: PAGE_SIZE, counts, deliveries: rows };
      },
    }),
    operation({
      ...AGAIN,
      id: 'sendFailedAgain',
      path: '/deliveries/failed/again',
      about: 'Sends everything again that failed for good.',
      answer: 'SentAgain',
      handle: async () => {
        const drafts = await deliveries.sendFailedAgain(now());
        for (const id of drafts) await posts.hurry(id);
        return { posts: drafts.length };
      },
    }),
    operation({
      ...AGAIN,
      id: 'sendAgain',
      path: '/deliveries/{postId}/{output}/again',
      about: 'Sends one delivery again, whatever became of it. One that is on its way just now is 404.',
      params: z.strictObject({ postId: name, output: name }),
      answer: null,
      handle: async ({ params }) => {
        const draft = await deliveries.sendAgain(params.postId, params.output, now());
        if (draft === undefined) {
          throw new Problem(404, 'request.unknown', 'There is no such delivery, or it is on its way just now.');
        }
        await posts.hurry(draft);
      },
    }),
  ];
}
