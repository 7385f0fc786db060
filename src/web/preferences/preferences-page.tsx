import { PAGE_SIZES, QUEUE_ORDERS, THEMES } from '../../model/preferences.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';

/** How one person wants the desk. */
export function PreferencesPage({ frame }: { readonly frame: Frame }) {
  const { preferences } = frame;
  return (
    <DeskPage title="Your settings" frame={frame}>
      <div class="page-head">
        <h1>Your settings</h1>
        <p class="lead">They hold for you alone, wherever you sign in.</p>
      </div>
      <form method="post" action="/preferences" class="panel stack">
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <label>
          Order of the drafts
          <select name="queueOrder">
            {Object.entries(QUEUE_ORDERS).map(([value, words]) => (
              <option key={value} value={value} selected={value === preferences.queueOrder}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          Drafts on a page
          <select name="pageSize">
            {PAGE_SIZES.map((size) => (
              <option key={size} value={size} selected={size === preferences.pageSize}>
                {size}
              </option>
            ))}
          </select>
        </label>
        <label>
          Colours
          <select name="theme">
            {Object.entries(THEMES).map(([value, words]) => (
              <option key={value} value={value} selected={value === preferences.theme}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" name="singleKeys" value="yes" checked={preferences.singleKeys} />
          <span>Single keys are on: j, k, o, a, r … The key ? lists them.</span>
        </label>
        <button type="submit" class="primary">
          Save
        </button>
      </form>
      <p>
        <a href="/account">Your account</a>
      </p>
    </DeskPage>
  );
}
