import { sumOf } from '../../model/account.js';
import type { SourceRow } from '../../model/desk.js';
import { hasRole } from '../../model/role.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago } from '../layout/when.js';
import { AccountLine, accountWords } from './counts.js';
import { Failing, Last, Next } from './poll-times.js';
import { isIll, State } from './state.js';

/** Whether what is configured is scheduled, and what is scheduled polled. */
export interface ScheduleShown {
  readonly configured: number;
  /** `null`: the queue did not answer. */
  readonly scheduled: number | null;
  /** Configured, and without a schedule. */
  readonly missing: readonly string[];
  readonly overdue: readonly { readonly id: string; readonly name: string; readonly since: Date }[];
}

export interface SourcesProps {
  readonly frame: Frame;
  readonly sources: readonly SourceRow[];
  readonly schedule: ScheduleShown;
  readonly now: Date;
}

export function SourcesPage({ frame, sources, schedule, now }: SourcesProps) {
  const ill = sources.filter((source) => source.enabled && isIll(source)).length;
  return (
    <DeskPage title="Sources" frame={frame} styles={['sources.css']}>
      <div class="page-head">
        <h1>Sources</h1>
        <p class="lead">{summary(sources, ill)}</p>
        {hasRole(frame.person.role, 'operator') ? (
          <p>
            <a href="/sources/new">Add a source</a>
          </p>
        ) : null}
      </div>
      <div data-fresh="source">
        {sources.length === 0 ? (
          <p class="nothing">No source has been polled yet. They are named in sources.config.ts.</p>
        ) : (
          <div class="source-facts">
            <section class="panel" aria-labelledby="account">
              <h2 id="account">What became of everything</h2>
              <AccountLine counts={sumOf(sources.map(({ counts }) => counts))} />
            </section>
            <Schedule schedule={schedule} now={now} />
          </div>
        )}
        <ul class="sources">
          {sources.map((source) => (
            <SourceCard key={source.id} source={source} now={now} />
          ))}
        </ul>
      </div>
    </DeskPage>
  );
}

function summary(sources: readonly SourceRow[], ill: number): string {
  const all = `${sources.length} ${sources.length === 1 ? 'source is' : 'sources are'} watched.`;
  if (ill === 0) return `${all} All answer as they should.`;
  return `${all} ${ill === 1 ? 'One needs' : `${ill} need`} somebody to look.`;
}

function Schedule({ schedule, now }: { readonly schedule: ScheduleShown; readonly now: Date }) {
  const { configured, scheduled, missing, overdue } = schedule;
  const well = scheduled !== null && missing.length === 0 && overdue.length === 0;
  return (
    <section class="panel" aria-labelledby="schedule">
      <h2 id="schedule">Schedule</h2>
      <p>
        {configured} configured, {scheduled ?? 'unknown how many'} scheduled, {overdue.length} overdue.
        {well ? ' All as it should be.' : ''}
      </p>
      {scheduled === null ? <p class="told bad">The queue did not answer: nothing is polled until it does.</p> : null}
      {missing.length === 0 ? null : <p class="told bad">Without a schedule: {missing.join(', ')}.</p>}
      {overdue.length === 0 ? null : (
        <div class="told bad">
          <p>Their time has come and nobody polls them. Is a worker running?</p>
          <ul>
            {overdue.map(({ id, name, since }) => (
              <li key={id}>
                <a href={`/sources/${encodeURIComponent(id)}`}>{name}</a>, due {ago(since, now)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
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
        <span>{accountWords(source.counts)}</span>
      </p>
    </li>
  );
}
