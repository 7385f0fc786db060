import type { ComponentChildren } from 'preact';
import type { Incident, Sight } from '../../model/sight.js';
import { moment } from '../layout/when.js';

/** What the last good look and the first bad one saw, side by side: the newest incident open, those before it folded. */
export function Incidents({ incidents }: { readonly incidents: readonly Incident[] }) {
  if (incidents.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="incidents">
      <h2 id="incidents">Before and after</h2>
      {incidents.map((incident, at) => (
        <details key={incident.at.toISOString()} open={at === 0}>
          <summary>
            {moment(incident.at)}: {incident.after.words}
          </summary>
          <div class="sights">
            <Side title="Last good look" sight={incident.before} />
            <Side title="First bad look" sight={incident.after} />
          </div>
        </details>
      ))}
    </section>
  );
}

function Side({ title, sight }: { readonly title: string; readonly sight: Sight | null }) {
  return (
    <section class="sight" aria-label={title}>
      <h3>{title}</h3>
      {sight === null ? <p>Nothing was kept of one.</p> : <Saw sight={sight} />}
    </section>
  );
}

function Saw({ sight }: { readonly sight: Sight }) {
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

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
