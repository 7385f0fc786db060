import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';
import { claimedDates, type ClaimedDate } from './claimed-dates.js';
import { claimedNames } from './claimed-names.js';

/** A number as it stands in text: 1,250 · 3.5 · 40 % · £2m. */
const NUMBER = /(?<![\p{L}\d])(?:[£€$]\s?)?\d[\d,]*(?:\.\d+)?/gu;
const QUOTATION = /[“"]([^”"\n]{12,})(?:[”"]|$)/gmu;
const WORD_NUMBERS: Readonly<Record<string, string>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, at) => [word, String(at)]),
);

/** Numbers, dates, names and quotations of the draft that the captured source does not hold. Rule: HOUSE-STYLE section 5. */
export function claims(draft: ReadDraft): Finding[] {
  if (draft.captureText.trim() === '') return [];
  const dates = claimedDates(draft.bodyText);
  return [
    ...numbers(draft, dates),
    ...wrongDates(draft, dates),
    ...claimedNames(draft).map((name) => claim('name', name.quote, name.at, 'is not in the source')),
    ...quotations(draft),
  ];
}

function numbers(draft: ReadDraft, dates: readonly ClaimedDate[]): Finding[] {
  const known = new Set([...draft.captureText.matchAll(NUMBER)].map((match) => digits(match[0])));
  for (const word of draft.captureText.toLowerCase().match(/[a-z]+/g) ?? []) {
    const number = WORD_NUMBERS[word];
    if (number !== undefined) known.add(number);
  }
  const inDate = (at: number): boolean => dates.some((date) => at >= date.at && at < date.at + date.quote.length);
  return [...draft.bodyText.matchAll(NUMBER)]
    .filter((match) => !known.has(digits(match[0])) && !inDate(match.index))
    .map((match) => claim('number', match[0].trim(), match.index, 'is not in the source'));
}

/** A date is known when its day and month stand in the source, or when it is what “today” meant there. */
function wrongDates(draft: ReadDraft, dates: readonly ClaimedDate[]): Finding[] {
  const known = claimedDates(draft.captureText);
  const day = draft.sourceDate?.value.slice(0, 10) ?? '';
  const around = new Set([-1, 0, 1].map((step) => shifted(day, step)));
  return dates
    .filter(({ month, day: dayOfMonth, year }) => {
      const same = known.some(
        (one) =>
          one.month === month &&
          (dayOfMonth === null || one.day === dayOfMonth) &&
          (year === null || one.year === null || one.year === year),
      );
      const asDay = `${year ?? day.slice(0, 4)}-${pad(month)}-${pad(dayOfMonth ?? 1)}`;
      const inMonth = dayOfMonth === null && day.slice(0, 7) === `${year ?? ''}-${pad(month)}`;
      return !same && !around.has(asDay) && !inMonth;
    })
    .map(({ quote, at }) => claim('date', quote, at, 'is no date of the source'));
}

function quotations(draft: ReadDraft): Finding[] {
  const source = plain(draft.captureText);
  return [...draft.bodyText.matchAll(QUOTATION)]
    .filter((match) => !source.includes(plain(match[1] ?? '')))
    .map((match) => claim('quotation', (match[1] ?? '').trim(), match.index, 'is not in the source in these words'));
}

function claim(what: string, quote: string, at: number, words: string): Finding {
  return { check: `claim:${what}`, level: 'warn', field: 'body', quote, at, reason: `“${quote}” ${words}.` };
}

function digits(text: string): string {
  const number = text.replace(/[^\d.]/g, '').replace(/\.$/, '');
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number.replace(/^0+(?=\d)/, '');
}

function shifted(day: string, step: number): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return '';
  return new Date(new Date(`${day}T12:00:00Z`).getTime() + step * 86_400_000).toISOString().slice(0, 10);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
