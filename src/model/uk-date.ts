import type { Precision } from './dated.js';
import { monthNumber } from './months.js';
import type { DateFormat } from './source.js';

export interface UkDate {
  /** `YYYY-MM-DDTHH:MM[:SS](Z|±HH:MM)`, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, as `Dated.value`. */
  readonly value: string;
  readonly precision: Precision;
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number | null;
  /** `Z`, `+01:00`, or `null` where none is printed: then it is London time. */
  readonly zone: string | null;
}
type Form = (text: string) => { readonly at: number; readonly date: UkDate } | null;

/** Text after this is no date line. */
const MOST_CHARACTERS = 2_000;

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR = String.raw`((?:19|20)\d\d)(?!\d)`;
const DAY = String.raw`(?<![\d.:/])(\d{1,2})\s?(?:st|nd|rd|th)?`;
const GAP = String.raw`[\s.,]{1,3}`;
/** `09:58AM`, `14:39PM` (the clock of 24 hours wins), `9.30am`, `9am`, `10:00:30`. */
const TIME = String.raw`(?<![\d.:/])(\d{1,2})(?:[:.](\d\d)(?::(\d\d))?)?\s?([ap]\.?m\b\.?)?`;
const ZONE = String.raw`(?:\s{0,2}(Z|UTC?|GMT|BST|[A-Z]{3}\b|[+-]\d\d:?\d\d)(?![\w]))?`;

/** `3 May 2024`, `1st of February, 2019`. */
const DAY_MONTH_YEAR = new RegExp(String.raw`${DAY}(?:\s+of)?${GAP}${MONTH}${GAP}${YEAR}`, 'i');
/** `Wednesday August 20 2025`, `August 20th, 2025`: with the month as a word it cannot be misread. */
const MONTH_DAY_YEAR = new RegExp(String.raw`\b${MONTH}${GAP}(\d{1,2})(?:st|nd|rd|th)?${GAP}${YEAR}`, 'i');
const MONTH_YEAR = new RegExp(String.raw`\b${MONTH}${GAP}${YEAR}`, 'i');
const YEAR_ALONE = new RegExp(String.raw`(?<![\d£$.,/-])${YEAR}(?![-/.]\d)`);
/** Two years in one text. */
const YEARS = /\b(?:19|20)\d\d\b.{1,200}?\b(?:19|20)\d\d\b/;
/** `28/09/2026`, `28 / 09 / 2026`. */
const numeric = (mark: string, year: string): RegExp =>
  new RegExp(String.raw`(?<![\d./-])(\d{1,2})\s?${mark}\s?(\d{1,2})\s?${mark}\s?${year}(?![./-]?\d)`);
const FULL_YEAR = String.raw`((?:19|20)\d\d)`;
const ANY_YEAR = String.raw`((?:19|20)\d\d|\d\d)`;
/** `2020-04-23`, `2020-04-23T10:00:00.000+01:00`, `2020-04-23 10:00`. */
const YEAR_FIRST =
  /(?<![\d-])((?:18|19|20)\d\d)-(\d\d)-(\d\d)(?:(?:T|\s)(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:\s?(Z|[+-]\d\d:?\d\d))?)?(?!\d)/i;
/** `Thu, 20 July 2017 10:00:00`, `03 Jul 2020 11:54 +0100`. */
const RFC_822 = new RegExp(
  String.raw`(?<!\d)(\d{1,2})[\s-]${MONTH}[\s-](\d{4}|\d\d)\s+(\d{1,2}):(\d\d)(?::(\d\d))?${ZONE}`,
  'i',
);
const TIME_FIRST = new RegExp(
  String.raw`${TIME}${ZONE}[\s,]{0,3}(?:on\s)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)?[\s,]{0,3}(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?${GAP}${MONTH}${GAP}${YEAR}`,
  'i',
);
const TIME_LAST = new RegExp(
  String.raw`${DAY}(?:\s+of)?${GAP}${MONTH}${GAP}${YEAR}(?:[\s,]{1,3}|\s?[-–|]\s?)(?:at\s)?${TIME}${ZONE}`,
  'i',
);

