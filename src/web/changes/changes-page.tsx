import { weighChange } from '../../checks/change/weigh-change.js';
import type { ArticleDifference, Difference, LinkedThing } from '../../compose/article-difference.js';
import { isDifferent } from '../../compose/article-difference.js';
import type { CaptureOfItem, SourceChange } from '../../model/desk.js';
import { Differences } from '../drafts/differences.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { moment } from '../layout/when.js';

export interface ChangesPageProps {
  readonly frame: Frame;
  readonly change: SourceChange;
  /** Newest first. */
  readonly steps: readonly {
    readonly before: CaptureOfItem;
    readonly after: CaptureOfItem;
    readonly difference: ArticleDifference;
  }[];
}

/** What the source changed, capture by capture: words, links and documents apart. */
export function ChangesPage({ frame, change, steps }: ChangesPageProps) {
  return (
    <DeskPage title={`What the source changed: ${change.headline}`} frame={frame}>
      <div class="page-head">
        <p>
          <a href={`/drafts/${change.draftId}`}>Back to the draft</a>
        </p>
        <h1>What the source changed</h1>
        <p class="lead">{change.headline}</p>
      </div>
      {change.originalGone === null ? null : <p class="notice">{change.originalGone}</p>}
      {change.updatedMark ? (
        <form method="post" action={`/drafts/${change.draftId}/changes/seen`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <button type="submit" class="primary">
            I have seen it
          </button>
        </form>
      ) : null}
      {steps.length === 0 ? <p>There is one capture only: the source has changed nothing that we saw.</p> : null}
      {steps.map(({ before, after, difference }) => (
        <section class="panel" key={after.id} aria-labelledby={`step-${after.id}`}>
          <h2 id={`step-${after.id}`}>
            {moment(before.fetchedAt)} to {moment(after.fetchedAt)}
          </h2>
          {isDifferent(difference) ? <p>{weighChange(difference).because}</p> : null}
          <WhatChanged difference={difference} />
          <p class="hint">
            <a href={`/drafts/${change.draftId}/evidence?capture=${before.id}`}>As it was</a> ·{' '}
            <a href={`/drafts/${change.draftId}/evidence?capture=${after.id}`}>As it is</a>
          </p>
        </section>
      ))}
    </DeskPage>
  );
}

/** Title, text, documents and links apart, each readable by itself. */
export function WhatChanged({ difference }: { readonly difference: ArticleDifference }) {
  if (!isDifferent(difference)) return <p>Neither words nor links nor documents differ.</p>;
  const { title, text, links, documents } = difference;
  return (
    <>
      {title === null ? null : (
        <div>
          <h3>Title</h3>
          <Differences before={title.before} after={title.after} />
        </div>
      )}
      {text === null ? null : (
        <div>
          <h3>Text</h3>
          <Differences before={text.before} after={text.after} />
        </div>
      )}
      <Things name="Documents" things={documents} />
      <Things name="Links" things={links} />
    </>
  );
}

function Things({ name, things }: { readonly name: string; readonly things: Difference<LinkedThing> }) {
  if (things.added.length + things.removed.length === 0) return null;
  const list = (label: string, all: readonly LinkedThing[]) =>
    all.map(({ url, text }) => (
      <li key={`${label} ${url}`}>
        <strong>{label}</strong> <Outside href={url}>{text === '' ? url : text}</Outside>
      </li>
    ));
  return (
    <div>
      <h3>{name}</h3>
      <ul>
        {list('New:', things.added)}
        {list('Gone:', things.removed)}
      </ul>
    </div>
  );
}
