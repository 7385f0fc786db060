import type { DraftInHand } from '../../model/desk.js';
import { SECTIONS } from '../../model/section.js';

/** Under which section of the newsletter it goes. The machine suggests one; an editor confirms it or takes another. */
export function SectionPart({ draft, csrf }: { readonly draft: DraftInHand; readonly csrf: string }) {
  return (
    <form method="post" action={`/drafts/${draft.id}/section`} class="panel section-of">
      <input type="hidden" name="_csrf" value={csrf} />
      <label>
        Section of the newsletter
        <select name="section">
          <option value="" selected={draft.section === null}>
            No section yet
          </option>
          {SECTIONS.map((name) => (
            <option key={name} value={name} selected={name === draft.section}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="quiet">
        Set section
      </button>
    </form>
  );
}
