import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import type { SeenSite, SeenWay } from './ports.js';
import { RowForm } from './row-fields.js';

export interface NewSourceShown {
  readonly typed: string;
  readonly fault: string;
  readonly site: SeenSite;
  /** The lists in which the link stands that was pointed at. */
  readonly pointed: { readonly link: string; readonly ways: readonly SeenWay[] };
  readonly known: { readonly name: string; readonly class: string };
  /** The way in hand, and the row as it was sent, should it be wrong. */
  readonly way: SeenWay;
  readonly row: Readonly<Record<string, unknown>>;
}

export interface NewSourceProps {
  readonly frame: Frame;
  readonly classes: readonly string[];
  readonly shown: Partial<NewSourceShown>;
}

export function NewSourcePage({ frame, classes, shown }: NewSourceProps) {
  const { site, pointed, way, row, known } = shown;
  const named = { name: known?.name ?? site?.name ?? '', class: known?.class ?? site?.class ?? '' };
  return (
    <DeskPage title="Add a source" frame={frame} styles={['new-source.css']}>
      <div class="page-head">
        <h1>Add a source</h1>
        <p class="lead">
          Type the page that lists a body’s news. You see what each way of reading it would give; nothing is stored.
        </p>
      </div>
      <AddressForm frame={frame} shown={shown} />
      {way === undefined && row !== undefined ? <RowForm frame={frame} classes={classes} row={row} /> : null}
      {way === undefined ? null : <WayInHand frame={frame} classes={classes} way={way} />}
      {site === undefined ? null : <Ways frame={frame} ways={site.ways} named={named} />}
      {pointed === undefined ? null : <Pointed frame={frame} pointed={pointed} named={named} />}
      {site === undefined || site.links.length === 0 ? null : <PointAt frame={frame} site={site} named={named} />}
    </DeskPage>
  );
}

interface Part {
  readonly frame: Frame;
}
interface Named {
  readonly named: { readonly name: string; readonly class: string };
}

function AddressForm({ frame, shown }: Part & { readonly shown: Partial<NewSourceShown> }) {
  return (
    <form method="post" action="/sources/new" class="panel stack">
      {shown.fault === undefined ? null : (
        <p class="fault" role="alert">
          {shown.fault}
        </p>
      )}
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <label>
        Address
        <input
          type="text"
          inputMode="url"
          name="url"
          required
          maxLength={2_000}
          value={shown.typed}
          autocomplete="off"
        />
      </label>
      <p class="hint">The host is asked as politely as in a poll, two seconds apart: this may take up to a minute.</p>
      <button type="submit" class="primary">
        Look at it
      </button>
    </form>
  );
}

function Ways({ frame, ways, named }: Part & Named & { readonly ways: readonly SeenWay[] }) {
  if (ways.length === 0) {
    return (
      <p class="nothing">Nothing that could be watched was found there. Try the page that lists the news itself.</p>
    );
  }
  return (
    <section aria-labelledby="ways" class="stack">
      <h2 id="ways">{ways.length === 1 ? 'One way to read it' : `${ways.length} ways to read it, the best first`}</h2>
      {ways.map((way, at) => (
        <Way key={way.text} frame={frame} way={way} named={named} label={`${at + 1}. ${way.source.kind}`} />
      ))}
    </section>
  );
}

function Way({ frame, way, named, label }: Part & Named & { readonly way: SeenWay; readonly label: string }) {
  return (
    <article class="panel stack way">
      <h3>{label}</h3>
      <p class="way-address">{way.source.url}</p>
      <Reasons way={way} />
      <Items way={way} label={label} />
      <form method="post" action="/sources/new/row">
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <input type="hidden" name="row" value={JSON.stringify(way.source)} />
        <input type="hidden" name="name" value={named.name} />
        <input type="hidden" name="class" value={named.class} />
        <RowParts way={way} />
        <button type="submit">
          Take this way<span class="visually-hidden">: {label}</span>
        </button>
      </form>
    </article>
  );
}

/** The fields of a way as they are, for the form that takes it. */
function RowParts({ way: { source } }: { readonly way: SeenWay }) {
  const parts: Readonly<Record<string, unknown>> =
    source.kind === 'listing' ? { ...source.select, format: source.date?.format } : {};
  return (
    <>
      <input type="hidden" name="url" value={source.url} />
      <input type="hidden" name="id" value={source.id} />
      {Object.entries(parts).map(([name, value]) =>
        typeof value === 'string' ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
    </>
  );
}

function Reasons({ way: { reasons, doubts } }: { readonly way: SeenWay }) {
  return (
    <ul class="reasons">
      {reasons.map((words) => (
        <li key={words}>{words}</li>
      ))}
      {doubts.map((words) => (
        <li key={words} class="doubt">
          But: {words}
        </li>
      ))}
    </ul>
  );
}

function Items({ way: { items, found }, label }: { readonly way: SeenWay; readonly label: string }) {
  if (items.length === 0) return <p class="nothing">It gives nothing.</p>;
  return (
    <div class="scroll" role="region" aria-label={`What it gives: ${label}`} tabIndex={0}>
      <table class="gives">
        <caption>{found > items.length ? `The first ${items.length} of ${found}` : `All ${found}`}</caption>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Title</th>
            <th scope="col">Address</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ date, title, url }) => (
            <tr key={url}>
              <td>{date?.slice(0, 10) ?? 'none'}</td>
              <td>{title === '' ? 'no title' : title}</td>
              <td class="way-address">{url}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WayInHand({ frame, classes, way }: Part & { readonly classes: readonly string[]; readonly way: SeenWay }) {
  return (
    <>
      <section class="panel stack" aria-labelledby="row">
        <h2 id="row">The row</h2>
        <label>
          Copy it to the end of the list in sources.config.ts: it is in force within ten seconds
          <textarea class="row-text" readOnly rows={way.text.split('\n').length} data-select>
            {way.text}
          </textarea>
        </label>
        <p class="hint">
          Then keep what it gives today as its first fixture:{' '}
          <code>newsdesk sources capture {way.source.id} baseline</code>
        </p>
      </section>
      <section class="panel stack" aria-labelledby="gives">
        <h2 id="gives">What it gives</h2>
        <Reasons way={way} />
        <Items way={way} label="the row" />
      </section>
      <RowForm frame={frame} classes={classes} row={{ ...way.source }} />
    </>
  );
}

function Pointed({ frame, pointed, named }: Part & Named & { readonly pointed: NewSourceShown['pointed'] }) {
  if (pointed.ways.length > 0) return <Ways frame={frame} ways={pointed.ways} named={named} />;
  return (
    <p class="nothing">
      Nothing on the page is repeated like {pointed.link}. Point at another item, or write the selectors.
    </p>
  );
}

/** The links of the page as an outline, each a button: no script of ours and none of the page is needed. */
function PointAt({ frame, site, named }: Part & Named & { readonly site: SeenSite }) {
  return (
    <section class="panel stack" aria-labelledby="point">
      <h2 id="point">Not the right items? Point at one</h2>
      <p class="hint">Press the link that is an item of the list: the structure around it that is repeated is found.</p>
      <form method="post" action="/sources/new/item">
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <input type="hidden" name="url" value={site.url} />
        <input type="hidden" name="name" value={named.name} />
        <input type="hidden" name="class" value={named.class} />
        <ol class="outline">
          {site.links.map(({ url, text }) => (
            <li key={url}>
              <button type="submit" name="link" value={url} class="outline-link">
                {text === '' ? url : text}
              </button>
            </li>
          ))}
        </ol>
      </form>
    </section>
  );
}
