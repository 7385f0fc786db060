import type { PollRow, SourceRow } from '../../model/desk.js';
import { FAILURES } from '../../model/failure.js';
import type { Disposition } from '../../model/item.js';
import { hasRole } from '../../model/role.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago, moment } from '../layout/when.js';
import { SourceActions } from './source-actions.js';

const STATES: Readonly<Record<SourceRow['state'], { readonly words: string; readonly tone: 'good' | 'calm' | 'ill' }>> =
  {
    new: { words: 'Not polled yet', tone: 'calm' },
    good: { words: 'Good', tone: 'good' },
    quiet: { words: 'Quiet, and proven so', tone: 'good' },
    changed: { words: 'Changed: it must be looked at', tone: 'ill' },
    refused: { words: 'Refuses us', tone: 'ill' },
    unreachable: { words: 'Does not answer', tone: 'ill' },
    'slow-down': { words: 'Asked us to wait', tone: 'calm' },
    gone: { words: 'Gone', tone: 'ill' },
  };

export interface SourcesProps {
  readonly frame: Frame;
  readonly sources: readonly SourceRow[];
  readonly now: Date;
}

export function SourcesPage({ frame, sources, now }: SourcesProps) {
  const ill = sources.filter((source) => source.enabled && isIll(source)).length;
  return (
    <DeskPage title="Sources" frame={frame}>
      <div class="page-head">
        <h1>Sources</h1>
        <p class="lead">{summary(sources, ill)}</p>
      </div>
      {sources.length === 0 ? (
        <p class="nothing">No source has been polled yet. They are named in sources.config.ts.</p>
      ) : null}
      <ul class="sources">
        {sources.map((source) => (
          <SourceCard key={source.id} source={source} now={now} />
        ))}
      </ul>
    </DeskPage>
  );
}

function summary(sources: readonly SourceRow[], ill: number): string {
  const all = `${sources.length} ${sources.length === 1 ? 'source is' : 'sources are'} watched.`;
  if (ill === 0) return `${all} All answer as they should.`;
  return `${all} ${ill === 1 ? 'One needs' : `${ill} need`} somebody to look.`;
}

function isIll({ state, failureCode }: SourceRow): boolean {
  return failureCode !== null || STATES[state].tone === 'ill';
}

function SourceCard({ source, now }: { readonly source: SourceRow; readonly now: Date }) {
  return (
    <li class={isIll(source) ? 'source-card ill' : 'source-card'}>
      <div class="source-top">
        <h2>
          <a href={`/sources/${source.id}`}>{source.name}</a>
        </h2>
        <State source={source} />
      </div>
      <Failing source={source} now={now} />
      <p class="entry-facts">
        <Last source={source} now={now} />
        <Next source={source} now={now} />
        <span>{countsWords(source.counts)}</span>
      </p>
    </li>
  );
}

function State({ source }: { readonly source: SourceRow }) {
  if (!source.enabled) return <span class="pill tone-off">Switched off</span>;
  const { words, tone } = STATES[source.state];
  return <span class={`pill tone-${isIll(source) ? 'ill' : tone}`}>{words}</span>;
}

function Failing({ source, now }: { readonly source: SourceRow; readonly now: Date }) {
  if (source.failureCode === null) return null;
  return (
    <div class="failing">
      <p>
        <strong>{source.failureMessage ?? source.failureCode}</strong>
        {source.failingSince === null ? '' : `, since ${ago(source.failingSince, now)}`}
        {source.failuresInRow > 1 ? `, ${source.failuresInRow} times in a row` : ''}
      </p>
      <p>{FAILURES[source.failureCode]}</p>
    </div>
  );
}

function Last({ source, now }: { readonly source: SourceRow; readonly now: Date }) {
  if (source.lastPollAt === null) return <span>Never polled</span>;
  return (
    <span>
      Polled <time dateTime={source.lastPollAt.toISOString()}>{ago(source.lastPollAt, now)}</time>
      {source.lastNewAt === null ? '' : `, last news ${ago(source.lastNewAt, now)}`}
    </span>
  );
}

