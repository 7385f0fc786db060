import type { WatchTask } from '../../model/after-publication.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago, moment } from '../layout/when.js';
import { HAPPENED, SETTLED } from './words.js';

export interface WatchPageProps {
  readonly frame: Frame;
  /** Open ones first. */
  readonly tasks: readonly WatchTask[];
  readonly now: Date;
}

/** Published stories whose source changed, went or has dead links: what waits for a word, and what was said lately. */
export function WatchPage({ frame, tasks, now }: WatchPageProps) {
  const open = tasks.filter(({ settledAt }) => settledAt === null);
  const settled = tasks.filter(({ settledAt }) => settledAt !== null);
  return (
    <DeskPage title="Watch" frame={frame} styles={['draft.css']}>
      <div class="page-head">
        <h1>Watch</h1>
        <p class="lead">
          What happened to the sources of published stories. Readers see nothing of it until you say so.
        </p>
      </div>
      <section class="panel" aria-labelledby="open-title">
        <h2 id="open-title">
          To look at <span class="count">{open.length}</span>
        </h2>
        {open.length === 0 ? <p class="clear">Nothing. All published stories stand as their sources do.</p> : null}
        {open.map((task) => (
          <article key={task.id} class="watch-task" aria-labelledby={`task-${task.id}`}>
            <p class="entry-source">
              <span class="source-name">{task.sourceName}</span>
              <span>{HAPPENED[task.kind]}</span>
              <time dateTime={task.beganAt.toISOString()} title={moment(task.beganAt)}>
                {ago(task.beganAt, now)}
              </time>
            </p>
            <h3 id={`task-${task.id}`}>
              <a href={`/watch/${task.id}`}>{task.headline}</a>
            </h3>
          </article>
        ))}
      </section>
      {settled.length === 0 ? null : <Settled tasks={settled} now={now} />}
    </DeskPage>
  );
}

function Settled({ tasks, now }: Pick<WatchPageProps, 'tasks' | 'now'>) {
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
