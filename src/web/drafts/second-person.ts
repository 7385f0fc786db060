import type { SecondApprover } from '../../model/after-publication.js';
import type { DraftInHand } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { isSensitive } from './judge.js';

export interface SecondPersonProps {
  readonly draft: DraftInHand;
  readonly findings: readonly Finding[];
  readonly rule: SecondApprover;
  readonly personId: string;
}

/**
 * Who is still needed, in words for the screen; `waits`: this person can do no more. `null` where nobody's second approval is needed.
 * The store has the same rule, and the last word.
 */
export function secondPerson(props: SecondPersonProps): { readonly words: string; readonly waits: boolean } | null {
  const { draft, findings, rule, personId } = props;
  if (rule === 'never' || (rule === 'sensitive' && !isSensitive(findings))) return null;
  const why = rule === 'always' ? 'Two people stand behind each post.' : 'What may hurt somebody needs two people.';
  const { author, firstApprovedBy } = draft;
  if (draft.state !== 'in-review') {
    return draft.state === 'drafted' ? { words: `${why} The second must not be the author.`, waits: false } : null;
  }
  if (author === null) return { words: `${why} You would be the first to approve it.`, waits: false };
  if (author.id !== personId) {
    return { words: `${why} ${author.name} stands behind it: your approval completes it.`, waits: false };
  }
  if (firstApprovedBy?.id === personId) {
    return { words: `${why} You approved it: now another person must.`, waits: true };
  }
  return { words: `${why} The text is yours: after you, another person must approve it.`, waits: false };
}
