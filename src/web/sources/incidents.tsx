import type { ComponentChildren } from 'preact';
import type { ShownIncident, ShownSight } from '../../model/source-health.js';
import { moment } from '../layout/when.js';

/** What the last good look and the first bad one saw, side by side: the newest incident open, those before it folded. */
export function Incidents({
  incidents,
  sourceId,
}: {
  readonly incidents: readonly ShownIncident[];
  readonly sourceId: string;
}) {
  if (incidents.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="incidents">
      <h2 id="incidents">Before and after</h2>
      {incidents.map((incident, at) => (
        <details key={incident.pollId} open={at === 0}>
          <summary>
            {moment(incident.at)}: {incident.after.words}
          </summary>
          <div class="sights">
            <Side title="Last good look" sight={incident.before} />
            <Side title="First bad look" sight={incident.after} />
          </div>
          <Pages incident={incident} path={`/sources/${encodeURIComponent(sourceId)}/incidents/${incident.pollId}`} />
        </details>
      ))}
    </section>
  );
}

function Side({ title, sight }: { readonly title: string; readonly sight: ShownSight | null }) {
  return (
    <section class="sight" aria-label={title}>
      <h3>{title}</h3>
      {sight === null ? <p>Nothing was kept of one.</p> : <Saw sight={sight} />}
    </section>
  );
}

function Saw({ sight }: { readonly sight: ShownSight }) {
  const { at, url, status, title, items, first, lookedFor, words, shown } = sight;
  return (
    <>
      <dl class="facts">
        <Fact name="When">{moment(new Date(at))}</Fact>
        <Fact name="Status">{status ?? 'no answer'}</Fact>
        <Fact name="Address">{url}</Fact>
        <Fact name="Title">{title ?? 'none'}</Fact>
        <Fact name="Items">{items ?? 'not read'}</Fact>
        {lookedFor === null ? null : (
          <Fact name="Looked for">
            <code>{lookedFor}</code>
          </Fact>
        )}
        <Fact name="It says">{words}</Fact>
      </dl>
      {first.length === 0 ? null : (
        <>
          <p>First items:</p>
          <ul>
            {first.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      {shown === null ? null : <blockquote class="shown">{shown}</blockquote>}
    </>
  );
}

/** Both pages as they were seen, side by side: what was looked for is outlined, and where it stands now. */
function Pages({ incident, path }: { readonly incident: ShownIncident; readonly path: string }) {
  const { at, before, after } = incident;
  const sides = [
    { side: 'before', name: 'Last good look', sight: before },
    { side: 'after', name: 'First bad look', sight: after },
  ].filter(({ sight }) => sight?.hasPage === true);
  if (sides.length === 0) return null;
  return (
    <details>
      <summary>See the {sides.length === 1 ? 'page' : 'pages'} as seen then</summary>
      <p class="hint">
        Words and structure as they were kept, without pictures, styles and scripts; nothing is fetched. Outlined: what
        was looked for, and with dashes the links that stood there before.
      </p>
      <div class="sights">
        {sides.map(({ side, name }) => (
          <figure key={side} class="seen-page">
            <figcaption>{name}</figcaption>
            <iframe
              sandbox=""
              loading="lazy"
              src={`${path}/${side}#newsdesk-first`}
              title={`${name}, the page as it was seen, incident of ${moment(at)}`}
            />
          </figure>
        ))}
      </div>
    </details>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
