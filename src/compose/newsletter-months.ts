import { MONTH_NAMES } from '../model/months.js';

/** `October 2026`, `July and August 2026`, `December 2025 and January 2026`, from first days of months (`2026-10-01`). */
export function monthsInWords(months: readonly string[]): string {
  return joined(months, ' and ', (name) => name);
}

/** The address of an issue: `october-2026`, `july-august-2026`. Rule: HOUSE-STYLE section 7. */
export function newsletterSlug(months: readonly string[]): string {
  return joined(months, '-', (name) => name.toLowerCase()).replaceAll(' ', '-');
}

/** The first day of the month that comes `by` months later; earlier when negative. */
export function monthAfter(month: string, by = 1): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  const year = Math.floor(count / 12);
  return `${String(year).padStart(4, '0')}-${String(count - year * 12 + 1).padStart(2, '0')}-01`;
}

/** What an issue may cover: each free month up to `last`, newest first, and each pair of free months that follow one another. */
export function monthChoices(last: string, taken: ReadonlySet<string>, reach = 6): readonly (readonly string[])[] {
  const free = Array.from({ length: reach }, (_, back) => monthAfter(last, -back)).filter((month) => !taken.has(month));
  const pairs = free.flatMap((month) => {
    const before = monthAfter(month, -1);
    return free.includes(before) ? [[before, month]] : [];
  });
  return [...free.map((month) => [month]), ...pairs];
}

function joined(months: readonly string[], between: string, write: (name: string) => string): string {
  return months
    .map((month, at) => {
      const year = month.slice(0, 4);
      const name = write(MONTH_NAMES[Number(month.slice(5, 7)) - 1] ?? '');
      const next = months[at + 1];
      return next?.startsWith(year) === true ? name : `${name} ${year}`;
    })
    .join(between);
}
