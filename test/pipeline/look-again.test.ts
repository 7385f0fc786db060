import { isDueAgain, nextLookAgain, type LookedAt } from '../../src/pipeline/look-again.js';

const READ = new Date('2026-11-25T09:00:00Z');
const article = (lastLookAt: Date | null, readAt: Date | null = READ): LookedAt => ({
  found: { kind: 'article' },
  readAt,
  lastLookAt,
});
const after = (hours: number): Date => new Date(READ.getTime() + hours * 3_600_000);

test.each<[string, Date | null, Date | null]>([
  ['read, never again looked at', null, after(2)],
  ['the look that read it counts as one', READ, after(2)],
  ['looked at after two hours', after(2.1), after(24)],
  ['the first look came late', after(23), after(24)],
  ['looked at after a day', after(24.5), after(168)],
  ['nothing ran for three days: one look for both', after(72), after(168)],
  ['looked at after a week', after(168), null],
  ['looked at long after', after(1000), null],
])('%s', (_, lastLookAt, expected) => {
  expect(nextLookAgain(article(lastLookAt))).toEqual(expected);
});

test('is due from its time on, and once', () => {
  expect(isDueAgain(article(null), after(1.9))).toBe(false);
  expect(isDueAgain(article(null), after(2))).toBe(true);
  expect(isDueAgain(article(after(2)), after(2.1))).toBe(false);
  expect(isDueAgain(article(after(2)), after(24))).toBe(true);
});

test('what was not read, or has nothing of its own to fetch, is never due', () => {
  expect(nextLookAgain(article(null, null))).toBeNull();
  expect(nextLookAgain({ found: { kind: 'section', readUrl: null }, readAt: READ, lastLookAt: null })).toBeNull();
  expect(nextLookAgain({ found: { kind: 'article', readUrl: null }, readAt: READ, lastLookAt: null })).toBeNull();
  expect(nextLookAgain({ found: { kind: 'document' }, readAt: READ, lastLookAt: null })).toEqual(after(2));
});

test('three looks in all, whatever the rhythm of whoever asks', () => {
  let lastLookAt: Date | null = null;
  const looks: number[] = [];
  for (let hours = 0; hours < 2_000; hours += 0.5) {
    if (!isDueAgain(article(lastLookAt), after(hours))) continue;
    lastLookAt = after(hours);
    looks.push(hours);
  }
  expect(looks).toEqual([2, 24, 168]);
});
