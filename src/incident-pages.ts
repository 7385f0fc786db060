import type { Incident } from './model/sight.js';
import { markedPages } from './sources/marked-page.js';

/** One of the two pages of an incident, outlined, out of what was kept of it. `undefined`: no such incident, or no page was kept. */
export function incidentPages(
  find: (sourceId: string, pollId: string) => Promise<Incident | undefined>,
): (sourceId: string, pollId: string, side: 'before' | 'after') => Promise<string | undefined> {
  return async (sourceId, pollId, side) => {
    const incident = await find(sourceId, pollId);
    return incident === undefined ? undefined : (markedPages(incident)[side] ?? undefined);
  };
}
