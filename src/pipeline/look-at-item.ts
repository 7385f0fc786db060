import { articleDifference, isDifferent } from '../compose/article-difference.js';
import { asFailure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import type { Clock, Fetcher, LookBook, Queue } from './ports.js';
import type { ReadPorts } from './read-item.js';

export interface LookPorts {
  readonly clock: Clock;
  readonly fetcher: Fetcher;
  readonly looks: LookBook;
  readonly queue: Queue;
  readonly extract: ReadPorts['extract'];
}

export interface LookOutcome {
  readonly outcome: 'unchanged' | 'changed' | 'gone' | 'not-now' | 'nothing-to-do';
}

/**
 * Looks at an item's own page or file once more, with a conditional request. Other words or documents make a new revision, which is
 * read like the first. A page that is gone is told on the draft; any other failure waits for the next look.
 */
export async function lookAtItem(ports: LookPorts, source: Source, itemId: string): Promise<LookOutcome> {
  const last = await ports.looks.lastCapture(itemId);
  const url = last?.found.readUrl === undefined ? last?.found.url : last.found.readUrl;
  if (last === undefined || url === null || url === undefined) return { outcome: 'nothing-to-do' };
  try {
    const answer = await ports.fetcher.fetch(source, url, last.validators);
    if (answer.status === 'unchanged') return await unchanged(ports, itemId);
    const article = await ports.extract(answer.doc, source, last.found);
    await ports.looks.recordThere(itemId, ports.clock.now());
    if (!isDifferent(articleDifference(last.article, article))) return await unchanged(ports, itemId);
    await ports.looks.reviseItem(itemId, ports.clock.now());
    await ports.looks.recordLook(itemId, ports.clock.now());
    await ports.queue.enqueue(source.render === 'browser' ? 'read-browser' : 'read-item', [{ itemId }]);
    return { outcome: 'changed' };
  } catch (error) {
    const failure = asFailure(error);
    const gone = failure.code === 'source.missing' || failure.code === 'source.gone';
    if (gone) await ports.looks.recordOriginalGone(itemId, failure, ports.clock.now());
    else await ports.looks.recordLook(itemId, ports.clock.now());
    return { outcome: gone ? 'gone' : 'not-now' };
  }
}

async function unchanged(ports: LookPorts, itemId: string): Promise<LookOutcome> {
  await ports.looks.recordThere(itemId, ports.clock.now());
  await ports.looks.recordLook(itemId, ports.clock.now());
  return { outcome: 'unchanged' };
}
