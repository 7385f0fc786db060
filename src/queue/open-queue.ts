import { Queue as BullQueue } from 'bullmq';
import { boardQueues } from './board.js';
import { CONCURRENCY, type JobName, type Jobs } from '../model/jobs.js';
import { connect, inTime, type QueueConnection, type QueuePlace } from './connection.js';
import { consume, type Consumer, type ConsumerOptions, type Handler } from './consumer.js';
import { jobId } from './job-id.js';
import { quietly, type QueueLog } from './queue-log.js';
import { reconcile, scheduledSources, type Tick } from './schedule.js';
import type { Traces } from './traces.js';

export interface QueueOptions {
  readonly place: QueuePlace;
  readonly log: QueueLog;
  /** Keeps apart what shares one Redis. Default `newsdesk`. */
  readonly prefix?: string;
  /** How long a job stays taken when its process has died. The same in every process. Default 30 000. */
  readonly lockMs?: number;
  /** Sees each adding and each run of jobs. */
  readonly traces?: Pick<Traces, 'telemetry'> | undefined;
  /** How long to wait for a queue that does not answer yet. Default 30 000. */
  readonly deadlineMs?: number;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
}

export interface OpenQueue {
  readonly kind: 'redis' | 'postgresql';
  /**
   * Asks that jobs be done soon; those that are asked for already are passed over. Never throws for a queue that is away: the
   * store knows what is unfinished, and the next sweep asks again.
   */
  enqueue<N extends JobName>(name: N, jobs: readonly Jobs[N][]): Promise<void>;
  /** Works on a queue from now on, until `close`. @throws {Failure} queue.unreachable */
  consume<N extends JobName>(name: N, handler: Handler<N>): Promise<Consumer>;
  /** Makes the schedule that of these sources. Rejects when the queue is away. */
  schedule(ticks: readonly Tick[]): Promise<{ added: number; changed: number; removed: number }>;
  /** What waits in each queue. Rejects when the queue is away. */
  counts(): Promise<Readonly<Record<JobName, QueueCounts>>>;
  /** Ids of the sources that have a schedule. Rejects when the queue is away. */
  scheduled(): Promise<readonly string[]>;
  /** For how long the oldest job of each queue has waited, in milliseconds; 0 where none waits. Rejects when the queue is away. */
  oldestMs(): Promise<Readonly<Record<JobName, number>>>;
  /** The queues as Bull Board takes them. */
  board(options: { readonly writable: boolean }): ReturnType<typeof boardQueues>;
  /** The consumers of this process. */
  consumers(): readonly Consumer[];
  /** Finishes the jobs that run here (for `withinMs`, default 20 000, at most) and lets go. Twice is once. */
  close(withinMs?: number): Promise<void>;
}

const NAMES = Object.keys(CONCURRENCY) as JobName[];
const LOCK_MS = 30_000;
const DEADLINE_MS = 30_000;
const CLOSE_MS = 20_000;
const AT_ONCE = 500;
/** History is in our own tables; a job that is kept would block the next of the same id. */
const JOB = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 4,
  backoff: { type: 'exponential', delay: 2_000 },
} as const;

/** Opens the queue on Redis or PostgreSQL. @throws {Failure} queue.unreachable when it does not answer in time */
export async function openQueue(options: QueueOptions): Promise<OpenQueue> {
  const { log, prefix = 'newsdesk', lockMs = LOCK_MS } = options;
  const place = await connect(options.place, log, options.deadlineMs ?? DEADLINE_MS);
  const tell = quietly(log);
  const shared = { prefix, ...(options.traces === undefined ? {} : { telemetry: options.traces.telemetry }) };
  const queues = producers(place, shared, tell);
  const consumers: Consumer[] = [];
  let closed: Promise<void> | undefined;
  const close = async (withinMs: number): Promise<void> => {
    await Promise.all(consumers.map(async (consumer) => await consumer.close(withinMs)));
    await Promise.all([...queues.values()].map(async (queue) => await queue.close()));
    await place.close();
  };
  return {
    kind: place.kind,
    enqueue: async (name, jobs) => {
      try {
        await add(queues.get(name), name, jobs);
      } catch (error) {
        tell(`enqueue ${name}`, error);
      }
    },
    consume: async (name, handler) => {
      const consumer = await consume({ name, handler, place, log, shared, lockMs });
      consumers.push(consumer);
      return consumer;
    },
    schedule: async (ticks) => {
      const done = { added: 0, changed: 0, removed: 0 };
      for (const name of ['poll-source', 'poll-browser'] as const) {
        const queue = queues.get(name);
        if (queue === undefined) continue;
        const part = await reconcile(
          queue,
          ticks.filter((tick) => tick.name === name),
          JOB,
        );
        for (const key of Object.keys(done) as (keyof typeof done)[]) done[key] += part[key];
      }
      return done;
    },
    counts: async () =>
      Object.fromEntries(
        await Promise.all([...queues].map(async ([name, queue]) => [name, await countsOf(queue)])),
      ) as Record<JobName, QueueCounts>,
    scheduled: async () => {
      const polls = [queues.get('poll-source'), queues.get('poll-browser')];
      const ids = await Promise.all(polls.map(async (queue) => (queue === undefined ? [] : await scheduledIn(queue))));
      return ids.flat();
    },
    oldestMs: async () =>
      Object.fromEntries(
        await Promise.all([...queues].map(async ([name, queue]) => [name, await oldestOf(queue)])),
      ) as Record<JobName, number>,
    board: (how) => boardQueues(queues.values(), how),
    consumers: () => consumers,
    close: (withinMs = CLOSE_MS) => (closed ??= close(withinMs)),
  };
}

function producers(
  place: QueueConnection,
  shared: ConsumerOptions<JobName>['shared'],
  tell: (about: string, error: unknown) => void,
): ReadonlyMap<JobName, BullQueue> {
  return new Map(
    NAMES.map((name) => {
      const queue = new BullQueue(name, { connection: place.connection as never, ...shared }, place.factory as never);
      queue.on('error', (error) => tell(name, error));
      return [name, queue];
    }),
  );
}

async function add<N extends JobName>(queue: BullQueue | undefined, name: N, jobs: readonly Jobs[N][]): Promise<void> {
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    const some = jobs.slice(from, from + AT_ONCE);
    await inTime(
      Promise.resolve(queue?.addBulk(some.map((data) => ({ name, data, opts: { ...JOB, jobId: jobId(name, data) } })))),
    );
  }
}

async function scheduledIn(queue: BullQueue): Promise<readonly string[]> {
  return await inTime(scheduledSources(queue));
}

/** A job of a schedule begins to wait when its time has come, not when it was made. */
async function oldestOf(queue: BullQueue): Promise<number> {
  const [oldest] = await inTime(queue.getJobs(['waiting', 'prioritized'], 0, 0, true));
  return oldest === undefined ? 0 : Math.max(0, Date.now() - oldest.timestamp - (oldest.opts.delay ?? 0));
}

async function countsOf(queue: BullQueue): Promise<QueueCounts> {
  const counts = await inTime(queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'));
  return {
    waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
    active: counts['active'] ?? 0,
    delayed: counts['delayed'] ?? 0,
  };
}
