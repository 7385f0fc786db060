import { MONTH_NAMES, monthNumber } from '../../model/months.js';
import { offsetMinutes, ZONES } from './time-zones.js';

export interface ReadDate {
  /** `YYYY-MM-DDTHH:MM:SS[.sss]Z`; what is not given stands at the beginning of its day, month or year. */
  readonly iso: string;
  readonly precision: 'minute' | 'day' | 'month' | 'year';
}

/** Longer text is no date. */
const LONGEST = 100;
/** `20260301`, `20260301T0901`, `20260301T090130` */
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:t?(\d{2}):?(\d{2})(?::?(\d{2}))?)?/;
/** `2026-03-01`, `06/07/2026`, `22.11.2022`, `1-3-26` */
const NUMERIC = /(?<![\d:])(\d{1,4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{1,4})(?!\d|[:.]\d)/;
/** `2026-03` */
const YEAR_MONTH = /^(\d{4})[-/](\d{1,2})$/;
/** `2026-060`: day of the year */
const ORDINAL = /^(\d{4})-(\d{3})(?!\d)/;
/** `09:01`, `9:01:30.25`, `9.30am`, `10h15` */
const CLOCK = /(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?!\d)(?: ?([ap])\.?m\b\.?)?/;
/** `9am` */
const HOUR = /(?<!\d)(\d{1,2}) ?([ap])\.?m\b/;
/** `+0100`, `GMT+1`, `-05:30` right behind the clock */
const OFFSET = /^ ?(?:utc|gmt|ut|z)? ?([+-]) ?(\d{1,2}):?(\d{2})?(?!\d)/;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly precision: ReadDate['precision'];
}

interface Clock {
  readonly ms: number;
  /** Minutes east of UTC; `null`: the text names no zone. */
  readonly offset: number | null;
}

/**
 * A date as feeds print it (DATE-1 to DATE-5): RFC 822 with all its slips, W3C, asctime, and UK forms. Numbers are day first, a
 * time without zone is London's, BST is an hour ahead of GMT. `null` for what is unreadable or cannot be (30 February): never now.
 */
export function feedDate(text: string): ReadDate | null {
  if (text.length > LONGEST * 2) return null;
  const plain = text
    .replace(/\s+/g, ' ')
    .replaceAll(',', ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, LONGEST);
  const epoch = fromEpoch(plain);
  if (epoch !== null) return epoch;
  const compact = COMPACT.exec(plain);
  if (compact !== null) return fromCompact(compact, plain.slice(compact[0].length));
  const numeric = NUMERIC.exec(plain);
  const ordinal = numeric === null ? ORDINAL.exec(plain) : null;
  const part = numeric ?? ordinal;
  const rest =
    part === null
      ? plain
      : `${plain.slice(0, part.index)} ${plain.slice(part.index + part[0].length).replace(/^t(?=\d)/, '')}`;
  const { clock, left } = clockIn(rest);
  if (clock === 'wrong') return null;
  const day = numeric !== null ? numericDay(numeric) : ordinal !== null ? ordinalDay(ordinal) : wordedDay(left);
  return day === null ? null : moment(day, clock);
}

function fromEpoch(text: string): ReadDate | null {
  if (!/^1\d{9}(?:\d{3})?$/.test(text)) return null;
  return { iso: isoOf(Number(text) * (text.length === 10 ? 1000 : 1)), precision: 'minute' };
}

function fromCompact(found: RegExpExecArray, rest: string): ReadDate | null {
  const day = dayOf(Number(found[1]), Number(found[2]), Number(found[3]));
  if (day === null) return null;
  if (found[4] === undefined) {
    const { clock } = clockIn(rest.replace(/^t/, ''));
    return clock === 'wrong' ? null : moment(day, clock);
  }
  const ms = timeOf(Number(found[4]), Number(found[5]), Number(found[6] ?? 0));
  const offset = zoneIn(rest);
  return ms === null || offset === 'wrong' ? null : moment(day, { ms, offset });
}

function numericDay([, first = '', separator = '', second = '', third = '']: RegExpExecArray): Day | null {
  if (first.length >= 3) return dayOf(Number(first), Number(second), Number(third));
  if (separator === '-' && third.length <= 2 && Number(first) > 31)
    return dayOf(fullYear(first), Number(second), Number(third));
  return third.length === 3 ? null : dayOf(fullYear(third), Number(second), Number(first));
}

