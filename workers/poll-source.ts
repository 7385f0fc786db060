import type { App } from '../src/app.js';
import { pollSource } from '../src/pipeline/poll-source.js';
import type { Consumer } from '../src/queue/consumer.js';
import { runStep } from './run-step.js';

/** Polls; a source that was taken out or switched off since the job was made is passed over. */
export const pollSources = (app: App, name: 'poll-source' | 'poll-browser'): Promise<Consumer> =>
  app.queue.consume(name, async ({ sourceId }) => {
    const source = app.sources.find(sourceId);
    if (source === undefined || source.enabled === false) return;
    const lease = setInterval(() => keepLease(app, sourceId), app.lockMs / 3);
    try {
      await runStep(app, { name, sourceId }, () => pollSource(app.steps.poll, source));
    } finally {
      clearInterval(lease);
    }
  });

/** Harmless where this process does not hold it. */
function keepLease(app: App, sourceId: string): void {
  app.steps.keepSource(sourceId).catch((error: unknown) => app.log.warn({ sourceId, error }, 'lease not prolonged'));
}
