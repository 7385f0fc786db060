const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT */
const DAY_FIRST = /^[a-z]{3,9}, (\d{1,2})[ -]([a-z]{3})[ -](\d{4}|\d{2}) (\d{2}):(\d{2}):(\d{2}) (?:gmt|utc)$/i;
/** Sun Nov  6 08:49:37 1994 */
const ASCTIME = /^[a-z]{3} ([a-z]{3}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/** Reads an HTTP date in its three forms (RFC 9110, 5.6.7), as milliseconds since 1970. `null` for anything else. */
export function httpDateMs(text: string): number | null {
  const value = text.trim();
  const dayFirst = DAY_FIRST.exec(value);
  if (dayFirst !== null) {
    const [, day, month, year, hour, minute, second] = dayFirst;
    return utc([year, month, day], [hour, minute, second]);
  }
  const asctime = ASCTIME.exec(value);
  if (asctime === null) return null;
  const [, month, day, hour, minute, second, year] = asctime;
  return utc([year, month, day], [hour, minute, second]);
}

function utc(date: readonly (string | undefined)[], time: readonly (string | undefined)[]): number | null {
  const [year, monthName, day] = date;
  const month = MONTHS.indexOf((monthName ?? '').toLowerCase());
  const [hour, minute, second] = time.map(Number);
  const dayNumber = Number(day);
  if (month < 0 || dayNumber < 1 || dayNumber > 31) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  return Date.UTC(fullYear(year ?? ''), month, dayNumber, hour, minute, second);
}

/** Two digits mean the century that is nearest to a web that began in 1990. */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return number < 70 ? 2000 + number : 1900 + number;
}
