import { plainText } from '../../checks/plain-text.js';
import { REJECT_REASONS, type DraftState } from '../../model/draft.js';
import type { Queue, QueueEntry, QueueFilter } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { age, ago, day, moment } from '../layout/when.js';
import { Dated } from './dates.js';
import { queueUrl, VIEWS, type ViewName } from './queue-filter.js';
import { StatePill } from './state-words.js';

export interface QueueProps {
  readonly view: ViewName;
  readonly filter: QueueFilter;
  readonly queue: Queue;
  readonly counts: Readonly<Record<DraftState | 'snoozed', number>>;
  readonly sources: readonly { readonly id: string; readonly name: string }[];
  readonly now: Date;
}

export function QueuePage({ frame, ...props }: QueueProps & { readonly frame: Frame }) {
  const { view, filter, queue } = props;
  const searched = filter.words !== null || filter.sourceId !== null || filter.mark !== null;
  return (
    <DeskPage title={`Drafts: ${VIEWS[view].label}`} frame={frame}>
      <div class="page-head">
        <h1>Drafts</h1>
        <p class="lead" id="queue-summary">
          {summary(props)}
        </p>
      </div>
      <Views {...props} />
      <Filters {...props} />
      {searched ? (
        <p class="result-count" role="status">
          {queue.total === 1 ? '1 draft fits.' : `${queue.total} drafts fit.`}{' '}
          <a href={`/drafts?view=${view}`}>Show all</a>
        </p>
      ) : null}
      <QueueList {...props} />
      <Pages {...props} />
      <BulkBar frame={frame} {...props} />
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

function Views({ view, counts }: QueueProps) {
  return (
    <nav aria-label="Which drafts" id="views">
      <ul class="views">
        {(Object.keys(VIEWS) as ViewName[]).map((name) => {
          const { label, states } = VIEWS[name];
          const count = name === 'snoozed' ? counts.snoozed : states.reduce((sum, state) => sum + counts[state], 0);
          return (
            <li key={name}>
              <a href={`/drafts?view=${name}`} aria-current={name === view ? 'page' : undefined}>
                {label} <span class="count">{count}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Filters({ view, filter, sources }: QueueProps) {
  return (
    <form class="filters" method="get" action="/drafts" role="search" aria-label="Drafts">
      <input type="hidden" name="view" value={view} />
      <label class="grow">
        <span>Search</span>
        <input type="search" name="q" value={filter.words ?? ''} data-key="/" maxLength={200} />
      </label>
      <label>
        <span>Source</span>
        <select name="source">
          <option value="">All sources</option>
          {sources.map(({ id, name }) => (
            <option key={id} value={id} selected={id === filter.sourceId}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Mark</span>
        <select name="mark">
          {MARKS.map(([value, label]) => (
            <option key={value} value={value} selected={value === (filter.mark ?? '')}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Order</span>
        <select name="order">
          {ORDERS.map(([value, label]) => (
            <option key={value} value={value} selected={value === filter.order}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

const MARKS = [
  ['', 'Any'],
  ['updated', 'Updated by the source'],
  ['possible-copy', 'Possible copy'],
  ['mine', 'Claimed by me'],
] as const;
const ORDERS = [
  ['newest', 'Newest first'],
  ['oldest', 'Oldest first'],
  ['relevance', 'Most relevant'],
] as const;

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
  const empty = filter.words !== null || filter.sourceId !== null || filter.mark !== null;
  return (
    <div id="queue" class="nothing" data-live={queueUrl(view, filter)}>
      <p>{empty ? 'Nothing fits. Try fewer words, or another source.' : VIEWS[view].empty}</p>
    </div>
  );
}

function Entry({ entry, now }: { readonly entry: QueueEntry; readonly now: Date }) {
  const others = [...new Set(entry.ties.map((tie) => tie.sourceName))];
  return (
    <li class="entry" id={`draft-${entry.id}`} data-draft={entry.id} data-changed={entry.changedAt.toISOString()}>
      <input
        type="checkbox"
        name="draft"
        value={`${entry.id} ${entry.version}`}
        form="bulk"
        aria-label={`Select “${entry.headline}”`}
      />
      <div class="entry-body">
        <p class="entry-source">
          <span class="source-name">{entry.sourceName}</span>
          <Dated dated={entry.posted} />
        </p>
        <h3>
          <a href={`/drafts/${entry.id}`}>{entry.headline === '' ? '(no headline)' : entry.headline}</a>
        </h3>
        <p class="opening">{plainText(entry.opening)}</p>
        <p class="entry-facts">
          {entry.state === 'drafted' ? null : <StatePill state={entry.state} />}
          {entry.updatedMark ? <span class="pill mark-updated">Updated by the source</span> : null}
          {suggestionsOf(entry).map((words) => (
            <span class="pill mark-copy" key={words}>
              {words}
            </span>
          ))}
          {entry.rejectReason === null ? null : <span>{REJECT_REASONS[entry.rejectReason]}</span>}
          {entry.publishAt === null ? null : <span>Goes out {moment(entry.publishAt)}</span>}
          {entry.snoozedUntil !== null && entry.snoozedUntil > now ? (
            <span>Sleeps until {day(entry.snoozedUntil)}</span>
          ) : null}
          {entry.claimedBy === null ? null : <span>With {entry.claimedBy.name}</span>}
          {entry.commentCount === 0 ? null : (
            <span>{entry.commentCount === 1 ? '1 comment' : `${entry.commentCount} comments`}</span>
          )}
          {others.length === 0 ? null : <span>Also from {others.join(', ')}</span>}
          <span class="found-at">
            Found <time dateTime={entry.createdAt.toISOString()}>{ago(entry.createdAt, now)}</time>
          </span>
        </p>
      </div>
    </li>
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
          Newer
        </a>
      ) : null}
      <span>
        Page {filter.page} of {pages}
      </span>
      {filter.page < pages ? (
        <a href={to(filter.page + 1)} rel="next">
          Older
        </a>
      ) : null}
    </nav>
  );
}

function BulkBar({ frame, view, filter }: QueueProps & { readonly frame: Frame }) {
  return (
    <form id="bulk" class="bulk" method="post" action="/drafts/bulk" aria-label="With the selected drafts">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="back" value={queueUrl(view, filter)} />
      <p id="bulk-count">With the selected drafts:</p>
      <label>
        <span class="visually-hidden">Reason</span>
        <select name="rejectReason">
          {Object.entries(REJECT_REASONS).map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" name="do" value="reject">
        Reject
      </button>
      <button type="submit" name="do" value="snooze">
        Snooze until tomorrow
      </button>
      <button type="submit" name="do" value="claim">
        Claim
      </button>
    </form>
  );
}

/** What the machine only suggests, in words: an editor decides on the page of the draft. */
const SUGGESTED: Readonly<Record<string, string>> = {
  copy: 'Possible copy',
  'possible-copy': 'Possible copy',
  sibling: 'Has a sibling',
  'same-story': 'Possibly the same story',
};

function suggestionsOf(entry: QueueEntry): string[] {
  const ties = entry.ties.filter((tie) => tie.standing === 'suggested').map((tie) => SUGGESTED[tie.tie] ?? tie.tie);
  return [...new Set(ties)];
}