function ordinalDay([, year = '', number = '']: RegExpExecArray): Day | null {
  const date = new Date(Date.UTC(Number(year), 0, Number(number)));
  if (Number(number) < 1 || date.getUTCFullYear() !== Number(year)) return null;
  return dayOf(Number(year), date.getUTCMonth() + 1, date.getUTCDate());
}

/** `1 July 2026`, `July 1st 2026`, `Sun Jan 4 2004`, `March 2024`, `2024`, `2024-03`. */
function wordedDay(text: string): Day | null {
  const plain = text.trim();
  const yearMonth = YEAR_MONTH.exec(plain);
  if (yearMonth !== null) return dayOf(Number(yearMonth[1]), Number(yearMonth[2]), null);
  if (/^\d{4}$/.test(plain)) return dayOf(Number(plain), null, null);
  const month = (plain.match(/[a-z]+/g) ?? []).map(monthOf).find((number) => number > 0) ?? 0;
  const numbers = plain.match(/\d+/g) ?? [];
  if (month === 0 || numbers.length === 0 || numbers.length > 2) return null;
  const year = numbers.find((number) => number.length === 4);
  const others = numbers.filter((number) => number !== year);
  if (year !== undefined) return dayOf(Number(year), month, others[0] === undefined ? null : Number(others[0]));
  const [day, shortYear] = others;
  return day === undefined || shortYear?.length !== 2 || day.length > 2
    ? null
    : dayOf(fullYear(shortYear), month, Number(day));
}

/** 1 to 12 for a name or the beginning of one, three letters at the least; 0 for any other word. */
function monthOf(word: string): number {
  const number = monthNumber(word);
  const full = MONTH_NAMES[number - 1]?.toLowerCase();
  return full?.startsWith(word) === true || word === 'sept' ? number : 0;
}

/** The clock in a text and what is left of the text without it. `wrong`: it shows an hour or zone that cannot be. */
function clockIn(text: string): { clock: Clock | null | 'wrong'; left: string } {
  const exact = CLOCK.exec(text);
  const found = exact ?? HOUR.exec(text);
  if (found === null) return { clock: null, left: text };
  const before = text.slice(0, found.index);
  const behind = text.slice(found.index + found[0].length);
  const half = exact === null ? found[2] : found[5];
  const hour = hourOf(Number(found[1]), half);
  const ms = timeOf(hour, exact === null ? 0 : Number(found[2]), exact === null ? 0 : Number(found[3] ?? 0));
  const offset = zoneIn(behind.trim() === '' || /^[ \d]*$/.test(behind) ? before : behind);
  const fraction = exact?.[4] === undefined ? 0 : Math.floor(Number(`0.${exact[4]}`) * 1000);
  if (ms === null || offset === 'wrong') return { clock: 'wrong', left: text };
  return { clock: { ms: ms + fraction, offset }, left: `${before} ${behind.replace(OFFSET, ' ')}` };
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return half === 'p' && hour < 24 ? hour : 99;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

/** Milliseconds since midnight; `null` for a time that does not exist. A leap second counts as the one before. */
function timeOf(hour: number, minute: number, second: number): number | null {
  const end = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !end) || minute > 59 || second > 60) return null;
  return ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
}

function zoneIn(text: string): number | null | 'wrong' {
  const offset = OFFSET.exec(text);
  if (offset !== null) {
    const [, sign, hours = '', minutes = '0'] = offset;
    const east = Number(hours) * 60 + Number(minutes);
    if (Number(minutes) > 59 || east > 14 * 60) return 'wrong';
    return sign === '-' ? -east : east;
  }
  const word = (text.match(/[a-z]+/g) ?? []).find((name) => ZONES.has(name));
  return word === undefined ? null : (ZONES.get(word) ?? null);
}

function dayOf(year: number, month: number | null, day: number | null): Day | null {
  if (!(year >= 100 && year <= 9999)) return null;
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  if (date.getUTCMonth() + 1 !== (month ?? 1) || date.getUTCDate() !== (day ?? 1)) return null;
  return {
    year,
    month: month ?? 1,
    day: day ?? 1,
    precision: month === null ? 'year' : day === null ? 'month' : 'day',
  };
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

function moment({ year, month, day, precision }: Day, clock: Clock | null): ReadDate {
  const midnight = Date.UTC(year, month - 1, day);
  if (clock === null || precision !== 'day') return { iso: isoOf(midnight), precision };
  const local = midnight + clock.ms;
  const offset = clock.offset ?? offsetMinutes(local);
  return { iso: isoOf(local - offset * 60_000), precision: 'minute' };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
