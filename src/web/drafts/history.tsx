import type { DraftComment, DraftEvent, DraftInHand, DraftVersion } from '../../model/desk.js';
import { MOVES, REJECT_REASONS, type Move, type RejectReason } from '../../model/draft.js';
import { ago, moment } from '../layout/when.js';

const DID: Readonly<Record<string, string>> = {
  drafted: 'made the draft',
  edited: 'edited the text',
  'source-updated': 'noticed that the source changed the original',
  'lead-changed': 'gave the lead to the publishing organisation',
  'read-again': 'read the kept page again, by the rule of now',
  'seen-changes': 'has seen what the source changed',
  'original-gone': 'found that the original is gone',
  'tie-confirmed': 'confirmed a tie of the story',
  'tie-detached': 'took a tie of the story apart',
  'stories-merged': 'joined two stories',
  joined: 'joined another source’s item to the story',
  review: 'started the review',
  'send-back': 'sent it back',
  approve: 'approved it',
  'first-approval': 'approved it first; another person must too',
  'take-back': 'took it back',
  publish: 'published it',
  schedule: 'scheduled it',
  unschedule: 'stopped the schedule',
  correct: 'corrected what is published',
  'correct-written': 'wrote a correction; another person must approve it',
  'update-line': 'told readers of an update',
  'update-line-written': 'wrote an update for readers; another person must approve it',
  'change-dropped': 'dropped a change that waited',
  withdraw: 'withdrew it',
  republish: 'published it again',
  reject: 'rejected it',
  restore: 'restored it',
  claimed: 'claimed it',
  assigned: 'assigned it',
  unassigned: 'took it from who had it',
  'took over': 'took it over',
  'set the section': 'set its section of the newsletter',
  'took out of its section': 'took it out of its section of the newsletter',
  snoozed: 'put it to sleep',
  woken: 'woke it',
};

/** Who did what and when, newest first. */
export function History({ events, now }: { readonly events: readonly DraftEvent[]; readonly now: Date }) {
  return (
    <section class="panel" aria-labelledby="history-title" id="history">
      <h2 id="history-title">History</h2>
      <ol class="history">
        {events.map((event) => (
          <li key={event.id}>
            <span>
              <strong>{event.by ?? 'The newsdesk'}</strong> {DID[event.did] ?? event.did}
              {event.reason === null ? '' : `: ${reasonWords(event.reason)}`}
            </span>
            <time dateTime={event.at.toISOString()} title={moment(event.at)}>
              {ago(event.at, now)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function reasonWords(reason: string): string {
  return REJECT_REASONS[reason as RejectReason] ?? reason;
}

export interface VersionsProps {
  readonly draft: DraftInHand;
  readonly versions: readonly DraftVersion[];
  readonly now: Date;
}

export function Versions({ draft, versions, now }: VersionsProps) {
  return (
    <details class="panel versions">
      <summary>
        <h2>Versions</h2> <span class="count">{versions.length}</span>
      </summary>
      <ol class="history" reversed>
        {versions.map(({ version, by, at, note }) => (
          <li key={version}>
            <span>
              <a href={`/drafts/${draft.id}/versions/${version}`}>Version {version}</a>{' '}
              {by === null ? 'by the newsdesk' : `by ${by}`}
              {note === null ? '' : ` (${note})`}
            </span>
            <time dateTime={at.toISOString()}>{ago(at, now)}</time>
          </li>
        ))}
      </ol>
    </details>
  );
}

export interface CommentsProps {
  readonly draft: DraftInHand;
  readonly comments: readonly DraftComment[];
  readonly csrf: string;
  readonly now: Date;
}

export function Comments({ draft, comments, csrf, now }: CommentsProps) {
  return (
    <section class="panel" aria-labelledby="comments-title" id="comments">
      <h2 id="comments-title">Comments</h2>
      {comments.length === 0 ? null : (
        <ol class="comments">
          {comments.map(({ id, by, at, body }) => (
            <li key={id}>
              <p class="hint">
                <strong>{by}</strong> <time dateTime={at.toISOString()}>{ago(at, now)}</time>
              </p>
              <p class="comment-body">{body}</p>
            </li>
          ))}
        </ol>
      )}
      <form method="post" action={`/drafts/${draft.id}/comments`} class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <label>
          Say something to the others
          <textarea name="body" rows={2} maxLength={4000} required />
        </label>
        <button type="submit">Comment</button>
      </form>
    </section>
  );
}

/** The words for a flash after a move. */
export function moved(move: Move): string {
  const words = DID[move] ?? MOVES[move].label;
  return `You ${words}.`;
}
