import type { DeliveryFilter, DeliveryRow } from '../../model/delivery.js';
import { FAILURES, type FailureCode } from '../../model/failure.js';
import { hasRole } from '../../model/role.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { ago } from '../layout/when.js';
import type { DeliveryCount } from './routes.js';

const OUTPUTS: Readonly<Record<string, string>> = {
  joomla: 'Joomla',
  wordpress: 'WordPress',
  webhook: 'Webhook',
  websub: 'WebSub hub',
};

export interface DeliveriesProps {
  readonly frame: Frame;
  readonly filter: DeliveryFilter;
  readonly counts: readonly DeliveryCount[];
  readonly rows: readonly DeliveryRow[];
  readonly total: number;
  readonly now: Date;
}

/** Where posts were sent besides the newsfeed, and what became of it. */
export function DeliveriesPage(props: DeliveriesProps) {
  const { frame, filter, counts, rows, total, now } = props;
  const failed = sum(counts.filter(({ state }) => state === 'failed'));
  const operator = hasRole(frame.person.role, 'operator');
  return (
    <DeskPage title="Deliveries" frame={frame} styles={['deliveries.css']}>
      <div class="page-head">
        <h1>Deliveries</h1>
        <p class="lead">Posts are on the newsfeed at once. Here is where else they were sent.</p>
        {filter.draftId === null ? null : (
          <p>
            <a href={`/drafts/${filter.draftId}`}>Back to the draft</a>
          </p>
        )}
      </div>
      <div data-fresh="delivery">
        <Views filter={filter} all={sum(counts)} failed={failed} />
        <div class="delivery-sums">
          <Outputs counts={counts} />
          {operator && failed > 0 ? (
            <form method="post" action="/deliveries/failed/again">
              <input type="hidden" name="_csrf" value={frame.csrf} />
              <button type="submit">Send all failed ones again</button>
            </form>
          ) : null}
        </div>
        {rows.length === 0 ? <p class="nothing">{nothing(props)}</p> : null}
        <ol class="found">
          {rows.map((row) => (
            <Row key={`${row.postId} ${row.output}`} row={row} now={now} csrf={operator ? frame.csrf : null} />
          ))}
        </ol>
        <Pages filter={filter} total={total} />
      </div>
    </DeskPage>
  );
}

function sum(counts: readonly DeliveryCount[]): number {
  return counts.reduce((all, { count }) => all + count, 0);
}

function nothing({ counts, filter }: DeliveriesProps): string {
  if (counts.length > 0) return filter.failed ? 'Nothing has failed.' : 'Nothing here.';
  return 'Nothing was sent anywhere else yet. An operator sets up where: Joomla, WordPress, a webhook.';
}

function Views({ filter, all, failed }: { filter: DeliveryFilter; all: number; failed: number }) {
  const here = (shown: boolean): 'page' | undefined => (filter.draftId === null && shown ? 'page' : undefined);
  return (
    <nav aria-label="Which deliveries">
      <ul class="views">
        <li>
          <a href="/deliveries" aria-current={here(!filter.failed)}>
            All <span class="count">{all}</span>
          </a>
        </li>
        <li>
          <a href="/deliveries?in=failed" aria-current={here(filter.failed)}>
            Failed <span class="count">{failed}</span>
          </a>
        </li>
      </ul>
    </nav>
  );
}

function Outputs({ counts }: { readonly counts: readonly DeliveryCount[] }) {
  const names = [...new Set(counts.map(({ output }) => output))];
  const of = (output: string, state: DeliveryRow['state']): number =>
    counts.find((one) => one.output === output && one.state === state)?.count ?? 0;
  if (names.length === 0) return null;
  return (
    <p class="hint">
      {names
        .map((name) => {
          const [done, waiting, failed] = [of(name, 'done'), of(name, 'waiting'), of(name, 'failed')];
          return `${label(name)}: ${done} delivered, ${waiting} waiting, ${failed} failed`;
        })
        .join(' · ')}
    </p>
  );
}

function label(output: string): string {
  return OUTPUTS[output] ?? output;
}

interface RowProps {
  readonly row: DeliveryRow;
  readonly now: Date;
  /** `null`: for those who may only look. */
  readonly csrf: string | null;
}

function Row({ row, now, csrf }: RowProps) {
  const code = row.failureCode;
  return (
    <li class="found-row">
      <p class="entry-source">
        <span class="source-name">{label(row.output)}</span>
        <time dateTime={row.changedAt.toISOString()}>{ago(row.changedAt, now)}</time>
      </p>
      <h2>
        <a href={`/drafts/${row.draftId}`}>{row.headline}</a>
      </h2>
      <p class="entry-facts">
        <span class={`pill in-${row.state === 'failed' ? 'failed' : row.state === 'done' ? 'drafted' : 'found'}`}>
          {stateOf(row)}
        </span>
        <span>{whenOf(row, now)}</span>
        <There row={row} />
        {row.failureMessage === null ? null : <span>{row.failureMessage}</span>}
        {code === null ? null : <span>{FAILURES[code as FailureCode] ?? ''}</span>}
      </p>
      {csrf === null || row.inHand ? null : (
        <form method="post" action={`/deliveries/${row.postId}/${encodeURIComponent(row.output)}/again`}>
          <input type="hidden" name="_csrf" value={csrf} />
          <button type="submit" class="quiet" aria-label={`Send “${row.headline}” to ${label(row.output)} again`}>
            Send again
          </button>
        </form>
      )}
    </li>
  );
}

function There({ row: { remoteId, remoteUrl } }: Pick<RowProps, 'row'>) {
  if (remoteUrl !== null) return <Outside href={remoteUrl}>See it there</Outside>;
  return remoteId === null ? null : <span>Its number there is {remoteId}</span>;
}

function stateOf({ state, inHand, remoteWithdrawn, attempts }: DeliveryRow): string {
  if (state === 'failed') return 'Failed';
  if (state === 'done') return remoteWithdrawn ? 'Taken back there' : 'Delivered';
  if (inHand) return 'On its way';
  return attempts === 0 ? 'Waiting' : 'Waiting to try again';
}

function whenOf({ state, attempts, tryAfter, deliveredAt, inHand }: DeliveryRow, now: Date): string {
  const tries = attempts === 1 ? 'at the first try' : `after ${attempts} tries`;
  if (state === 'done') return deliveredAt === null ? tries : `${ago(deliveredAt, now)}, ${tries}`;
  if (state === 'failed') return attempts === 1 ? 'after one try' : tries;
  if (inHand || attempts === 0) return '';
  return `${attempts === 1 ? 'tried once' : `tried ${attempts} times`}, next ${ago(tryAfter, now)}`;
}

function Pages({ filter, total }: { readonly filter: DeliveryFilter; readonly total: number }) {
  const pages = Math.max(1, Math.ceil(total / filter.pageSize));
  if (pages === 1) return null;
  const address = (page: number): string => `/deliveries?${filter.failed ? 'in=failed&' : ''}page=${page}`;
  return (
    <nav class="pages" aria-label="Pages of the list">
      {filter.page > 1 ? <a href={address(filter.page - 1)}>Newer</a> : null}
      <span>
        Page {filter.page} of {pages}
      </span>
      {filter.page < pages ? <a href={address(filter.page + 1)}>Older</a> : null}
    </nav>
  );
}
