import { monthsInWords } from '../../compose/newsletter-months.js';
import type { NewsletterRecord, NewsletterState } from '../../model/newsletter.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';

export interface ListPageProps {
  readonly frame: Frame;
  readonly issues: readonly NewsletterRecord[];
  /** What a new issue may cover. */
  readonly choices: readonly (readonly string[])[];
}

/** All issues, and the way to a new one. */
export function ListPage({ frame, issues, choices }: ListPageProps) {
  return (
    <DeskPage title="Newsletter" frame={frame} styles={['newsletter.css']}>
      <div class="page-head">
        <h1>Newsletter</h1>
        <p class="lead">
          An issue fills itself with what was published in its month. You send it; the newsdesk never does.
        </p>
      </div>
      <section class="panel" aria-labelledby="start-title">
        <h2 id="start-title">New issue</h2>
        {choices.length === 0 ? (
          <p>Each of the last months has its issue.</p>
        ) : (
          <form method="post" action="/newsletters" class="nl-row">
            <input type="hidden" name="_csrf" value={frame.csrf} />
            <label>
              Months
              <select name="months">
                {choices.map((months) => (
                  <option key={months.join()} value={months.join()}>
                    {monthsInWords(months)}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" class="primary">
              Start the issue
            </button>
          </form>
        )}
        <p class="hint">
          <a href="/newsletters/blocks">Blocks that are used again</a>: own promotions, the training calendar.
        </p>
      </section>
      <section class="panel" aria-labelledby="issues-title">
        <h2 id="issues-title">Issues</h2>
        {issues.length === 0 ? <p>There is none yet.</p> : null}
        <ul class="nl-issues">
          {issues.map((issue) => (
            <li key={issue.id}>
              <a href={`/newsletters/${issue.slug}/edit`}>{monthsInWords(issue.months)}</a>
              <IssuePill state={issue.state} />
              <span class="hint">
                {issue.sentAt === null
                  ? `changed ${moment(issue.changedAt)}`
                  : `sent ${moment(issue.sentAt)}${issue.sentBy === null ? '' : ` by ${issue.sentBy}`}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </DeskPage>
  );
}

const STATES: Readonly<Record<NewsletterState, { readonly words: string; readonly tone: string }>> = {
  draft: { words: 'Draft', tone: 'state-drafted' },
  ready: { words: 'Ready', tone: 'state-in-review' },
  sent: { words: 'Sent', tone: 'state-published' },
};

export function IssuePill({ state }: { readonly state: NewsletterState }) {
  return <span class={`pill ${STATES[state].tone}`}>{STATES[state].words}</span>;
}
