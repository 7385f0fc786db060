import type { App } from '../src/app.js';
import { lookAtItem } from '../src/pipeline/look-at-item.js';
import type { Consumer } from '../src/queue/consumer.js';
import { sourceOfItem } from './item-source.js';
import { runStep } from './run-step.js';

export const looksAgain = (app: App, name: 'look-again' | 'look-browser'): Promise<Consumer> =>
  app.queue.consume(name, async ({ itemId }) => {
    const source = await sourceOfItem(app, itemId);
    if (source === undefined) return;
    await runStep(app, { name, itemId, sourceId: source.id }, () => lookAtItem(app.steps.look, source, itemId));
  });
