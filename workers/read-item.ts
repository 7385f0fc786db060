import type { App } from '../src/app.js';
import { readItem } from '../src/pipeline/read-item.js';
import type { Consumer } from '../src/queue/consumer.js';
import { sourceOfItem } from './item-source.js';
import { runStep } from './run-step.js';

export const readItems = (app: App, name: 'read-item' | 'read-browser'): Promise<Consumer> =>
  app.queue.consume(name, async ({ itemId }) => {
    const source = await sourceOfItem(app, itemId);
    if (source === undefined) return;
    await runStep(app, { name, itemId, sourceId: source.id }, () => readItem(app.steps.read, source, itemId));
  });
