import { ukDate } from '../../model/uk-date.js';

export interface ReadDay {
  /** `2024-03-27`. */
  readonly value: string;
  /** As printed, without its weekday. */
  readonly printed: string;
  /** Spelt out; `null` when there is none that can be told. */
  readonly weekday: string | null;
  /** Where the date begins, its weekday with it, and where it ends. */
  readonly at: number;
  readonly end: number;
  readonly slips: readonly string[];
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DATE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(\d{1,2})(st|nd|rd|th)?\s{1,2}(?:of\s)?(${MONTH})|(${MONTH})\s{1,2}(\d{1,2})(st|nd|rd|th)?),?\s{1,2}((?:19|20)\d\d)(?!\d)`,
  'iu',
);
const NUMERIC = /(?<!\d)(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)(?!\d)/u;
/** One word before the date that ends as weekdays do: `ednesday`. */
const WEEKDAY = /([\p{L}]{2,9}day|mon|tues?|wed|thurs?|fri|sat|sun)[\s,]*$/iu;

/** The first date of a text, as it may be printed in a Source line. `null`: there is none, or no such day exists. */
export function readDay(text: string): ReadDay | null {
  const found = DATE.exec(text) ?? NUMERIC.exec(text);
  if (found === null) return null;
  const value = ukDate(found[0], 'any-uk');
  if (value?.precision !== 'day') return null;
  const before = WEEKDAY.exec(text.slice(0, found.index));
  const slips: string[] = [];
  const weekday = before === null ? null : spelt(before[1] ?? '', slips);
  if (before === null) slips.push('There is no weekday.');
  const [printed, , ordinal, month = '', monthFirst, , otherOrdinal] = found;
  if (monthFirst !== undefined) slips.push(`The month stands before the day: “${printed}”.`);
  if ((ordinal ?? otherOrdinal) !== undefined && found.length > 5) slips.push(`“${printed}” with an ordinal.`);
  const name = monthFirst ?? (found.length > 5 ? month : '');
  if (found.length <= 5) slips.push(`The date is in figures: “${printed}”.`);
  else if (!/^\p{Lu}\p{Ll}{2,}$/u.test(name)) slips.push(`The month is written “${name}”.`);
  return {
    value: value.value,
    printed,
    weekday,
    at: before?.index ?? found.index,
    end: found.index + printed.length,
    slips,
  };
}

/** The weekday of a day of the calendar. */
export function londonWeekday(day: string): string {
  return WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? '';
}

function spelt(word: string, slips: string[]): string | null {
  const exact = WEEKDAYS.find((name) => name === word);
  if (exact !== undefined) return exact;
  const lower = word.toLowerCase();
  const meant = WEEKDAYS.filter(
    (name) =>
      name.toLowerCase() === lower || name.toLowerCase().startsWith(lower) || name.toLowerCase().slice(1) === lower,
  );
  slips.push(`The weekday is written “${word}”.`);
  return meant.length === 1 ? (meant[0] ?? null) : null;
}
