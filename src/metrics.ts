import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What stands at the moment of asking, by name: help text and labels. Most are of the store: the same from every process. */
export const LEVELS = {
  newsdesk_sources: { help: 'Enabled sources by state', labels: ['state'] },
  newsdesk_sources_configured: { help: 'Sources that the configuration has switched on', labels: [] },
  newsdesk_sources_scheduled: { help: 'Sources with a schedule in the queue', labels: [] },
  newsdesk_sources_overdue: { help: 'Sources whose poll is long past its time', labels: [] },
  newsdesk_polls_last_day: { help: 'Polls of the last 24 hours by outcome', labels: ['outcome'] },
  newsdesk_poll_failures_last_day: { help: 'Failed polls of the last 24 hours by code', labels: ['code'] },
  newsdesk_items: { help: 'Everything ever found, by disposition', labels: ['disposition'] },
  newsdesk_items_failed: { help: 'Items that ended as failed, by code', labels: ['code'] },
  newsdesk_drafts: { help: 'Drafts by state', labels: ['state'] },
  newsdesk_deliveries: { help: 'Deliveries of posts by output and state', labels: ['output', 'state'] },
  newsdesk_notices_open: { help: 'Incidents and mistakes that wait for somebody', labels: [] },
  newsdesk_jobs: { help: 'Jobs in the queues', labels: ['queue', 'state'] },
  newsdesk_job_oldest_seconds: { help: 'Age of the oldest job that waits in a queue', labels: ['queue'] },
  newsdesk_store_connections: { help: 'Connections of this process to the database', labels: ['state'] },
  newsdesk_store_bytes: { help: 'Size of the database', labels: [] },
  newsdesk_store_answer_seconds: { help: 'Time in which the database answered just now', labels: [] },
} as const satisfies Record<string, { readonly help: string; readonly labels: readonly string[] }>;

export type LevelName = keyof typeof LEVELS;
export interface Level {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
/** A name that is missing could not be asked: nothing is told of it, rather than what was true before. */
export type Levels = { readonly [N in LevelName]?: readonly Level[] };

export type BrowserEvent = 'launch' | 'page' | 'death';

export interface Metrics {
  /** One step has ended, so many milliseconds after it began; `code`: with this failure. */
  step(name: string, outcome: string, ms: number, code?: string): void;
  /** One page or file was read, or refused, in so many milliseconds. */
  extraction(ms: number): void;
  browser(event: BrowserEvent): void;
  /** One query of the database. */
  query(ms: number): void;
  /** All of it in the text format of Prometheus. */
  page(levels: Levels): Promise<{ readonly type: string; readonly text: string }>;
}

const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60];
const QUERY_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** The figures of one process: what ends is counted as it ends, levels as they stand. docs/deployment.md names them all. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const count = counters(registry);
  const gauges = new Map(
    Object.entries(LEVELS).map(([name, { help, labels }]) => [
      name as LevelName,
      new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
  return {
    step: (step, outcome, ms, code) => {
      count.steps.inc({ step, outcome });
      count.stepTime.observe({ step }, ms / 1_000);
      if (step === 'poll-source' || step === 'poll-browser') count.polls.inc({ outcome });
      if (code !== undefined) count.failures.inc({ step, code });
    },
    extraction: (ms) => count.extraction.observe(ms / 1_000),
    browser: (event) => count.browser.inc({ event }),
    query: (ms) => count.query.observe(ms / 1_000),
    page: async (levels) => {
      for (const [name, gauge] of gauges) {
        gauge.reset();
        // A gauge without labels counts as 0 once it is reset: what could not be asked is taken off the page.
        const known = levels[name];
        if (known === undefined && LEVELS[name].labels.length === 0) gauge.remove();
        for (const { labels, value } of known ?? []) gauge.set(labels, value);
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function counters(registry: Registry) {
  const registers = [registry];
  const common = { buckets: SECONDS, registers };
  return {
    steps: new Counter({
      name: 'newsdesk_steps_total',
      help: 'Steps that ended in this process',
      labelNames: ['step', 'outcome'],
      registers,
    }),
    polls: new Counter({
      name: 'newsdesk_polls_total',
      help: 'Polls that ended in this process',
      labelNames: ['outcome'],
      registers,
    }),
    failures: new Counter({
      name: 'newsdesk_failures_total',
      help: 'Failures of steps in this process by code',
      labelNames: ['step', 'code'],
      registers,
    }),
    browser: new Counter({
      name: 'newsdesk_browser_events_total',
      help: 'Chromium in this process: launches, pages shown, deaths',
      labelNames: ['event'],
      registers,
    }),
    stepTime: new Histogram({ name: 'newsdesk_step_seconds', help: 'Time of a step', labelNames: ['step'], ...common }),
    extraction: new Histogram({
      name: 'newsdesk_extraction_seconds',
      help: 'Time to read one page or file, waiting for a thread included',
      ...common,
    }),
    query: new Histogram({
      name: 'newsdesk_store_query_seconds',
      help: 'Time of a query of the database',
      ...common,
      buckets: QUERY_SECONDS,
    }),
  };
}
