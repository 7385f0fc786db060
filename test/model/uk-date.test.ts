import fc from 'fast-check';
import type { DateFormat } from '../../src/model/source.js';
import { londonOffset, ukDate } from '../../src/model/uk-date.js';

/** Date strings as UK sites print them, with what the engine's own reading makes of them where that is wrong. */
test.each<[string, string, DateFormat, string | null, string | null]>([
  ['Birmingham, not 8 March', '03.08.2021', 'd.m.y', '2021-08-03', 'day'],
  ['Birmingham, not 10 December', '12.10.2019', 'd.m.y', '2019-10-12', 'day'],
  ['Birmingham, with its label', 'Posted: 03.08.2021', 'd.m.y', '2021-08-03', 'day'],
  ['Lucy Faithfull, not 3 January', '01/03/2019', 'd/m/y', '2019-03-01', 'day'],
  ['old CPS', '16/02/2017', 'd/m/y', '2017-02-16', 'day'],
  ['gov.scot page data', '23/04/2020', 'd/m/y', '2020-04-23', 'day'],
  ['gov.scot JSON-LD, a day and no midnight', '2020-04-23', 'y-m-d', '2020-04-23', 'day'],
  ['Manchester', '1st February 2019', 'd-month-y', '2019-02-01', 'day'],
  ['Manchester, in a title', 'Bulletin 13 - 27th March 2018', 'd-month-y', '2018-03-27', 'day'],
  ['gov.im', 'Wednesday, 21 July 2021', 'd-month-y', '2021-07-21', 'day'],
  ["Children's Commissioner", '30 March 2023', 'd-month-y', '2023-03-30', 'day'],
  ['Action for Children', 'Thursday 21 March 2024', 'd-month-y', '2024-03-21', 'day'],
  [
    'Cumbria, in summer time',
    '09:58AM Wednesday, 15 September 2021',
    'time-d-month-y',
    '2021-09-15T09:58+01:00',
    'minute',
  ],
  ['Cumbria, 24 hours and PM', '14:39PM Tuesday, 2 March 2021', 'time-d-month-y', '2021-03-02T14:39+00:00', 'minute'],
  [
    'CQC, the first of two',
    'Published: 27 April 2015 Page last updated: 12 May 2022',
    'd-month-y',
    '2015-04-27',
    'day',
  ],
  ['NSPCC', 'Last updated: 31 May 2024', 'd-month-y', '2024-05-31', 'day'],
  ['HMICFRS', 'Published on: 21 October 2022', 'd-month-y', '2022-10-21', 'day'],
  ['Essex, a month and no first day', 'March 2022', 'month-y', '2022-03', 'month'],
  ['DDSCP', '(Published August 2024)', 'month-y', '2024-08', 'month'],
  ['DDSCP, in a sentence', 'Available reports published March 2024:', 'month-y', '2024-03', 'month'],
  ['SAR library, a year and no 1 January', 'SARs 2024', 'y', '2024', 'year'],
  ['a title without year, not 2001', 'December 23', 'any-uk', null, null],
  ['uSkinned, London time', 'Thu, 20 July 2017 10:00:00', 'rfc822', '2017-07-20T10:00:00+01:00', 'minute'],
  ['gov.scot feed', 'Fri, 03 Jul 2020 11:54:32 Z', 'rfc822', '2020-07-03T11:54:32Z', 'minute'],
  ['spaces around the marks', '28 / 09 / 2026', 'd/m/y', '2026-09-28', 'day'],
  ['Sept', '29 Sept 2026', 'd-month-y', '2026-09-29', 'day'],
  ['newsfeed, month first in words', 'Wednesday August 20 2025', 'd-month-y', '2025-08-20', 'day'],
  ['newsfeed, no capital', '12 march 2025', 'd-month-y', '2025-03-12', 'day'],
  ['an address', '2024-05-03', 'y-m-d', '2024-05-03', 'day'],
  ['an instant', '2020-03-17T14:31:42.000+00:00', 'y-m-d', '2020-03-17T14:31:42+00:00', 'minute'],
  ['an instant without zone is London time', '2026-07-01T09:00:00', 'y-m-d', '2026-07-01T09:00:00+01:00', 'minute'],
  ['BST', 'Wed, 01 Jul 2026 09:00:00 BST', 'rfc822', '2026-07-01T09:00:00+01:00', 'minute'],
  ['a zone that nobody knows', 'Wed, 01 Jul 2026 09:00:00 XYZ', 'rfc822', null, null],
  ['two digits of the year, where the row says so', '03/05/24', 'd/m/y', '2024-05-03', 'day'],
  ['two digits of the year, where it does not', '03/05/24', 'any-uk', null, null],
  ['with hyphens', '03-05-2024', 'd-m-y', '2024-05-03', 'day'],
  ['midday and midnight', '12:05am on 3 May 2024', 'time-d-month-y', '2024-05-03T00:05+01:00', 'minute'],
  ['a time after the date', '3 December 2024 at 9.30am', 'any-uk', '2024-12-03T09:30+00:00', 'minute'],
  ['a number after the date is no time', '3 December 2024 9 pages', 'any-uk', '2024-12-03', 'day'],
  ['a span of years is no date', 'First published during the 2022 to 2024 government', 'any-uk', null, null],
  ['a version is no date', 'Version 1.2.2013.4', 'any-uk', null, null],
  ['a sum is no year', 'A fund of £2024', 'any-uk', null, null],
  ['no such day', '31 February 2024', 'any-uk', null, null],
  ['no such month', '03/13/2024', 'd/m/y', null, null],
  ['29 February of a common year', '29/02/2023', 'd/m/y', null, null],
  ['29 February of a leap year', '29/02/2024', 'd/m/y', '2024-02-29', 'day'],
  ['no such hour', '25:00 on 3 May 2024', 'time-d-month-y', null, null],
  ['nothing', '', 'any-uk', null, null],
  ['words that the engine would read', 'Review 7', 'any-uk', null, null],
])('%s: %j', (...row) => {
  const [, text, format, value, precision] = row;
  expect(ukDate(text, format)).toEqual(value === null ? null : { value, precision });
});

