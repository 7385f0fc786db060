import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { watchSources, type SourcesEvent } from './config/load-sources.js';
import type { Log } from './log.js';
import { openMetrics, type Metrics } from './metrics.js';
import { byHandSource } from './model/by-hand.js';
import { CONCURRENCY } from './model/jobs.js';
import type { Source } from './model/source.js';
import type { Clock } from './pipeline/ports.js';
import { migrateQueue } from './queue/connection.js';
import { openQueue, type OpenQueue } from './queue/open-queue.js';
import { openTraces, type Traces } from './queue/traces.js';
import type { Settings } from './settings.js';
import { openStore, type Store } from './store/connect.js';
import { openEmbedded } from './store/embedded.js';
import { migrate } from './store/migrate.js';
import { deskRule } from './store/second-person.js';
import { noticeBook } from './store/notices.js';
import { openQueuePool } from './store/queue-pool.js';
import { openSteps, type Sources, type StepOptions, type Steps } from './steps.js';
import { syncSources } from './store/source-rows.js';
import { VERSION } from './version.js';

export interface AppOptions extends StepOptions {
  readonly log: Log;
  /** Instead of SOURCES_FILE: the demo's own. */
  readonly sources?: readonly Source[];
  /** Settings of an embedded server (`fsync=off` where data may be lost). */
  readonly postgres?: Readonly<Record<string, string>>;
}

/** Everything opened once. */
export interface App {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly databaseUrl: string;
  readonly store: Store;
  readonly queue: OpenQueue;
  /** `null` where no collector is set. */
  readonly traces: Traces | null;
  readonly sources: Sources;
  readonly steps: Steps;
  /** How long the work of a dead process stays taken. */
  readonly lockMs: number;
  /** Finishes what runs here and lets go of everything, in order. Twice is once. */
  close(): Promise<void>;
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
  const metrics = openMetrics();
  const { url, store } = await openDatabase(
    settings,
    { ...options, onQuery: (milliseconds) => metrics.query(milliseconds) },
    closers,
  );
  await deskRule(store.db).setSecondApprover(settings.SECOND_APPROVER);
  const traces = await traced(settings, log, closers);
  const queue = await openJobs({ settings, log, url, lockMs, traces }, closers);
  const sources = await openSources({ settings, store, options }, closers);
  const steps = openSteps({ settings, options, store, queue, sources, clock, lockMs, metrics }, closers);
  return { settings, log, metrics, clock, databaseUrl: url, store, queue, traces, sources, steps, lockMs };
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
  { log, postgres, onQuery }: Pick<AppOptions, 'log' | 'postgres'> & { readonly onQuery?: (ms: number) => void },
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
  const store = await openStore({
    url,
    onLost: (error) => log.warn({ part: 'store' }, error.message),
    ...(onQuery === undefined ? {} : { onQuery }),
  });
  closers.push(() => store.close());
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  return { url, store, applied };
}

/** Closed after the queue, whose last spans it sends. */
async function traced(settings: Settings, log: Log, closers: Closers): Promise<Traces | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = settings;
  if (endpoint === null) return null;
  const instance = `${hostname()}-${process.pid}`;
  const part = log.child({ part: 'traces' });
  const traces = await openTraces({ endpoint, headers: headers ?? {}, version: VERSION, instance, log: part });
  closers.push(() => traces.close());
  return traces;
}

async function openJobs(
  {
    settings,
    log,
    url,
    lockMs,
    traces,
  }: { settings: Settings; log: Log; url: string; lockMs: number; traces: Traces | null },
  closers: Closers,
): Promise<OpenQueue> {
  const common = { log: log.child({ part: 'queue' }), lockMs, traces: traces ?? undefined };
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
    find: (id) => watch.current().find((source) => source.id === id) ?? byHandSource(id),
    onChange: (tell) => void listeners.push(tell),
  };
}
