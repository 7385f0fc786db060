import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';

const DAY_MS = 86_400_000;

/** What the newsfeed refuses to publish, and what it publishes only with a warning. Rules: HOUSE-STYLE section 5. */
export function publishing(draft: ReadDraft): Finding[] {
  return [...refusals(draft), ...warnings(draft)];
}

function refusals(draft: ReadDraft): Finding[] {
  const found: Finding[] = [];
  const refuse = (field: Finding['field'], reason: string): void => {
    found.push({ check: 'publishing', level: 'refuse', field, reason });
  };
  if (draft.headline.trim() === '') refuse('headline', 'There is no headline.');
  if (draft.bodyText === '') refuse('body', 'There is no body.');
  if (draft.sourceName.trim() === '') refuse('source', 'There is no organisation for the Source line.');
  if (draft.editorName.trim() === '') refuse('source', 'There is no editor for the Source line.');
  if (draft.headline.trim() !== '' && same(draft.headline, firstLine(draft.bodyText))) {
    refuse('headline', 'The headline repeats the first line of the body. Delete that line.');
  }
  if (draft.slugTaken) refuse('slug', 'This address is already used by another post. Change the headline.');
  return found;
}

function warnings(draft: ReadDraft): Finding[] {
  if (draft.sourceDate === null || draft.sourceDate.precision === 'year') return [];
  const posted = new Date(
    draft.sourceDate.value.length === 7 ? `${draft.sourceDate.value}-01` : draft.sourceDate.value,
  );
  const days = Math.floor(draft.publishOn.getTime() / DAY_MS) - Math.floor(posted.getTime() / DAY_MS);
  const warn = (reason: string): Finding => ({
    check: 'publishing',
    level: 'warn',
    field: 'dates',
    reason,
    quote: draft.sourceDate?.value ?? '',
  });
  if (days < 0) return [warn(`The source is dated ${draft.sourceDate.value}: that is after the day of publication.`)];
  const late = draft.sourceDate.precision === 'month' ? 14 + 31 : 14;
  return days > late ? [warn(`The source is dated ${draft.sourceDate.value}: ${days} days before publication.`)] : [];
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function same(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
