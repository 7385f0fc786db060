import type { Counted, DigestFacts } from '../../model/digest.js';
import { hasRole, type Role } from '../../model/role.js';

const MOST_LINES = 25;
const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const TITLE = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' });

/**
 * The morning digest: for everybody what waits, by source and section; for operators also how the sources stand. No headline is
 * in it: that of a review can tell who a child is. `desk` is the address of the desk, without a slash at the end.
 */
export function digestWords(
  desk: string,
): (facts: DigestFacts, reader: { role: Role; day: string; since: Date }) => { subject: string; body: string } {
  return (facts, { role, day, since }) => {
    const title = TITLE.format(new Date(`${day}T12:00:00Z`));
    const parts = [
      ...forEditors(facts, since),
      `The queue: ${desk}/drafts`,
      ...(hasRole(role, 'operator') ? ['', ...forOperators(facts), `The sources: ${desk}/sources`] : []),
      '',
      `You can stop this mail on your account page: ${desk}/account`,
    ];
    return {
      subject: `Newsdesk, ${title}: ${counted(facts.waiting, 'draft')} waiting, ${facts.newDrafts} new`,
      body: parts.join('\n'),
    };
  };
}

function forEditors(facts: DigestFacts, since: Date): readonly string[] {
  const { waiting, newDrafts, published, scheduled } = facts;
  return [
    `${counted(waiting, 'draft')} waiting, ${newDrafts} of them new since ${DAY.format(since)}.`,
    `${counted(published, 'post')} published since then, ${scheduled} scheduled.`,
    '',
    ...listed('By section', facts.bySection),
    ...listed('By source', facts.bySource),
  ];
}

function forOperators(facts: DigestFacts): readonly string[] {
  const all = facts.states.reduce((sum, { count }) => sum + count, 0);
  const failures: readonly (readonly [number, string])[] = [
    [facts.incidents, 'incident'],
    [facts.failedPolls, 'failed poll'],
    [facts.failedItems, 'failed item'],
    [facts.failedDeliveries, 'failed delivery'],
    [facts.failedMessages, 'unsent message'],
  ];
  const told = failures.filter(([count]) => count > 0).map(([count, name]) => counted(count, name));
  return [
    `${counted(all, 'source')} watched: ${facts.states.map(({ name, count }) => `${count} ${name}`).join(', ')}.`,
    `Since the last digest: ${told.length === 0 ? 'no failures' : told.join(', ')}.`,
    '',
    ...block(
      'Not well',
      facts.ill.map(
        ({ name, state, since }) => `${name}: ${state}${since === null ? '' : ` since ${DAY.format(since)}`}`,
      ),
    ),
    ...block(
      'Nothing new for 30 days or more',
      facts.quiet.map(({ name, lastNewAt }) => `${name}: last on ${DAY.format(lastNewAt)}`),
    ),
  ];
}

function listed(title: string, counts: readonly Counted[]): readonly string[] {
  return block(
    title,
    counts.map(({ name, count }) => `${name}: ${count}`),
  );
}

function block(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : [];
  return [`${title}:`, ...lines.slice(0, MOST_LINES).map((line) => `- ${line.replace(/\s+/g, ' ')}`), ...more, ''];
}

function counted(count: number, name: string): string {
  if (count === 1) return `1 ${name}`;
  return `${count} ${name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`}`;
}
