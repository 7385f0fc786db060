import type { Dated as DatedValue } from '../../model/dated.js';
import type { DraftComment, DraftEvent, DraftInHand, DraftVersion } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { isUrl } from '../../model/is-url.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { moment } from '../layout/when.js';
import { Dated } from './dates.js';
import { DefaultSave, EditForm } from './edit-form.js';
import { Findings, Refusal } from './findings.js';
import { Comments, History, Versions } from './history.js';
import { MovesBar } from './moves-bar.js';
import type { KeptWords } from './ports.js';
import { Preview } from './preview.js';
import { SourceText } from './source-text.js';
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
  readonly events: readonly DraftEvent[];
  readonly versions: readonly DraftVersion[];
  readonly comments: readonly DraftComment[];
  readonly neighbours: { readonly next: string | null; readonly previous: string | null };
  /** What this person typed before and did not save. */
  readonly kept: KeptWords | null;
  readonly now: Date;
  readonly publicUrl: string;
}

export function DraftPage(props: DraftPageProps) {
  const { frame, draft, words, findings, refused, now } = props;
  const editable = draft.state === 'drafted' || draft.state === 'in-review';
  const stopping = findings.filter((finding) => finding.level !== 'warn');
  return (
    <DeskPage title={draft.headline} frame={frame} scripts={editable ? ['editor.js'] : []} width="wide">
      <DefaultSave />
      <article class="draft" data-draft-page={draft.id} data-version={draft.version}>
        <Head {...props} />
        {refused === null ? null : <Refusal title={refused} findings={stopping} />}
        <Kept {...props} />
        <MovesBar draft={draft} findings={findings} now={now} />
        <div class="columns">
          <EditForm draft={draft} csrf={frame.csrf} editable={editable} words={words} />
          <div class="column-side">
            <Ties draft={draft} csrf={frame.csrf} />
            <Findings findings={findings} fixAction={editable ? `/drafts/${draft.id}/fixes` : null} />
            <SourceText draft={draft} editable={editable} csrf={frame.csrf} />
          </div>
          <Preview {...props} editorName={frame.person.name} />
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
        <span class="source-name">{draft.sourceName}</span>
        <StatePill state={draft.state} />
        {draft.updatedMark ? (
          <a class="pill mark-updated" href={`/drafts/${draft.id}/changes`}>
            Updated by the source: see what changed
          </a>
        ) : null}
        {draft.publishAt === null ? null : <span>Goes out {moment(draft.publishAt)}</span>}
      </p>
      <h1>{draft.headline === '' ? '(no headline)' : draft.headline}</h1>
      <Facts draft={draft} />
      <Together {...props} />
    </header>
  );
}

function DateFact({ label, dated }: { readonly label: string; readonly dated: DatedValue | null | undefined }) {
  if (dated === null || dated === undefined) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Dated dated={dated} />
        <span class="evidence">{dated.evidence}</span>
      </dd>
    </div>
  );
}

function Facts({ draft }: { readonly draft: DraftInHand }) {
  return (
    <dl class="facts">
      <div>
        <dt>Put up by the source</dt>
        <dd>
          <Dated dated={draft.posted} />
          {draft.posted === null ? null : <span class="evidence">{draft.posted.evidence}</span>}
        </dd>
      </div>
      <DateFact label="Last touched by it" dated={draft.updated} />
      <DateFact label="Dated" dated={draft.dated} />
      {draft.section === null ? null : (
        <div>
          <dt>In the newsletter</dt>
          <dd>{draft.section}</dd>
        </div>
      )}
      {draft.why.length === 0 ? null : (
        <div>
          <dt>Why it stands here</dt>
          <dd>{draft.why.join(', ')}</dd>
        </div>
      )}
      <div>
        <dt>Found</dt>
        <dd>{moment(draft.createdAt)}</dd>
      </div>
      <div>
        <dt>Original</dt>
        <dd>
          <Outside href={draft.originalUrl}>{hostOf(draft.originalUrl)}</Outside>
        </dd>
      </div>
      {draft.post === null ? null : (
        <div>
          <dt>{draft.post.withdrawnAt === null ? 'Published' : 'Was at'}</dt>
          <dd>
            <a href={`/newsfeed/${draft.post.slug}`}>/newsfeed/{draft.post.slug}</a>
          </dd>
        </div>
      )}
    </dl>
  );
}

function hostOf(url: string): string {
  return isUrl(url) ? new URL(url).host : url.slice(0, 80);
}
