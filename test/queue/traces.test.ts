import { Failure } from '../../src/model/failure.js';
import { openQueue, type OpenQueue } from '../../src/queue/open-queue.js';
import type { QueueLog } from '../../src/queue/queue-log.js';
import { openTraces, type Traces } from '../../src/queue/traces.js';
import { openCollector, type Collector, type TakenSpan } from './collector.js';
import { PLACES, type TestPlace } from './places.js';

const PRODUCER = 4;
const CONSUMER = 5;
const ERROR = 2;
/** What no collector may see. */
const SECRET = 'Jane Doe of Bramwick';

const quiet: QueueLog = { info: () => undefined, warn: () => undefined };

async function traced(endpoint: string, log: QueueLog = quiet): Promise<Traces> {
  return await openTraces({ endpoint, headers: { 'x-key': 'k' }, version: '1.2.3', instance: 'here-1', log });
}

describe.each(Object.entries(PLACES))('traces of a queue on %s', (_, open) => {
  let place: TestPlace;
  let collector: Collector;
  let traces: Traces;
  let queue: OpenQueue;
  let round = 0;

  beforeAll(async () => {
    place = await open();
  });
  afterAll(async () => await place.close());
  beforeEach(async () => {
    round += 1;
    collector = await openCollector();
    traces = await traced(collector.url);
    queue = await openQueue({ place: place.place, log: quiet, prefix: `traced${round}`, lockMs: 2_000, traces });
  });
  afterEach(async () => await collector.close());

  /** All of it, once the queue is closed. */
  async function spans(): Promise<readonly TakenSpan[]> {
    await queue.close();
    await traces.close();
    return collector.spans();
  }

  /** Works on polls until so many were seen. */
  async function polls(count: number, work: () => unknown): Promise<void> {
    let seen = 0;
    let enough: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (enough = resolve));
    // What is not awaited here would not be closed.
    await queue.consume('poll-source', () => {
      seen += 1;
      if (seen === count) enough();
      return (async () => await work())();
    });
    await all;
  }

  test('a run is a child of the adding that asked for it, with the names and the id of its job', async () => {
    await queue.enqueue('poll-source', [{ sourceId: 'bramwick' }]);
    await polls(1, () => traces.ended('polled'));
    const taken = await spans();
    expect(taken.map(({ name, kind }) => [name, kind])).toEqual([
      ['addBulk poll-source', PRODUCER],
      ['process poll-source', CONSUMER],
    ]);
    const [added, run] = taken as [TakenSpan, TakenSpan];
    expect(added.parentSpanId ?? '').toBe('');
    expect(run).toMatchObject({ parentSpanId: added.spanId, traceId: added.traceId });
    expect(run.attributes).toMatchObject({
      'bullmq.job.name': 'poll-source',
      'bullmq.job.id': 'poll-source-bramwick',
      'newsdesk.outcome': 'polled',
    });
    expect(run.status.code ?? 0).not.toBe(ERROR);
    expect(collector.raw()).toContain('"newsdesk"');
  });

  test('a failure is told by its code; its words, and all else that we read, never', async () => {
    await queue.enqueue('poll-source', [{ sourceId: 'bramwick' }]);
    await polls(1, () => {
      traces.ended('thrown', 'source.changed');
      throw new Failure('source.changed', SECRET, { text: SECRET });
    });
    const run = (await spans()).find(({ kind }) => kind === CONSUMER);
    expect(run?.attributes).toMatchObject({ 'newsdesk.outcome': 'thrown', 'newsdesk.failure': 'source.changed' });
    expect(run?.status.code).toBe(ERROR);
    expect(run?.events.map(({ name }) => name)).toContain('job failed');
    expect(run?.events.flatMap(({ attributes = [] }) => attributes)).toEqual([]);
    expect(collector.raw()).not.toContain('Jane');
  });

  test('what an adding within a run asks for belongs to the same trace', async () => {
    await queue.enqueue('poll-source', [{ sourceId: 'bramwick' }]);
    await polls(1, () => queue.enqueue('read-item', [{ itemId: 'item-1' }]));
    const taken = await spans();
    expect(new Set(taken.map(({ traceId }) => traceId)).size).toBe(1);
    const run = taken.find(({ name }) => name === 'process poll-source');
    expect(taken.find(({ name }) => name === 'addBulk read-item')?.parentSpanId).toBe(run?.spanId);
  });

  test('each tick of a schedule is a trace of its own', async () => {
    const ticking = polls(3, () => undefined);
    await queue.schedule([{ name: 'poll-source', sourceId: 'often', everyMinutes: 1 / 60 }]);
    await ticking;
    const runs = (await spans()).filter(({ kind }) => kind === CONSUMER);
    expect(runs.length).toBeGreaterThanOrEqual(3);
    expect(runs.map(({ parentSpanId }) => parentSpanId ?? '')).toEqual(runs.map(() => ''));
    expect(new Set(runs.map(({ traceId }) => traceId)).size).toBe(runs.length);
  });
});

describe('a collector that', () => {
  const ILL: readonly (readonly [string, () => Promise<Pick<Collector, 'url' | 'close'>>])[] = [
    [
      'is not there',
      async () => {
        const gone = await openCollector();
        await gone.close();
        return { url: gone.url, close: () => Promise.resolve() };
      },
    ],
    ['never answers', async () => await openCollector(() => undefined)],
    ['refuses', async () => await openCollector((response) => response.writeHead(401).end('who are you'))],
  ];

  test.each(ILL)('%s holds up neither work nor the end, and is told once, without what it said', async (_, open) => {
    const place = await PLACES.redis();
    const collector = await open();
    const told: string[] = [];
    let tell: () => void = () => undefined;
    const warned = new Promise<void>((resolve) => (tell = resolve));
    const log: QueueLog = {
      info: () => undefined,
      warn: (fields, words) => {
        told.push(`${JSON.stringify(fields)} ${words}`);
        tell();
      },
    };
    const traces = await traced(collector.url, log);
    const queue = await openQueue({ place: place.place, log: quiet, lockMs: 2_000, traces });
    // More than one batch of spans.
    const jobs = Array.from({ length: 600 }, (_none, n) => ({ itemId: `item-${n}` }));
    const done = new Set<string>();
    let enough: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (enough = resolve));
    await queue.consume('read-item', ({ itemId }) => {
      done.add(itemId);
      if (done.size === jobs.length) enough();
      return Promise.resolve();
    });
    await queue.enqueue('read-item', jobs);
    await all;
    await queue.close();
    await Promise.all([traces.close(), warned]);
    expect(told).toEqual([expect.stringMatching(/^\{"collector":"127\.0\.0\.1:\d+".*Traces do not arrive/)]);
    await collector.close();
    await place.close();
  });
});