/** Minutes from UTC of the zones that RFC 822 names, and of British Summer Time. */
const NAMED_ZONES: Readonly<Record<string, string>> = {
  z: 'Z',
  ut: 'Z',
  utc: 'Z',
  gmt: 'Z',
  bst: '+01:00',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
};

const dayMonthYear: Form = (text) => {
  const found = DAY_MONTH_YEAR.exec(text);
  const other = MONTH_DAY_YEAR.exec(text);
  if (found !== null && (other === null || found.index <= other.index)) {
    return dated(found.index, day(found[3], monthOf(found[2]), found[1]));
  }
  return other === null ? null : dated(other.index, day(other[3], monthOf(other[1]), other[2]));
};

const byMark = (mark: string, year: string): Form => {
  const form = numeric(mark, year);
  return (text) => {
    const found = form.exec(text);
    return found === null ? null : dated(found.index, day(fullYear(found[3] ?? ''), Number(found[2]), found[1]));
  };
};

const yearFirst: Form = (text) => {
  const found = YEAR_FIRST.exec(text);
  if (found === null) return null;
  const date = day(found[1], Number(found[2]), found[3]);
  if (found[4] === undefined || date === null) return dated(found.index, date);
  const clock = clockOf({ hour: found[4], minute: found[5], second: found[6], half: undefined, zone: found[7] });
  return dated(found.index, clock === null ? date : minute(date, clock));
};

const monthYear: Form = (text) => {
  const found = MONTH_YEAR.exec(text);
  if (found === null) return null;
  return { at: found.index, date: { value: `${found[2] ?? ''}-${two(monthOf(found[1]))}`, precision: 'month' } };
};

const yearAlone: Form = (text) => {
  const found = YEAR_ALONE.exec(text);
  return found === null ? null : { at: found.index, date: { value: found[1] ?? '', precision: 'year' } };
};

const rfc822: Form = (text) => {
  const found = RFC_822.exec(text);
  if (found === null) return null;
  const date = day(fullYear(found[3] ?? ''), monthOf(found[2]), found[1]);
  const clock = clockOf({ hour: found[4], minute: found[5], second: found[6], half: undefined, zone: found[7] });
  return date === null || clock === null ? null : dated(found.index, minute(date, clock));
};

const timed: Form = (text) => earliest([timeFirst(text), timeLast(text)]);

const timeFirst: Form = (text) => {
  const found = TIME_FIRST.exec(text);
  if (found === null || (found[2] === undefined && found[4] === undefined)) return null;
  const date = day(found[8], monthOf(found[7]), found[6]);
  const clock = clockOf({ hour: found[1], minute: found[2], second: found[3], half: found[4], zone: found[5] });
  return date === null || clock === null ? null : dated(found.index, minute(date, clock));
};

const timeLast: Form = (text) => {
  const found = TIME_LAST.exec(text);
  if (found === null || (found[5] === undefined && found[7] === undefined)) return null;
  const date = day(found[3], monthOf(found[2]), found[1]);
  const clock = clockOf({ hour: found[4], minute: found[5], second: found[6], half: found[7], zone: found[8] });
  return date === null || clock === null ? null : dated(found.index, minute(date, clock));
};

const FORMS: { readonly [F in Exclude<DateFormat, 'any-uk'>]: Form } = {
  'd-month-y': dayMonthYear,
  'd/m/y': byMark('/', ANY_YEAR),
  'd.m.y': byMark(String.raw`\.`, ANY_YEAR),
  'd-m-y': byMark('-', ANY_YEAR),
  'y-m-d': yearFirst,
  'month-y': monthYear,
  y: yearAlone,
  rfc822,
  'time-d-month-y': timed,
};

/** Finest first: at the same place the finer form wins. Years of two digits only count where the source's row says the form. */
const ANY: readonly Form[] = [
  timed,
  rfc822,
  yearFirst,
  dayMonthYear,
  byMark('/', FULL_YEAR),
  byMark(String.raw`\.`, FULL_YEAR),
  byMark('-', FULL_YEAR),
];

