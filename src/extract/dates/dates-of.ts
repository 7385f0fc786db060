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

/** Where the page's own text begins and ends, in blocks: its heading and its last block. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * When the page was first published and last changed, each with where that was read. First what is said of the article itself,
 * then what stands beside its heading, then what is less sure. Never a copyright year, never the date of another story; `null`
 * is better than a guess.
 */
export function datesOf(page: DatePage, span: Span): Dates {
  const shown = shownDates(page);
  const own = shown.filter((one) => !one.elsewhere);
  const published =
    first(jsonLdDates(page, 'datePublished', true)) ??
    first(toldDates(page, 'published')) ??
    first(jsonLdDates(page, 'datePublished', false)) ??
    first(urlDates(page).filter(isDay)) ??
    first(how(own, 'itemprop')) ??
    first(how(own, 'time')) ??
    first(how(own, 'class')) ??
    first(toldDates(page, 'open')) ??
    fromText(page, span) ??
    first(urlDates(page)) ??
    first(stateDates(page)) ??
    null;
  const modified =
    first(jsonLdDates(page, 'dateModified', true)) ??
    first(toldDates(page, 'modified')) ??
    first(jsonLdDates(page, 'dateModified', false)) ??
    first(touched(own)) ??
    null;
  return { published, modified };
}

function fromText(page: DatePage, span: Span): Dated | undefined {
  const near = textDates(page, Math.max(0, span.from - 12), span.from + 12).filter((one) => !one.touched);
  return (
    near.find(({ dated }) => isDay(dated))?.dated ??
    textDates(page, span.from, span.to + 4).find(({ dated }) => isDay(dated))?.dated ??
    near[0]?.dated
  );
}

function how(shown: readonly ShownDate[], kind: ShownDate['how']): Dated[] {
  return shown.filter((one) => one.how === kind && !one.touched).map((one) => one.dated);
}

function touched(shown: readonly ShownDate[]): Dated[] {
  return shown.filter((one) => one.touched).map((one) => one.dated);
}

function isDay({ precision }: Dated): boolean {
  return precision === 'day' || precision === 'minute';
}

function first(dates: readonly Dated[]): Dated | undefined {
  return dates[0];
}
