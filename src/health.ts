import type { App } from './app.js';
import { asFailure } from './model/failure.js';
import type { QueueCounts } from './queue/open-queue.js';
import { deskSources } from './store/desk-sources.js';

export interface Part {
  readonly name: string;
  readonly ok: boolean;
  readonly words: string;
}

/** A worker that the queue has not answered for so long is not well. An idle one asks every ten seconds. */
const SILENT_MS = 60_000;

/** The parts that this process needs, asked anew. Never throws: what does not answer is not well. */
export async function partsOf(app: App): Promise<readonly Part[]> {
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

/** The figures of this process and the levels of the whole newsdesk. What cannot be asked is left out. */
export async function metricsOf(app: App): Promise<{ readonly type: string; readonly text: string }> {
  const desk = deskSources(app.store.db);
  const [queues, items, rows] = await Promise.all([
    app.queue.counts().catch((): Record<string, QueueCounts> => ({})),
    desk.foundCounts(),
    desk.listSources(),
  ]);
  const sources: Record<string, number> = {};
  for (const { enabled, state } of rows) if (enabled) sources[state] = (sources[state] ?? 0) + 1;
  return await app.metrics.page({
    queues: queues as unknown as Record<string, Record<string, number>>,
    items,
    sources,
  });
}

async function part(name: string, ask: () => Promise<string>): Promise<Part> {
  try {
    return { name, ok: true, words: await ask() };
  } catch (error) {
    return { name, ok: false, words: asFailure(error).message };
  }
}
