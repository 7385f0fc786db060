import type { DraftInHand } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { day } from '../layout/when.js';

export interface MergePageProps {
  readonly frame: Frame;
  readonly draft: DraftInHand;
  readonly words: string;
  readonly found: readonly {
    readonly draftId: string;
    readonly headline: string;
    readonly sourceName: string;
    readonly createdAt: Date;
  }[];
}

/** Finds the draft whose story is the same as this one's. */
export function MergePage({ frame, draft, words, found }: MergePageProps) {
  return (
    <DeskPage title="Join two stories" frame={frame} styles={['draft.css']}>
      <div class="page-head">
        <p>
          <a href={`/drafts/${draft.id}`}>Back to the draft</a>
        </p>
        <h1>Join two stories</h1>
        <p class="lead">Which other draft tells the same story as “{draft.headline}”?</p>
      </div>
      <form method="get" action={`/drafts/${draft.id}/story`} class="panel stack">
        <label>
          Words of its headline or text
          <input type="search" name="words" value={words} required />
        </label>
        <button type="submit">Look for it</button>
      </form>
      {words === '' ? null : (
        <section class="panel" aria-labelledby="found-title">
          <h2 id="found-title">Found</h2>
          {found.length === 0 ? <p>No draft of another story has these words.</p> : null}
          <ul class="found-stories">
            {found.map((other) => (
              <li key={other.draftId}>
                <p>
                  <a href={`/drafts/${other.draftId}`}>{other.headline}</a>
                  <span class="hint">
                    {' '}
                    {other.sourceName}, {day(other.createdAt)}
                  </span>
                </p>
                <form method="post" action={`/drafts/${draft.id}/story/merge`}>
                  <input type="hidden" name="_csrf" value={frame.csrf} />
                  <input type="hidden" name="other" value={other.draftId} />
                  <button type="submit" class="quiet" aria-label={`It is the same story as ${other.headline}`}>
                    It is the same story
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </DeskPage>
  );
}
