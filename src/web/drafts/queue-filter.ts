import type { QueueFilter } from '../../model/desk.js';
import type { DraftState } from '../../model/draft.js';
import { QUEUE_ORDERS } from '../../model/preferences.js';
import { SECTIONS } from '../../model/section.js';
import { line, oneOf, text, whole, type Fields } from '../fields.js';

interface View {
  readonly label: string;
  readonly states: readonly DraftState[];
  /** What is said when it is empty. */
  readonly empty: string;
}

export const VIEWS = {
  open: { label: 'To do', states: ['drafted', 'in-review'], empty: 'All done. New drafts appear here by themselves.' },
  approved: { label: 'Approved', states: ['approved'], empty: 'Nothing is approved and unpublished.' },
  scheduled: { label: 'Scheduled', states: ['scheduled'], empty: 'Nothing is scheduled.' },
  published: { label: 'Published', states: ['published'], empty: 'Nothing has been published yet.' },
  withdrawn: { label: 'Withdrawn', states: ['withdrawn'], empty: 'Nothing was withdrawn.' },
  rejected: { label: 'Rejected', states: ['rejected'], empty: 'Nothing was rejected.' },
  snoozed: { label: 'Snoozed', states: ['drafted', 'in-review', 'approved'], empty: 'Nothing sleeps.' },
  all: {
    label: 'All',
    states: ['drafted', 'in-review', 'approved', 'scheduled', 'published', 'withdrawn', 'rejected'],
    empty: 'There are no drafts yet. They appear here when a source has news.',
  },
} as const satisfies Record<string, View>;
export type ViewName = keyof typeof VIEWS;

/** What a draft can be marked with, in words. */
export const MARKS = {
  updated: 'Updated by the source',
  'possible-copy': 'Possible copy',
  sensitive: 'Sensitive',
  claims: 'Claims to check',
  mine: 'Assigned to me',
} as const satisfies Partial<Record<NonNullable<QueueFilter['mark']>, string>>;

/** What counts where the address does not say it. */
export type Usual = Pick<QueueFilter, 'order' | 'pageSize' | 'byStory'>;
const USUAL: Usual = { order: 'newest', pageSize: 50 };

/** The view and filter that an address asks for; what is unknown in it counts as not said. */
export function readFilter(
  query: Fields,
  usual: Usual = USUAL,
): { readonly view: ViewName; readonly filter: QueueFilter } {
  const view = oneOf(text(query, 'view'), Object.keys(VIEWS) as ViewName[]) ?? 'open';
  const words = line(query, 'q', 200);
  const sourceId = line(query, 'source', 300);
  return {
    view,
    filter: {
      ...usual,
      states: VIEWS[view].states,
      sourceId: sourceId === '' ? null : sourceId,
      words: words === '' ? null : words,
      mark: view === 'snoozed' ? 'snoozed' : oneOf(text(query, 'mark'), Object.keys(MARKS) as (keyof typeof MARKS)[]),
      section: oneOf(text(query, 'section'), SECTIONS),
      order: oneOf(text(query, 'order'), Object.keys(QUEUE_ORDERS) as QueueFilter['order'][]) ?? usual.order,
      page: whole(query, 'page', { least: 1, fallback: 1 }),
    },
  };
}

/** The address of a view with its filter. */
export function queueUrl(view: ViewName, filter: QueueFilter): string {
  const query = new URLSearchParams({ view });
  if (filter.words !== null) query.set('q', filter.words);
  if (filter.sourceId !== null) query.set('source', filter.sourceId);
  if (filter.mark !== null && filter.mark !== 'snoozed') query.set('mark', filter.mark);
  if (filter.section !== null) query.set('section', filter.section);
  query.set('order', filter.order);
  if (filter.page > 1) query.set('page', String(filter.page));
  return `/drafts?${query.toString()}`;
}

/** Whether it keeps anything out beside the states of its view. */
export function isNarrowed({ words, sourceId, mark, section }: QueueFilter): boolean {
  return words !== null || sourceId !== null || section !== null || (mark !== null && mark !== 'snoozed');
}
