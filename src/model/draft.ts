/** From where to where a draft may go. Buttons, checks and docs are read from here. */
export const TRANSITIONS = {
  drafted: ['in-review', 'rejected'],
  'in-review': ['approved', 'drafted', 'rejected'],
  approved: ['published', 'scheduled', 'in-review'],
  scheduled: ['published', 'approved'],
  published: ['withdrawn'],
  withdrawn: ['published'],
  rejected: ['drafted'],
} as const satisfies Record<string, readonly string[]>;

export type DraftState = keyof typeof TRANSITIONS;

/** What the editor calls each move, and what the desk prints on its button. */
export const MOVES = {
  review: { from: ['drafted'], to: 'in-review', label: 'Start review' },
  'send-back': { from: ['in-review'], to: 'drafted', label: 'Send back' },
  approve: { from: ['in-review'], to: 'approved', label: 'Approve' },
  'take-back': { from: ['approved'], to: 'in-review', label: 'Take back' },
  publish: { from: ['approved'], to: 'published', label: 'Publish now' },
  schedule: { from: ['approved'], to: 'scheduled', label: 'Schedule' },
  unschedule: { from: ['scheduled'], to: 'approved', label: 'Stop the schedule' },
  withdraw: { from: ['published'], to: 'withdrawn', label: 'Withdraw' },
  republish: { from: ['withdrawn'], to: 'published', label: 'Publish again' },
  reject: { from: ['drafted', 'in-review'], to: 'rejected', label: 'Reject' },
  restore: { from: ['rejected'], to: 'drafted', label: 'Restore' },
} as const satisfies Record<string, { from: readonly DraftState[]; to: DraftState; label: string }>;

export type Move = keyof typeof MOVES;

export const REJECT_REASONS = {
  'not-relevant': 'Not relevant',
  duplicate: 'Duplicate',
  'too-old': 'Too old',
  sensitive: 'Too sensitive',
  other: 'Other',
} as const satisfies Record<string, string>;
export type RejectReason = keyof typeof REJECT_REASONS;

/** The moves open from a state, in the order of the table. */
export function movesFrom(state: DraftState): Move[] {
  return (Object.keys(MOVES) as Move[]).filter((move) => (MOVES[move].from as readonly DraftState[]).includes(state));
}

/** What composing gives: the post in preparation, before an editor has seen it. */
export interface ComposedDraft {
  readonly headline: string;
  /** Sanitised house-style HTML: p, h2, h3, ul, ol, li, a, table, strong, em, br. */
  readonly bodyHtml: string;
  readonly originalUrl: string;
  /** What was left out of the article, in order, with the place it stood (block number in the article). */
  readonly cuts: readonly Cut[];
  /** Where it stands in the queue and why, and its suggested place in the newsletter. */
  readonly rank?: { readonly score: number; readonly why: readonly string[]; readonly section: string };
}

export interface Cut {
  readonly at: number;
  readonly html: string;
  readonly because: string;
}
