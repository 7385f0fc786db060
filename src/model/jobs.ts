/** What each job carries: ids only. A job may run twice. */
export interface Jobs {
  'poll-source': { readonly sourceId: string };
  'poll-browser': { readonly sourceId: string };
  'read-item': { readonly itemId: string };
  'read-browser': { readonly itemId: string };
  'look-again': { readonly itemId: string };
  'look-browser': { readonly itemId: string };
  'draft-item': { readonly itemId: string };
  'check-links': { readonly draftId: string; readonly sourceId: string };
  'publish-post': { readonly draftId: string };
  'send-message': { readonly messageId: string };
  sweep: Record<string, never>;
}

export type JobName = keyof Jobs;

/** The queues, and how many jobs of each one process works at once. */
export const CONCURRENCY = {
  'poll-source': 8,
  'poll-browser': 1,
  'read-item': 8,
  'read-browser': 1,
  'look-again': 2,
  'look-browser': 1,
  'draft-item': 4,
  'check-links': 2,
  'publish-post': 2,
  'send-message': 2,
  sweep: 1,
} as const satisfies Record<JobName, number>;
