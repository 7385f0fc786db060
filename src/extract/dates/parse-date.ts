import type { Precision } from '../../model/dated.js';
import { monthOf } from './months.js';

/** A date read from text or from a stamp. */
export interface ReadDate {
  readonly value: string;
  readonly precision: Precision;
  /** Where it began in the text. */
  readonly at: number;
}

/** How numbers are to be read where the order is open. */
export interface DateOrder {
  readonly dayFirst: boolean;
}

const MOST_CHARACTERS = 400;
const YEAR = String.raw`((?:19|20)\d\d)`;
/** `2024-05-03T09:30:00.000+0100`, `2024-05-03 09:30`, `2024/05/03`, `2024.05.03`. */
const YEAR_FIRST = new RegExp(
  String.raw`(?<![\d.])${YEAR}(?:-(\d\d?)-(\d\d?)|/(\d\d?)/(\d\d?)|\.(\d\d?)\.(\d\d?))(?:(?:T|\s{1,2})(\d\d?):(\d\d)(?::(\d\d)(?:[.,:]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?(?!\d)`,
  'i',
);
/** `20240503`, `20240503T093000`. */
const RUN = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(?:\d\d)?)?$/;
/** `3 May 2024`, `3. Mai 2024`, `3rd of May, 2024`, `3 de mayo de 2024`, `03-Jul-20`. */
const DAY_MONTH = new RegExp(
  String.raw`(?<![\d./-])(?<!\d:)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s?of\s|\sde\s|\sd['’])?[\s.,/-]{0,3}(\p{L}{3,12})\.?,?(?:\sde\s|\sdel\s)?[\s.,/'’-]{0,3}(\d{4}|\d\d)(?!\d)`,
  'gu',
);
/** `May 3, 2024`, `Jun 12th 2025`. */
const MONTH_DAY = new RegExp(
  String.raw`(?<!\p{L})(\p{L}{3,12})\.?[\s-](\d{1,2})(?:st|nd|rd|th)?,?[\s,-]{1,3}${YEAR}(?!\d)`,
  'gu',
);
/** `03/05/2024`, `3.5.24`, `03-05-2024`. */
const NUMERIC = /(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d|\d\d)(?![./-]?\d)/;
/** `2024年5月3日`. */
const CHINESE = /((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日/;
/** `2024. május 3.`, `2024 May 3`. */
const YEAR_MONTH_DAY = new RegExp(String.raw`(?<!\d)${YEAR}[\s.,-]{1,3}(\p{L}{3,12})\.?[\s-](\d{1,2})(?!\d)`, 'gu');
const MONTH_YEAR = new RegExp(String.raw`(?<!\p{L})(\p{L}{3,12})\.?[\s,-]{1,2}(?:de\s)?${YEAR}(?!\d)`, 'gu');
const TODAY_YEAR = 2_100;
const FIRST_YEAR = 1990;
const EPOCH = /^1\d{9}(?:\d{3})?$/;

/** A stamp of a machine: a `content`, `datetime` or JSON value. The page's own offset is kept. `null` when it is none. */
export function readStamp(written: string, order: DateOrder): ReadDate | null {
  const text = written.trim().slice(0, MOST_CHARACTERS);
  const run = RUN.exec(text);
  if (run !== null) return day(Number(run[1]), Number(run[2]), Number(run[3]), 0);
  if (EPOCH.test(text)) {
    const ms = text.length > 10 ? Number(text) : Number(text) * 1000;
    return { value: `${new Date(ms).toISOString().slice(0, 16)}Z`, precision: 'minute', at: 0 };
  }
  return readTextDate(text, order);
}

/** The first full date in a text. `null` when there is none. Month and year alone: see `readMonth`. */
export function readTextDate(written: string, order: DateOrder): ReadDate | null {
  const text = written.slice(0, MOST_CHARACTERS);
  const found = [
    yearFirst(text),
    dayMonth(text),
    monthDay(text),
    numeric(text, order),
    yearMonthDay(text),
    chinese(text),
  ];
  return found.reduce((best, one) => (one !== null && (best === null || one.at < best.at) ? one : best), null);
}

/** `March 2024` as a month. */
export function readMonth(written: string): ReadDate | null {
  for (const match of written.slice(0, MOST_CHARACTERS).matchAll(MONTH_YEAR)) {
    const month = monthOf(match[1] ?? '');
    const year = Number(match[2]);
    if (month !== null && year >= FIRST_YEAR)
      return { value: `${year}-${two(month)}`, precision: 'month', at: match.index };
  }
  return null;
}

function yearFirst(text: string): ReadDate | null {
  const match = YEAR_FIRST.exec(text);
  if (match === null) return null;
  const [, year, m1, d1, m2, d2, m3, d3, hour, minute, second, zone] = match;
  const date = day(Number(year), Number(m1 ?? m2 ?? m3), Number(d1 ?? d2 ?? d3), match.index);
  if (date === null || hour === undefined || minute === undefined || zone === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59) return date;
  const offset = /^(?:Z|UTC|GMT)$/i.test(zone)
    ? 'Z'
    : zone.includes(':')
      ? zone
      : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const seconds = second === undefined ? '' : `:${second}`;
  return { ...date, value: `${date.value}T${two(Number(hour))}:${minute}${seconds}${offset}`, precision: 'minute' };
}

function dayMonth(text: string): ReadDate | null {
  for (const match of text.matchAll(DAY_MONTH)) {
    const month = monthOf(match[2] ?? '');
    const date = month === null ? null : day(fullYear(match[3] ?? ''), month, Number(match[1]), match.index);
    if (date !== null) return date;
  }
  return null;
}

function monthDay(text: string): ReadDate | null {
  for (const match of text.matchAll(MONTH_DAY)) {
    const month = monthOf(match[1] ?? '');
    const date = month === null ? null : day(Number(match[3]), month, Number(match[2]), match.index);
    if (date !== null) return date;
  }
  return null;
}

function yearMonthDay(text: string): ReadDate | null {
  for (const match of text.matchAll(YEAR_MONTH_DAY)) {
    const month = monthOf(match[2] ?? '');
    const date = month === null ? null : day(Number(match[1]), month, Number(match[3]), match.index);
    if (date !== null) return date;
  }
  return null;
}

function numeric(text: string, { dayFirst }: DateOrder): ReadDate | null {
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  const [, first, mark, second, year] = match;
  const american = !dayFirst && mark === '/';
  const ordered = american ? [second, first] : [first, second];
  const date = day(fullYear(year ?? ''), Number(ordered[1]), Number(ordered[0]), match.index);
  return date ?? day(fullYear(year ?? ''), Number(ordered[0]), Number(ordered[1]), match.index);
}

function chinese(text: string): ReadDate | null {
  const match = CHINESE.exec(text);
  return match === null ? null : day(Number(match[1]), Number(match[2]), Number(match[3]), match.index);
}

function day(year: number, month: number, date: number, at: number): ReadDate | null {
  if (year < FIRST_YEAR || year > TODAY_YEAR || month < 1 || month > 12 || date < 1) return null;
  if (date > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return { value: `${year}-${two(month)}-${two(date)}`, precision: 'day', at };
}

function fullYear(written: string): number {
  const year = Number(written);
  return written.length === 4 ? year : year < 70 ? 2000 + year : 1900 + year;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
