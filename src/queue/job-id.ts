import type { JobName, Jobs } from '../model/jobs.js';

/**
 * One job of a kind for each thing at a time: its id is the id of the thing. BullMQ allows no ':' and no digits alone, and
 * passes over a job whose id exists in any state (so finished jobs are removed at once).
 */
export function jobId<N extends JobName>(name: N, job: Jobs[N]): string {
  const [id] = Object.values<string>(job);
  return id === undefined
    ? name
    : `${name}-${id.replace(/[^\w.-]/g, (sign) => `_${sign.codePointAt(0)?.toString(16) ?? ''}_`)}`;
}
