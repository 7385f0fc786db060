import { monthChoices } from '../../compose/newsletter-months.js';
import type { NewsletterMove } from '../../model/newsletter.js';
import { localDay } from '../layout/when.js';
import type { OpenIssue } from './open-issue.js';
import type { NewsletterContext } from './ports.js';

/** What an issue may cover now. The month before comes first: that is the one to be told now. */
export function choicesOf({ now }: Pick<NewsletterContext, 'now'>, issues: readonly { months: readonly string[] }[]) {
  const taken = new Set(issues.flatMap(({ months }) => months));
  const thisMonth = `${localDay(now()).slice(0, 7)}-01`;
  const all = monthChoices(thisMonth, taken);
  return [
    ...all.filter((months) => !months.includes(thisMonth)),
    ...all.filter((months) => months.includes(thisMonth)),
  ];
}

/** Title and introduction as they are kept: what is empty or as proposed goes on being proposed. */
export function wordsToKeep(
  { record, view }: Pick<OpenIssue, 'record' | 'view'>,
  { title, introduction }: { readonly title: string; readonly introduction: string },
): { title: string | null; introduction: string | null } {
  return {
    title: title === '' || (record.title === null && title === view.title) ? null : title,
    introduction: introduction === '' || introduction === view.proposedIntroduction ? null : introduction,
  };
}

/**
 * Moves an issue; what becomes ready is kept as it stands. Gives why it was not done, in words, else `null`.
 * @throws {Failure} draft.stale, draft.not-allowed
 */
export async function moveIssue(
  { newsletters, now }: Pick<NewsletterContext, 'newsletters' | 'now'>,
  open: OpenIssue,
  { move, version, userId }: { readonly move: NewsletterMove; readonly version: number; readonly userId: string },
): Promise<string | null> {
  const stops = open.findings.filter(({ level }) => level === 'refuse').length;
  if (move === 'ready' && stops > 0) {
    return `The issue is not ready: ${stops === 1 ? 'one remark stands' : `${stops} remarks stand`} in the way. Mend what is marked “Stops it”.`;
  }
  const by = { userId, at: now() };
  const at = { id: open.record.id, version };
  await newsletters.editing.moveIssue(at, move, move === 'ready' ? { ...by, frozen: open.issue } : by);
  return null;
}
