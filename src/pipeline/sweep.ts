import type { Source } from '../model/source.js';
import { isDueAgain, WATCHED_MS } from './look-again.js';
import type { Clock, LinkBook, LookBook, Queue, Unfinished } from './ports.js';

export interface SweepPorts {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly unfinished: Unfinished;
  readonly looks: Pick<LookBook, 'readSince' | 'publishedDue'>;
  readonly links: Pick<LinkBook, 'dueDrafts'>;
  /** The source as configured now; `undefined` when its row was taken out. */
  readonly source: (id: string) => Source | undefined;
}

/** Items that one sweep hands out; the next one takes the rest. */
const AT_ONCE = 500;
/** Drafts whose links one sweep has asked: each may take minutes of turns. */
const LINKS_AT_ONCE = 20;

/**
 * Asks again for everything that the store says is unfinished: the store is the truth, the queue is only a hurry. Whatever was
 * lost with a queue or a killed process comes back here.
 */
export async function sweep(ports: SweepPorts): Promise<{ polls: number; items: number; posts: number }> {
  const now = ports.clock.now();
  const sources = (await ports.unfinished.dueSources(now)).flatMap((id) => ports.source(id) ?? []);
  const items = await ports.unfinished.unfinishedItems(now, AT_ONCE);
  const posts = await ports.unfinished.duePosts(now);
  const rendered = (id: string): boolean => ports.source(id)?.render === 'browser';

  await ports.queue.enqueue(
    'poll-source',
    sources.filter(({ id }) => !rendered(id)).map(({ id }) => ({ sourceId: id })),
  );
  await ports.queue.enqueue(
    'poll-browser',
    sources.filter(({ id }) => rendered(id)).map(({ id }) => ({ sourceId: id })),
  );
  const unread = items.filter(({ next }) => next === 'read-item');
  await ports.queue.enqueue(
    'read-item',
    unread.filter(({ sourceId }) => !rendered(sourceId)),
  );
  await ports.queue.enqueue(
    'read-browser',
    unread.filter(({ sourceId }) => rendered(sourceId)),
  );
  await ports.queue.enqueue(
    'draft-item',
    items.filter(({ next }) => next === 'draft-item'),
  );
  await ports.queue.enqueue(
    'publish-post',
    posts.map((draftId) => ({ draftId })),
  );
  await lookAgain(ports, now);
  await ports.queue.enqueue('check-links', await ports.links.dueDrafts(LINKS_AT_ONCE, now));
  return { polls: sources.length, items: items.length, posts: posts.length };
}

/**
 * Items whose own page is due for another look: two hours, a day and a week after they were read; those of published posts from time
 * to time for ever.
 */
async function lookAgain(ports: SweepPorts, now: Date): Promise<void> {
  const lately = await ports.looks.readSince(new Date(now.getTime() - WATCHED_MS), AT_ONCE);
  const published = await ports.looks.publishedDue(now, AT_ONCE);
  const due = [...lately.filter((item) => isDueAgain(item, now)), ...published];
  const rendered = ({ sourceId }: { sourceId: string }): boolean => ports.source(sourceId)?.render === 'browser';
  const jobs = (items: readonly { itemId: string }[]): { itemId: string }[] =>
    [...new Set(items.map(({ itemId }) => itemId))].map((itemId) => ({ itemId }));
  await ports.queue.enqueue('look-again', jobs(due.filter((item) => !rendered(item))));
  await ports.queue.enqueue('look-browser', jobs(due.filter(rendered)));
}