test.each<[string, DateFormat]>([
  ['2020-04-23', 'd-month-y'],
  ['3 May 2024', 'd/m/y'],
  ['03/05/2024', 'd.m.y'],
  ['May 2024', 'd-month-y'],
  ['2024', 'month-y'],
  ['03.08.2021', 'y-m-d'],
])('%j does not fit %s, and is not guessed at', (text, format) => {
  expect(ukDate(text, format)).toBeNull();
});

test.each<[string, string]>([
  ['2026-03-29T00:59', '+00:00'],
  ['2026-03-29T02:00', '+01:00'],
  ['2026-10-25T00:59', '+01:00'],
  ['2026-10-25T01:30', '+01:00'],
  ['2026-10-25T02:00', '+00:00'],
  ['1970-01-15T12:00', '+01:00'],
  ['2026-01-15T12:00:59', '+00:00'],
])('London at %s is %s', (local, offset) => {
  expect(londonOffset(local)).toBe(offset);
});

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const days = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('every day is read back from every form in which it is printed', () => {
  fc.assert(
    fc.property(days, fc.nat(4), (day, style) => {
      const [year = '', month = '', date = ''] = day.split('-');
      const name = MONTHS[Number(month) - 1] ?? '';
      const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
      const ordinal = `${Number(date)}${Math.trunc(Number(date) / 10) === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][Number(date) % 10] ?? 'th')}`;
      const words = [
        `${Number(date)} ${name} ${year}`,
        `${ordinal} ${name} ${year}`,
        `${weekday} ${date} ${name} ${year}`,
        `${weekday}, ${Number(date)} ${name.slice(0, 3)} ${year}`,
        `${name} ${Number(date)}, ${year}`,
      ];
      const forms: [string, DateFormat][] = [
        [words[style] ?? '', 'd-month-y'],
        [`${date}/${month}/${year}`, 'd/m/y'],
        [`${date}.${month}.${year}`, 'd.m.y'],
        [`${date}-${month}-${year}`, 'd-m-y'],
        [day, 'y-m-d'],
      ];
      for (const [text, format] of forms) {
        for (const asked of [format, 'any-uk'] as const)
          expect(ukDate(`Published: ${text}.`, asked)).toEqual({ value: day, precision: 'day' });
      }
      expect(ukDate(`${name} ${year}`, 'month-y')).toEqual({ value: day.slice(0, 7), precision: 'month' });
      expect(ukDate(year, 'y')).toEqual({ value: year, precision: 'year' });
    }),
  );
});

test('any text gives a well-formed date or none, quickly, whatever the zone of the machine', () => {
  const formats: readonly DateFormat[] = [
    'd-month-y',
    'd/m/y',
    'd.m.y',
    'd-m-y',
    'y-m-d',
    'month-y',
    'y',
    'rfc822',
    'time-d-month-y',
    'any-uk',
  ];
  const form = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;
  const pieces = fc.constantFrom(
    ' ',
    '/',
    '.',
    '-',
    ':',
    ',',
    'May',
    'march',
    '2024',
    '31',
    '3',
    '12',
    'st',
    'Monday',
    'T',
    'Z',
    '+01:00',
    'am',
    'at',
    'of',
    '٣',
    'é',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 30 }),
      fc.constantFrom(...formats),
      (parts, format) => {
        const read = ukDate(parts.join(''), format);
        if (read === null) return;
        expect(read.value).toMatch(form);
        expect(Number.isNaN(Date.parse(read.value))).toBe(false);
      },
    ),
    { numRuns: 2_000 },
  );
  for (const hostile of [
    '1'.repeat(100_000),
    '1 '.repeat(50_000),
    '12:'.repeat(40_000),
    'May '.repeat(40_000),
    '2024 '.repeat(40_000),
    '1/1/'.repeat(40_000),
  ]) {
    for (const format of formats) expect(ukDate(hostile, format)?.value ?? '').not.toContain(hostile);
  }
});
