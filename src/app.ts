import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { availableParallelism, hostname } from 'node:os';
import { watchSources, type SourcesEvent } from './config/load-sources.js';
import type { Log } from './log.js';
import { openMetrics, type Metrics } from './metrics.js';
import { CONCURRENCY } from './model/jobs.js';
import type { Source } from './model/source.js';
import { createFetcher, type FetcherOptions } from './net/fetcher.js';
import { PRODUCT } from './net/robots.js';
import { userAgent } from './net/user-agent.js';
import type { DraftPorts } from './pipeline/draft-item.js';
import { itemMatcher } from './pipeline/match-item.js';
import type { LinkPorts } from './pipeline/check-links.js';
import type { LookPorts } from './pipeline/look-at-item.js';
import type { PollPorts } from './pipeline/poll-source.js';
import type { Clock } from './pipeline/ports.js';
import type { PublishPorts } from './pipeline/publish-post.js';
import { itemRanker } from './pipeline/rank-item.js';
import type { ReadPorts } from './pipeline/read-item.js';
import type { SweepPorts } from './pipeline/sweep.js';
import { migrateQueue } from './queue/connection.js';
import { openQueue, type OpenQueue } from './queue/open-queue.js';
import type { Settings } from './settings.js';
import { openStore, type Store } from './store/connect.js';
import { decisionLog } from './store/decision-log.js';
import { draftBook } from './store/draft-book.js';
import { openEmbedded } from './store/embedded.js';
import { hostPacing } from './store/hosts.js';
import { itemBook } from './store/items.js';
import { linkBook } from './store/link-book.js';
import { lookBook } from './store/look-book.js';
import { matchBook } from './store/match-book.js';
import { migrate } from './store/migrate.js';
import { noticeBook } from './store/notices.js';
import { pollLedger } from './store/polls.js';
import { postBook } from './store/post-book.js';
import { openQueuePool } from './store/queue-pool.js';
import { syncSources } from './store/source-rows.js';
import { unfinished } from './store/unfinished.js';
import { threadedExtract, threadedRead } from './threads/threaded.js';
import { VERSION } from './version.js';

export interface AppOptions {
  readonly log: Log;
  /** Instead of SOURCES_FILE: the demo's own. */
  readonly sources?: readonly Source[];
  /** Instead of ALLOW_PRIVATE_HOSTS. */
  readonly guard?: FetcherOptions['guard'];
  /** Settings of an embedded server (`fsync=off` where data may be lost). */
  readonly postgres?: Readonly<Record<string, string>>;
  /** Whether quiet sources are polled less often. Default: yes. */
  readonly adaptive?: boolean;
}

/** Everything opened once. The steps take their ports from here; only this file knows all the concrete parts. */
export interface App {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly databaseUrl: string;
  readonly store: Store;
  readonly queue: OpenQueue;
  readonly sources: Sources;
  readonly steps: Steps;
  /** How long the work of a dead process stays taken. */
  readonly lockMs: number;
  /** Finishes what runs here and lets go of everything, in order. Twice is once. */
  close(): Promise<void>;
}

/** The sources in force, reloaded by themselves. */
export interface Sources {
  all(): readonly Source[];
  /** `undefined` when its row was taken out. */
  find(id: string): Source | undefined;
  /** Calls back after each change that is in force. */
  onChange(tell: () => void): void;
}

export interface Steps {
  readonly poll: PollPorts;
  readonly read: ReadPorts;
  readonly look: LookPorts;
  readonly links: LinkPorts;
  readonly draft: DraftPorts;
  readonly publish: PublishPorts;
  readonly sweep: SweepPorts;
  /** Prolongs the lease of a poll that runs here. */
  keepSource(sourceId: string): Promise<boolean>;
}

type Closers = (() => Promise<unknown>)[];

/**
 * Opens store (migrated), queue, sources and the steps. What was opened is closed again when a later part fails.
 * @throws {Failure} config.invalid, store.*, queue.unreachable
 */
