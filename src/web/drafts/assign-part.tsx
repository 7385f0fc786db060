import type { DraftInHand, Person } from '../../model/desk.js';
import type { Frame } from '../layout/frame.js';

interface AssignProps {
  readonly draft: DraftInHand;
  readonly frame: Frame;
  readonly people: readonly Person[];
}

/** Gives the draft to a person. Where the desk has one person only, there is nobody to give it to. */
export function AssignPart({ draft, frame, people }: AssignProps) {
  if (people.length < 2) return null;
  return (
    <form method="post" action="/drafts/bulk" class="assign" aria-label="Assign">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="do" value="assign" />
      <input type="hidden" name="draft" value={`${draft.id} ${draft.version}`} />
      <input type="hidden" name="back" value={`/drafts/${draft.id}`} />
      <label>
        Give it to
        <select name="to">
          {people.map(({ id, name }) => (
            <option key={id} value={id} selected={id === (draft.claimedBy?.id ?? frame.person.id)}>
              {id === frame.person.id ? 'Me' : name}
            </option>
          ))}
          <option value="">Nobody</option>
        </select>
      </label>
      <button type="submit" class="quiet">
        Assign
      </button>
    </form>
  );
}
