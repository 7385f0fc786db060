import type { DraftState } from '../../model/draft.js';
import type { Person, Queue, QueueEntry, QueueFilter, SavedView } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { age } from '../layout/when.js';
import { BulkBar } from './queue-bulk.js';
import { Entry } from './queue-entry.js';
import { isNarrowed, queueUrl, VIEWS, type ViewName } from './queue-filter.js';
import { Filters, KeepView, Views } from './queue-filters.js';

export interface QueueProps {
  readonly view: ViewName;
  readonly filter: QueueFilter;
  readonly queue: Queue;
  readonly counts: Readonly<Record<DraftState | 'snoozed', number>>;
  readonly sources: readonly { readonly id: string; readonly name: string }[];
  /** The person's own. */
  readonly views: readonly SavedView[];
  readonly now: Date;
}

interface PageProps extends QueueProps {
  readonly frame: Frame;
  readonly people: readonly Person[];
}

export function QueuePage({ frame, people, ...props }: PageProps) {
  const { view, filter, queue } = props;
  return (
    <DeskPage title={`Drafts: ${VIEWS[view].label}`} frame={frame} styles={['queue.css']}>
      <div class="page-head with-links">
        <div>
          <h1>Drafts</h1>
          <p class="lead" id="queue-summary">
            {summary(props)}
          </p>
        </div>
        <p class="head-links">
          <a href="/search" data-key="/">
            Search everything
          </a>
          <a href="/add">Add by address</a>
        </p>
      </div>
      <Views {...props} />
      <Filters {...props} />
      <div class="result-row">
        {isNarrowed(filter) ? (
          <p class="result-count" role="status">
            {queue.total === 1 ? '1 story fits.' : `${queue.total} stories fit.`}{' '}
            <a href={`/drafts?view=${view}`}>Show all</a>
          </p>
        ) : null}
        <KeepView frame={frame} {...props} />
      </div>
      <button type="button" id="news" class="news" hidden />
      <QueueList {...props} />
      <Pages {...props} />
      <BulkBar frame={frame} back={queueUrl(view, filter)} people={people} />
    </DeskPage>
  );
}

function summary({ counts }: QueueProps): string {
  const open = counts.drafted + counts['in-review'];
  const waiting = counts.approved;
  const first =
    open === 0 ? 'Nothing waits for you.' : open === 1 ? 'One draft waits for you.' : `${open} drafts wait for you.`;
  const second =
    waiting === 0
      ? ''
      : waiting === 1
        ? ' One is approved and not published yet.'
        : ` ${waiting} are approved and not published yet.`;
  return first + second;
}

/** What is fetched again when something changed: the client code puts each part in the place of the one with its id. */
export function QueuePart(props: QueueProps) {
  return (
    <div>
      <p class="lead" id="queue-summary">
        {summary(props)}
      </p>
      <Views {...props} />
      <QueueList {...props} />
    </div>
  );
}

function QueueList({ queue, now, filter, view }: QueueProps) {
  if (queue.entries.length === 0) return <Nothing view={view} filter={filter} />;
  const groups = new Map<string, QueueEntry[]>();
  for (const entry of queue.entries) {
    const heading = filter.order === 'relevance' ? 'Most relevant first' : age(entry.createdAt, now);
    groups.set(heading, [...(groups.get(heading) ?? []), entry]);
  }
  return (
    <div id="queue" data-live={queueUrl(view, filter)}>
      {[...groups].map(([heading, entries]) => (
        <section key={heading} class="group" aria-label={heading}>
          <h2>{heading}</h2>
          <ol class="entries" role="list">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} now={now} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Nothing({ view, filter }: Pick<QueueProps, 'view' | 'filter'>) {
  return (
    <div id="queue" class="nothing" data-live={queueUrl(view, filter)}>
      <p>{isNarrowed(filter) ? 'Nothing fits. Try fewer words, or another source.' : VIEWS[view].empty}</p>
    </div>
  );
}

function Pages({ queue, filter, view }: QueueProps) {
  const pages = Math.max(1, Math.ceil(queue.total / filter.pageSize));
  if (pages === 1) return null;
  const to = (page: number): string => queueUrl(view, { ...filter, page });
  return (
    <nav class="pages" aria-label="Pages of the list">
      {filter.page > 1 ? (
        <a href={to(filter.page - 1)} rel="prev">
          Previous
        </a>
      ) : null}
      <span>
        Page {filter.page} of {pages}
      </span>
      {filter.page < pages ? (
        <a href={to(filter.page + 1)} rel="next">
          Next
        </a>
      ) : null}
    </nav>
  );
}
