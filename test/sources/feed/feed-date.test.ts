import fc from 'fast-check';
import { feedDate } from '../../../src/sources/feed/feed-date.js';

const iso = (text: string): string | null => feedDate(text)?.iso ?? null;

describe('RFC 822 with its slips', () => {
  test.each([
    ['Mon, 02 Mar 2026 09:01:00 GMT', '2026-03-02T09:01:00Z'],
    ['02 Mar 2026 09:01:00 GMT', '2026-03-02T09:01:00Z'],
    ['Mon, 2 Mar 26 09:01 GMT', '2026-03-02T09:01:00Z'],
    ['Mon, 02 March 2026 09:01:00 +0100', '2026-03-02T08:01:00Z'],
    ['Mon,02 Mar 2026 09:01:00 GMT+01:00', '2026-03-02T08:01:00Z'],
    ['Monday, March 2, 2026 9:01 PM EST', '2026-03-03T02:01:00Z'],
    ['Mon Mar  2 09:01:07 2026', '2026-03-02T09:01:07Z'],
    ['Mon Mar  2 09:01:07 PST 2026', '2026-03-02T17:01:07Z'],
    ['Fri, 03 Jul 2020 11:54:32 Z', '2020-07-03T11:54:32Z'],
    ['Sat, Dec 16 2023 02:02:33 PM', '2023-12-16T14:02:33Z'],
    ['Wed, 01 Jul 98 10:00:00 UT', '1998-07-01T10:00:00Z'],
    ['Mon, 02 Mar 2026 24:00:00 GMT', '2026-03-03T00:00:00Z'],
    ['Mon, 02 Mar 2026 09:01:60 GMT', '2026-03-02T09:01:59Z'],
  ])('%s', (text, expected) => expect(iso(text)).toBe(expected));
});

describe('W3C and other machine forms', () => {
  test.each([
    ['2026-03-02T09:01:00Z', '2026-03-02T09:01:00Z', 'minute'],
    ['2026-03-02T09:01:00.25+01:00', '2026-03-02T08:01:00.250Z', 'minute'],
    ['2026-03-02T09:01', '2026-03-02T09:01:00Z', 'minute'],
    ['2026-07-06 09:01', '2026-07-06T08:01:00Z', 'minute'],
    ['20260302T090100Z', '2026-03-02T09:01:00Z', 'minute'],
    ['20260302', '2026-03-02T00:00:00Z', 'day'],
    ['2026-03-02', '2026-03-02T00:00:00Z', 'day'],
    ['2026-061', '2026-03-02T00:00:00Z', 'day'],
    ['2026-03', '2026-03-01T00:00:00Z', 'month'],
    ['2026', '2026-01-01T00:00:00Z', 'year'],
    ['2020/1/10 14:33:00', '2020-01-10T14:33:00Z', 'minute'],
    ['1772442060', '2026-03-02T09:01:00Z', 'minute'],
  ])('%s', (text, expected, precision) => {
    expect(iso(text)).toBe(expected);
    expect(feedDate(text)?.precision).toBe(precision);
  });
});

describe('UK forms: day first, London time where no zone stands', () => {
  test.each([
    ['06/07/2026 09:01', '2026-07-06T08:01:00Z'],
    ['06/01/2026 09:01', '2026-01-06T09:01:00Z'],
    ['22.11.2022 12:16:00', '2022-11-22T12:16:00Z'],
    ['6/7/26', '2026-07-06T00:00:00Z'],
    ['28 / 09 / 2026', '2026-09-28T00:00:00Z'],
    ['1 July 2026 at 9.30am', '2026-07-01T08:30:00Z'],
    ['1st of July, 2026, 9pm', '2026-07-01T20:00:00Z'],
    ['Sat, 4 Jul 2026 17:45 BST', '2026-07-04T16:45:00Z'],
    ['Thu, 20 July 2017 10:00:00', '2017-07-20T09:00:00Z'],
    ['29 Sept 2026', '2026-09-29T00:00:00Z'],
    ['March 2022', '2022-03-01T00:00:00Z'],
    // The hour before and after the change, and a summer when London kept its clocks ahead all year.
    ['29/03/2026 00:30', '2026-03-29T00:30:00Z'],
    ['29/03/2026 02:30', '2026-03-29T01:30:00Z'],
    ['25/10/2026 00:30', '2026-10-24T23:30:00Z'],
    ['25/10/2026 02:30', '2026-10-25T02:30:00Z'],
    ['1 January 1970 12:00', '1970-01-01T11:00:00Z'],
  ])('%s', (text, expected) => expect(iso(text)).toBe(expected));
});

test.each([
  'yesterday',
  '',
  '   ',
  '31/02/2026',
  '30 February 2026',
  '02/13/2026',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '2026-13-01',
  'Mon, 02 Mar 2026 25:01:00 GMT',
  'Mon, 02 Mar 2026 09:61:00 GMT',
  'Mon, 02 Mar 2026 09:01:00 +2500',
  '2026-03-02T09:01:00+01:99',
  'March',
  '12 March',
  'x'.repeat(1_000_000),
  '1/'.repeat(1_000_000),
])('unreadable or impossible: %#', (text) => expect(feedDate(text)).toBeNull());

test('never throws, and gives only dates that exist', () => {
  const part = fc.constantFrom(
    'Mon,',
    '1',
    '31',
    '2026',
    '99',
    'Feb',
    'July',
    '/',
    '-',
    '.',
    ':',
    'T',
    'Z',
    'BST',
    '+0100',
    'at',
    'pm',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part, { maxLength: 14 }).map((parts) => parts.join('')),
      ),
      (text) => {
        const date = feedDate(text);
        if (date === null) return;
        expect(date.iso).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/);
        expect(new Date(date.iso).toISOString().replace('.000Z', 'Z')).toBe(date.iso);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('reads back every moment that RFC 822 and W3C can write', () => {
  const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, (date) => {
      expect(new Date(iso(date.toISOString()) ?? NaN).getTime()).toBe(date.getTime());
      expect(new Date(iso(date.toUTCString()) ?? NaN).getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
    }),
  );
});
