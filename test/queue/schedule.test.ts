import fc from 'fast-check';
import { reconcile, rhythmOf, type Schedulers } from '../../src/queue/schedule.js';

const minute = expect.stringMatching(/^([0-9]|[1-5][0-9]) /) as string;

test.each([
  { everyMinutes: 60, pattern: /^\d+ \* \* \* \*$/ },
  { everyMinutes: 120, pattern: /^\d+ \*\/2 \* \* \*$/ },
  { everyMinutes: 720, pattern: /^\d+ \*\/12 \* \* \*$/ },
  { everyMinutes: 1440, pattern: /^\d+ 6 \* \* \*$/ },
])('every $everyMinutes minutes follows the London clock', ({ everyMinutes, pattern }) => {
  const rhythm = rhythmOf({ sourceId: 'x', everyMinutes });
  expect(rhythm).toEqual({ pattern: minute, tz: 'Europe/London' });
  expect('pattern' in rhythm && pattern.test(rhythm.pattern)).toBe(true);
});

test.each([
  { everyMinutes: 30, every: 1_800_000 },
  { everyMinutes: 45, every: 2_700_000 },
  { everyMinutes: 300, every: 18_000_000 },
  { everyMinutes: 2880, every: 172_800_000 },
  { everyMinutes: 0.05, every: 3_000 },
  { everyMinutes: 0, every: 1_000 },
])('every $everyMinutes minutes is counted: it does not divide the day', ({ everyMinutes, every }) => {
  expect(rhythmOf({ sourceId: 'x', everyMinutes })).toEqual({ every });
});

test('sources are spread over the hour, and each keeps its minute', () => {
  const minutes = Array.from({ length: 600 }, (_, n) => {
    const rhythm = rhythmOf({ sourceId: `source-${n}`, everyMinutes: 60 });
    return 'pattern' in rhythm ? Number(rhythm.pattern.split(' ')[0]) : NaN;
  });
  expect(new Set(minutes).size).toBeGreaterThan(50);
  expect(rhythmOf({ sourceId: 'a', everyMinutes: 60 })).toEqual(rhythmOf({ sourceId: 'a', everyMinutes: 60 }));
});

test('whatever was there before, reconciling ends with what is wanted, and a second time changes nothing', async () => {
  const sources = fc.uniqueArray(
    fc.record({ sourceId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), everyMinutes: fc.constantFrom(0.5, 30, 60, 1440) }),
    { selector: ({ sourceId }) => sourceId },
  );
  await fc.assert(
    fc.asyncProperty(sources, sources, async (before, after) => {
      const queue = memorySchedulers();
      const ticks = (list: typeof before) => list.map((source) => ({ ...source, name: 'poll-source' as const }));
      await reconcile(queue, ticks(before), {});
      await reconcile(queue, ticks(after), {});
      expect(await reconcile(queue, ticks(after), {})).toEqual({ added: 0, changed: 0, removed: 0 });
      expect((await queue.getJobSchedulers(0, -1)).map(({ key }) => key).sort()).toEqual(
        after.map(({ sourceId }) => `source-${sourceId}`).sort(),
      );
    }),
  );
});

/** A small honest one; the same calls run on both real backends in contract.test.ts. */
function memorySchedulers(): Schedulers {
  const rows = new Map<string, object>();
  return {
    getJobSchedulers: () => Promise.resolve([...rows].map(([key, rhythm]) => ({ key, ...rhythm }))),
    upsertJobScheduler: (id, rhythm) => Promise.resolve(rows.set(id, rhythm)),
    removeJobScheduler: (id) => Promise.resolve(rows.delete(id)),
  };
}
