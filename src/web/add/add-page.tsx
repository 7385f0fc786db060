import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';

/** What was typed, as it was typed. */
export interface Asked {
  readonly url: string;
  readonly sourceId: string;
  readonly organisation: string;
}

export interface AddProps {
  readonly frame: Frame;
  readonly asked: Asked;
  /** Sources that are watched on the host of the address. */
  readonly watched: readonly { readonly id: string; readonly name: string }[];
  readonly fault: string | null;
  readonly publicUrl: string;
}

export function AddPage({ frame, asked, watched, fault, publicUrl }: AddProps) {
  return (
    <DeskPage title="Add by address" frame={frame} styles={['queue.css']}>
      <div class="page-head">
        <h1>Add by address</h1>
        <p class="lead">The page is fetched, read, compared with what is known, and drafted like any other.</p>
      </div>
      <form method="post" action="/add" class="panel stack">
        {fault === null ? null : (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <label>
          Address of the page, PDF or Word file
          <input
            type="text"
            inputMode="url"
            name="url"
            required
            maxLength={2000}
            value={asked.url}
            autocomplete="off"
          />
        </label>
        {watched.length === 0 ? null : (
          <label>
            Source
            <select name="source">
              {watched.length === 1 ? null : <option value="">Choose one</option>}
              {watched.map(({ id, name }) => (
                <option key={id} value={id} selected={id === asked.sourceId}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {watched.length === 0 ? 'Whose page it is, where nobody watches the site' : 'Or another organisation'}
          <input type="text" name="organisation" maxLength={100} value={asked.organisation} />
          <span class="hint">The Source line of a post prints this name.</span>
        </label>
        <button type="submit" class="primary">
          Add
        </button>
      </form>
      <Bookmarklet publicUrl={publicUrl} />
    </DeskPage>
  );
}

/** It only opens this page with the address filled in: what follows is a click here. */
function Bookmarklet({ publicUrl }: { readonly publicUrl: string }) {
  const script = `javascript:void open(${JSON.stringify(`${publicUrl}/add?url=`)}+encodeURIComponent(location.href))`;
  return (
    <section class="panel" aria-labelledby="bookmarklet-title">
      <h2 id="bookmarklet-title">From any page, in one click</h2>
      <p>
        Drag this link to the bookmarks bar of your browser: <a href={script}>Add to the newsdesk</a>
      </p>
      <p class="hint">
        Then press it on the page that you want: this form opens with the address filled in. Where links cannot be
        dragged, make a bookmark by hand and copy this into its address:
      </p>
      <label>
        <span class="visually-hidden">Address of the bookmark</span>
        <input type="text" readOnly value={script} data-select />
      </label>
    </section>
  );
}
