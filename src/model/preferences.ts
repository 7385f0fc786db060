import type { QueueFilter } from './desk.js';

/** How the queue may be ordered, as the desk says it. */
export const QUEUE_ORDERS = {
  day: 'By day and relevance',
  relevance: 'Most relevant first',
  newest: 'Newest first',
  oldest: 'Oldest first',
} as const satisfies Record<QueueFilter['order'], string>;

export const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
export type Theme = keyof typeof THEMES;
export const PAGE_SIZES = [25, 50, 100] as const;

/** How a person wants the desk. */
export interface Preferences {
  readonly queueOrder: QueueFilter['order'];
  readonly theme: Theme;
  /** Single keys do something. */
  readonly singleKeys: boolean;
  readonly pageSize: (typeof PAGE_SIZES)[number];
}

export const USUAL: Preferences = { queueOrder: 'day', theme: 'system', singleKeys: true, pageSize: 50 };
