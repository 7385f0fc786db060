import fc from 'fast-check';
import { isDate, isDateLabel, lineKey, shownText } from '../../../src/sources/page/noise.js';

test.each([
  ['file size in brackets', 'Neglect strategy (PDF, 150.9 KB)', 'Neglect strategy (PDF, 1.2MB)'],
  ['file size with pages', 'Annual report PDF, 1.2 MB, 40 pages', 'Annual report PDF, 900 KB, 38 pages'],
  ['no size at all', 'Neglect strategy [PDF 2MB]', 'Neglect strategy'],
  ['page views', 'Policies. Page views: 1,234', 'Policies. Page views: 1,301'],
  ['views after the number', 'Toolkit, 1,234 views', 'Toolkit, 1,235 views'],
  ['downloads', 'Toolkit - downloaded 12 times', 'Toolkit - downloaded 13 times'],
  ['result counts', 'Reviews: showing 1 to 10 of 93 results', 'Reviews: showing 1 to 10 of 94 results'],
  ['times ago', 'Posted 3 hours ago', 'Posted 2 days ago'],
  ['a badge in words', 'Child K review (NEW)', 'Child K review'],
  ['a badge before', 'NEW: Child K review', 'Child K review'],
  ['curly quotes', 'The board’s “plan”', 'The board\'s "plan"'],
  ['dashes and hard spaces', 'Plan 2024\u20132026', 'Plan\u00a02024-2026'],
  ['soft hyphens', 'safe\u00adguarding', 'safeguarding'],
  ['new window', 'Referral form (opens in new tab)', 'Referral form'],
])('lineKey: %s is no difference', (_, a, b) => {
  expect(lineKey(a)).toBe(lineKey(b));
  expect(lineKey(a)).not.toBe('');
});

test.each([
  'Last updated: 3 May 2024',
  'Page last reviewed 03/05/2024',
  'Published 24 January 2020 Last updated 17 March 2020',
  'Updated: 12:00 Monday 23 March',
  'Date published:',
  'Skip to main content',
  'We use cookies to make this site work.',
  'You are visitor number 98,765',
  'This page has been viewed 12 times.',
  'Back to top',
  'Share this page',
  'New',
])('lineKey: %j is furniture of the page', (line) => {
  expect(lineKey(line)).toBe('');
});

test.each([
  ['a number in a sentence', '12 children were referred', '13 children were referred'],
  ['a year', 'Annual report 2023', 'Annual report 2024'],
  ['a date in a sentence', 'The board meets on 3 May 2024', 'The board meets on 4 May 2024'],
  ['one word', 'You must report', 'You may report'],
  ['a new something', 'New guidance on neglect', 'Guidance on neglect'],
  ['a reading age', 'Read 10 stories', 'Read 11 stories'],
  ['an amount that is no size', '5 GB pounds', '6 of them'],
])('lineKey: %s is a difference', (_, a, b) => {
  expect(lineKey(a)).not.toBe(lineKey(b));
});

test('lineKey is idempotent, and blind to case and outer space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(lineKey(`  ${text} `)).toBe(lineKey(text));
    }),
  );
});

test('lineKey stays linear on hostile lines', () => {
  for (const line of [
    '('.repeat(50_000),
    '1'.repeat(50_000),
    'pdf '.repeat(20_000),
    'a '.repeat(50_000),
    '1,'.repeat(40_000),
    'page of '.repeat(10_000),
  ]) {
    expect(lineKey(line).length).toBeLessThanOrEqual(line.length);
  }
});

test('shownText takes size and badge off and leaves the words', () => {
  expect(shownText('Neglect strategy (PDF, 150.9 KB)')).toBe('Neglect strategy');
  expect(shownText('Annual report 2023-24 [Word, 2MB]')).toBe('Annual report 2023-24');
  expect(shownText('Working Together (2023)')).toBe('Working Together (2023)');
});

test('a date label and a date alone are told from text', () => {
  expect(isDateLabel('Published:')).toBe(true);
  expect(isDateLabel('Published guidance')).toBe(false);
  expect(isDate('23 Apr 2020')).toBe(true);
  expect(isDate('23 Apr 2020 board meeting')).toBe(false);
});
