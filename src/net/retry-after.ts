import { httpDateMs } from './http-date.js';

/** No host is believed when it asks for more (FEEDS.md, POLL-3c). */
export const LONGEST_RETRY_AFTER_MS = 7 * 86_400_000;

/**
 * How long `Retry-After` asks us to wait, in milliseconds from `now`: seconds or an HTTP date, at least 0, at most 7 days.
 * `null` when the header is missing or cannot be read.
 */
export function retryAfterMs(value: string | undefined, now: Date): number | null {
  const text = (value ?? '').trim();
  if (text === '') return null;
  const asked = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : untilDate(text, now);
  if (asked === null || !Number.isFinite(asked)) return asked === Infinity ? LONGEST_RETRY_AFTER_MS : null;
  return Math.min(Math.max(0, Math.ceil(asked)), LONGEST_RETRY_AFTER_MS);
}

function untilDate(text: string, now: Date): number | null {
  const at = httpDateMs(text);
  return at === null ? null : at - now.getTime();
}
