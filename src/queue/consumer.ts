import { setTimeout as wait } from 'node:timers/promises';
import { Worker, type BackendFactory, type IQueueBackend, type Job, type Telemetry } from 'bullmq';
import { asFailure } from '../model/failure.js';
import { CONCURRENCY, type JobName, type Jobs } from '../model/jobs.js';
import { untilAnswers, type QueueConnection } from './connection.js';
import { quietly, type QueueLog } from './queue-log.js';
import { remedied } from './remedies.js';

/** Does one job. Whatever it throws is turned into retry, wait or give up by `remedies.ts`; on the `last` try there is no retry. */
export type Handler<N extends JobName> = (job: Jobs[N], attempt: { readonly last: boolean }) => Promise<unknown>;

export interface ConsumerOptions<N extends JobName> {
  readonly name: N;
  readonly handler: Handler<N>;
  readonly place: QueueConnection;
  readonly log: QueueLog;
  /** What every queue and worker is built with. */
  readonly shared: { readonly prefix: string; readonly telemetry?: Telemetry };
  /** How long a job stays taken when its process has died. */
  readonly lockMs: number;
}

export interface Consumer {
  readonly name: JobName;
  /** Milliseconds since the queue last answered to us, or 0 while a job is being done. The only true sign of life. */
  silentMs(): number;
  /** Jobs that are being done here now. */
  running(): number;
  /** Takes no more jobs, and waits for those that run, at most `withinMs`: then they are left to others. */
  close(withinMs: number): Promise<void>;
}

/** An idle worker asks at least every 10 s; one that was silent for longer than this is built anew. */
const SILENT_MS = 45_000;
const WATCH_MS = 5_000;
/** So many errors without one answer in between: the worker will not find back by itself. */
const MOST_ERRORS = 25;
const LONGEST_BLOCK_S = 10;
const REBUILD_PAUSE_MS = 1_000;

/**
 * Works on a queue until it is closed. A worker that fell silent, or fails without end, is thrown away and built anew, once the
 * place of the queue answers.
 * @throws {Failure} queue.unreachable when it cannot even begin
 */
export async function consume<N extends JobName>(options: ConsumerOptions<N>): Promise<Consumer> {
  const state = new Life();
  const tell = quietly(options.log);
  let worker = await build(options, state, tell);
  let rebuilding: Promise<void> | undefined;
  const rebuild = async (): Promise<void> => {
    options.log.warn({ queue: options.name, silentMs: state.silentMs() }, 'worker built anew');
    void worker.close(true).catch((error: unknown) => tell(options.name, error));
    while (!state.closing) {
      try {
        worker = await build(options, state, tell);
        if (state.closing) await worker.close(true);
        return;
      } catch (error) {
        tell(options.name, error);
        await wait(REBUILD_PAUSE_MS);
      }
    }
  };
  const watch = setInterval(() => {
    const ill = state.errors > MOST_ERRORS || state.silentMs() > SILENT_MS;
    if (ill && !state.closing) rebuilding ??= rebuild().finally(() => (rebuilding = undefined));
  }, WATCH_MS);
  watch.unref();
  return {
    name: options.name,
    silentMs: () => state.silentMs(),
    running: () => state.running,
    close: async (withinMs) => {
      state.closing = true;
      clearInterval(watch);
      await rebuilding;
      await closeWithin(worker, withinMs);
    },
  };
}

/** What is known of the worker, and outlives its rebuilding. */
class Life {
  running = 0;
  errors = 0;
  closing = false;
  private answeredAt = performance.now();

  answered(): void {
    this.answeredAt = performance.now();
    this.errors = 0;
  }

  silentMs(): number {
    return this.running > 0 ? 0 : performance.now() - this.answeredAt;
  }
}

async function build<N extends JobName>(
  { name, handler, place, shared, lockMs }: ConsumerOptions<N>,
  state: Life,
  tell: (about: string, error: unknown) => void,
): Promise<Worker> {
  await untilAnswers(place, performance.now());
  const process = async (job: Job, token?: string): Promise<void> => {
    state.running += 1;
    try {
      await handler(job.data as Jobs[N], { last: job.attemptsMade + 1 >= (job.opts.attempts ?? 1) });
    } catch (error) {
      throw await remedied(asFailure(error), job, token);
    } finally {
      state.running -= 1;
    }
  };
  const options = {
    connection: place.connection,
    ...shared,
    concurrency: CONCURRENCY[name],
    lockDuration: lockMs,
    // The same in every process: on Redis this is one shared key.
    stalledInterval: lockMs,
    maxStalledCount: 3,
    runRetryDelay: 1_000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  };
  const worker = new Worker(name, process, options as never, watched(place.factory, state) as never);
  worker.on('error', (error) => {
    state.errors += 1;
    tell(name, error);
  });
  worker.on('completed', () => state.answered());
  worker.on('failed', () => state.answered());
  try {
    await worker.waitUntilReady();
  } catch (error) {
    void worker.close(true).catch((late: unknown) => tell(name, late));
    throw error;
  }
  state.answered();
  return worker;
}

/** The same backend; it notes each answer to a claim, and never blocks for longer than 10 s (on PostgreSQL it would for an hour). */
function watched(factory: BackendFactory<IQueueBackend, unknown>, state: Life): BackendFactory<IQueueBackend, unknown> {
  return (name, options, more) => {
    const backend = factory(name, options, more);
    const claim = backend.moveToActive.bind(backend);
    backend.moveToActive = async (...parameters: Parameters<typeof claim>) => {
      const answer = (await claim(...parameters)) as unknown[];
      state.answered();
      return answer;
    };
    Object.defineProperty(backend, 'maximumBlockTimeout', { value: LONGEST_BLOCK_S });
    return backend;
  };
}

async function closeWithin(worker: Worker, withinMs: number): Promise<void> {
  const halt = new AbortController();
  const late = wait(withinMs, 'late' as const, { signal: halt.signal }).catch(() => 'late' as const);
  const outcome = await Promise.race([worker.close().then(() => 'closed' as const), late]);
  halt.abort();
  // Jobs that would not end are taken over by others once their locks have run out.
  if (outcome === 'late') await worker.disconnect();
}
