import { plainText } from '../../checks/plain-text.js';
import { REJECT_REASONS } from '../../model/draft.js';
import type { CompanyEntry, QueueEntry } from '../../model/desk.js';
import { ago, day, moment } from '../layout/when.js';
import { Dated } from './dates.js';
import { Opening } from './opening.js';
import { StatePill } from './state-words.js';

interface EntryProps {
  readonly entry: QueueEntry;
  readonly now: Date;
}

/** One story in the list: its first draft, with the others below it. */
export function Entry({ entry, now }: EntryProps) {
  const company = entry.company ?? [];
  return (
    <li
      class="entry"
      id={`draft-${entry.id}`}
      data-draft={entry.id}
      data-state={entry.state}
      data-changed={`${entry.changedAt.toISOString()} ${company.map(({ id, state, version }) => `${id} ${state} ${version}`).join(' ')}`}
    >
      <Tick id={entry.id} version={entry.version} headline={entry.headline} />
      <div class="entry-body">
        <p class="entry-source">
          <span class="source-name">{entry.sourceName}</span>
          <Dated dated={entry.posted} />
          {entry.section === null ? null : <span>{entry.section}</span>}
          <span class="found-at">
            found <time dateTime={entry.createdAt.toISOString()}>{ago(entry.createdAt, now)}</time>
          </span>
        </p>
        <h3>
          <a href={`/drafts/${entry.id}`}>{titled(entry.headline)}</a>
        </h3>
        <Opening text={plainText(entry.opening)} />
        <Facts entry={entry} now={now} />
        <Why why={entry.why} />
        {company.length === 0 ? null : (
          <ul class="company" aria-label="Other drafts of this story">
            {company.map((other) => (
              <Other key={other.id} other={other} now={now} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function titled(headline: string): string {
  return headline === '' ? '(no headline)' : headline;
}

function Tick({ id, version, headline }: { readonly id: string; readonly version: number; readonly headline: string }) {
  return (
    <input
      type="checkbox"
      name="draft"
      value={`${id} ${version}`}
      form="bulk"
      aria-label={`Select “${titled(headline)}”`}
    />
  );
}

function Facts({ entry, now }: EntryProps) {
  const others = alsoBy(entry);
  return (
    <p class="entry-facts">
      {entry.state === 'drafted' ? null : <StatePill state={entry.state} />}
      <Marks entry={entry} />
      {entry.rejectReason === null ? null : <span>{REJECT_REASONS[entry.rejectReason]}</span>}
      {entry.publishAt === null ? null : <span>Goes out {moment(entry.publishAt)}</span>}
      {entry.snoozedUntil !== null && entry.snoozedUntil > now ? (
        <span>Sleeps until {day(entry.snoozedUntil)}</span>
      ) : null}
      {entry.claimedBy === null ? null : <span>With {entry.claimedBy.name}</span>}
      {entry.commentCount === 0 ? null : (
        <span>{entry.commentCount === 1 ? '1 comment' : `${entry.commentCount} comments`}</span>
      )}
      {others.length === 0 ? null : <span>Also published by {others.join(', ')}</span>}
    </p>
  );
}

function Marks({ entry }: { readonly entry: QueueEntry }) {
  return (
    <>
      {entry.updatedMark ? <span class="pill mark-updated">Updated by the source</span> : null}
      {suggestionsOf(entry).map((words) => (
        <span class="pill mark-copy" key={words}>
          {words}
        </span>
      ))}
      {entry.foundSensitive === true ? <span class="pill mark-sensitive">Sensitive</span> : null}
      {entry.foundClaims === true ? <span class="pill mark-claims">Claims to check</span> : null}
    </>
  );
}

/** Why it stands where it stands; folded, because few want to know it often. */
function Why({ why }: { readonly why: readonly string[] }) {
  if (why.length === 0) return null;
  return (
    <details class="why">
      <summary>Why here</summary>
      <ul>
        {why.map((term) => (
          <li key={term}>{term}</li>
        ))}
      </ul>
    </details>
  );
}

function Other({ other, now }: { readonly other: CompanyEntry; readonly now: Date }) {
  return (
    <li>
      <Tick id={other.id} version={other.version} headline={other.headline} />
      <span class="source-name">{other.sourceName}</span>
      <a href={`/drafts/${other.id}`}>{titled(other.headline)}</a>
      <StatePill state={other.state} />
      <span class="found-at">{ago(other.createdAt, now)}</span>
    </li>
  );
}

/** Who has the same, for certain: those with a draft of their own stand below with it. */
function alsoBy({ ties, company = [] }: QueueEntry): string[] {
  const below = new Set(company.map(({ id }) => id));
  return [
    ...new Set(
      ties
        .filter(({ standing, draftId }) => standing === 'confirmed' && (draftId === null || !below.has(draftId)))
        .map(({ sourceName }) => sourceName),
    ),
  ];
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