function Next({ source, now }: { readonly source: SourceRow; readonly now: Date }) {
  if (!source.enabled) return null;
  if (source.pausedUntil !== null && source.pausedUntil > now) {
    return (
      <span>
        Paused until {moment(source.pausedUntil)}
        {source.pausedBecause === null ? '' : `: ${source.pausedBecause}`}
      </span>
    );
  }
  const due = source.nextPollAt <= now;
  return (
    <span>
      Next {due ? 'now' : <time dateTime={source.nextPollAt.toISOString()}>{ago(source.nextPollAt, now)}</time>}
      {source.nextPollBecause === null ? '' : `: ${source.nextPollBecause}`}
    </span>
  );
}

function countsWords(counts: Readonly<Record<Disposition, number>>): string {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const waiting = counts.found + counts.read;
  const parts = [
    `${counts.drafted} drafted`,
    `${counts.joined} joined`,
    `${counts.held} held`,
    `${counts.failed} failed`,
    `${waiting} waiting`,
  ];
  return total === 0 ? 'Nothing found yet' : `${total} found: ${parts.join(', ')}`;
}

export interface SourceProps {
  readonly frame: Frame;
  readonly source: SourceRow;
  readonly polls: readonly PollRow[];
  readonly now: Date;
}

export function SourcePage({ frame, source, polls, now }: SourceProps) {
  return (
    <DeskPage title={source.name} frame={frame}>
      <div class="page-head">
        <p>
          <a href="/sources">All sources</a>
        </p>
        <h1>{source.name}</h1>
        <p class="entry-facts">
          <State source={source} />
          <span>
            {source.kind}, {source.id}
          </span>
        </p>
      </div>
      <Failing source={source} now={now} />
      <p class="entry-facts">
        <Last source={source} now={now} />
        <Next source={source} now={now} />
      </p>
      <p>
        <a href={`/found?source=${encodeURIComponent(source.id)}`}>{countsWords(source.counts)}</a>
      </p>
      {source.movedTo === null ? null : (
        <p class="told bad">Its address leads to {source.movedTo} for good. Change it in sources.config.ts.</p>
      )}
      {source.hints.length === 0 ? null : (
        <section class="panel" aria-labelledby="hints">
          <h2 id="hints">Hints</h2>
          <ul>
            {source.hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        </section>
      )}
      {hasRole(frame.person.role, 'operator') && source.enabled ? (
        <SourceActions frame={frame} source={source} />
      ) : null}
      <Polls polls={polls} />
    </DeskPage>
  );
}

const OUTCOMES: Readonly<Record<PollRow['outcome'], string>> = {
  new: 'News',
  'nothing-new': 'Nothing new',
  unchanged: 'Unchanged',
  changed: 'Changed items',
  failed: 'Failed',
};

function Polls({ polls }: { readonly polls: readonly PollRow[] }) {
  if (polls.length === 0) return <p class="nothing">No poll yet.</p>;
  return (
    <section class="panel" aria-labelledby="polls">
      <h2 id="polls">Last polls</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Polls, to scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Outcome</th>
              <th scope="col">Found</th>
              <th scope="col">New</th>
              <th scope="col">Changed</th>
              <th scope="col">Gone</th>
              <th scope="col">Answer</th>
            </tr>
          </thead>
          <tbody>
            {polls.map((poll) => (
              <tr key={poll.startedAt.toISOString()}>
                <th scope="row">{moment(poll.startedAt)}</th>
                <td>
                  {OUTCOMES[poll.outcome]}
                  {poll.failureMessage === null ? '' : `: ${poll.failureMessage}`}
                </td>
                <td>{poll.found}</td>
                <td>{poll.new}</td>
                <td>{poll.changed}</td>
                <td>{poll.vanished}</td>
                <td>{poll.httpStatus ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
