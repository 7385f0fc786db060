const ZONE = 'Europe/London';
const DAY_MS = 86_400_000;

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const PARTS = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `Wed 25 Nov 2026`, in London. */
export function day(at: Date): string {
  return DAY.format(at).replace(',', '');
}

/** `25 Nov 2026, 09:05`, in London. */
export function moment(at: Date): string {
  return MOMENT.format(at);
}

/** How long ago, or how far ahead, in the coarsest words that still help: `5 minutes ago`, `in 2 hours`, else the day. */
export function ago(at: Date, now: Date): string {
  const minutes = Math.round((now.getTime() - at.getTime()) / 60_000);
  const distance = Math.abs(minutes);
  if (distance < 1) return 'just now';
  if (distance >= 7 * 24 * 60) return day(at);
  const words =
    distance < 60
      ? counted(distance, 'minute')
      : distance < 24 * 60
        ? counted(Math.round(distance / 60), 'hour')
        : counted(Math.round(distance / (24 * 60)), 'day');
  return minutes >= 0 ? `${words} ago` : `in ${words}`;
}

function counted(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** Under which heading of the list a draft stands. */
export function age(at: Date, now: Date): string {
  const days = Math.round((Date.parse(localDay(now)) - Date.parse(localDay(at))) / DAY_MS);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return days < 7 ? 'In the last week' : 'Older';
}

/** `2026-11-25`, in London. */
export function localDay(at: Date): string {
  return localParts(at).slice(0, 10);
}

/** `2026-11-25T09:05`, in London: the value of a field for date and time. */
export function localMinute(at: Date): string {
  return localParts(at).slice(0, 16);
}

function localParts(at: Date): string {
  const parts = Object.fromEntries(PARTS.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}`;
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

/**
 * The moment of a London wall-clock time (`2026-03-29T10:30`). `null` for what is no time, and for the hour that does not exist when
 * the clocks go forward. The hour that comes twice means the first of the two.
 */
export function londonTime(text: string): Date | null {
  const match = LOCAL.exec(text);
  if (match === null) return null;
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  // London is at most an hour ahead of UTC: one of the two readings is right, or none.
  const right = [asUtc - 3_600_000, asUtc].map((ms) => new Date(ms)).find((at) => localMinute(at) === text);
  return right ?? null;
}
