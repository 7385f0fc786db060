import type { App } from '../src/app.js';
import { checkLinks } from '../src/pipeline/check-links.js';
import type { Consumer } from '../src/queue/consumer.js';
import { runStep } from './run-step.js';

export const checksLinks = (app: App): Promise<Consumer> =>
  app.queue.consume('check-links', async ({ draftId, sourceId }) => {
    const source = app.sources.find(sourceId);
    if (source === undefined) return;
    await runStep(app, { name: 'check-links', draftId, sourceId }, () => checkLinks(app.steps.links, source, draftId));
  });
