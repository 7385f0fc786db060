import { monthsInWords } from '../../compose/newsletter-months.js';
import {
  NEWSLETTER_MOVES,
  type NewsletterEvent,
  type NewsletterFinding,
  type NewsletterMove,
} from '../../model/newsletter.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';
import { Entry } from './entry.js';
import { IssuePill } from './list-page.js';
import type { OpenIssue } from './open-issue.js';
import { Remarks } from './remarks.js';

export interface EditPageProps extends OpenIssue {
  readonly frame: Frame;
  readonly history: readonly NewsletterEvent[];
  /** A move that was refused: said on top. */
  readonly refused: string | null;
}

/** One issue: its words, its blocks, and its entries in their sections, each edited where it stands. */
export function EditPage(props: EditPageProps) {
  const { frame, record, view, findings, refused } = props;
  const editable = record.state === 'draft';
  const of = (where: NewsletterFinding['where'], id = '') =>
    findings.filter((finding) => finding.where === where && finding.id === id);
  return (
    <DeskPage title={view.title} frame={frame} styles={['newsletter.css']}>
      <Head {...props} />
      {refused === null ? null : (
        <p class="told bad" role="alert">
          {refused}
        </p>
      )}
      <Moves {...props} />
      {editable ? <Remarks findings={of('issue')} /> : null}
      <section class="panel" aria-labelledby="words-title">
        <h2 id="words-title">Title and introduction</h2>
        {editable ? <IssueWords {...props} /> : <p class="nl-read">{props.issue.introduction}</p>}
        {editable ? <Remarks findings={of('introduction')} /> : null}
      </section>
      <Blocks {...props} editable={editable} />
      {view.sections.map(({ name, entries }) =>
        entries.length === 0 ? null : (
          <section key={name} class="nl-section" aria-labelledby={`section-${slugged(name)}`}>
            <h2 id={`section-${slugged(name)}`}>
              {name} <span class="hint">{entries.filter(({ goesOut }) => goesOut).length}</span>
            </h2>
            {entries.map((entry, at) => (
              <Entry
                key={entry.post.postId}
                entry={entry}
                frame={frame}
                slug={record.slug}
                editable={editable}
                findings={editable ? of('entry', entry.post.postId) : []}
                first={at === 0}
                last={at === entries.length - 1}
              />
            ))}
          </section>
        ),
      )}
      <History {...props} />
    </DeskPage>
  );
}

function slugged(name: string): string {
  return name.toLowerCase().replace(/[^a-z]+/g, '-');
}

function Head({ record, view, changedSince }: EditPageProps) {
  const entries = view.sections.flatMap((section) => section.entries);
  const out = entries.filter(({ goesOut }) => goesOut).length;
  return (
    <div class="page-head">
      <p>
        <a href="/newsletters">All issues</a>
      </p>
      <h1>{record.frozen?.title ?? view.title}</h1>
      <p class="lead">
        <IssuePill state={record.state} /> {out} of {entries.length} {entries.length === 1 ? 'item' : 'items'} of{' '}
        {monthsInWords(record.months)}
        {record.sentAt === null ? '' : `, sent ${moment(record.sentAt)} by ${record.sentBy ?? ''}`}
      </p>
      {record.state === 'draft' ? (
        <p class="hint">What is published later in its months comes in by itself, until you mark the issue as ready.</p>
      ) : null}
      {changedSince.length === 0 ? null : (
        <div class="notice">
          <p>Since the issue became ready:</p>
          <ul>
            {changedSince.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Moves({ record, frame, findings }: EditPageProps) {
  const moves = (Object.keys(NEWSLETTER_MOVES) as NewsletterMove[]).filter((move) =>
    (NEWSLETTER_MOVES[move].from as readonly string[]).includes(record.state),
  );
  const stops = findings.filter(({ level }) => level === 'refuse').length;
  return (
    <div class="nl-bar">
      {moves.map((move) => (
        <form key={move} method="post" action={`/newsletters/${record.slug}/moves`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <input type="hidden" name="version" value={record.version} />
          <button type="submit" name="move" value={move} class={move === 'back' ? 'quiet' : 'primary'}>
            {NEWSLETTER_MOVES[move].label}
          </button>
        </form>
      ))}
      <a class="button" href={`/newsletters/${record.slug}/output`}>
        Preview, copy, download
      </a>
      {record.state === 'draft' && stops > 0 ? (
        <p class="hint">
          {stops} {stops === 1 ? 'remark stands' : 'remarks stand'} in the way.
        </p>
      ) : null}
      {record.state === 'sent' ? <a href={`/newsletters/${record.slug}`}>Its public page</a> : null}
    </div>
  );
}

function IssueWords({ record, view, frame }: EditPageProps) {
  return (
    <form method="post" action={`/newsletters/${record.slug}/words`} class="nl-form">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="version" value={record.version} />
      <label>
        Title
        <input name="title" maxLength={200} value={view.title} />
      </label>
      <label>
        Introduction
        <textarea name="introduction" rows={7} maxLength={5_000}>
          {view.introduction}
        </textarea>
        <span class="hint">After “Dear Colleague”. Empty: proposed anew from the sections that are in the issue.</span>
      </label>
      <div class="nl-buttons">
        <button type="submit">Save title and introduction</button>
      </div>
    </form>
  );
}

function Blocks({ record, view, frame, findings, editable }: EditPageProps & { readonly editable: boolean }) {
  if (view.blocks.length === 0) {
    return editable ? (
      <p class="hint">
        There is no block of your own yet. <a href="/newsletters/blocks">Write one</a>.
      </p>
    ) : null;
  }
  if (!editable) return null;
  return (
    <section class="panel" aria-labelledby="blocks-title">
      <h2 id="blocks-title">Your own blocks</h2>
      <ul class="nl-blocks">
        {view.blocks.map(({ id, heading, shown }) => (
          <li key={id}>
            <span>
              {heading} <span class="hint">{shown === false ? 'left out' : 'in this issue'}</span>
            </span>
            <form method="post" action={`/newsletters/${record.slug}/blocks/${id}`}>
              <input type="hidden" name="_csrf" value={frame.csrf} />
              <button type="submit" class="quiet" name="shown" value={shown === false ? 'yes' : 'no'}>
                {shown === false ? 'Take in' : 'Leave out'} <span class="visually-hidden">{heading}</span>
              </button>
            </form>
            <Remarks findings={findings.filter((finding) => finding.where === 'block' && finding.id === String(id))} />
          </li>
        ))}
      </ul>
      <p class="hint">
        <a href="/newsletters/blocks">Change the blocks</a>
      </p>
    </section>
  );
}

function History({ history }: EditPageProps) {
  if (history.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <details>
        <summary>
          {history.length} {history.length === 1 ? 'step' : 'steps'}, the last {moment(history[0]?.at ?? new Date(0))}
        </summary>
        <ul class="history">
          {history.map(({ at, by, did, detail }, n) => (
            <li key={n}>
              {moment(at)}: {by}, {did}
              {detail === null ? '' : ` (${detail})`}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
