import type { Person } from '../../model/desk.js';
import { REJECT_REASONS } from '../../model/draft.js';
import type { Frame } from '../layout/frame.js';

interface BulkProps {
  readonly frame: Frame;
  /** Where to go on afterwards. */
  readonly back: string;
  readonly people: readonly Person[];
}

/** What can be done with the selected drafts. The client code shows it only while some are selected. */
export function BulkBar({ frame, back, people }: BulkProps) {
  return (
    <form id="bulk" class="bulk" method="post" action="/drafts/bulk" aria-label="With the selected drafts">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="back" value={back} />
      <p id="bulk-count">With the selected drafts:</p>
      <div class="bulk-part">
        <label>
          <span class="visually-hidden">Reason</span>
          <select name="rejectReason">
            {Object.entries(REJECT_REASONS).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" name="do" value="reject">
          Reject
        </button>
      </div>
      <div class="bulk-part">
        <label>
          <span class="visually-hidden">Person</span>
          <select name="to">
            {people.map(({ id, name }) => (
              <option key={id} value={id} selected={id === frame.person.id}>
                {id === frame.person.id ? 'Me' : name}
              </option>
            ))}
            <option value="">Nobody</option>
          </select>
        </label>
        <button type="submit" name="do" value="assign">
          Assign
        </button>
      </div>
      <button type="submit" name="do" value="review">
        Start review
      </button>
      <button type="submit" name="do" value="snooze">
        Snooze until tomorrow
      </button>
    </form>
  );
}
