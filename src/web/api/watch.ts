import { z } from 'zod';
import type { WatchTask } from '../../model/after-publication.js';
import type { Watch } from '../watch/routes.js';
import { operation, type Operation } from './operation.js';
import { there } from './problem.js';

export interface WatchContext {
  readonly watch: Watch;
  readonly now: () => Date;
}

const OF_TASK = z.strictObject({ id: z.string().min(1).max(200) });

/** What happened to the sources of published posts. */
export function watchOperations({ watch, now }: WatchContext): Operation[] {
  const find = async (id: string): Promise<WatchTask> =>
    there(/^\d{1,15}$/.test(id) ? await watch.findWatchTask(Number(id)) : undefined);
  const TASK = { tag: 'Watch', role: 'editor', params: OF_TASK } as const;
  return [
    operation({
      id: 'listWatchTasks',
      method: 'GET',
      path: '/watch',
      role: 'editor',
      about: 'Tasks of published posts: open ones first, then those that were settled last. At most 200.',
      tag: 'Watch',
      answer: 'WatchTasks',
      handle: async () => ({ tasks: await watch.watchTasks() }),
    }),
    operation({
      ...TASK,
      id: 'readWatchTask',
      method: 'GET',
      path: '/watch/{id}',
      about: 'One task. A correction or an update line that names it settles it.',
      answer: 'WatchTask',
      handle: async ({ params }) => await find(params.id),
    }),
    operation({
      ...TASK,
      id: 'settleWatchTask',
      method: 'POST',
      path: '/watch/{id}/settle',
      about: 'Says that nothing is to be done about it.',
      body: z.strictObject({ as: z.literal('nothing') }),
      answer: 'WatchTask',
      handle: async ({ params, person }) => {
        const task = await find(params.id);
        await watch.settleWatchTask(task, { userId: person.id, at: now() });
        return await find(params.id);
      },
    }),
  ];
}
