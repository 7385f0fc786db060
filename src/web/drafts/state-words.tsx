import type { DraftState } from '../../model/draft.js';

export const STATE_WORDS: Readonly<Record<DraftState, string>> = {
  drafted: 'New',
  'in-review': 'In review',
  approved: 'Approved',
  scheduled: 'Scheduled',
  published: 'Published',
  withdrawn: 'Withdrawn',
  rejected: 'Rejected',
};

/** The state in words, with a colour and a shape of its own: never by colour alone. */
export function StatePill({ state }: { readonly state: DraftState }) {
  return <span class={`pill state-${state}`}>{STATE_WORDS[state]}</span>;
}
