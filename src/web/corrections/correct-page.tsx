import type { DraftInHand } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { noteLabel } from '../../outputs/newsfeed/post-body.js';
import { WordFields } from '../drafts/edit-form.js';
import { Findings, Refusal } from '../drafts/findings.js';
import { Confirm } from '../drafts/moves-bar.js';
import type { KeptWords } from '../drafts/ports.js';
import { Preview } from '../drafts/preview.js';
import { SourceText } from '../drafts/source-text.js';
import { Kept } from '../drafts/together.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { day } from '../layout/when.js';

export interface CorrectPageProps {
  readonly frame: Frame;
  readonly draft: DraftInHand;
  readonly words: { readonly headline: string; readonly bodyHtml: string };
  readonly line: string;
  readonly task: string;
  readonly findings: readonly Finding[];
  readonly slug: string;
  readonly refused: string | null;
  readonly kept: KeptWords | null;
  /** Whether another person must approve it before readers see it. */
  readonly secondNeeded: boolean;
  readonly now: Date;
  readonly publicUrl: string;
}

/** Correcting what is published: the words, and the line by which readers are told. Nothing changes before the button is pressed. */
export function CorrectPage(props: CorrectPageProps) {
  const { frame, draft, words, findings, refused } = props;
  const again = `/drafts/${draft.id}/correct/again`;
  return (
    <DeskPage
      title={`Correct: ${draft.headline}`}
      frame={frame}
      scripts={['editor.js']}
      styles={['draft.css']}
      width="wide"
    >
      <button
        type="submit"
        form="edit"
        formAction={again}
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        formNoValidate
      >
        Check
      </button>
      <article class="draft" data-draft-page={draft.id} data-version={draft.version}>
        <header class="draft-head">
          <p>
            <a href={`/drafts/${draft.id}`}>Back to the draft</a>
          </p>
          <h1>Correct what is published</h1>
          <p class="lead">
            {draft.headline}
            {draft.post === null ? null : `, published ${day(draft.post.publishedAt)} by ${draft.post.editorName}`}
          </p>
        </header>
        {refused === null ? null : (
          <Refusal title={refused} findings={findings.filter(({ level }) => level !== 'warn')} />
        )}
        <Kept draft={draft} kept={props.kept} frame={frame} at={`/drafts/${draft.id}/correct`} />
        <div class="columns">
          <Form {...props} />
          <div class="column-side">
            <Findings findings={findings} fixAction={again} />
            <SourceText draft={draft} editable={false} csrf={frame.csrf} findings={findings} />
          </div>
          <Preview {...props} words={words} editorName={frame.person.name} />
        </div>
      </article>
    </DeskPage>
  );
}

function Form({ frame, draft, words, line, task, findings, secondNeeded, now }: CorrectPageProps) {
  const confirms = findings.filter(({ level }) => level === 'confirm');
  return (
    <form
      id="edit"
      class="panel edit"
      method="post"
      action={`/drafts/${draft.id}/correct`}
      aria-labelledby="edit-title"
    >
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="version" value={draft.version} />
      <input type="hidden" name="task" value={task} />
      <h2 id="edit-title">Correction</h2>
      <WordFields words={words} />
      <label>
        What was corrected
        <span class="hint">Readers see it above the text: “{noteLabel({ kind: 'correction', at: now })} …”</span>
        <input type="text" name="line" value={line} maxLength={300} required data-key="c" />
      </label>
      {confirms.length === 0 ? null : <Confirm findings={confirms} />}
      <div class="save-row">
        <button type="submit" class="primary">
          {secondNeeded ? 'Hand it to a second person' : 'Publish the correction'}
        </button>
        <p class="hint" id="save-state" role="status">
          {secondNeeded ? 'Another person must approve it before readers see it.' : 'Readers see it at once.'}
        </p>
      </div>
    </form>
  );
}
