import type { ComponentChildren } from 'preact';
import type { DraftInHand } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { Html } from '../layout/html.js';
import { moment } from '../layout/when.js';
import { WrongExtraction } from '../reports/wrong-extraction.js';
import { isSensitive } from './judge.js';
import { sensitiveWords } from './sensitive-words.js';
import { sourceBlocks, type SourceBlock } from './restore-cut.js';

export interface SourceTextProps {
  readonly draft: DraftInHand;
  /** Whether a cut may be put back now. */
  readonly editable: boolean;
}

interface WholeProps extends SourceTextProps {
  readonly csrf: string;
  readonly findings: readonly Finding[];
}

/**
 * The captured article beside the draft, with what was left out struck through and a way to put it back. Where it may hurt somebody
 * it is folded behind a note.
 */
export function SourceText({ draft, editable, csrf, findings }: WholeProps) {
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
            <a href={`/drafts/${draft.id}/evidence`}>As it was captured</a>
          </p>
          <Folded findings={findings}>
            {capture.article.title === null ? null : <p class="source-headline">{capture.article.title}</p>}
            {capture.article.byline === null ? null : <p class="hint">By {capture.article.byline}</p>}
            {sourceBlocks(capture.article.bodyHtml, draft.cuts).map((block, index) => (
              <SourceBlockView key={index} block={block} draft={draft} editable={editable} />
            ))}
            <Dropped draft={draft} />
          </Folded>
          <WrongExtraction draftId={draft.id} captureId={capture.id} csrf={csrf} />
        </>
      )}
    </section>
  );
}

interface FoldedProps {
  readonly findings: readonly Finding[];
  readonly children: ComponentChildren;
}

function Folded({ findings, children }: FoldedProps) {
  if (!isSensitive(findings)) return <>{children}</>;
  const why = new Set(findings.filter(({ check }) => check.startsWith('sensitive:')).map(sensitiveWords));
  return (
    <details class="folded">
      <summary>Folded, because it may be hard to read: {[...why].join('; ')}. Show it</summary>
      <div class="folded-text">{children}</div>
    </details>
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
