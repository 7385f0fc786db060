import type { App } from '../src/app.js';
import type { JobName } from '../src/model/jobs.js';
import type { Consumer } from '../src/queue/consumer.js';
import type { Tick } from '../src/queue/schedule.js';
import { checksLinks } from './check-links.js';
import { draftItems } from './draft-item.js';
import { pollSources } from './poll-source.js';
import { looksAgain } from './look-again.js';
import { publishPosts } from './publish-post.js';
import { readItems } from './read-item.js';
import { sendsMessages } from './send-message.js';
import { sweeps } from './sweep.js';
import { askWatchdog } from './tell-people.js';

/** Every queue with its step. */
const WORKERS: { readonly [N in JobName]: (app: App) => Promise<Consumer> } = {
  'poll-source': (app) => pollSources(app, 'poll-source'),
  'poll-browser': (app) => pollSources(app, 'poll-browser'),
  'read-item': (app) => readItems(app, 'read-item'),
  'read-browser': (app) => readItems(app, 'read-browser'),
  'look-again': (app) => looksAgain(app, 'look-again'),
  'look-browser': (app) => looksAgain(app, 'look-browser'),
  'draft-item': draftItems,
  'check-links': checksLinks,
  'publish-post': publishPosts,
  'send-message': sendsMessages,
  sweep: sweeps,
};

const RECONCILE_MS = 5 * 60_000;
const DEFAULT_MINUTES = 60;

/**
 * Works on these queues until the app is closed. At start and every SWEEP_SECONDS it asks for a sweep; at start, every five
 * minutes and after each change of the sources it makes the schedule that of the configuration. Gives the way to stop asking.
 */
export async function startWorkers(app: App, queues: readonly JobName[]): Promise<() => void> {
  for (const name of queues) await WORKERS[name](app);
  let scheduledAt = app.clock.now();
  const reconcile = (): void => {
    app.queue.schedule(ticksOf(app)).then(
      (done) => {
        scheduledAt = app.clock.now();
        app.log.debug(done, 'schedule reconciled');
      },
      (error: unknown) => app.log.warn({ error }, 'schedule not reconciled; it is tried again in five minutes'),
    );
  };
  const askForSweep = (): void => void app.queue.enqueue('sweep', [{}]);
  reconcile();
  askForSweep();
  app.sources.onChange(() => {
    reconcile();
    askForSweep();
  });
  const timers = [setInterval(reconcile, RECONCILE_MS), setInterval(askForSweep, app.settings.SWEEP_SECONDS * 1_000)];
  // A process that does a part of the work only cannot speak for the whole.
  if (queues.includes('sweep')) timers.push(askWatchdog(app, () => scheduledAt));
  app.log.info({ queues, on: app.queue.kind }, 'working');
  return () => timers.forEach(clearInterval);
}

function ticksOf(app: App): Tick[] {
  return app.sources
    .all()
    .filter(({ enabled }) => enabled !== false)
    .map(({ id, render, everyMinutes }) => ({
      name: render === 'browser' ? 'poll-browser' : 'poll-source',
      sourceId: id,
      everyMinutes: Math.max(app.settings.FLOOR_MINUTES, everyMinutes ?? DEFAULT_MINUTES),
    }));
}
