import type { SourceRow } from '../../model/desk.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';

/** Buttons for operators, under the state of a source. */
export function SourceActions({ frame, source }: { readonly frame: Frame; readonly source: SourceRow }) {
  const base = `/sources/${encodeURIComponent(source.id)}`;
  const csrf = <input type="hidden" name="_csrf" value={frame.csrf} />;
  return (
    <section class="panel source-actions" aria-labelledby="actions">
      <h2 id="actions">For operators</h2>
      {source.pausedUntil === null ? null : (
        <p class="told">
          Paused until {moment(source.pausedUntil)}: {source.pausedBecause}
        </p>
      )}
      <div class="action-row">
        <form method="post" action={`${base}/poll`}>
          {csrf}
          <button type="submit">Poll now</button>
        </form>
        {source.state === 'changed' ? (
          <form method="post" action={`${base}/accept`}>
            {csrf}
            <button type="submit">Accept the page as it is now</button>
          </form>
        ) : null}
        {source.pausedUntil === null ? null : (
          <form method="post" action={`${base}/resume`}>
            {csrf}
            <button type="submit">End the pause</button>
          </form>
        )}
      </div>
      <details>
        <summary>Pause it for some days</summary>
        <form method="post" action={`${base}/pause`} class="pause-form">
          {csrf}
          <label for="pause-days">Days</label>
          <input id="pause-days" name="days" type="number" min={1} max={90} value={7} required />
          <label for="pause-reason">Why</label>
          <input id="pause-reason" name="reason" type="text" maxLength={500} required />
          <button type="submit">Pause</button>
        </form>
      </details>
    </section>
  );
}
