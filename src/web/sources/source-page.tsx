import type { SourceRow } from '../../model/desk.js';
import { hasRole } from '../../model/role.js';
import type { Ledger, SourceHealth } from '../../model/source-health.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { AccountLine } from './counts.js';
import { CoveragePanel, EffortPanel } from './figures.js';
import { Incidents } from './incidents.js';
import { LedgerPanel } from './ledger.js';
import { Failing, Last, Next } from './poll-times.js';
import { SourceActions } from './source-actions.js';
import { State } from './state.js';
import { WeeksPanel } from './weeks.js';

export interface SourceProps {
  readonly frame: Frame;
  readonly source: SourceRow;
  readonly health: SourceHealth;
  readonly ledger: Ledger;
  /** Of the ledger, from 1. */
  readonly page: number;
  readonly now: Date;
}

/** Everything that is known of how a source does. */
export function SourcePage({ frame, source, health, ledger, page, now }: SourceProps) {
  return (
    <DeskPage title={source.name} frame={frame} styles={['sources.css']}>
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
      <Proof source={source} proof={ledger.rows[0]?.proof ?? null} first={page === 1} />
      <p class="entry-facts">
        <Last source={source} now={now} />
        <Next source={source} now={now} />
      </p>
      <section aria-labelledby="account">
        <h2 id="account" class="visually-hidden">
          What became of everything found here
        </h2>
        <AccountLine counts={source.counts} />
        <p>
          <a href={`/found?source=${encodeURIComponent(source.id)}`}>See each of them</a>
        </p>
      </section>
      <Advice source={source} />
      {hasRole(frame.person.role, 'operator') && source.enabled ? (
        <SourceActions frame={frame} source={source} />
      ) : null}
      <Incidents incidents={health.incidents} sourceId={source.id} />
      <div class="source-facts">
        <WeeksPanel weeks={health.weeks} />
        <div class="stack">
          <CoveragePanel coverage={health.coverage} />
          <EffortPanel effort={health.effort} />
        </div>
      </div>
      <LedgerPanel ledger={ledger} page={page} path={`/sources/${encodeURIComponent(source.id)}`} />
    </DeskPage>
  );
}

/** What the last poll proved. A failure says it in words of its own. */
function Proof({
  source,
  proof,
  first,
}: {
  readonly source: SourceRow;
  readonly proof: string | null;
  readonly first: boolean;
}) {
  if (proof === null || !first || source.failureCode !== null) return null;
  return (
    <p>
      <strong>Last poll:</strong> {proof}
    </p>
  );
}

function Advice({ source }: { readonly source: SourceRow }) {
  return (
    <>
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
    </>
  );
}
