import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import type { Queue } from 'bullmq';

/** The queues as Bull Board takes them. Jobs carry ids only: nothing of what was read is shown. */
export function boardQueues(
  queues: Iterable<Queue>,
  { writable }: { readonly writable: boolean },
): readonly BaseAdapter[] {
  return [...queues].map((queue) => new BullMQAdapter(queue, { readOnlyMode: !writable, allowRetries: writable }));
}
