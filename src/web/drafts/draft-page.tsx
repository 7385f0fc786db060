import type { SecondApprover, WaitingChange } from '../../model/after-publication.js';
import type { DraftComment, DraftEvent, DraftInHand, DraftVersion, Person } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { AfterPublication, UpdateLine, type RefusedLine } from '../corrections/after-publication.js';
import { Elsewhere } from '../deliveries/elsewhere.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';
import { Documents } from './documents.js';
import { DefaultSave, EditForm, StandingForm } from './edit-form.js';
import { Facts } from './facts.js';
import { Findings, Refusal } from './findings.js';
import { Comments, History, Versions } from './history.js';
import { MovesBar } from './moves-bar.js';
import type { KeptWords } from './ports.js';
import { Preview } from './preview.js';
import { Quotes } from './quotes.js';
import { SourceText } from './source-text.js';
import { SectionPart } from './section-part.js';
import { StatePill } from './state-words.js';
import { Kept, Together } from './together.js';
import { Ties } from '../stories/ties.js';

export interface DraftPageProps {
  readonly frame: Frame;
  readonly draft: DraftInHand;
  readonly words: { readonly headline: string; readonly bodyHtml: string; readonly slug: string | null };
  readonly findings: readonly Finding[];
  readonly slug: string;
  /** A move that the findings forbid: said on top. */
  readonly refused: string | null;
  /** A line to readers that was refused, with what was said of it. */
  readonly line: RefusedLine | null;
  readonly events: readonly DraftEvent[];
  readonly versions: readonly DraftVersion[];
  readonly comments: readonly DraftComment[];
  readonly neighbours: { readonly next: string | null; readonly previous: string | null };
  /** What this person typed before and did not save. */
  readonly kept: KeptWords | null;
  /** A change after publication that waits for a second person. */
  readonly waiting: WaitingChange | null;
  readonly rule: SecondApprover;
  readonly now: Date;
  readonly publicUrl: string;
  /** Whom it can be assigned to. */
  readonly people: readonly Person[];
}

export function DraftPage(props: DraftPageProps) {
  const { frame, draft, words, findings, refused, now } = props;
  const editable = draft.state === 'drafted' || draft.state === 'in-review';
  const stopping = (props.line?.findings ?? findings).filter((finding) => finding.level !== 'warn');
  return (
    <DeskPage
      title={draft.headline}
      frame={frame}
      scripts={editable ? ['editor.js'] : []}
      styles={['draft.css']}
      width="wide"
    >
      <DefaultSave />
      <article class="draft" data-draft-page={draft.id} data-version={draft.version}>
        <Head {...props} />
        {refused === null ? null : <Refusal title={refused} findings={stopping} />}
        <Kept {...props} />
        <div class="bar">
          <MovesBar {...props} personId={frame.person.id} />
          {draft.state === 'published' ? <UpdateLine draft={draft} frame={frame} now={now} line={props.line} /> : null}
          <Together {...props} />
        </div>
        <Elsewhere draft={draft} />
        <AfterPublication draft={draft} waiting={props.waiting} frame={frame} />
        <div class="columns">
          {editable ? (
            <EditForm draft={draft} csrf={frame.csrf} words={words} />
          ) : (
            <StandingForm draft={draft} csrf={frame.csrf} />
          )}
          <div class="column-side">
            <Findings findings={findings} fixAction={editable ? `/drafts/${draft.id}/fixes` : null} />
            <SourceText draft={draft} editable={editable} csrf={frame.csrf} findings={findings} />
            <Quotes draft={draft} bodyHtml={words.bodyHtml} editable={editable} />
            <Documents draft={draft} bodyHtml={words.bodyHtml} />
            <Ties draft={draft} csrf={frame.csrf} editable={editable} />
          </div>
          <div class="column-below">
            {editable ? <SectionPart draft={draft} csrf={frame.csrf} /> : null}
            <Preview {...props} editorName={frame.person.name} />
            {editable ? null : <SectionPart draft={draft} csrf={frame.csrf} />}
          </div>
        </div>
        <div class="after">
          <Comments draft={draft} comments={props.comments} csrf={frame.csrf} now={now} />
          <div>
            <History events={props.events} now={now} />
            <Versions draft={draft} versions={props.versions} now={now} />
          </div>
        </div>
      </article>
    </DeskPage>
  );
}

function Head(props: DraftPageProps) {
  const { draft, neighbours } = props;
  return (
    <header class="draft-head">
      <div class="draft-top">
        <nav class="beside" aria-label="Other drafts">
          <a href="/drafts">All drafts</a>
          {neighbours.previous === null ? null : (
            <a href={`/drafts/${neighbours.previous}`} data-key="k" rel="prev">
              Newer
            </a>
          )}
          {neighbours.next === null ? null : (
            <a href={`/drafts/${neighbours.next}`} data-key="j" rel="next">
              Older
            </a>
          )}
        </nav>
        <p class="entry-source">
          <StatePill state={draft.state} />
          {draft.updatedMark ? (
            <a class="pill mark-updated" href={`/drafts/${draft.id}/changes`}>
              Updated by the source: see what changed
            </a>
          ) : null}
          {draft.publishAt === null ? null : <span>Goes out {moment(draft.publishAt)}</span>}
        </p>
      </div>
      <h1>{draft.headline === '' ? '(no headline)' : draft.headline}</h1>
      <Facts draft={draft} />
    </header>
  );
}
