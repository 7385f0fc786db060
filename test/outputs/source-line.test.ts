import fc from 'fast-check';
import { slugOf } from '../../src/model/slug.js';
import { sourceLine } from '../../src/outputs/newsfeed/source-line.js';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const parts = (publishedAt: string) => ({
  sourceName: 'Harbour Trust',
  editorName: 'Ada Field',
  publishedAt: new Date(publishedAt),
});

test.each([
  { at: '2024-03-27T10:00:00Z', day: 'Wednesday 27 March 2024' },
  { at: '2026-06-30T23:30:00Z', day: 'Wednesday 1 July 2026', why: 'in summer London is an hour ahead' },
  { at: '2026-12-31T23:59:59Z', day: 'Thursday 31 December 2026' },
  { at: '2026-03-29T00:59:59Z', day: 'Sunday 29 March 2026' },
  { at: '2026-10-25T23:30:00Z', day: 'Sunday 25 October 2026' },
])('$at is $day', ({ at, day }) => {
  expect(sourceLine(parts(at))).toBe(`Source: Harbour Trust published on this website ${day} by Ada Field`);
});

/** London's day, reckoned by the rule itself: an hour ahead between the last Sundays of March and October, 01:00 GMT. */
function londonDay(at: Date): Date {
  const year = at.getUTCFullYear();
  const lastSunday = (month: number): number => {
    const last = new Date(Date.UTC(year, month + 1, 0, 1));
    return last.getTime() - last.getUTCDay() * 86_400_000;
  };
  const summer = at.getTime() >= lastSunday(2) && at.getTime() < lastSunday(9);
  return new Date(at.getTime() + (summer ? 3_600_000 : 0));
}

const anyMoment = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2079-12-31T23:59:59Z'),
  noInvalidDate: true,
});
const anyName = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name.replace(/[\s\p{Cc}]/gu, '') !== '');

test('any source, moment and editor give the canonical form, with the weekday of its day', () => {
  fc.assert(
    fc.property(anyName, anyMoment, anyName, (sourceName, publishedAt, editorName) => {
      const line = sourceLine({ sourceName, publishedAt, editorName });
      const day = londonDay(publishedAt);
      const words = `${WEEKDAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
      const name = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
      expect(line).toBe(`Source: ${name(sourceName)} published on this website ${words} by ${name(editorName)}`);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['no organisation', { ...parts('2026-01-01T00:00:00Z'), sourceName: ' \n ' }],
  ['no editor', { ...parts('2026-01-01T00:00:00Z'), editorName: '' }],
  ['no day', parts('never')],
])('%s: no line', (_, missing) => {
  expect(() => sourceLine(missing)).toThrow(expect.objectContaining({ code: 'draft.not-publishable' }) as Error);
});

describe('the address of a post', () => {
  test.each([
    ['Lifeboat day moves to June', 'lifeboat-day-moves-to-june'],
    ['  “Children’s” rights: 2026/27 – a review!  ', 'childrens-rights-2026-27-a-review'],
    ['Café, naïve & Ynys Môn', 'cafe-naive-ynys-mon'],
    ['–––', 'post'],
    ['', 'post'],
    ['安全', 'post'],
  ])('%j is %s', (headline, slug) => {
    expect(slugOf(headline)).toBe(slug);
  });

  test('of any headline is lower case words and hyphens, at most 80 characters, and its own address', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.lorem({ maxCount: 20 })).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (headline) => {
        const slug = slugOf(headline);
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(slugOf(slug)).toBe(slug);
      }),
      { numRuns: 2_000 },
    );
  });
});
