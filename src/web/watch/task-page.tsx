import { weighChange } from '../../checks/change/weigh-change.js';
import { isDifferent, type ArticleDifference } from '../../compose/article-difference.js';
import type { WatchTask } from '../../model/after-publication.js';
import type { CaptureOfItem } from '../../model/desk.js';
import { noteLabel } from '../../outputs/newsfeed/post-body.js';
import { WhatChanged } from '../changes/changes-page.js';
import { LineField } from '../corrections/after-publication.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { day, moment } from '../layout/when.js';
import { settledWords } from './watch-page.js';
import { HAPPENED, proposedLine } from './words.js';

export interface TaskPageProps {
  readonly frame: Frame;
  readonly task: WatchTask;
  /** From what it said when it was published to what it says now; `null` when there is but one capture. */
  readonly seen: {
    readonly before: CaptureOfItem;
    readonly after: CaptureOfItem;
    readonly difference: ArticleDifference;
  } | null;
  readonly now: Date;
}

/** One incident: what differs, and what may be done about it, each with the person's name. */
export function TaskPage({ frame, task, seen, now }: TaskPageProps) {
  return (
    <DeskPage title={`${HAPPENED[task.kind]}: ${task.headline}`} frame={frame} styles={['draft.css']} width="wide">
      <div class="page-head">
        <p>
          <a href="/watch">All that is watched</a>
        </p>
        <h1>{HAPPENED[task.kind]}</h1>
        <p class="lead">
          <a href={`/drafts/${task.draftId}`}>{task.headline}</a>, published {day(task.publishedAt)}.{' '}
          <a href={`/newsfeed/${task.slug}`}>As readers see it</a>
        </p>
      </div>
      <section class="panel" aria-labelledby="what-title">
        <h2 id="what-title">What happened</h2>
        <p>
          {task.reason} <span class="hint">Noticed {moment(task.beganAt)}.</span>
        </p>
        <p>
          {task.kind === 'dead-link' ? 'The link' : 'The original'}:{' '}
          <Outside href={task.kind === 'dead-link' ? task.about : task.originalUrl}>
            {task.kind === 'dead-link' ? task.about : task.originalUrl}
          </Outside>
        </p>
        {seen === null ? null : <Seen task={task} seen={seen} />}
      </section>
      {task.settledAt === null ? (
        <Actions frame={frame} task={task} now={now} />
      ) : (
        <p class="notice">
          {settledWords(task)} {moment(task.settledAt)}.
        </p>
      )}
    </DeskPage>
  );
}

function Seen({ task, seen }: { readonly task: WatchTask; readonly seen: NonNullable<TaskPageProps['seen']> }) {
  const { before, after, difference } = seen;
  const evidence = (id: string): string => `/drafts/${task.draftId}/evidence?capture=${id}`;
  return (
    <>
      <p class="hint">
        From <a href={evidence(before.id)}>{moment(before.fetchedAt)}</a> to{' '}
        <a href={evidence(after.id)}>{moment(after.fetchedAt)}</a>:
      </p>
      {isDifferent(difference) ? (
        <>
          <p>{weighChange(difference).because}</p>
          <WhatChanged difference={difference} />
        </>
      ) : (
        <p>Neither words nor links nor documents differ between these two.</p>
      )}
    </>
  );
}

function Actions({ frame, task, now }: Omit<TaskPageProps, 'seen'>) {
  const hidden = (
    <>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="version" value={task.version} />
      <input type="hidden" name="task" value={task.id} />
    </>
  );
  return (
    <section class="panel" aria-labelledby="do-title">
      <h2 id="do-title">What to do</h2>
      <form method="post" action={`/drafts/${task.draftId}/update-line`} class="stack">
        {hidden}
        <LineField label={noteLabel({ kind: 'update', at: now })} value={proposedLine(task)} />
        <button type="submit" class="primary">
          Add this update line
        </button>
      </form>
      <div class="watch-actions">
        <a class="button" href={`/drafts/${task.draftId}/correct?task=${task.id}`}>
          Correct the text
        </a>
        <details class="move-details">
          <summary>Withdraw</summary>
          <form method="post" action={`/drafts/${task.draftId}/moves/withdraw`} class="pop stack">
            {hidden}
            <label>
              Why (kept in the history)
              <input type="text" name="reason" value={HAPPENED[task.kind]} maxLength={300} />
            </label>
            <button type="submit" class="danger">
              Withdraw it now
            </button>
          </form>
        </details>
        <form method="post" action={`/watch/${task.id}/nothing`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <button type="submit">Nothing to do</button>
        </form>
      </div>
    </section>
  );
}