export async function openApp(settings: Settings, options: AppOptions): Promise<App> {
  const closers: Closers = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse().splice(0)) {
      await close().catch((error: unknown) => options.log.error({ error }, 'could not close a part'));
    }
  };
  try {
    const app = await open(settings, options, closers);
    let closed: Promise<void> | undefined;
    // Jobs that run here are finished while everything that they need is still open.
    const close = async (): Promise<void> => {
      await app.queue.close();
      await closeAll();
    };
    return { ...app, close: () => (closed ??= close()) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function open(settings: Settings, options: AppOptions, closers: Closers): Promise<Omit<App, 'close'>> {
  const { log } = options;
  const clock: Clock = { now: () => new Date() };
  const lockMs = settings.JOB_LOCK_SECONDS * 1_000;
  const { url, store } = await openDatabase(settings, options, closers);
  const queue = await openJobs({ settings, log, url, lockMs }, closers);
  const sources = await openSources({ settings, store, options }, closers);
  const steps = openSteps({ settings, options, store, queue, sources, clock, lockMs }, closers);
  return { settings, log, metrics: openMetrics(), clock, databaseUrl: url, store, queue, sources, steps, lockMs };
}

/** Brings the database up to date, also for the queue, and lets go of it. Gives the names of the migrations applied now. */
export async function migrateAll(settings: Settings, log: Log): Promise<readonly string[]> {
  const closers: Closers = [];
  try {
    const { url, applied } = await openDatabase(settings, { log }, closers);
    if (settings.REDIS_URL === null) {
      const pool = openQueuePool({ url, listeners: 0 });
      closers.push(() => pool.end());
      await migrateQueue(pool);
    }
    return applied;
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** The database of DATABASE_URL, else our own under DATA_DIR; migrated. */
async function openDatabase(
  settings: Settings,
  { log, postgres }: Pick<AppOptions, 'log' | 'postgres'>,
  closers: Closers,
): Promise<{ url: string; store: Store; applied: readonly string[] }> {
  await mkdir(settings.DATA_DIR, { recursive: true });
  let url = settings.DATABASE_URL;
  if (url === null) {
    const embedded = await openEmbedded({
      dataDir: settings.DATA_DIR,
      log: (line) => log.info({ part: 'postgresql' }, line),
      ...(postgres === undefined ? {} : { settings: postgres }),
    });
    closers.push(() => embedded.close());
    url = embedded.url;
  }
  const store = await openStore({ url, onLost: (error) => log.warn({ part: 'store' }, error.message) });
  closers.push(() => store.close());
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  return { url, store, applied };
}

async function openJobs(
  { settings, log, url, lockMs }: { settings: Settings; log: Log; url: string; lockMs: number },
  closers: Closers,
): Promise<OpenQueue> {
  const common = { log: log.child({ part: 'queue' }), lockMs };
  if (settings.REDIS_URL !== null) {
    const queue = await openQueue({ ...common, place: { redisUrl: settings.REDIS_URL } });
    closers.push(() => queue.close());
    return queue;
  }
  const listeners = Object.keys(CONCURRENCY).length;
  let ending = false;
  const pool = openQueuePool({
    url,
    listeners,
    onLost: (error) => void (ending || common.log.warn({}, error.message)),
  });
  closers.push(() => {
    ending = true;
    return pool.end();
  });
  await migrateQueue(pool);
  const queue = await openQueue({ ...common, place: { pool } });
  closers.push(() => queue.close());
  return queue;
}

async function openSources(
  { settings, store, options }: { settings: Settings; store: Store; options: AppOptions },
  closers: Closers,
): Promise<Sources> {
  const { log } = options;
  const notices = noticeBook(store.db);
  const listeners: (() => void)[] = [];
  const file = settings.SOURCES_FILE;
  const heard = async (event: SourcesEvent): Promise<void> => {
    if (event.event === 'broken') {
      log.error({ file }, event.failure.message);
      await notices.open('configuration', file, event.failure.message);
      return;
    }
    const { added, disabled } = await syncSources(store.db, event.sources);
    await notices.close('configuration', file);
    log.info({ sources: event.sources.length, added, disabled }, 'sources loaded');
    for (const tell of listeners) tell();
  };
  const hear = (event: SourcesEvent): void => {
    heard(event).catch((error: unknown) => log.error({ error, file }, 'sources could not be brought into the store'));
  };
  const own = options.sources;
  const watch =
    own === undefined ? await watchSources(file, hear) : { current: () => own, close: () => Promise.resolve() };
  closers.push(() => watch.close());
  await heard({ event: 'loaded', sources: watch.current(), mended: false });
  return {
    all: () => watch.current(),
    find: (id) => watch.current().find((source) => source.id === id),
    onChange: (tell) => void listeners.push(tell),
  };
}

interface StepParts {
  readonly settings: Settings;
  readonly options: AppOptions;
  readonly store: Store;
  readonly queue: OpenQueue;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly lockMs: number;
}

function openSteps({ settings, options, store, queue, sources, clock, lockMs }: StepParts, closers: Closers): Steps {
  const { db } = store;
  const holder = `${hostname()}-${process.pid}-${randomUUID()}`;
  const threads = Math.max(1, availableParallelism() - 1);
  const read = threadedRead({ threads });
  const extract = threadedExtract({ threads });
  const fetcher = createFetcher(fetcherOptions(settings, options, store, clock));
  closers.push(() => Promise.all([read.close(), extract.close(), fetcher.close()]));
  const ledger = pollLedger(db, VERSION);
  const items = itemBook(db);
  const matching = matchBook(db);
  return {
    poll: {
      clock,
      fetcher,
      read,
      ledger,
      queue,
      holder,
      random: Math.random,
      floorMinutes: settings.FLOOR_MINUTES,
      leaseMs: lockMs,
      adaptive: options.adaptive ?? true,
    },
    read: { clock, fetcher, items, queue, extract },
    draft: {
      items,
      drafts: draftBook(db),
      matching,
      source: (id) => sources.find(id),
      match: itemMatcher(matching),
      rank: itemRanker(decisionLog(db), clock),
    },
    publish: { clock, posts: postBook(db), outputs: [] },
    look: { clock, fetcher, looks: lookBook(db), queue, extract },
    links: { clock, fetcher, links: linkBook(db) },
    sweep: {
      clock,
      queue,
      looks: lookBook(db),
      links: linkBook(db),
      unfinished: unfinished(db),
      source: (id) => sources.find(id),
    },
    keepSource: (sourceId) => ledger.keepSource(sourceId, holder, new Date(clock.now().getTime() + lockMs)),
  };
}

function fetcherOptions(settings: Settings, options: AppOptions, store: Store, clock: Clock): FetcherOptions {
  return {
    userAgent: agentOf(settings),
    pacing: hostPacing(store.db),
    clock,
    guard: options.guard ?? { allowPrivateHosts: settings.ALLOW_PRIVATE_HOSTS },
    gapMs: settings.HOST_GAP_MS,
    browser: { executablePath: settings.CHROMIUM_PATH ?? undefined },
    maxBytes: settings.MAX_BYTES,
    timeoutMs: settings.FETCH_TIMEOUT_MS,
    turnSlackMs: Math.min(15_000, settings.JOB_LOCK_SECONDS * 1_000),
  };
}

function agentOf({ USER_AGENT, CONTACT }: Settings): string {
  return USER_AGENT ?? (CONTACT === null ? `${PRODUCT}/${VERSION}` : userAgent(VERSION, CONTACT));
}
