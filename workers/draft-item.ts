import type { App } from '../src/app.js';
import { asFailure } from '../src/model/failure.js';
import { draftItem, type DraftOutcome } from '../src/pipeline/draft-item.js';
import { giveUpAfter } from '../src/pipeline/give-up-after.js';
import type { Consumer } from '../src/queue/consumer.js';
import { remedyFor } from '../src/queue/remedies.js';
import { sourceOfItem } from './item-source.js';
import { runStep } from './run-step.js';

type Outcome = DraftOutcome | { readonly outcome: 'later' | 'failed'; readonly failure: unknown };

/** Drafts. What fails on its last try waits for the sweep or ends as `failed`: nothing is tried every minute for ever. */
export const draftItems = (app: App): Promise<Consumer> =>
  app.queue.consume('draft-item', async ({ itemId }, { last }) => {
    const source = await sourceOfItem(app, itemId);
    if (source === undefined) return;
    await runStep(app, { name: 'draft-item', itemId, sourceId: source.id }, async (): Promise<Outcome> => {
      try {
        return await draftItem(app.steps.draft, source, itemId);
      } catch (error) {
        if (!last && remedyFor(asFailure(error)).kind !== 'give-up') throw error;
        return await notDrafted(app, itemId, error);
      }
    });
  });

async function notDrafted(app: App, itemId: string, error: unknown): Promise<Outcome> {
  const { items } = app.steps.draft;
  const item = await items.findItem(itemId);
  if (item === undefined) throw error;
  const failure = asFailure(error);
  const tryAfter = giveUpAfter(failure, item, app.clock.now());
  await items.recordItemFailure(itemId, failure, tryAfter);
  return { outcome: tryAfter === null ? 'failed' : 'later', failure };
}
