import type { App } from '../src/app.js';
import { troubleOf } from '../src/trouble.js';
import { asFailure } from '../src/model/failure.js';
import { writeDigests } from '../src/pipeline/digest.js';
import { watchdogPing } from '../src/pipeline/ping-watchdog.js';
import { watchSources } from '../src/pipeline/watch-sources.js';
import { runStep } from './run-step.js';

/** Messages that one sweep hands out. */
const AT_ONCE = 200;

/** What comes with every sweep: alerts, the morning digest, and whatever still waits to be sent. One never stops the others. */
export async function tellPeople(app: App): Promise<void> {
  const { tell } = app.steps;
  const tasks: readonly (readonly [string, () => Promise<object>])[] = [
    ['alerts', () => watchSources(tell.watch)],
    ['digest', () => writeDigests(tell.digest)],
    ['messages', () => handOut(app)],
  ];
  for (const [task, work] of tasks) {
    try {
      await runStep(app, { name: 'sweep', task }, work);
    } catch (error) {
      app.log.warn({ task, code: asFailure(error).code }, 'tried again with the next sweep');
    }
  }
}

async function handOut(app: App): Promise<{ outcome: string; messages: number }> {
  const ids = await app.steps.tell.dueMessages(AT_ONCE);
  await app.queue.enqueue(
    'send-message',
    ids.map((messageId) => ({ messageId })),
  );
  return { outcome: ids.length === 0 ? 'nothing-to-do' : 'handed-out', messages: ids.length };
}

const LOOK_MS = 20_000;

/** Asks the watchdog outside while all is well. `scheduledAt` gives the moment at which the schedule was made right last. */
export function askWatchdog(app: App, scheduledAt: () => Date): NodeJS.Timeout {
  const ping = watchdogPing({
    clock: app.clock,
    ask: app.steps.tell.ping,
    everyMinutes: app.settings.PING_MINUTES,
    trouble: () => troubleOf(app, scheduledAt()),
  });
  let asking = false;
  return setInterval(() => {
    if (asking) return;
    asking = true;
    ping()
      .then((done) => {
        if (done.outcome === 'silent') app.log.warn(done, 'watchdog not asked: something is wrong here');
        if (done.outcome === 'failed') app.log.warn({ code: done.failure.code }, `watchdog: ${done.failure.message}`);
      })
      .catch((error: unknown) => app.log.error({ error }, 'watchdog not asked'))
      .finally(() => (asking = false));
  }, LOOK_MS);
}
