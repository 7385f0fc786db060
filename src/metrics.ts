import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is known at the moment of asking. */
export interface Levels {
  /** Jobs of each queue, by what they do. Empty while the queue is away. */
  readonly queues: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly items: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, number>>;
}

export interface Metrics {
  /** One step has ended, so many milliseconds after it began. */
  step(name: string, outcome: string, ms: number): void;
  /** All of it in the text format of Prometheus. */
  page(levels: Levels): Promise<{ readonly type: string; readonly text: string }>;
}

const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60];

/** The figures of one process: steps as they end, levels as they stand. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const steps = new Counter({
    name: 'newsdesk_steps_total',
    help: 'Steps that ended',
    labelNames: ['step', 'outcome'],
    registers,
  });
  const time = new Histogram({
    name: 'newsdesk_step_seconds',
    help: 'Time of a step',
    labelNames: ['step'],
    buckets: SECONDS,
    registers,
  });
  const jobs = new Gauge({
    name: 'newsdesk_jobs',
    help: 'Jobs in the queues',
    labelNames: ['queue', 'state'],
    registers,
  });
  const items = new Gauge({
    name: 'newsdesk_items',
    help: 'Items by disposition',
    labelNames: ['disposition'],
    registers,
  });
  const sources = new Gauge({
    name: 'newsdesk_sources',
    help: 'Enabled sources by state',
    labelNames: ['state'],
    registers,
  });
  return {
    step: (name, outcome, ms) => {
      steps.inc({ step: name, outcome });
      time.observe({ step: name }, ms / 1_000);
    },
    page: async (levels) => {
      jobs.reset();
      sources.reset();
      for (const [queue, counts] of Object.entries(levels.queues)) {
        for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count);
      }
      for (const [disposition, count] of Object.entries(levels.items)) items.set({ disposition }, count);
      for (const [state, count] of Object.entries(levels.sources)) sources.set({ state }, count);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
