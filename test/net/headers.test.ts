import fc from 'fast-check';
import { httpDateMs } from '../../src/net/http-date.js';
import { freshForSeconds } from '../../src/net/polling-wishes.js';
import { retryAfterMs } from '../../src/net/retry-after.js';
import { statusFailure } from '../../src/net/status-failure.js';
import { userAgent } from '../../src/net/user-agent.js';

const NOW = new Date('2026-11-25T10:00:00Z');
const HOUR = 3_600_000;

test.each<[string | undefined, number | null]>([
  [undefined, null],
  ['', null],
  ['  ', null],
  ['0', 0],
  ['120', 120_000],
  [' 120 ', 120_000],
  ['1.5', 1_500],
  ['86400', 24 * HOUR],
  ['604801', 168 * HOUR],
  ['99999999999999999999999', 168 * HOUR],
  ['9'.repeat(400), 168 * HOUR],
  ['Wed, 25 Nov 2026 12:00:00 GMT', 2 * HOUR],
  ['Wednesday, 25-Nov-26 12:00:00 GMT', 2 * HOUR],
  ['Wed Nov 25 12:00:00 2026', 2 * HOUR],
  ['Wed, 25 Nov 2026 09:00:00 GMT', 0],
  ['Fri, 25 Dec 2026 10:00:00 GMT', 168 * HOUR],
  ['-5', null],
  ['soon', null],
  ['1e3', null],
  ['120, 60', null],
  ['2026-11-25T12:00:00Z', null],
  ['Wed, 32 Nov 2026 12:00:00 GMT', null],
])('Retry-After %j asks for %j ms', (value, ms) => expect(retryAfterMs(value, NOW)).toBe(ms));

test.each<[Record<string, string>, number | null]>([
  [{}, null],
  [{ 'cache-control': 'max-age=600' }, 600],
  [{ 'cache-control': 'public, MAX-AGE="600"' }, 600],
  [{ 'cache-control': 'max-age=600, max-age=60' }, 600],
  [{ 'cache-control': 'max-age=0' }, null],
  [{ 'cache-control': 'no-cache, max-age=600' }, null],
  [{ 'cache-control': 'no-store, max-age=600' }, null],
  [{ 'cache-control': 'no-cache="set-cookie", max-age=600' }, 600],
  [{ 'cache-control': 'max-age=-1' }, null],
  [{ 'cache-control': 'max-age=soon', expires: 'Wed, 25 Nov 2026 11:00:00 GMT' }, null],
  [{ 'cache-control': 'private', expires: 'Wed, 25 Nov 2026 11:00:00 GMT' }, 3600],
  [{ 'cache-control': 'max-age=60', expires: 'Wed, 25 Nov 2026 11:00:00 GMT' }, 60],
  [{ expires: 'Wed, 25 Nov 2026 11:00:00 GMT', date: 'Wed, 25 Nov 2026 10:30:00 GMT' }, 1800],
  [{ expires: '0' }, null],
  [{ expires: '-1', 'cache-control': 'must-revalidate' }, null],
  [{ expires: 'Wed, 25 Nov 2026 09:00:00 GMT' }, null],
])('%j is fresh for %j s', (headers, seconds) => expect(freshForSeconds(headers, NOW)).toBe(seconds));

test.each<[string, string | null]>([
  ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
  ['Tue, 19 Jan 2038 03:14:08 GMT', '2038-01-19T03:14:08.000Z'],
  ['Sun, 06 Nov 1994 24:49:37 GMT', null],
  ['06 Nov 1994', null],
  ['', null],
])('the HTTP date %s', (text, iso) => {
  expect(httpDateMs(text)).toBe(iso === null ? null : Date.parse(iso));
});

test('headers of any kind are read without an exception, and never ask for less than nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(retryAfterMs(text, NOW) ?? 0).toBeGreaterThanOrEqual(0);
      expect(freshForSeconds({ 'cache-control': text, expires: text, date: text }, NOW) ?? 1).toBeGreaterThan(0);
    }),
  );
});

test.each([
  [301, 'source.moved'],
  [304, 'source.moved'],
  [400, 'source.refused'],
  [401, 'source.refused'],
  [403, 'source.refused'],
  [404, 'source.missing'],
  [406, 'source.refused'],
  [408, 'source.timeout'],
  [410, 'source.gone'],
  [418, 'source.refused'],
  [429, 'source.slow-down'],
  [451, 'source.refused'],
  [500, 'source.unreachable'],
  [502, 'source.unreachable'],
  [503, 'source.slow-down'],
  [504, 'source.timeout'],
  [522, 'source.unreachable'],
  [999, 'source.unreachable'],
])('status %i is %s', (status, code) => {
  expect(statusFailure(status, 'https://x.org/')).toMatchObject({ code, details: { status, url: 'https://x.org/' } });
});

test.each(['https://desk.example.org/about', 'mailto:desk@example.org'])('our name has the contact %s', (contact) => {
  expect(userAgent('1.2.3', contact)).toBe(`SAFE-Newsdesk/1.2.3 (+${contact})`);
});

test.each(['', 'desk@example.org', 'https://a b', 'https://x/)', 'https://x\r\nX: y', 'ftp://x'])(
  '%j is no contact',
  (contact) => {
    expect(() => userAgent('1', contact)).toThrow(expect.objectContaining({ code: 'config.invalid' }) as Error);
  },
);
