import type { DraftInHand } from '../../model/desk.js';
import type { DraftState } from '../../model/draft.js';
import { slugOf } from '../../model/slug.js';

export interface EditFormProps {
  readonly draft: DraftInHand;
  readonly csrf: string;
  /** What stands in the fields: the saved text, or what was typed and refused. */
  readonly words: { readonly headline: string; readonly bodyHtml: string; readonly slug: string | null };
}

/**
 * The form that every button of the page belongs to. Its first button, out of sight, is Save: so the Enter key saves, and can
 * neither approve nor reject.
 */
export function EditForm({ draft, csrf, words }: EditFormProps) {
  return (
    <form id="edit" class="panel edit" method="post" action={`/drafts/${draft.id}`} aria-labelledby="edit-title">
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="version" value={draft.version} />
      <input type="hidden" name="caret" data-caret />
      <h2 id="edit-title">Draft</h2>
      <Fields draft={draft} words={words} />
    </form>
  );
}

/** Stands before all other buttons of the page: browsers take the first one for the Enter key. */
export function DefaultSave() {
  return (
    <button type="submit" form="edit" class="visually-hidden" tabIndex={-1} aria-hidden="true">
      Save
    </button>
  );
}

function Fields({ draft, words }: Pick<EditFormProps, 'draft' | 'words'>) {
  return (
    <>
      <WordFields words={words} />
      <details class="address">
        <summary>Web address</summary>
        <label>
          Last part of the address (empty: from the headline)
          <input
            type="text"
            name="slug"
            value={words.slug ?? ''}
            placeholder={slugOf(words.headline)}
            maxLength={100}
          />
        </label>
      </details>
      <div class="save-row">
        <button type="submit" data-key="s">
          Save
        </button>
        <p class="hint" id="save-state" role="status">
          Version {draft.version}
        </p>
      </div>
    </>
  );
}

/** Headline and text, as the editor island takes them over. */
export function WordFields({ words }: { readonly words: { readonly headline: string; readonly bodyHtml: string } }) {
  return (
    <>
      <label class="headline-field">
        Headline
        <textarea name="headline" rows={2} maxLength={500} spellcheck data-key="e">
          {words.headline}
        </textarea>
      </label>
      <div class="body-field" data-editor>
        <label for="body" id="body-label">
          Text
        </label>
        <p class="hint" id="body-hint">
          Paragraphs in &lt;p&gt;, headings in &lt;h3&gt;, lists in &lt;ul&gt;&lt;li&gt;.
        </p>
        <textarea id="body" name="bodyHtml" rows={22} aria-describedby="body-hint" spellcheck>
          {words.bodyHtml}
        </textarea>
      </div>
    </>
  );
}

/** In its place while the text may not be changed: it stands below as readers see it. The moves belong to it all the same. */
export function StandingForm({ draft, csrf }: Pick<EditFormProps, 'draft' | 'csrf'>) {
  return (
    <form id="edit" class="panel edit" method="post" action={`/drafts/${draft.id}`} aria-labelledby="edit-title">
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="version" value={draft.version} />
      <h2 id="edit-title">The text stands still</h2>
      <p>{WHY_STILL[draft.state]}</p>
    </form>
  );
}

/** Why it cannot be typed over, and what to do when it must be changed. */
const WHY_STILL: Readonly<Record<DraftState, string>> = {
  drafted: '',
  'in-review': '',
  approved: 'Approved as it stands below. Take it back to change it.',
  scheduled: 'Scheduled as it stands below. Stop the schedule and take it back to change it.',
  published: 'Published as it stands below. Use “Correct” to change what readers see.',
  withdrawn: 'Withdrawn: readers do not see it. It comes back as it stands below.',
  rejected: 'Rejected as it stands below. Restore it to change it.',
};
