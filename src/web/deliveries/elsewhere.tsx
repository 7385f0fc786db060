import type { DraftInHand } from '../../model/desk.js';

/** From a draft to what became of it outside of the newsfeed. */
export function Elsewhere({ draft: { id, state, post } }: { readonly draft: DraftInHand }) {
  const copied = state === 'published' || state === 'approved' || state === 'scheduled';
  if (!copied && post === null) return null;
  return (
    <p class="hint elsewhere">
      {copied ? <a href={`/drafts/${id}/copy`}>Copy for another site</a> : null}
      {copied && post !== null ? ' · ' : null}
      {post === null ? null : <a href={`/deliveries?draft=${id}`}>Where it was delivered</a>}
    </p>
  );
}
