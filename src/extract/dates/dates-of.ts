import type { Dated } from '../../model/dated.js';
import {
  jsonLdDates,
  shownDates,
  stateDates,
  textDates,
  toldDates,
  urlDates,
  type DatePage,
  type ShownDate,
} from './candidates.js';

export interface Dates {
  readonly published: Dated | null;
  readonly modified: Dated | null;
}

/** Where the article stands on the page, in blocks: its heading (-1: none), the first and the last of its text. */
export interface Span {
  readonly title: number;
  readonly from: number;
  readonly to: number;
}

/** Blocks around the heading in which a date is the article's own. */
const RIGHT_BESIDE = 2;
const BESIDE = 5;
const NEAR = 12;
const DAY_MS = 86_400_000;

/**
 * When the page was first published and last changed, each with where that was read. First what is said of the article itself,
 * then what stands beside its heading, then what is less sure. Never a copyright year, never the date of another story; `null`
 * is better than a guess.
 */
export function datesOf(page: DatePage, span: Span): Dates {
  const shown = shownDates(page);
  const own = shown.filter((one) => !one.elsewhere || near([one], span, RIGHT_BESIDE).length > 0);
  const told =
    first(jsonLdDates(page, 'datePublished', true)) ??
    first(toldDates(page, 'published')) ??
    first(jsonLdDates(page, 'datePublished', false));
  const published =
    (told === undefined ? undefined : byTheLocalDay(told, shown, page, span)) ??
    first(urlDates(page).filter(isDay)) ??
    unsaid(page, own, span) ??
    null;
  const modified =
    first(jsonLdDates(page, 'dateModified', true)) ??
    first(toldDates(page, 'modified')) ??
    first(jsonLdDates(page, 'dateModified', false)) ??
    first(
      near(own, span, NEAR)
        .filter((one) => one.touched)
        .map((one) => one.dated),
    ) ??
    null;
  return { published, modified };
}

/** No field of publication: what the page shows, nearest its heading first, then fields of open meaning, then less sure places. */
function unsaid(page: DatePage, own: readonly ShownDate[], span: Span): Dated | undefined {
  const fresh = own.filter((one) => !one.touched);
  const beside = near(fresh, span, BESIDE);
  return (
    first(how(fresh, 'itemprop')) ??
    first(how(beside, 'time')) ??
    first(how(beside, 'class')) ??
    besideText(page, span) ??
    first(toldDates(page, 'open')) ??
    first(how(near(fresh, span, NEAR), 'time')) ??
    first(how(near(fresh, span, NEAR), 'class')) ??
    insideText(page, span) ??
    first(near(own, span, NEAR).map((one) => one.dated)) ??
    first(stateDates(page)) ??
    first(how(fresh, 'time')) ??
    first(how(fresh, 'class')) ??
    first(urlDates(page))
  );
}

/**
 * A stamp in UTC on a site whose zone is not known names the wrong day near midnight. The same instant with an offset, or the
 * day that the page itself prints beside its heading, wins when it is the day before or after.
 */
function byTheLocalDay(told: Dated, shown: readonly ShownDate[], page: DatePage, span: Span): Dated {
  if (!/(?:Z|\+00:00)$/.test(told.value) || page.zone !== null) return told;
  const instant = Date.parse(told.value);
  const same = shown.find(
    ({ dated }) =>
      dated.precision === 'minute' &&
      !/(?:Z|\+00:00)$/.test(dated.value) &&
      Math.abs(Date.parse(dated.value) - instant) < 60_000,
  );
  if (same !== undefined) return same.dated;
  const printed = near(
    shown.filter((one) => !one.elsewhere && one.dated.precision === 'day'),
    span,
    NEAR,
  ).map((one) => one.dated);
  const besides = [...printed, besideText(page, span)].filter((one) => one !== undefined);
  if (besides.some(({ value }) => told.value.startsWith(value))) return told;
  return (
    besides.find(
      ({ value }) => Math.abs(Date.parse(`${value}T12:00Z`) - instant) < DAY_MS * 1.5 && isDayLength(value),
    ) ?? told
  );
}

/** A date on the lines around the heading and above the text. */
function besideText(page: DatePage, { title, from }: Span): Dated | undefined {
  const heading = title < 0 ? from : title;
  const lines = textDates(page, Math.max(0, heading - BESIDE), Math.max(from, heading) + 2).filter(
    ({ dated, touched, words }) => isDay(dated) && !touched && words <= 25,
  );
  lines.sort((a, b) => Math.abs(a.at - heading) - Math.abs(b.at - heading));
  return lines[0]?.dated;
}

/** The first date in the text, else on the lines around it. */
function insideText(page: DatePage, { from, to }: Span): Dated | undefined {
  const found = textDates(page, Math.max(0, from - NEAR), to + NEAR).filter(
    ({ touched, elsewhere }) => !touched && !elsewhere,
  );
  const short = found.filter(({ words }) => words <= 25);
  return (
    short.find(({ dated }) => isDay(dated))?.dated ?? found.find(({ dated }) => isDay(dated))?.dated ?? found[0]?.dated
  );
}

/** Those that stand near the heading or the beginning of the text, nearest first; those that show nothing stand last. */
function near(shown: readonly ShownDate[], { title, from }: Span, most: number): ShownDate[] {
  const heading = title < 0 ? from : title;
  const away = ({ at }: ShownDate): number =>
    at === null ? most : at > from + BESIDE ? NEAR + 1 : Math.min(Math.abs(at - heading), Math.abs(at - from));
  return shown.filter((one) => away(one) <= most).sort((a, b) => away(a) - away(b));
}

function how(shown: readonly ShownDate[], kind: ShownDate['how']): Dated[] {
  return shown.filter((one) => one.how === kind).map((one) => one.dated);
}

function isDay({ precision }: Dated): boolean {
  return precision === 'day' || precision === 'minute';
}

function isDayLength(value: string): boolean {
  return value.length === 10;
}

function first(dates: readonly Dated[]): Dated | undefined {
  return dates[0];
}
