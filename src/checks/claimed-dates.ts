import { MONTHS_AND_SHORT, monthNumber } from '../model/months.js';

/** A date as text prints it. `day` and `year` are `null` where it has none. */
export interface ClaimedDate {
  readonly quote: string;
  readonly at: number;
  readonly day: number | null;
  /** 1 to 12. */
  readonly month: number;
  readonly year: number | null;
}

const NAMES = `(?:${MONTHS_AND_SHORT})`;
/** 5 February 2026 · 5th of February · Thursday 5 February */
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${NAMES})\\b\\.?(?:,? (\\d{4}))?`, 'gu');
/** February 5 2026 · February 5th, 2026 */
const MONTH_FIRST = new RegExp(`\\b(${NAMES}) (\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d)(?:,? (\\d{4}))?`, 'gu');
/** February 2026 */
const MONTH_YEAR = new RegExp(`\\b(${NAMES}),? (\\d{4})\\b`, 'gu');
/** 05/02/2026 · 5.2.2026 · 2026-02-05 */
const DIGITS = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b/gu;
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/gu;

/** The dates of a text, in order; each place counts once, as its fullest reading. */
export function claimedDates(text: string): ClaimedDate[] {
  const found: ClaimedDate[] = [];
  const add = (match: RegExpExecArray | RegExpMatchArray, date: Omit<ClaimedDate, 'quote' | 'at'>): void => {
    const at = match.index ?? 0;
    const end = at + match[0].length;
    if (found.some((one) => at < one.at + one.quote.length && end > one.at)) return;
    if (date.month >= 1 && date.month <= 12 && (date.day === null || (date.day >= 1 && date.day <= 31)))
      found.push({ ...date, quote: match[0], at });
  };
  for (const match of text.matchAll(ISO))
    add(match, { day: Number(match[3]), month: Number(match[2]), year: Number(match[1]) });
  for (const match of text.matchAll(DIGITS))
    add(match, { day: Number(match[1]), month: Number(match[2]), year: yearOf(match[3]) });
  for (const match of text.matchAll(DAY_FIRST))
    add(match, { day: Number(match[1]), month: monthNumber(match[2] ?? ''), year: yearOf(match[3]) });
  for (const match of text.matchAll(MONTH_FIRST))
    add(match, { day: Number(match[2]), month: monthNumber(match[1] ?? ''), year: yearOf(match[3]) });
  for (const match of text.matchAll(MONTH_YEAR))
    add(match, { day: null, month: monthNumber(match[1] ?? ''), year: yearOf(match[2]) });
  return found.sort((a, b) => a.at - b.at);
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}
