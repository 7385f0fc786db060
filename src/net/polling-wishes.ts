import { httpDateMs } from './http-date.js';

type Headers = Readonly<Record<string, string>>;

/**
 * How long an answer asks to be left alone, in seconds (FEEDS.md, POLL-3b): `max-age`, else `Expires` minus `Date`. `null` when it
 * asks for nothing: no-cache, no-store, max-age=0, Expires in the past or unreadable. `now` stands in for a missing `Date`.
 */
export function freshForSeconds(headers: Headers, now: Date): number | null {
  const directives = cacheControl(headers['cache-control'] ?? '');
  if (directives.has('no-store') || directives.get('no-cache') === '') return null;
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) return positive(/^\d+$/.test(maxAge) ? Number(maxAge) : 0);
  const expires = httpDateMs(headers['expires'] ?? '');
  if (expires === null) return null;
  const sent = httpDateMs(headers['date'] ?? '') ?? now.getTime();
  return positive(Math.floor((expires - sent) / 1000));
}

function positive(seconds: number): number | null {
  return seconds > 0 ? Math.min(seconds, Number.MAX_SAFE_INTEGER) : null;
}

/** Directive to value, names in lower case, '' where there is none. The first of two counts. */
function cacheControl(header: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of header.split(',')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value =
      equals < 0
        ? ''
        : part
            .slice(equals + 1)
            .trim()
            .replaceAll('"', '');
    if (name !== '' && !found.has(name)) found.set(name, value);
  }
  return found;
}
