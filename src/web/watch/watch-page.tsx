import type { ComponentChildren } from 'preact';
import type { WatchTask } from '../../model/after-publication.js';
import type { ChangedDraft } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago, moment } from '../layout/when.js';
import type { Weighed } from './weigh.js';
import { HAPPENED, SETTLED } from './words.js';

export interface WatchPageProps {
  readonly frame: Frame;
  /** What matters most first. */
  readonly open: readonly Weighed<WatchTask>[];
  /** The same of drafts that are not out yet. */
  readonly drafts: readonly Weighed<ChangedDraft>[];
  readonly settled: readonly WatchTask[];
  readonly now: Date;
}

/** What sources changed of published stories and of drafts, what matters most first with the reason; and what was said of it lately. */
export function WatchPage({ frame, open, drafts, settled, now }: WatchPageProps) {
  return (
    <DeskPage title="Watch" frame={frame} styles={['draft.css']}>
      <div class="page-head">
        <h1>Watch</h1>
        <p class="lead">
          What happened to the sources of stories, what matters most first. Readers see nothing of it until you say so.
        </p>
      </div>
      <section class="panel" aria-labelledby="open-title">
        <h2 id="open-title">
          Published <span class="count">{open.length}</span>
        </h2>
        {open.length === 0 ? <p class="clear">Nothing. All published stories stand as their sources do.</p> : null}
        {open.map(({ of: task, because }) => (
          <Changed
            key={task.id}
            id={`task-${task.id}`}
            at={task.beganAt}
            now={now}
            source={task.sourceName}
            because={because}
          >
            <span>{HAPPENED[task.kind]}</span>
            <a href={`/watch/${task.id}`}>{task.headline}</a>
          </Changed>
        ))}
      </section>
      {drafts.length === 0 ? null : (
        <section class="panel" aria-labelledby="drafts-title">
          <h2 id="drafts-title">
            Drafts not out yet <span class="count">{drafts.length}</span>
          </h2>
          {drafts.map(({ of: draft, because }) => (
            <Changed
              key={draft.id}
              id={`draft-${draft.id}`}
              at={draft.changedAt}
              now={now}
              source={draft.sourceName}
              because={because}
            >
              <span>{HAPPENED[draft.isGone ? 'gone' : 'changed']}</span>
              <a href={`/drafts/${draft.id}/changes`}>{draft.headline === '' ? '(no headline)' : draft.headline}</a>
            </Changed>
          ))}
        </section>
      )}
      {settled.length === 0 ? null : <Settled tasks={settled} now={now} />}
    </DeskPage>
  );
}

interface ChangedProps {
  readonly id: string;
  readonly source: string;
  readonly at: Date;
  readonly now: Date;
  readonly because: string;
  /** What happened, and the link to it. */
  readonly children: readonly [ComponentChildren, ComponentChildren];
}

function Changed({ id, source, at, now, because, children: [happened, link] }: ChangedProps) {
  return (
    <article class="watch-task" aria-labelledby={id}>
      <p class="entry-source">
        <span class="source-name">{source}</span>
        {happened}
        <time dateTime={at.toISOString()} title={moment(at)}>
          {ago(at, now)}
        </time>
      </p>
      <h3 id={id}>{link}</h3>
      <p class="watch-because">{because}</p>
    </article>
  );
}

interface SettledProps {
  readonly tasks: readonly WatchTask[];
  readonly now: Date;
}

function Settled({ tasks, now }: SettledProps) {
  return (
    <details class="panel">
      <summary>
        <h2>Settled</h2> <span class="count">{tasks.length}</span>
      </summary>
      <ol class="history">
        {tasks.map((task) => (
          <li key={task.id}>
            <span>
              <a href={`/watch/${task.id}`}>{task.headline}</a>: {HAPPENED[task.kind]}. {settledWords(task)}
            </span>
            {task.settledAt === null ? null : (
              <time dateTime={task.settledAt.toISOString()}>{ago(task.settledAt, now)}</time>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Who said what was done; empty while it is open. */
export function settledWords({ settledAs, settledBy }: WatchTask): string {
  if (settledAs === null) return '';
  return settledBy === null ? `${SETTLED[settledAs]}.` : `${settledBy} ${SETTLED[settledAs]}.`;
}
