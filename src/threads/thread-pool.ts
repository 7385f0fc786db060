import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { Failure, type FailureCode } from '../model/failure.js';
import type { Answer, TaskName, Tasks } from './thread-tasks.js';

export interface PoolOptions {
  /** How many pages are worked on at once. Default 1. */
  readonly threads?: number;
  /** Heap of one thread, in MB. Default 256. */
  readonly memoryMb?: number;
}

/** What a task may take, and what is said when it takes more. */
export interface Cap {
  readonly timeoutMs: number;
  readonly onTimeout: FailureCode;
  /** The thread died: out of memory, or something worse. */
  readonly onDeath: FailureCode;
  /** What is worked on, for the message. */
  readonly about: string;
}

interface Job {
  readonly name: TaskName;
  readonly input: unknown;
  readonly cap: Cap;
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: Failure) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  timer: NodeJS.Timeout | null;
  /** Loaded and waiting for work; the time of a task does not begin before. */
  ready: boolean;
}

const MEMORY_MB = 256;
const YOUNG_MB = 96;
/** A thread that has not loaded its code after this long will not. */
const START_MS = 60_000;
/** From sources (tsx, tests) the thread loads tsx first and then its code; from `dist` it is started as it is. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');
const ENTRY = new URL(FROM_SOURCE ? './thread.ts' : './thread.js', import.meta.url);

function startFromSource(options: WorkerOptions): Worker {
  const tsx = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const code = `import(${JSON.stringify(pathToFileURL(tsx).href)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(ENTRY.href)}); });`;
  return new Worker(code, { ...options, eval: true });
}

/**
 * A few worker threads, each on one task at a time. A thread that runs over its time is ended and its task fails; a thread that
 * dies (memory) fails its task. Either costs no other task, and the process goes on.
 */
export class ThreadPool {
  private readonly threads = new Set<Thread>();
  private readonly waiting: Job[] = [];
  private readonly most: number;
  private readonly memoryMb: number;
  private closed = false;

  constructor({ threads = 1, memoryMb = MEMORY_MB }: PoolOptions = {}) {
    this.most = threads;
    this.memoryMb = memoryMb;
  }

  /** Does a task in a thread. @throws {Failure} what the task throws, and the codes of `cap` */
  run<N extends TaskName>(name: N, input: Tasks[N]['input'], cap: Cap): Promise<Tasks[N]['output']> {
    if (this.closed) return Promise.reject(new Failure('internal', 'The threads are closed'));
    return new Promise<unknown>((resolve, reject) => {
      this.waiting.push({ name, input, cap, resolve, reject });
      this.next();
    }) as Promise<Tasks[N]['output']>;
  }

  /** Ends all threads. Tasks that are under way or waiting fail. */
  async close(): Promise<void> {
    this.closed = true;
    const stopped = new Failure('internal', 'The threads were closed');
    for (const job of this.waiting.splice(0)) job.reject(stopped);
    await Promise.all([...this.threads].map((thread) => this.end(thread, stopped)));
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const idle = [...this.threads].find(({ job }) => job === null);
    if (idle === undefined && this.threads.size >= this.most) return;
    const thread = idle ?? this.start();
    const job = this.waiting.shift();
    if (job === undefined) return;
    thread.job = job;
    thread.worker.ref();
    if (thread.ready) this.hand(thread, job);
    else thread.timer = setTimeout(() => this.late(thread), START_MS);
  }

  private start(): Thread {
    const options: WorkerOptions = {
      execArgv: [],
      // Trees of pages are short-lived: room for the young spares much of the collecting.
      resourceLimits: { maxOldGenerationSizeMb: this.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
      // What a library prints is not ours to print: the command's output is one line of JSON a file.
      stdout: true,
      stderr: true,
    };
    const worker = FROM_SOURCE ? startFromSource(options) : new Worker(ENTRY, options);
    const thread: Thread = { worker, job: null, timer: null, ready: false };
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on('message', (answer: Answer) => this.answered(thread, answer));
    worker.on('error', (error) => this.died(thread, error));
    worker.on('exit', () => this.died(thread, new Error('the thread ended')));
    this.threads.add(thread);
    return thread;
  }

  private hand(thread: Thread, job: Job): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    thread.timer = setTimeout(() => this.late(thread), job.cap.timeoutMs);
    thread.worker.postMessage({ name: job.name, input: job.input });
  }

  private answered(thread: Thread, answer: Answer): void {
    if (answer.ready === true) {
      thread.ready = true;
      if (thread.job !== null) this.hand(thread, thread.job);
      return;
    }
    const { job } = thread;
    this.free(thread);
    if ('failure' in answer) {
      const { code, message, details } = answer.failure;
      job?.reject(new Failure(code, message, details));
    } else job?.resolve(answer.output);
    // An idle thread does not keep the process alive.
    if (thread.job === null) thread.worker.unref();
    this.next();
  }

  private late(thread: Thread): void {
    const cap = thread.job?.cap;
    if (cap === undefined) return;
    const seconds = Math.round(cap.timeoutMs / 100) / 10;
    void this.end(
      thread,
      new Failure(cap.onTimeout, `${cap.about}: stopped after ${seconds} s`, { timeoutMs: cap.timeoutMs }),
    );
    this.next();
  }

  private died(thread: Thread, error: Error): void {
    const { job } = thread;
    this.threads.delete(thread);
    this.free(thread);
    if (job !== null) {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const words = memory ? `needs more than ${this.memoryMb} MB of memory` : error.message;
      job.reject(new Failure(job.cap.onDeath, `${job.cap.about}: ${words}`, { memory }, { cause: error }));
    }
    if (!this.closed) this.next();
  }

  private async end(thread: Thread, failure: Failure): Promise<void> {
    const { job } = thread;
    this.threads.delete(thread);
    this.free(thread);
    job?.reject(failure);
    await thread.worker.terminate();
  }

  private free(thread: Thread): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    thread.timer = null;
    thread.job = null;
  }
}
