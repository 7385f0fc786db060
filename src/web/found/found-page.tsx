import type { FoundRow } from '../../model/desk.js';
import { DISPOSITIONS, HELD_REASONS, type Disposition, type HeldReason } from '../../model/item.js';
import { FAILURES, type FailureCode } from '../../model/failure.js';
import { KeptBack } from '../filtered/kept-back.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago } from '../layout/when.js';
import { Outside } from '../layout/outside.js';
import type { FoundFilter } from './routes.js';

const LABELS: Readonly<Record<Disposition, string>> = {
  found: 'Waiting to be read',
  read: 'Waiting for a draft',
  drafted: 'Drafted',
  joined: 'Joined another story',
  held: 'Held back',
  failed: 'Failed',
};

export interface FoundProps {
  readonly frame: Frame;
  readonly filter: FoundFilter;
  readonly counts: Readonly<Record<Disposition, number>>;
  readonly rows: readonly FoundRow[];
  readonly total: number;
  readonly now: Date;
}

/** The first promise, in figures: nothing that a source published is lost silently. */
export function FoundPage(props: FoundProps) {
  const { frame, filter, rows, total, now } = props;
  return (
    <DeskPage title="Found" frame={frame}>
      <div class="page-head">
        <h1>Found</h1>
        <p class="lead">{sum(props.counts)}</p>
      </div>
      <Kinds {...props} />
      <KeptBack
        frame={frame}
        disposition={filter.disposition}
        sourceId={filter.sourceId}
        searched={filter.words !== null}
        total={total}
      />
      <form class="filters" method="get" action="/found" role="search" aria-label="Everything found">
        {filter.disposition === null ? null : <input type="hidden" name="in" value={filter.disposition} />}
        {filter.sourceId === null ? null : <input type="hidden" name="source" value={filter.sourceId} />}
        <label class="grow">
          <span>Search everything ever found</span>
          <input type="search" name="q" value={filter.words ?? ''} data-key="/" maxLength={200} />
        </label>
        <button type="submit">Show</button>
      </form>
      {filter.sourceId === null && filter.words === null ? null : (
        <p class="result-count" role="status">
          {total === 1 ? '1 item fits' : `${total} items fit`}
          {filter.sourceId === null ? '' : `, of ${rows[0]?.sourceName ?? filter.sourceId}`}.{' '}
          <a href="/found">Show all</a>
        </p>
      )}
      <div data-fresh="draft source">
        {rows.length === 0 ? <p class="nothing">Nothing here.</p> : null}
        <ol class="found">
          {rows.map((row) => (
            <Row key={row.id} row={row} now={now} csrf={frame.csrf} back={address(filter, filter.page)} />
          ))}
        </ol>
        <Pages filter={filter} total={total} />
      </div>
    </DeskPage>
  );
}

function sum(counts: FoundProps['counts']): string {
  const total = Object.values(counts).reduce((all, n) => all + n, 0);
  const waiting = counts.found + counts.read;
  return `${total} found = ${counts.drafted} drafted + ${counts.joined} joined + ${counts.held} held + ${counts.failed} failed + ${waiting} waiting`;
}

function Kinds({ filter, counts }: FoundProps) {
  return (
    <nav aria-label="Where items ended">
      <ul class="views">
        <li>
          <a href="/found" aria-current={filter.disposition === null ? 'page' : undefined}>
            All <span class="count">{Object.values(counts).reduce((all, n) => all + n, 0)}</span>
          </a>
        </li>
        {(Object.keys(DISPOSITIONS) as Disposition[]).map((name) => (
          <li key={name}>
            <a href={`/found?in=${name}`} aria-current={filter.disposition === name ? 'page' : undefined}>
              {LABELS[name]} {counts[name] === 0 ? null : <span class="count">{counts[name]}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface RowProps {
  readonly row: FoundRow;
  readonly now: Date;
  readonly csrf: string;
  readonly back: string;
}

function Row({ row, now, csrf, back }: RowProps) {
  const kept = row.disposition === 'held' || row.disposition === 'failed';
  return (
    <li class={`found-row in-${row.disposition}`}>
      <p class="entry-source">
        <span class="source-name">{row.sourceName}</span>
        <time dateTime={row.foundAt.toISOString()}>{ago(row.foundAt, now)}</time>
      </p>
      <h2>
        {row.draftId === null ? (
          <Outside href={row.url}>{row.title}</Outside>
        ) : (
          <a href={`/drafts/${row.draftId}`}>{row.title}</a>
        )}
      </h2>
      <p class="entry-facts">
        <span class={`pill in-${row.disposition}`}>{LABELS[row.disposition]}</span>
        <span>{row.reason ?? DISPOSITIONS[row.disposition]}</span>
        {kept && row.reasonCode !== null && remedy(row.reasonCode) !== row.reason ? (
          <span>{remedy(row.reasonCode)}</span>
        ) : null}
      </p>
      {kept ? (
        <form method="post" action={`/found/${row.id}/release`}>
          <input type="hidden" name="_csrf" value={csrf} />
          <input type="hidden" name="back" value={back} />
          <button type="submit" class="quiet" aria-label={`Let “${row.title}” through`}>
            {row.disposition === 'failed' ? 'Try again' : 'Let through'}
          </button>
        </form>
      ) : null}
    </li>
  );
}

function remedy(code: string): string {
  return HELD_REASONS[code as HeldReason] ?? FAILURES[code as FailureCode] ?? '';
}

function address({ disposition, sourceId, words }: FoundFilter, page: number): string {
  const query = new URLSearchParams();
  if (disposition !== null) query.set('in', disposition);
  if (sourceId !== null) query.set('source', sourceId);
  if (words !== null) query.set('q', words);
  if (page > 1) query.set('page', String(page));
  return query.size === 0 ? '/found' : `/found?${query.toString()}`;
}

function Pages({ filter, total }: { readonly filter: FoundFilter; readonly total: number }) {
  const pages = Math.max(1, Math.ceil(total / filter.pageSize));
  if (pages === 1) return null;
  return (
    <nav class="pages" aria-label="Pages of the list">
      {filter.page > 1 ? <a href={address(filter, filter.page - 1)}>Newer</a> : null}
      <span>
        Page {filter.page} of {pages}
      </span>
      {filter.page < pages ? <a href={address(filter, filter.page + 1)}>Older</a> : null}
    </nav>
  );
}
