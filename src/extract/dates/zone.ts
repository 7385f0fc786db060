import { isUrl } from '../../model/is-url.js';
/** The clock by which a site of a country prints its day: top-level domain to time zone, where a country has one. */
const ZONES: Readonly<Record<string, string>> = {
  uk: 'Europe/London',
  im: 'Europe/London',
  gg: 'Europe/London',
  je: 'Europe/London',
  scot: 'Europe/London',
  wales: 'Europe/London',
  cymru: 'Europe/London',
  london: 'Europe/London',
  ie: 'Europe/Dublin',
  de: 'Europe/Berlin',
  at: 'Europe/Vienna',
  ch: 'Europe/Zurich',
  fr: 'Europe/Paris',
  be: 'Europe/Brussels',
  nl: 'Europe/Amsterdam',
  it: 'Europe/Rome',
  pl: 'Europe/Warsaw',
  cz: 'Europe/Prague',
  dk: 'Europe/Copenhagen',
  se: 'Europe/Stockholm',
  no: 'Europe/Oslo',
  fi: 'Europe/Helsinki',
  gr: 'Europe/Athens',
  in: 'Asia/Kolkata',
  jp: 'Asia/Tokyo',
};

/** The zone of a page's host, or of its language where the host does not say; `null` when neither does. */
export function zoneOf(url: string, language: string | null): string | null {
  const host = isUrl(url) ? new URL(url).hostname : '';
  const byHost = ZONES[host.slice(host.lastIndexOf('.') + 1)];
  if (byHost !== undefined) return byHost;
  const tongue = (language ?? '').toLowerCase();
  return tongue.startsWith('de') ? 'Europe/Berlin' : tongue === 'en-gb' ? 'Europe/London' : null;
}

/** The same instant by the clock of a zone: `2024-07-03T23:30Z` in London is `2024-07-04T00:30+01:00`. Others than `…Z` stay. */
export function localStamp(value: string, zone: string | null): string {
  if (zone === null || !value.endsWith('Z')) return value;
  const instant = Date.parse(value);
  if (Number.isNaN(instant)) return value;
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '00';
  const seconds = value.length > 17 ? `:${part('second')}` : '';
  const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
  const minutes = Math.round((Date.parse(`${local}Z`) - Math.floor(instant / 60_000) * 60_000) / 60_000);
  if (minutes === 0) return `${local}${seconds}Z`;
  const size = Math.abs(minutes);
  const two = (one: number): string => String(one).padStart(2, '0');
  return `${local}${seconds}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
