import type { SecondApprover } from '../../model/after-publication.js';
import type { DraftInHand } from '../../model/desk.js';
import { movesFrom, MOVES, REJECT_REASONS, type Move } from '../../model/draft.js';
import type { Finding } from '../../model/finding.js';
import { localMinute } from '../layout/when.js';
import { once } from './findings.js';
import { secondPerson } from './second-person.js';

/** The key that stands for a move, and whether its button is the one to see first. */
const LOOKS: Partial<Record<Move, { readonly key?: string; readonly primary?: boolean }>> = {
  review: { key: 'a', primary: true },
  approve: { key: 'a', primary: true },
  publish: { key: 'p', primary: true },
  republish: { primary: true },
  restore: { primary: true },
};
const WITH_DETAILS: readonly Move[] = ['reject', 'schedule', 'withdraw'];

export interface MovesProps {
  readonly draft: DraftInHand;
  readonly findings: readonly Finding[];
  readonly now: Date;
  readonly rule: SecondApprover;
  readonly personId: string;
}

/** The moves open from the present state. Each button sends the form of the text too: what was typed is saved, then moved. */
export function MovesBar(props: MovesProps) {
  const { draft, findings, now } = props;
  const second = secondPerson(props);
  const moves = movesFrom(draft.state).filter((move) => !(move === 'approve' && second?.waits === true));
  const confirms = findings.filter((finding) => finding.level === 'confirm');
  const gated = confirms.length > 0 && moves.some((move) => ['approve', 'publish', 'schedule'].includes(move));
  return (
    <div class="moves" role="group" aria-label="What to do with this draft">
      {gated ? <Confirm findings={confirms} /> : null}
      {second === null ? null : <p class="second-person">{second.words}</p>}
      {draft.state === 'published' ? (
        <a class="button" href={`/drafts/${draft.id}/correct`} data-key="e">
          Correct
        </a>
      ) : null}
      {moves
        .filter((move) => !WITH_DETAILS.includes(move))
        .map((move) => (
          <button
            key={move}
            type="submit"
            form="edit"
            formAction={`/drafts/${draft.id}/moves/${move}`}
            class={LOOKS[move]?.primary === true ? 'primary' : undefined}
            data-key={LOOKS[move]?.key}
          >
            {MOVES[move].label}
          </button>
        ))}
      {moves.includes('schedule') ? <Schedule draft={draft} now={now} /> : null}
      {moves.includes('withdraw') ? <Withdraw draft={draft} /> : null}
      {moves.includes('reject') ? <Reject draft={draft} /> : null}
    </div>
  );
}

/** What the checks want a person's word on, and the word. */
export function Confirm({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <fieldset class="confirm">
      <legend>Needs your word</legend>
      <ul>
        {once(findings).map((finding, index) => (
          <li key={index}>{finding.reason}</li>
        ))}
      </ul>
      <label class="check">
        <input type="checkbox" name="confirmed" value="yes" form="edit" /> I have looked at this and it may be published
      </label>
    </fieldset>
  );
}

function Schedule({ draft, now }: { readonly draft: DraftInHand; readonly now: Date }) {
  return (
    <details class="move-details" name="draft-moves">
      <summary>{MOVES.schedule.label}</summary>
      <div class="pop stack">
        <label>
          Day and time (London)
          <input type="datetime-local" name="publishAt" form="edit" min={localMinute(now)} />
        </label>
        <button type="submit" form="edit" formAction={`/drafts/${draft.id}/moves/schedule`}>
          Schedule for this time
        </button>
      </div>
    </details>
  );
}

function Withdraw({ draft }: { readonly draft: DraftInHand }) {
  return (
    <details class="move-details" name="draft-moves">
      <summary>{MOVES.withdraw.label}</summary>
      <div class="pop stack">
        <label>
          Why (kept in the history)
          <input type="text" name="reason" form="edit" maxLength={300} />
        </label>
        <p class="hint">Readers and feeds do not show it any more. Its address stays taken.</p>
        <button type="submit" class="danger" form="edit" formAction={`/drafts/${draft.id}/moves/withdraw`}>
          Withdraw it now
        </button>
      </div>
    </details>
  );
}

function Reject({ draft }: { readonly draft: DraftInHand }) {
  return (
    <details class="move-details" name="draft-moves" data-key="r">
      <summary>{MOVES.reject.label}</summary>
      <div class="pop stack">
        <p id="reject-title">Why?</p>
        <div class="reasons" role="group" aria-labelledby="reject-title">
          {Object.entries(REJECT_REASONS).map(([code, words], index) => (
            <button
              key={code}
              type="submit"
              form="edit"
              formAction={`/drafts/${draft.id}/moves/reject`}
              name="rejectReason"
              value={code}
              data-digit={String(index + 1)}
            >
              <kbd aria-hidden="true">{index + 1}</kbd> {words}
            </button>
          ))}
        </div>
        <label>
          A word for the history (not needed)
          <input type="text" name="reason" form="edit" maxLength={300} />
        </label>
      </div>
    </details>
  );
}
