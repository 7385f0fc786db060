import { plainText } from '../../checks/plain-text.js';
import type { WaitingChange } from '../../model/after-publication.js';
import type { DraftInHand } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { noteLabel } from '../../outputs/newsfeed/post-body.js';
import { Differences } from '../drafts/differences.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';

export interface AfterProps {
  readonly draft: DraftInHand;
  readonly waiting: WaitingChange | null;
  readonly frame: Frame;
}

/** What readers were told since, and what waits for a second person. */
export function AfterPublication({ draft, waiting, frame }: AfterProps) {
  const notes = draft.post?.notes ?? [];
  if (notes.length === 0 && waiting === null) return null;
  return (
    <section class="panel" aria-labelledby="since-title" id="since-publication">
      <h2 id="since-title">Since it was published</h2>
      {notes.length === 0 ? null : (
        <ul class="told-since">
          {notes.map((note, index) => (
            <li key={index}>
              <strong>{noteLabel(note)}</strong> {note.line}
            </li>
          ))}
        </ul>
      )}
      {waiting === null ? null : <Waiting draft={draft} waiting={waiting} frame={frame} />}
    </section>
  );
}

function Waiting({ draft, waiting, frame }: AfterProps & { readonly waiting: WaitingChange }) {
  const mine = waiting.madeBy.id === frame.person.id;
  const stale = waiting.baseVersion !== draft.version;
  return (
    <form method="post" action={`/drafts/${draft.id}/waiting/${waiting.id}/approve`} class="stack">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="version" value={draft.version} />
      <p>
        <strong>
          {waiting.kind === 'correction' ? 'A correction' : 'An update line'} by {waiting.madeBy.name} waits for a
          second person.
        </strong>{' '}
        Written {moment(waiting.madeAt)}. Readers would be told: “{waiting.line}”
      </p>
      {waiting.kind === 'update' ? null : (
        <div>
          <Differences before={draft.headline} after={waiting.headline} />
          <Differences before={plainText(draft.bodyHtml)} after={plainText(waiting.bodyHtml)} />
        </div>
      )}
      {mine ? <p class="hint">You wrote it: another person must approve it.</p> : null}
      {stale ? <p class="hint">The post was changed since. Drop it, and write it anew.</p> : null}
      <p class="tie-words">
        {mine || stale ? null : (
          <button type="submit" class="primary">
            Publish it
          </button>
        )}
        <button type="submit" class="quiet" formAction={`/drafts/${draft.id}/waiting/${waiting.id}/drop`}>
          Drop it
        </button>
      </p>
    </form>
  );
}

/** A line to readers that was refused: shown again as it was typed. */
export interface RefusedLine {
  readonly words: string;
  /** The incident that it answers; '' when it answers none. */
  readonly task: string;
  readonly findings: readonly Finding[];
}

interface LineProps extends Pick<AfterProps, 'draft' | 'frame'> {
  readonly line: RefusedLine | null;
  readonly now: Date;
}

/** One line to readers, without touching the text. */
export function UpdateLine({ draft, frame, now, line }: LineProps) {
  return (
    <details class="move-details" name="draft-moves" open={line !== null}>
      <summary>Add an update line</summary>
      <form method="post" action={`/drafts/${draft.id}/update-line`} class="pop stack">
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <input type="hidden" name="version" value={draft.version} />
        {line === null || line.task === '' ? null : <input type="hidden" name="task" value={line.task} />}
        <LineField label={noteLabel({ kind: 'update', at: now })} value={line?.words ?? ''} />
        <button type="submit">Tell readers</button>
      </form>
    </details>
  );
}

/** The line of an update, with the day that is put before it. */
export function LineField({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <label>
        {label}
        <textarea name="line" rows={3} maxLength={300} required>
          {value}
        </textarea>
      </label>
      <label class="check">
        <input type="checkbox" name="confirmed" value="yes" /> I have looked at this line, and it names nobody who may
        not be named
      </label>
    </>
  );
}
