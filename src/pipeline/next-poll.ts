import type { Failure, FailureCode } from '../model/failure.js';
import type { PollingHours } from '../model/source.js';
import { openFrom } from './polling-hours.js';

/** What the next poll depends on. Minutes, seconds and milliseconds as the names say. */
export interface NextPollInput {
  readonly now: Date;
  readonly source: { readonly everyMinutes?: number; readonly hours?: PollingHours };
  /** Shortest interval allowed: 30, or less for a demonstration on our own small web. */
  readonly floorMinutes: number;
  /** Whether the interval follows the source's own rhythm once it stays quiet. Default: yes. */
  readonly adaptive?: boolean;
  /** 0 to 1: how much of the jitter to use. */
  readonly random: number;
  readonly freshForSeconds: number | null;
  readonly askMinutes: number | null;
  /** New items of the last polls, newest first, this one included. */
  readonly recentNew: readonly number[];
  readonly newInLastWeek: number;
  /** What stopped this poll; `null` for a good one. */
  readonly failure: Failure | null;
  /** This failure included. */
  readonly failuresInRow: number;
  /** Hours (0 to 23) and days (`Monday`), GMT, in which the source asks not to be polled. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_MINUTES = 60;
/** This many polls without anything new, and the interval follows the source's own rhythm (POLL-4). */
const QUIET_POLLS = 10;
/** A source that is gone (410) is switched off; should its row not be touched, nobody asks there for a year. */
const ENDED_MS = 365 * DAY_MS;
const JITTER = 0.1;
/** Sources whose hours begin together are polled within this time. */
const OPENING_MS = 30 * MINUTE_MS;

interface Wait {
  readonly ms: number;
  readonly because: string;
}

/**
 * When to look at a source again, and why, by POLL-3, POLL-4 and POLL-5 of the polling rules: the longest of interval, the
 * host's wishes and Retry-After, plus 0 to 10 per cent; after a failure the wait of its code. Never earlier than asked for.
 */
export function nextPoll(input: NextPollInput): { at: Date; because: string } {
  const wait = input.failure === null ? afterGoodPoll(input) : afterFailure(input, input.failure);
  const random = Math.min(1, Math.max(0, Number.isFinite(input.random) ? input.random : 0));
  const planned = input.now.getTime() + Math.ceil(wait.ms) + Math.floor(wait.ms * JITTER * random);
  const { hours } = input.source;
  const asked = openFrom(planned, input);
  const at = openFrom(planned, { ...input, ...(hours === undefined ? {} : { hours }) });
  const skipped = asked > planned ? ', moved out of the hours or days that the source skips' : '';
  if (at === asked) return { at: new Date(at), because: `${wait.because}${skipped}` };
  // Not all at the stroke of the hour. The hours of a row are whole ones, so half of one is left.
  const spread = Math.floor(OPENING_MS * random);
  return { at: new Date(at + spread), because: `${wait.because}${skipped}, moved into the hours of its row` };
}

function afterGoodPoll(input: NextPollInput): Wait {
  const interval = intervalOf(input);
  const wishes: Wait[] = [
    { ms: (input.freshForSeconds ?? 0) * 1000, because: 'the host says that its answer is fresh that long' },
    { ms: (input.askMinutes ?? 0) * MINUTE_MS, because: 'the feed asks to be left alone that long' },
  ].map((wish) => ({ ...wish, ms: Math.min(DAY_MS, Number.isFinite(wish.ms) ? wish.ms : 0) }));
  return longest([interval, ...wishes]);
}

function configuredMs(input: NextPollInput): number {
  return Math.max(input.floorMinutes, input.source.everyMinutes ?? DEFAULT_MINUTES) * MINUTE_MS;
}

function intervalOf(input: NextPollInput): Wait {
  const configured = configuredMs(input);
  const recent = input.recentNew.slice(0, QUIET_POLLS);
  const quiet = recent.length === QUIET_POLLS && recent.every((count) => count === 0);
  if (!quiet || input.adaptive === false) return { ms: configured, because: 'the interval of the source' };
  const rhythm = input.newInLastWeek > 0 ? (7 * DAY_MS) / input.newInLastWeek : DAY_MS;
  const ms = Math.max(configured, Math.min(DAY_MS, rhythm));
  return { ms, because: `nothing new in ${QUIET_POLLS} polls, ${input.newInLastWeek} new in the last 7 days` };
}

type Remedy = 'back-off' | 'slow-down' | 'four-hours' | 'daily' | 'unreadable' | 'ended';

/** What each failure of a poll means for the next one (POLL-5). */
const REMEDIES: Record<FailureCode, Remedy> = {
  'config.invalid': 'daily',
  'source.unreachable': 'back-off',
  'source.timeout': 'back-off',
  'source.slow-down': 'slow-down',
  'source.refused': 'four-hours',
  'source.missing': 'daily',
  'source.gone': 'ended',
  'source.moved': 'daily',
  'source.changed': 'unreadable',
  'source.empty': 'unreadable',
  'source.challenge': 'four-hours',
  'source.cookie-wall': 'four-hours',
  'source.log-in': 'four-hours',
  'source.maintenance': 'back-off',
  'source.soft-error': 'unreadable',
  'source.feed-ended': 'daily',
  'source.not-a-feed': 'unreadable',
  'source.malformed': 'unreadable',
  'source.too-large': 'unreadable',
  'source.too-deep': 'unreadable',
  'source.blocked-address': 'daily',
  'source.robots': 'daily',
  'source.needs-browser': 'back-off',
  'item.unreadable': 'unreadable',
  'item.no-text-in-file': 'unreadable',
  'item.timeout': 'back-off',
  'draft.stale': 'back-off',
  'draft.not-allowed': 'back-off',
  'draft.not-publishable': 'back-off',
  'user.refused': 'back-off',
  'output.refused': 'back-off',
  'output.unreachable': 'back-off',
  'store.in-use': 'back-off',
  'store.wrong-version': 'back-off',
  'store.later': 'back-off',
  'store.unreachable': 'back-off',
  'store.not-empty': 'back-off',
  'store.bad-backup': 'back-off',
  'queue.unreachable': 'back-off',
  internal: 'back-off',
};

/** The wait of the failure's own remedy, or longer where the host said so with it (a challenge page may carry a Retry-After). */
function afterFailure(input: NextPollInput, failure: Failure): Wait {
  const remedy = remedyOf(input, failure);
  const asked = askedFor(failure);
  return asked === null ? remedy : longest([remedy, asked]);
}

function remedyOf(input: NextPollInput, failure: Failure): Wait {
  const interval: Wait = { ms: configuredMs(input), because: 'the interval of the source' };
  const times = Math.max(1, input.failuresInRow);
  switch (REMEDIES[failure.code]) {
    case 'back-off':
      return { ms: doubled(15 * MINUTE_MS, times), because: `failure ${times} in a row (${failure.code})` };
    case 'slow-down':
      return longest([interval, askedFor(failure) ?? unsaid(times)]);
    case 'four-hours':
      return longest([interval, { ms: 4 * HOUR_MS, because: `the host refused us (${failure.code})` }]);
    case 'daily':
      return longest([interval, { ms: DAY_MS, because: `a person must look at it (${failure.code})` }]);
    case 'unreadable':
      if (times < 3) return { ...interval, because: `could not be read (${failure.code}), time ${times}` };
      return longest([interval, { ms: DAY_MS, because: `could not be read ${times} times (${failure.code})` }]);
    case 'ended':
      return longest([interval, { ms: ENDED_MS, because: 'the publisher says that it is gone for good' }]);
  }
}

/** What the host asked for in Retry-After, up to 7 days (POLL-3c); `null` when it said nothing. */
function askedFor(failure: Failure): Wait | null {
  const asked = failure.details['retryAfterMs'];
  if (typeof asked !== 'number' || !Number.isFinite(asked) || asked < 0) return null;
  return { ms: Math.min(7 * DAY_MS, asked), because: 'the host asked us to come back later' };
}

function unsaid(times: number): Wait {
  const because = `the host asked us to slow down, time ${times}, without saying for how long`;
  return { ms: doubled(4 * HOUR_MS, times), because };
}

function doubled(firstMs: number, times: number): number {
  return Math.min(DAY_MS, firstMs * 2 ** Math.min(20, times - 1));
}

function longest(waits: readonly Wait[]): Wait {
  return waits.reduce((best, wait) => (wait.ms > best.ms ? wait : best));
}
