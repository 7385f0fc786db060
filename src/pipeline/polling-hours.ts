import type { PollingHours, Weekday } from '../model/source.js';

const HOUR_MS = 60 * 60_000;
const LONDON = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Europe/London',
});
/** A day of the week comes again within these. */
const WEEK_HOURS = 8 * 24;

/** What keeps a source from being polled at some times. */
export interface Closed {
  /** Of the row, London time. */
  readonly hours?: PollingHours;
  /** Hours (0 to 23) and days (`Monday`), GMT, in which the source itself asks not to be polled. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The first moment, not before `at`, at which nothing keeps the source from being polled; `at` itself when that leaves no room at all. */
export function openFrom(at: number, { hours, skipHours = [], skipDays = [] }: Closed): number {
  const days = new Set(skipDays.map((day) => day.trim().toLowerCase()));
  const skipped = new Set(skipHours.map((hour) => hour % 24));
  let candidate = at;
  for (let step = 0; step <= WEEK_HOURS; step += 1) {
    const moment = new Date(candidate);
    const asked = !skipped.has(moment.getUTCHours()) && !days.has(DAYS[moment.getUTCDay()] ?? '');
    if (asked && (hours === undefined || isWithin(moment, hours))) return candidate;
    candidate = (Math.floor(candidate / HOUR_MS) + 1) * HOUR_MS;
  }
  return at;
}

/** Whether a moment is in the polling hours of a row, by London's clock, which goes forward in March and back in October. */
function isWithin(moment: Date, { from, to, days }: PollingHours): boolean {
  const parts = new Map(LONDON.formatToParts(moment).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  if (days !== undefined && !days.includes(parts.get('weekday') as Weekday)) return false;
  return hour >= from && hour < to;
}
