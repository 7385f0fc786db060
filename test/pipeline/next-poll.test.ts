import fc from 'fast-check';
import { Failure, FAILURES, type FailureCode } from '../../src/model/failure.js';
import { nextPoll, type NextPollInput } from '../../src/pipeline/next-poll.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = new Date('2026-11-25T10:17:00Z');
const QUIET = Array<number>(10).fill(0);

const input = (more: Partial<NextPollInput> = {}): NextPollInput => ({
  now: NOW,
  source: {},
  floorMinutes: 30,
  random: 0,
  freshForSeconds: null,
  askMinutes: null,
  recentNew: [1],
  newInLastWeek: 3,
  failure: null,
  failuresInRow: 0,
  ...more,
});
const waitMs = (more: Partial<NextPollInput>): number => nextPoll(input(more)).at.getTime() - NOW.getTime();
const failed = (code: FailureCode, failuresInRow = 1, details: Failure['details'] = {}): Partial<NextPollInput> => ({
  failure: new Failure(code, code, details),
  failuresInRow,
});

describe('POLL-3, after a good poll', () => {
  test.each<[string, Partial<NextPollInput>, number]>([
    ['no interval configured: 60 minutes', {}, HOUR],
    ['1 minute configured: the floor', { source: { everyMinutes: 1 } }, 30 * MINUTE],
    ['4 hours configured', { source: { everyMinutes: 240 } }, 4 * HOUR],
    ['a week configured', { source: { everyMinutes: 7 * 24 * 60 } }, 7 * DAY],
    ['a floor of a demonstration', { source: { everyMinutes: 1 }, floorMinutes: 0.05 }, MINUTE],
    ['max-age longer than the interval', { freshForSeconds: 7200 }, 2 * HOUR],
    ['max-age shorter than the interval', { freshForSeconds: 60 }, HOUR],
    ['max-age of a year is capped', { freshForSeconds: 31_536_000 }, DAY],
    ['max-age that is no number', { freshForSeconds: Infinity }, HOUR],
    ['ttl longer than max-age', { freshForSeconds: 7200, askMinutes: 180 }, 3 * HOUR],
    ['ttl of a month is capped', { askMinutes: 43_200 }, DAY],
    ['a negative ttl', { askMinutes: -5 }, HOUR],
  ])('%s', (_name, more, ms) => expect(waitMs(more)).toBe(ms));

  test.each([
    [0, HOUR],
    [0.5, 63 * MINUTE],
    [1, 66 * MINUTE],
    [-3, HOUR],
    [NaN, HOUR],
    [7, 66 * MINUTE],
  ])('jitter of %s is only ever later, and at most 10 per cent', (random, ms) => expect(waitMs({ random })).toBe(ms));

  test.each<[string, Partial<NextPollInput>, string]>([
    ['an hour to skip', { skipHours: [11] }, '2026-11-25T12:00:00.000Z'],
    ['hours in a row', { skipHours: [11, 12, 13] }, '2026-11-25T14:00:00.000Z'],
    [
      'hours over midnight',
      { skipHours: Array.from({ length: 13 }, (_, hour) => hour + 11).concat([0, 1]) },
      '2026-11-26T02:00:00.000Z',
    ],
    ['hour 24 is hour 0', { source: { everyMinutes: 840 }, skipHours: [24] }, '2026-11-26T01:00:00.000Z'],
    ['a day to skip', { skipDays: ['Wednesday'] }, '2026-11-26T00:00:00.000Z'],
    ['days in a row, any case', { skipDays: [' wednesday', 'THURSDAY', 'Friday'] }, '2026-11-28T00:00:00.000Z'],
    ['an hour that is not now', { skipHours: [3] }, '2026-11-25T11:17:00.000Z'],
    ['a day that is none', { skipDays: ['Someday'] }, '2026-11-25T11:17:00.000Z'],
    [
      'every hour: the wish cannot be met',
      { skipHours: Array.from({ length: 24 }, (_, hour) => hour) },
      '2026-11-25T11:17:00.000Z',
    ],
  ])('skips %s', (_name, more, at) => expect(nextPoll(input(more)).at.toISOString()).toBe(at));
});

