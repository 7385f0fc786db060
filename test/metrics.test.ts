import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { metricsOf, scheduleOf } from '../src/health.js';
import { LEVELS, openMetrics, type Levels } from '../src/metrics.js';
import { openQueue } from '../src/queue/open-queue.js';
import { syncSources } from '../src/store/source-rows.js';
import { emptyDatabase, type TestDatabase } from './database.js';
import { PLACES } from './queue/places.js';
import { later, NOON, polledItems, sampleItem, sampleSource } from './store/samples.js';

const ROOT = resolve(import.meta.dirname, '..');

interface Metric {
  readonly help: string;
  readonly type: string;
  readonly labels: readonly string[];
}

/** The page as Prometheus reads it: every metric with its help, its type and the labels of its lines. */
function parsed(text: string): ReadonlyMap<string, Metric> {
  const found = new Map<string, { help: string; type: string; labels: Set<string> }>();
  const of = (name: string): { help: string; type: string; labels: Set<string> } => {
    const known = found.get(name) ?? { help: '', type: '', labels: new Set<string>() };
    found.set(name, known);
    return known;
  };
  for (const line of text.split('\n')) {
    const told = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
    if (told !== null) {
      of(told[2]!)[told[1] === 'HELP' ? 'help' : 'type'] = told[3]!;
      continue;
    }
    if (line === '') continue;
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (sample === null) throw new Error(`No line of a metric: ${line}`);
    // Prometheus writes what is no number so; prom-client does for a process that just began.
    if (!/^(?:nan|[+-]inf)$/i.test(sample[3]!)) expect(Number.isFinite(Number(sample[3]))).toBe(true);
    const name = sample[1]!;
    const base = name.replace(/_(?:bucket|sum|count)$/, '');
    const metric = of(found.has(base) ? base : name);
    for (const [, label] of (sample[2] ?? '').matchAll(/(\w+)="/g)) metric.labels.add(label!);
  }
  return new Map([...found].map(([name, { help, type, labels }]) => [name, { help, type, labels: [...labels] }]));
}

const oneOfEach = (): Levels =>
  Object.fromEntries(
    Object.entries(LEVELS).map(([name, { labels }]) => [
      name,
      [{ labels: Object.fromEntries(labels.map((label) => [label, 'x'])), value: 1 }],
    ]),
  );

async function fullPage(): Promise<string> {
  const metrics = openMetrics();
  metrics.step('poll-source', 'failed', 10, 'source.timeout');
  metrics.extraction(20);
  metrics.browser('launch');
  metrics.query(3);
  return (await metrics.page(oneOfEach())).text;
}

test('names follow the rules of Prometheus, and each says what it is', async () => {
  const metrics = [...parsed(await fullPage())].filter(([name]) => name.startsWith('newsdesk_'));
  expect(metrics.length).toBeGreaterThan(20);
  for (const [name, { help, type, labels }] of metrics) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
    expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z].{9,}[^.]$/)]);
    expect([name, type === 'counter']).toEqual([name, name.endsWith('_total')]);
    if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    expect(name).not.toMatch(/_(?:ms|milliseconds|minutes|mb|kb)(?:_|$)|_(?:count|sum|bucket)$/);
    for (const label of labels) expect(label).toMatch(/^[a-z]+$/);
  }
});

test('what could not be asked is not on the page, rather than 0 or what it was before', async () => {
  const metrics = openMetrics();
  await metrics.page(oneOfEach());
  const { text } = await metrics.page({});
  const samples = text.split('\n').filter((line) => Object.keys(LEVELS).some((name) => line.startsWith(name)));
  expect(samples).toEqual([]);
});

test('the dashboard asks for nothing that there is not', async () => {
  const known = parsed(await fullPage());
  const dashboard = JSON.parse(readFileSync(resolve(ROOT, 'deploy/grafana/newsdesk.json'), 'utf8')) as {
    panels: { title: string; type: string; targets?: { expr: string }[] }[];
  };
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');
  const used = new Set<string>();
  for (const { title, targets = [] } of panels) {
    expect([title, targets.length]).not.toEqual([title, 0]);
    for (const { expr } of targets) {
      const names = [...expr.matchAll(/\b(?:newsdesk|process|nodejs)_\w+/g)].map(([name]) =>
        name.replace(/_bucket$/, ''),
      );
      expect([title, names.length]).not.toEqual([title, 0]);
      for (const name of names) {
        expect([title, name, known.has(name)]).toEqual([title, name, true]);
        used.add(name);
      }
      for (const [, list] of expr.matchAll(/by \(([^)]*)\)/g)) {
        const labels = list!.split(',').map((label) => label.trim());
        const there = names.flatMap((name) => known.get(name)?.labels ?? []);
        // `instance` is given by Prometheus itself.
        expect([expr, labels.filter((label) => ![...there, 'instance'].includes(label))]).toEqual([expr, []]);
      }
    }
  }
  const unused = [...known.keys()].filter((name) => name.startsWith('newsdesk_') && !used.has(name));
  expect(unused).toEqual(['newsdesk_steps_total']);
});

test('every metric is told in the docs', async () => {
  const docs = readFileSync(resolve(ROOT, 'docs/deployment.md'), 'utf8');
  const own = [...parsed(await fullPage()).keys()].filter((name) => name.startsWith('newsdesk_'));
  expect(own.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});

describe.each(Object.entries(PLACES))('of a newsdesk with its queue on %s', (_, openPlace) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyDatabase();
  });
  afterEach(async () => await database.close());

  test('levels are those of store, queue and schedule', async () => {
    const place = await openPlace();
    const log = { info: () => undefined, warn: () => undefined };
    const queue = await openQueue({ place: place.place, log, prefix: 'metrics' });
    try {
      const sources = [sampleSource('one'), sampleSource('two'), sampleSource('off', { enabled: false })];
      await polledItems(database.store.db, sources[0]!, [sampleItem('a'), sampleItem('b')]);
      await syncSources(database.store.db, sources);
      await database.store.db
        .updateTable('source')
        .set({ nextPollAt: later(-60) })
        .where('id', '=', 'two')
        .execute();
      await queue.schedule([{ name: 'poll-source', sourceId: 'one', everyMinutes: 60 }]);
      await queue.enqueue('read-item', [{ itemId: '0b8f6a51-6c3e-4d0e-9a55-0d3f2a1c7e90' }]);
      const app = {
        store: database.store,
        queue,
        sources: { all: () => sources, find: () => undefined, onChange: () => undefined },
        clock: { now: () => NOON },
        metrics: openMetrics(),
      };
      expect(await scheduleOf(app)).toEqual({
        configured: 2,
        scheduled: 1,
        missing: ['two'],
        overdue: [{ id: 'two', name: 'The two charity', since: later(-60) }],
      });
      const { text } = await metricsOf(app);
      for (const line of [
        'newsdesk_sources_configured 2',
        'newsdesk_sources_scheduled 1',
        'newsdesk_sources_overdue 1',
        'newsdesk_items{disposition="found"} 2',
        'newsdesk_sources{state="new"} 1',
        'newsdesk_jobs{queue="read-item",state="waiting"} 1',
        'newsdesk_notices_open 0',
      ])
        expect(text).toContain(`\n${line}\n`);
      expect(text).toMatch(/\nnewsdesk_job_oldest_seconds\{queue="read-item"\} \d/);
      expect(text).toMatch(/\nnewsdesk_store_bytes [1-9]\d{5,}\n/);
    } finally {
      await queue.close();
      await place.close();
    }
  });
});
