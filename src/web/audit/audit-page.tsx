import { ACTS, AUDIT_AREAS, type Act, type ActName, type AuditArea, type AuditFilter } from '../../model/audit.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';

const AREAS: Readonly<Record<AuditArea, string>> = {
  drafts: 'Drafts and posts',
  sources: 'Sources',
  people: 'People and accounts',
  'sign-ins': 'Signing in',
  tokens: 'Tokens of programs',
};

export interface AuditProps {
  readonly frame: Frame;
  readonly acts: readonly Act[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly filter: AuditFilter;
  /** The filter as the address carries it. */
  readonly query: URLSearchParams;
  /** The last act of this page, where there are more. */
  readonly last: Act | null;
  readonly now: Date;
}

/** Who did what, when. Never with words of a draft. */
export function AuditPage(props: AuditProps) {
  const { frame, acts, query, last } = props;
  const carried = query.size === 0 ? '' : `?${query.toString()}`;
  return (
    <DeskPage title="Audit trail" frame={frame} styles={['people.css']}>
      <div class="page-head">
        <h1>Audit trail</h1>
        <p class="lead">Who did what, when and from where. Words of drafts are not in it.</p>
      </div>
      <Filters {...props} />
      <p class="hint">
        Export what fits: <a href={`/audit.csv${carried}`}>CSV for spreadsheets</a> ·{' '}
        <a href={`/audit.json${carried}`}>JSON</a>
      </p>
      {acts.length === 0 ? <p class="nothing">Nothing was done that fits.</p> : <Acts acts={acts} />}
      {last === null ? null : (
        <nav class="pages" aria-label="Pages of the list">
          <a href={older(query, last)}>Older</a>
        </nav>
      )}
    </DeskPage>
  );
}

function Filters({ people, filter, query }: AuditProps) {
  return (
    <form class="filters" method="get" action="/audit" aria-label="What to show">
      <label>
        <span>Who</span>
        <select name="who">
          <option value="">Everybody</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id} selected={id === filter.userId}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>What</span>
        <select name="area">
          <option value="">Everything</option>
          {AUDIT_AREAS.map((area) => (
            <option key={area} value={area} selected={area === filter.area}>
              {AREAS[area]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>From</span>
        <input type="date" name="from" value={query.get('from') ?? ''} />
      </label>
      <label>
        <span>To</span>
        <input type="date" name="to" value={query.get('to') ?? ''} />
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

function Acts({ acts }: Pick<AuditProps, 'acts'>) {
  return (
    <ol class="acts">
      {acts.map((act) => (
        <li key={act.key}>
          <time dateTime={act.at.toISOString()}>{moment(act.at)}</time>
          <p>
            <strong>{act.byName ?? 'Somebody unknown'}</strong> {wordsOf(act.did)} <About act={act} />
            {act.detail === null ? null : <span class="hint"> ({act.detail})</span>}
          </p>
          {act.address === null ? null : <span class="hint act-address">from {act.address}</span>}
        </li>
      ))}
    </ol>
  );
}

function wordsOf(did: string): string {
  return ACTS[did as ActName] ?? WITH_DRAFTS[did] ?? did.replaceAll('-', ' ');
}

/** What is done with drafts, as the trail says it before it names the draft. */
const WITH_DRAFTS: Readonly<Record<string, string>> = {
  edited: 'edited',
  commented: 'commented on',
  claimed: 'claimed',
  'took over': 'took over',
  assigned: 'assigned',
  unassigned: 'took away from who had it',
  snoozed: 'put to sleep',
  woken: 'woke',
  'seen-changes': 'looked at what the source changed in',
  'stories-merged': 'joined with another story',
  'tie-confirmed': 'confirmed a tie of',
  'tie-detached': 'took apart a tie of',
  review: 'started the review of',
  'send-back': 'sent back',
  approve: 'approved',
  'first-approval': 'approved, as the first of two,',
  'take-back': 'took back',
  publish: 'published',
  schedule: 'scheduled',
  unschedule: 'stopped the schedule of',
  correct: 'corrected',
  'update-line': 'told readers of an update of',
  withdraw: 'withdrew',
  republish: 'published again',
  reject: 'rejected',
  restore: 'restored',
};

function About({ act }: { readonly act: Act }) {
  const [kind, id] = act.about?.split(':', 2) ?? [];
  if (id === undefined) return null;
  if (kind === 'person') return <span>– {act.aboutName ?? 'somebody'}</span>;
  if (kind === 'draft') return <a href={`/drafts/${encodeURIComponent(id)}`}>draft {id.slice(0, 8)}</a>;
  if (kind === 'newsletter') return <a href={`/newsletters/${encodeURIComponent(id)}/edit`}>{id}</a>;
  return <a href={`/sources/${encodeURIComponent(id)}`}>{act.aboutName ?? id}</a>;
}

function older(query: URLSearchParams, { at, key }: Act): string {
  return `/audit?${new URLSearchParams([...query, ['before', at.toISOString()], ['after', key]]).toString()}`;
}