const OFFICE = { from: 8, to: 18, days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] } as const;

describe('the hours of a row, by the clock of London', () => {
  test.each<[string, Partial<NextPollInput>, string]>([
    ['inside them nothing moves', { source: { hours: OFFICE } }, '2026-11-25T11:17:00.000Z'],
    [
      'in the evening: the next morning',
      { source: { hours: OFFICE }, now: new Date('2026-11-25T17:30:00Z') },
      '2026-11-26T08:00:00.000Z',
    ],
    [
      'at the end of the week: on Monday',
      { source: { hours: OFFICE }, now: new Date('2026-11-27T17:30:00Z') },
      '2026-11-30T08:00:00.000Z',
    ],
    [
      'in summer an hour earlier by GMT',
      { source: { hours: OFFICE }, now: new Date('2026-07-01T17:30:00Z') },
      '2026-07-02T07:00:00.000Z',
    ],
    [
      'over the weekend on which the clock goes back',
      { source: { hours: OFFICE }, now: new Date('2026-10-23T16:30:00Z') },
      '2026-10-26T08:00:00.000Z',
    ],
    [
      'with hours that the feed skips, the first that both admit',
      { source: { hours: OFFICE }, now: new Date('2026-11-25T17:30:00Z'), skipHours: [8, 9] },
      '2026-11-26T10:00:00.000Z',
    ],
    [
      'after a failure, too',
      { source: { hours: OFFICE }, now: new Date('2026-11-25T17:50:00Z'), ...failed('source.timeout') },
      '2026-11-26T08:00:00.000Z',
    ],
    ['every day without days', { source: { hours: { from: 9, to: 10 } } }, '2026-11-26T09:00:00.000Z'],
    [
      'hours that the feed forbids altogether: the wish cannot be met',
      { source: { hours: { from: 9, to: 10 } }, skipHours: [9] },
      '2026-11-25T11:17:00.000Z',
    ],
  ])('%s', (_name, more, at) => expect(nextPoll(input(more)).at.toISOString()).toBe(at));

  test('those that begin together are spread over half an hour', () => {
    const late = { source: { hours: OFFICE }, now: new Date('2026-11-25T17:50:00Z'), random: 1 };
    expect(nextPoll(input(late)).at.toISOString()).toBe('2026-11-26T08:30:00.000Z');
  });

  test('the reason says so', () => {
    expect(nextPoll(input({ source: { hours: { from: 9, to: 10 } } })).because).toBe(
      'the interval of the source, moved into the hours of its row',
    );
  });
});

describe('POLL-4, when nothing new comes', () => {
  test.each<[string, Partial<NextPollInput>, number]>([
    ['9 polls are not enough', { recentNew: QUIET.slice(1), newInLastWeek: 0 }, HOUR],
    ['10 polls and nothing in a week: a day', { recentNew: QUIET, newInLastWeek: 0 }, DAY],
    ['10 polls and 14 in the week: 12 hours', { recentNew: QUIET, newInLastWeek: 14 }, 12 * HOUR],
    ['10 polls and 7 in the week: a day', { recentNew: QUIET, newInLastWeek: 7 }, DAY],
    ['10 polls and 1 in the week: a day, not a week', { recentNew: QUIET, newInLastWeek: 1 }, DAY],
    ['10 polls and 1,000 in the week: never under the configured', { recentNew: QUIET, newInLastWeek: 1_000 }, HOUR],
    ['a new item resets it', { recentNew: [1, ...QUIET.slice(1)], newInLastWeek: 1 }, HOUR],
    [
      'never shorter than the configured week',
      { recentNew: QUIET, newInLastWeek: 14, source: { everyMinutes: 10_080 } },
      7 * DAY,
    ],
  ])('%s', (_name, more, ms) => expect(waitMs(more)).toBe(ms));
});

