import type { App } from './app.js';
import { partsOf } from './health.js';
import { asFailure } from './model/failure.js';
import { unfinished } from './store/unfinished.js';

/** The schedule is made right every five minutes. */
const UNSCHEDULED_MS = 15 * 60_000;
/** A source that waits so long for its poll means that nobody polls it. */
const OVERDUE_MS = 60 * 60_000;

/**
 * What keeps the newsdesk from doing its work, in words; `null`: nothing does. Sources that are ill are no trouble of ours, sources
 * that nobody polls are. `scheduledAt`: when the schedule was made right last. Never throws.
 */
export async function troubleOf(app: App, scheduledAt: Date): Promise<string | null> {
  const ill = (await partsOf(app)).find(({ ok }) => !ok);
  if (ill !== undefined) return `${ill.name}: ${ill.words}`;
  const now = app.clock.now().getTime();
  if (now - scheduledAt.getTime() > UNSCHEDULED_MS) return 'queue: the schedule could not be made right for 15 minutes';
  try {
    const overdue = await unfinished(app.store.db).dueSources(new Date(now - OVERDUE_MS));
    return overdue.length === 0 ? null : `polling: ${overdue.length} waiting for more than an hour for a poll`;
  } catch (error) {
    return `store: ${asFailure(error).message}`;
  }
}
