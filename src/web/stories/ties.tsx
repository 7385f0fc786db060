import type { DraftInHand, StoryTie } from '../../model/desk.js';
import { Outside } from '../layout/outside.js';

/** What each tie is called on the desk. */
const TIES: Readonly<Record<string, string>> = {
  'same-item': 'The same item under another address',
  copy: 'The same text',
  'possible-copy': 'Possibly a copy: please look',
  'same-story': 'Possibly the same story',
  sibling: 'A sibling: like it, and another thing',
  lead: 'The first of the story',
};

/** What a tie is called when it is no question any more. */
const CONFIRMED: Readonly<Record<string, string>> = {
  'possible-copy': 'A copy',
  'same-story': 'The same story',
};

export interface TiesProps {
  readonly draft: DraftInHand;
  readonly csrf: string;
  /** Whether text may be taken into the draft now. */
  readonly editable: boolean;
}

/** The other items of the story with the reason of each tie, and the editor's word on it. */
export function Ties({ draft, csrf, editable }: TiesProps) {
  const also = new Set(draft.ties.filter(isCopy).map(({ sourceName }) => sourceName));
  return (
    <section class="panel ties" aria-labelledby="ties-title" id="ties">
      <h2 id="ties-title">Story</h2>
      {also.size === 0 ? null : <p>Also published by {[...also].join(', ')}.</p>}
      <ul>
        {draft.ties.map((tie) => (
          <li key={tie.itemId}>
            <p>
              <strong>{tieWords(tie)}</strong>
            </p>
            <p>
              {tie.sourceName}:{' '}
              {tie.draftId === null ? (
                <Outside href={tie.url}>{tie.title}</Outside>
              ) : (
                <a href={`/drafts/${tie.draftId}`}>{tie.title}</a>
              )}
            </p>
            <p class="hint">{tie.because}</p>
            {editable && tie.standing === 'confirmed' && tie.tie !== 'sibling' ? (
              <p class="tie-words">
                <button
                  type="submit"
                  class="quiet"
                  form="edit"
                  formAction={`/drafts/${draft.id}/story/${tie.itemId}/choose`}
                >
                  Take text of {tie.sourceName}
                </button>
              </p>
            ) : null}
            <form method="post" action={`/drafts/${draft.id}/ties/${tie.itemId}`} class="tie-words">
              <input type="hidden" name="_csrf" value={csrf} />
              {wordsFor(tie).map(({ word, label }) => (
                <button key={word} type="submit" name="word" value={word} class="small">
                  {label}
                </button>
              ))}
            </form>
          </li>
        ))}
      </ul>
      <p>
        <a href={`/drafts/${draft.id}/story`}>Join it with another story</a>
      </p>
    </section>
  );
}

function tieWords({ tie, standing }: StoryTie): string {
  return (standing === 'confirmed' ? CONFIRMED[tie] : undefined) ?? TIES[tie] ?? tie;
}

/** The same thing, published by another body too. */
function isCopy({ tie, standing }: StoryTie): boolean {
  return standing === 'confirmed' && (tie === 'same-item' || tie === 'copy');
}

function wordsFor({ tie, standing }: StoryTie): { word: 'confirm' | 'detach'; label: string }[] {
  const detach = {
    word: 'detach',
    label: standing === 'suggested' ? 'No, that is something else' : 'Take it out of the story',
  } as const;
  if (standing !== 'suggested') return tie === 'sibling' ? [] : [detach];
  const labels: Readonly<Record<string, string>> = {
    sibling: 'Yes, a sibling',
    'same-story': 'Yes, the same story',
    'possible-copy': 'Yes, a copy: join it here',
    copy: 'Yes, a copy: join it here',
  };
  return [{ word: 'confirm', label: labels[tie] ?? 'Yes' }, detach];
}