describe('POLL-5, after a failure', () => {
  test.each<[string, Partial<NextPollInput>, number]>([
    ['Retry-After of 2 hours', failed('source.slow-down', 1, { retryAfterMs: 2 * HOUR }), 2 * HOUR],
    ['Retry-After of 1 second: the interval', failed('source.slow-down', 1, { retryAfterMs: 1000 }), HOUR],
    ['Retry-After of 30 days: 7 days', failed('source.slow-down', 1, { retryAfterMs: 30 * DAY }), 7 * DAY],
    ['slow down, unsaid, first', failed('source.slow-down'), 4 * HOUR],
    ['slow down, unsaid, second', failed('source.slow-down', 2), 8 * HOUR],
    ['slow down, unsaid, third', failed('source.slow-down', 3), 16 * HOUR],
    ['slow down, unsaid, fourth', failed('source.slow-down', 4), DAY],
    ['slow down, unsaid, a thousandth', failed('source.slow-down', 1_000), DAY],
    ['Retry-After that is no number', failed('source.slow-down', 1, { retryAfterMs: 'soon' }), 4 * HOUR],
    ['403', failed('source.refused'), 4 * HOUR],
    ['403 of a source polled weekly', { ...failed('source.refused'), source: { everyMinutes: 10_080 } }, 7 * DAY],
    ['a challenge page', failed('source.challenge'), 4 * HOUR],
    ['a challenge page that asks for a day', failed('source.challenge', 1, { retryAfterMs: DAY }), DAY],
    [
      'a maintenance page with status 503: as the host says',
      failed('source.maintenance', 1, { retryAfterMs: 4 * HOUR }),
      4 * HOUR,
    ],
    ['404', failed('source.missing'), DAY],
    ['404, again and again', failed('source.missing', 9), DAY],
    ['410', failed('source.gone'), 365 * DAY],
    ['a server error, first', failed('source.unreachable'), 15 * MINUTE],
    ['second', failed('source.unreachable', 2), 30 * MINUTE],
    ['fourth', failed('source.unreachable', 4), 2 * HOUR],
    ['seventh', failed('source.unreachable', 7), 16 * HOUR],
    ['eighth', failed('source.unreachable', 8), DAY],
    ['hundredth', failed('source.unreachable', 100), DAY],
    ['a time-out', failed('source.timeout', 2), 30 * MINUTE],
    ['not readable, once', failed('source.malformed'), HOUR],
    ['not readable, twice', failed('source.not-a-feed', 2), HOUR],
    ['not readable, three times', failed('source.malformed', 3), DAY],
    ['robots.txt forbids it', failed('source.robots'), DAY],
    ['a feed that ended', failed('source.feed-ended'), DAY],
  ])('%s', (_name, more, ms) => expect(waitMs(more)).toBe(ms));

  test('the reason is said in words, with the code', () => {
    expect(nextPoll(input(failed('source.refused'))).because).toBe('the host refused us (source.refused)');
  });
});

const failures = fc.option(fc.constantFrom(...(Object.keys(FAILURES) as FailureCode[])), { nil: null });

test('never early, never in the past, whatever comes', () => {
  const inputs = fc.record({
    everyMinutes: fc.integer({ min: -10, max: 50_000 }),
    random: fc.double(),
    freshForSeconds: fc.option(fc.double(), { nil: null }),
    askMinutes: fc.option(fc.double(), { nil: null }),
    recentNew: fc.array(fc.nat(3), { maxLength: 12 }),
    newInLastWeek: fc.nat(2_000),
    code: failures,
    failuresInRow: fc.nat(3_000),
    retryAfterMs: fc.oneof(fc.double(), fc.constant(null)),
    skipHours: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 24 }),
    skipDays: fc.array(fc.constantFrom('Monday', 'Sunday', 'Friday'), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(inputs, ({ everyMinutes, code, retryAfterMs, ...rest }) => {
      const failure = code === null ? null : new Failure(code, code, { retryAfterMs });
      const { at } = nextPoll(input({ ...rest, source: { everyMinutes }, failure }));
      const backOff = code !== null && at.getTime() - NOW.getTime() < 30 * MINUTE;
      expect(at.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(backOff ? 15 * MINUTE : 30 * MINUTE);
      expect(at.getTime() - NOW.getTime()).toBeLessThanOrEqual(367 * 1.1 * DAY);
    }),
  );
});
