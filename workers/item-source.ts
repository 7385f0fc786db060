import type { App } from '../src/app.js';
import type { Source } from '../src/model/source.js';

/** The source of an item that is still to be done; an item whose source was taken out is held, with the reason, to be released by hand. */
export async function sourceOfItem(app: App, itemId: string): Promise<Source | undefined> {
  const item = await app.steps.read.items.findItem(itemId);
  if (item === undefined || !['found', 'read'].includes(item.disposition)) return undefined;
  const source = app.sources.find(item.sourceId);
  if (source === undefined) {
    await app.steps.read.items.holdItem(itemId, 'filtered', 'Its source was taken out of the configuration first.');
  }
  return source;
}