/**
 * Reads the first date of a text as UK sites print it: day first, always, and times without a zone as London time. `null` when there
 * is none in this form, or no such day exists; never a guess, never the engine's own reading of a string.
 */
export function ukDate(text: string, format: DateFormat): UkDate | null {
  const line = text.slice(0, MOST_CHARACTERS).replace(/[\s\u00a0]+/g, ' ');
  if (format !== 'any-uk') return FORMS[format](line)?.date ?? null;
  const exact = earliest(ANY.map((form) => form(line)));
  if (exact !== null) return exact.date;
  if (DAY_MONTH_YEAR.test(line)) return null; // No such day: 31 February.
  const month = monthYear(line);
  if (month !== null) return month.date;
  // `2022 to 2024` is a time, and no date.
  return YEARS.exec(line) === null ? (yearAlone(line)?.date ?? null) : null;
}

const SHOWN = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
const IN_LONDON = new Intl.DateTimeFormat('en-GB', { ...SHOWN, hourCycle: 'h23', timeZone: 'Europe/London' });
const IN_UTC = new Intl.DateTimeFormat('en-GB', { ...SHOWN, hourCycle: 'h23', timeZone: 'UTC' });
const HOUR_MS = 3_600_000;

/**
 * The offset of London from UTC when its own clocks show `local` (`YYYY-MM-DDTHH:MM`): `+01:00` in summer, else `+00:00`. In the hour
 * that comes twice the first counts.
 */
export function londonOffset(local: string): string {
  const shown = Date.parse(`${local.slice(0, 16)}Z`);
  return IN_LONDON.format(shown - HOUR_MS) === IN_UTC.format(shown) ? '+01:00' : '+00:00';
}

function earliest(found: readonly ReturnType<Form>[]): ReturnType<Form> {
  return found.reduce((best, one) => (one !== null && (best === null || one.at < best.at) ? one : best), null);
}

function dated(at: number, date: UkDate | null): ReturnType<Form> {
  return date === null ? null : { at, date };
}

/** The day, or `null` when the calendar has none such. */
function day(year: string | undefined, month: number, dayOfMonth: string | undefined): UkDate | null {
  const value = `${year ?? ''}-${two(month)}-${two(Number(dayOfMonth))}`;
  const time = Date.parse(`${value}T00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value) return null;
  return { value, precision: 'day' };
}

function minute({ value }: UkDate, { hour, minute: minutes, second, zone }: Clock): UkDate {
  const local = `${value}T${two(hour)}:${two(minutes)}`;
  const seconds = second === null ? '' : `:${two(second)}`;
  return { value: `${local}${seconds}${zone ?? londonOffset(local)}`, precision: 'minute' };
}

function clockOf(
  read: Readonly<Record<'hour' | 'minute' | 'second' | 'half' | 'zone', string | undefined>>,
): Clock | null {
  const printed = Number(read.hour);
  const half = read.half?.charAt(0).toLowerCase();
  const hour = printed > 12 || half === undefined ? printed : (printed % 12) + (half === 'p' ? 12 : 0);
  const minutes = Number(read.minute ?? '0');
  const second = read.second === undefined ? null : Number(read.second);
  const zone = read.zone === undefined ? null : zoneOf(read.zone);
  if (hour > 23 || minutes > 59 || (second ?? 0) > 60 || zone === undefined) return null;
  return { hour, minute: minutes, second: second === 60 ? 59 : second, zone };
}

/** `undefined`: a zone is named that we do not know, so the moment is not known either. */
function zoneOf(zone: string): string | undefined {
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (offset === null) return NAMED_ZONES[zone.toLowerCase()];
  return Number(offset[2]) > 14 || Number(offset[3]) > 59
    ? undefined
    : `${offset[1] ?? '+'}${offset[2] ?? ''}:${offset[3] ?? ''}`;
}

function monthOf(word: string | undefined): number {
  return monthNumber(word ?? '');
}

/** Two digits as RFC 2822 reads them: 00 to 49 are of this century. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  return `${Number(year) < 50 ? '20' : '19'}${year}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
