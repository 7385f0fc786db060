import type { DraftState } from '../../model/draft.js';

/** Everything about drafts is for editors. */
export const EDITOR = { role: 'editor' } as const;

export interface OfDraft {
  Params: { id: string };
}

/** After approval the text stands still, so that what was approved is what is published. */
export function isEditable(state: DraftState): boolean {
  return state === 'drafted' || state === 'in-review';
}
