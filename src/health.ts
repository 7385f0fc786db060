import type { App } from './app.js';
import { asFailure } from './model/failure.js';
import type { Level, LevelName, Levels } from './metrics.js';
import { deskSources } from './store/desk-sources.js';
import { levelBook, type CountName } from './store/levels.js';

export interface Part {
  readonly name: string;
  readonly ok: boolean;
  readonly words: string;
}

/** Whether what is configured is scheduled, and what is scheduled polled. */
export interface ScheduleCheck {
  /** Sources that the configuration has switched on. */
  readonly configured: number;
  /** `null`: the queue did not answer. */
  readonly scheduled: number | null;
  /** Configured, and without a schedule in the queue. */
  readonly missing: readonly string[];
  /** Their next poll is long past its time, though nobody paused them. */
  readonly overdue: readonly { readonly id: string; readonly name: string; readonly since: Date }[];
}

/** A worker that the queue has not answered for so long is not well. An idle one asks every ten seconds. */
const SILENT_MS = 60_000;
/** Schedule and sweep hand out a due poll within minutes; later than this, nobody works. */
const OVERDUE_MS = 30 * 60_000;

/** The parts that this process needs, asked anew. Never throws: what does not answer is not well. */
export async function partsOf(app: Pick<App, 'store' | 'queue'>): Promise<readonly Part[]> {
  return await Promise.all([
    part('store', async () => {
      await app.store.pool.query('select 1');
      return 'answers';
    }),
    part('queue', async () => {
      const silent = app.queue.consumers().filter((consumer) => consumer.silentMs() > SILENT_MS);
      if (silent.length > 0) throw new Error(`no answer to ${silent.map(({ name }) => name).join(', ')} for a minute`);
      await app.queue.counts();
      return app.queue.kind;
    }),
  ]);
}

/** Reconciles configuration, schedule and polls, as they stand now. */
export async function scheduleOf(app: Pick<App, 'sources' | 'queue' | 'store' | 'clock'>): Promise<ScheduleCheck> {
  const configured = app.sources.all().filter(({ enabled }) => enabled !== false);
  const late = new Date(app.clock.now().getTime() - OVERDUE_MS);
  const [scheduled, overdue] = await Promise.all([
    app.queue.scheduled().catch(() => null),
    deskSources(app.store.db).overdueSince(late, app.clock.now()),
  ]);
  const known = new Set(scheduled);
  return {
    configured: configured.length,
    scheduled: scheduled === null ? null : scheduled.length,
    missing: scheduled === null ? [] : configured.filter(({ id }) => !known.has(id)).map(({ id }) => id),
    overdue,
  };
}

const COUNTED: Readonly<Record<CountName, LevelName>> = {
  sources: 'newsdesk_sources',
  polls: 'newsdesk_polls_last_day',
  pollFailures: 'newsdesk_poll_failures_last_day',
  items: 'newsdesk_items',
  itemsFailed: 'newsdesk_items_failed',
  drafts: 'newsdesk_drafts',
  deliveries: 'newsdesk_deliveries',
  notices: 'newsdesk_notices_open',
  bytes: 'newsdesk_store_bytes',
};

type Measured = Pick<App, 'sources' | 'queue' | 'store' | 'clock' | 'metrics'>;

/** The figures of this process and the levels of the whole newsdesk. What cannot be asked is left out. */
export async function metricsOf(app: Measured): Promise<{ readonly type: string; readonly text: string }> {
  const parts = await Promise.all([queueLevels(app), scheduleLevels(app), storeLevels(app)].map(orNone));
  return await app.metrics.page(Object.assign({}, ...parts) as Levels);
}

async function orNone(levels: Promise<Levels>): Promise<Levels> {
  return await levels.catch((): Levels => ({}));
}

async function queueLevels({ queue }: Measured): Promise<Levels> {
  const [counts, oldest] = await Promise.all([queue.counts(), queue.oldestMs()]);
  return {
    newsdesk_jobs: Object.entries(counts).flatMap(([name, states]) =>
      Object.entries(states as unknown as Record<string, number>).map(([state, value]) =>
        level(value, { queue: name, state }),
      ),
    ),
    newsdesk_job_oldest_seconds: Object.entries(oldest).map(([name, ms]) => level(ms / 1_000, { queue: name })),
  };
}

async function scheduleLevels(app: Measured): Promise<Levels> {
  const { configured, scheduled, overdue } = await scheduleOf(app);
  return {
    newsdesk_sources_configured: [level(configured)],
    newsdesk_sources_overdue: [level(overdue.length)],
    ...(scheduled === null ? {} : { newsdesk_sources_scheduled: [level(scheduled)] }),
  };
}

async function storeLevels({ store: { db, pool } }: Measured): Promise<Levels> {
  const began = performance.now();
  await pool.query('select 1');
  const answered = (performance.now() - began) / 1_000;
  const book = levelBook(db);
  const counted = await Promise.all(
    Object.entries(COUNTED).map(async ([name, metric]): Promise<Levels> => {
      const rows = await book.count(name as CountName);
      return { [metric]: rows.map(({ by, n }) => level(n, by)) };
    }),
  );
  return {
    ...(Object.assign({}, ...counted) as Levels),
    newsdesk_store_answer_seconds: [level(answered)],
    newsdesk_store_connections: [
      level(pool.totalCount - pool.idleCount, { state: 'busy' }),
      level(pool.idleCount, { state: 'idle' }),
      level(pool.waitingCount, { state: 'waited-for' }),
    ],
  };
}

function level(value: number, labels: Readonly<Record<string, string>> = {}): Level {
  return { labels, value };
}

async function part(name: string, ask: () => Promise<string>): Promise<Part> {
  try {
    return { name, ok: true, words: await ask() };
  } catch (error) {
    return { name, ok: false, words: asFailure(error).message };
  }
}
