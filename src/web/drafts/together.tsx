import type { ComponentChildren } from 'preact';
import type { DraftState } from '../../model/draft.js';
import type { Frame } from '../layout/frame.js';
import { day, moment } from '../layout/when.js';
import { AssignPart } from './assign-part.js';
import type { DraftPageProps } from './draft-page.js';

/** Who has the draft, who else looks at it, and whether it sleeps. */
export function Together(props: DraftPageProps) {
  const { draft, frame, now } = props;
  const mine = draft.claimedBy?.id === frame.person.id;
  const asleep = draft.snoozedUntil !== null && draft.snoozedUntil > now;
  const whose = draft.claimedBy === null ? 'Nobody has it.' : mine ? 'It is yours.' : `${draft.claimedBy.name} has it.`;
  return (
    <div class="together">
      <p>
        {whose} <span id="presence" role="status" />
      </p>
      <form method="post" action={`/drafts/${draft.id}/${mine ? 'release' : 'claim'}`}>
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <button type="submit" class="quiet">
          {mine ? 'Let go' : draft.claimedBy === null ? 'Claim' : 'Take over'}
        </button>
      </form>
      {asleep && draft.snoozedUntil !== null ? (
        <>
          <p>Sleeps until {day(draft.snoozedUntil)}.</p>
          <Sleep {...props}>
            <Days days={0}>Wake</Days>
          </Sleep>
        </>
      ) : null}
      <Later {...props} asleep={asleep} />
    </div>
  );
}

/** What is not done every day: folded, so that the moves stand out. */
function Later(props: DraftPageProps & { readonly asleep: boolean }) {
  const maySleep = !props.asleep && SLEEPERS.includes(props.draft.state);
  if (!maySleep && props.people.length < 2) return null;
  return (
    <details class="move-details" name="draft-moves">
      <summary class="quiet">{maySleep ? 'Later' : 'Give it'}</summary>
      <div class="pop stack">
        {maySleep ? (
          <Sleep {...props}>
            <Days days={1}>Snooze until tomorrow</Days>
            <Days days={7}>Snooze for a week</Days>
          </Sleep>
        ) : null}
        <AssignPart {...props} />
      </div>
    </details>
  );
}

/** Only what still waits for somebody can be put to sleep. */
const SLEEPERS: readonly DraftState[] = ['drafted', 'in-review', 'approved'];

function Sleep({ draft, frame, children }: DraftPageProps & { readonly children: ComponentChildren }) {
  return (
    <form method="post" action={`/drafts/${draft.id}/snooze`}>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      {children}
    </form>
  );
}

function Days({ days, children }: { readonly days: number; readonly children: string }) {
  return (
    <button type="submit" class="quiet" name="days" value={days}>
      {children}
    </button>
  );
}

interface KeptProps extends Pick<DraftPageProps, 'draft' | 'kept'> {
  readonly frame: Frame;
  /** Where the words go on. Default: the draft's own page. */
  readonly at?: string;
}

/** Words that this person typed before and did not save: a browser died, say. */
export function Kept({ draft, kept, frame, at }: KeptProps) {
  if (kept === null) return null;
  return (
    <div class="told" role="status" id="kept">
      <p>You typed something here on {moment(kept.at)} and did not save it.</p>
      <a class="button" href={`${at ?? `/drafts/${draft.id}`}?kept=1`}>
        Go on with it
      </a>
      <form method="post" action={`/drafts/${draft.id}/kept/drop`}>
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <button type="submit" class="quiet">
          Throw it away
        </button>
      </form>
    </div>
  );
}
