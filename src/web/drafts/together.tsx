import type { Frame } from '../layout/frame.js';
import { day, moment } from '../layout/when.js';
import type { DraftPageProps } from './draft-page.js';

/** Who has the draft, who else looks at it, and whether it sleeps. */
export function Together({ draft, frame, now }: DraftPageProps) {
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
      {asleep && draft.snoozedUntil !== null ? <p>Sleeps until {day(draft.snoozedUntil)}.</p> : null}
      <form method="post" action={`/drafts/${draft.id}/snooze`}>
        <input type="hidden" name="_csrf" value={frame.csrf} />
        {asleep ? <Days days={0}>Wake</Days> : <Days days={1}>Snooze until tomorrow</Days>}
        {asleep ? null : <Days days={7}>Snooze for a week</Days>}
      </form>
    </div>
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
