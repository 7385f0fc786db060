import type { DraftInHand } from '../../model/desk.js';
import { Html } from '../layout/html.js';
import { moment } from '../layout/when.js';
import { WrongExtraction } from '../reports/wrong-extraction.js';
import { sourceBlocks, type SourceBlock } from './restore-cut.js';

export interface SourceTextProps {
  readonly draft: DraftInHand;
  /** Whether a cut may be put back now. */
  readonly editable: boolean;
}

/** The captured article beside the draft, with what was left out struck through and a way to put it back. */
export function SourceText({ draft, editable, csrf }: SourceTextProps & { readonly csrf: string }) {
  const { capture } = draft;
  return (
    <section class="panel source-text" id="source" aria-labelledby="source-title">
      <h2 id="source-title">Source text</h2>
      {capture === null ? (
        <p class="hint">Nothing was captured. Open the original and compare by hand.</p>
      ) : (
        <>
          <p class="hint">
            Seen {moment(capture.fetchedAt)}, {capture.article.method}.{' '}
            <a href={`/captures/${capture.id}`}>As it was captured</a>
          </p>
          {capture.article.title === null ? null : <p class="source-headline">{capture.article.title}</p>}
          {capture.article.byline === null ? null : <p class="hint">By {capture.article.byline}</p>}
          {sourceBlocks(capture.article.bodyHtml, draft.cuts).map((block, index) => (
            <SourceBlockView key={index} block={block} draft={draft} editable={editable} />
          ))}
          <Dropped draft={draft} />
          <WrongExtraction draftId={draft.id} captureId={capture.id} csrf={csrf} />
        </>
      )}
    </section>
  );
}

function SourceBlockView({ block, draft, editable }: SourceTextProps & { readonly block: SourceBlock }) {
  if (block.cut === null) return <Html html={block.html} class="block" />;
  return (
    <div class="block cut">
      <p class="cut-because">
        <span>Left out: {block.cut.because}</span>
        {editable ? (
          <button
            type="submit"
            class="quiet"
            form="edit"
            formAction={`/drafts/${draft.id}/cuts`}
            name="cut"
            value={block.cut.index}
          >
            Put back
          </button>
        ) : null}
      </p>
      <Html html={block.html} class="struck" />
    </div>
  );
}

/** What extraction left out of the page, before any composing. */
function Dropped({ draft }: { readonly draft: DraftInHand }) {
  const dropped = draft.capture?.article.dropped ?? [];
  if (dropped.length === 0) return null;
  return (
    <details class="dropped">
      <summary>
        {dropped.length} {dropped.length === 1 ? 'part' : 'parts'} of the page not read as text
      </summary>
      <ul>
        {dropped.map(({ text, because }, index) => (
          <li key={index}>
            <span class="cut-because">{because}</span> {text.slice(0, 300)}
          </li>
        ))}
      </ul>
    </details>
  );
}
