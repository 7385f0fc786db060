import type { PollRow } from '../../model/desk.js';
import type { Ledger, LedgerRow } from '../../model/source-health.js';
import { moment } from '../layout/when.js';
import { size } from './figures.js';

const PAGE_SIZE = 50;
const OUTCOMES: Readonly<Record<PollRow['outcome'], string>> = {
  new: 'News',
  'nothing-new': 'Nothing new',
  unchanged: 'Unchanged',
  changed: 'Changed: look at it',
  failed: 'Failed',
};

export interface LedgerProps {
  readonly ledger: Ledger;
  /** From 1. */
  readonly page: number;
  /** Of the page that it stands on. */
  readonly path: string;
}

/** Every poll with its counts, and what proved its outcome. */
export function LedgerPanel({ ledger, page, path }: LedgerProps) {
  if (ledger.total === 0) return <p class="nothing">No poll yet.</p>;
  const pages = Math.ceil(ledger.total / PAGE_SIZE);
  return (
    <section class="panel" aria-labelledby="polls">
      <h2 id="polls">Polls</h2>
      <p>
        {ledger.total} in the ledger{pages > 1 ? `, page ${page} of ${pages}` : ''}.
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Polls, to scroll">
        <table class="ledger">
          <thead>
            <tr>
              {['When', 'Outcome', 'Found', 'New', 'Changed', 'Gone', 'Answer', 'Time', 'Size'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ledger.rows.map((row) => (
              <Row key={row.startedAt.toISOString()} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <nav class="pages" aria-label="Pages of the ledger">
          {page > 1 ? <a href={`${path}?page=${page - 1}#polls`}>Newer</a> : null}
          {page < pages ? <a href={`${path}?page=${page + 1}#polls`}>Older</a> : null}
        </nav>
      ) : null}
    </section>
  );
}

function Row({ row }: { readonly row: LedgerRow }) {
  const words = row.failureMessage ?? row.proof;
  return (
    <tr>
      <th scope="row">{moment(row.startedAt)}</th>
      <td class="words">
        {OUTCOMES[row.outcome]}
        {words === null ? '' : `: ${words}`}
      </td>
      <td>{row.found}</td>
      <td>{row.new}</td>
      <td>{row.changed}</td>
      <td>{row.vanished}</td>
      <td>{row.httpStatus ?? ''}</td>
      <td>{((row.endedAt.getTime() - row.startedAt.getTime()) / 1_000).toFixed(1)} s</td>
      <td>{size(row.bytes)}</td>
    </tr>
  );
}
