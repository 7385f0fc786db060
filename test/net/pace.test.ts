import { memoryPacing, pace, slowDownMs, type HostPacing, type Pace } from '../../src/net/pace.js';

const HOUR = 3_600_000;

/** A clock that only moves when somebody waits. */
function clock(): { now: () => Date; wait: (ms: number) => Promise<void>; pass: (ms: number) => void } {
  let at = Date.parse('2026-11-25T10:00:00Z');
  return {
    now: () => new Date(at),
    pass: (ms) => void (at += ms),
    wait: async (ms) => {
      at += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function paced(pacing: HostPacing, time: ReturnType<typeof clock>, holder: string, patienceMs = 60_000): Pace {
  return pace({ pacing, now: time.now, wait: time.wait, holder, patienceMs, turnMs: 45_000 });
}

test('turns of one host start at least their gap apart, in the order asked for; other hosts do not wait', async () => {
  const time = clock();
  const starts: [string, number][] = [];
  const turns = paced(memoryPacing(), time, 'a');
  const began = time.now().getTime();
  const turn = (host: string, name: string) =>
    turns.inTurn(host, 2_000, () => {
      starts.push([name, time.now().getTime() - began]);
      return Promise.resolve();
    });
  await Promise.all([turn('x.org', '1'), turn('x.org', '2'), turn('y.org', 'other'), turn('x.org', '3')]);
  expect(starts.filter(([name]) => name !== 'other')).toEqual([
    ['1', 0],
    ['2', 2_000],
    ['3', 4_000],
  ]);
  expect(starts.find(([name]) => name === 'other')?.[1]).toBeLessThanOrEqual(2_000);
});

test('two processes that share the pacing never hold one host together', async () => {
  const time = clock();
  const starts: number[] = [];
  const memory = memoryPacing();
  const pacing: HostPacing = {
    ...memory,
    takeTurn: async (host, turn) => {
      const later = await memory.takeTurn(host, turn);
      if (later === null) starts.push(turn.now.getTime());
      return later;
    },
  };
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  const processes = ['a', 'b', 'c'].map((holder) => paced(pacing, time, holder, HOUR));
  await Promise.all(processes.flatMap((each) => [1, 2, 3, 4].map(() => each.inTurn('x.org', 2_000, work))));
  expect(most).toBe(1);
  expect(starts).toHaveLength(12);
  for (const [index, start] of starts.slice(1).entries())
    expect(start - (starts[index] ?? 0)).toBeGreaterThanOrEqual(2_000);
});

test('a turn whose work throws is given back', async () => {
  const turns = paced(memoryPacing(), clock(), 'a');
  await expect(turns.inTurn('x.org', 0, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.inTurn('x.org', 0, () => Promise.resolve('yes'))).toBe('yes');
});

test('the host of a holder that died is free when its turn has run out', async () => {
  const time = clock();
  const pacing = memoryPacing();
  const now = time.now();
  await pacing.takeTurn('x.org', { holder: 'dead', now, until: new Date(now.getTime() + 45_000), gapMs: 2_000 });
  await paced(pacing, time, 'b').inTurn('x.org', 2_000, () => Promise.resolve());
  expect(time.now().getTime() - now.getTime()).toBeGreaterThanOrEqual(45_000);
});

test('a late holder cannot give back the turn of the next', async () => {
  const time = clock();
  const pacing = memoryPacing();
  const turn = (holder: string) => ({
    holder,
    now: time.now(),
    until: new Date(time.now().getTime() + 1_000),
    gapMs: 0,
  });
  expect(await pacing.takeTurn('x.org', turn('slow'))).toBeNull();
  time.pass(2_000);
  expect(await pacing.takeTurn('x.org', turn('next'))).toBeNull();
  await pacing.releaseTurn('x.org', 'slow');
  expect(await pacing.takeTurn('x.org', turn('third'))).toBeInstanceOf(Date);
});

test('a closed host is a failure at once that says for how long, for everybody', async () => {
  const time = clock();
  const pacing = memoryPacing();
  await pacing.slowDown('x.org', time.now(), 2 * HOUR);
  const asked = paced(pacing, time, 'b').inTurn('x.org', 0, () => Promise.resolve());
  await expect(asked).rejects.toMatchObject({
    code: 'source.slow-down',
    details: { retryAfterMs: 2 * HOUR, host: 'x.org' },
  });
  time.pass(2 * HOUR);
  expect(await paced(pacing, time, 'b').inTurn('x.org', 0, () => Promise.resolve(1))).toBe(1);
});

test.each([
  [1, 4],
  [2, 8],
  [3, 16],
  [4, 24],
  [5, 24],
  [1_000_000, 24],
  [0, 4],
])('slow-down %i in a row without Retry-After closes for %i h', (times, hours) => {
  expect(slowDownMs(times)).toBe(hours * HOUR);
});

test('slow-downs in a row double, are never shortened, and begin again when the host is well', async () => {
  const time = clock();
  const pacing = memoryPacing();
  const closes = async (ms: number | null) =>
    (await pacing.slowDown('x.org', time.now(), ms)).getTime() - time.now().getTime();
  expect(await closes(null)).toBe(4 * HOUR);
  expect(await closes(null)).toBe(8 * HOUR);
  expect(await closes(1_000)).toBe(8 * HOUR);
  time.pass(24 * HOUR);
  await pacing.recovered('x.org');
  expect(await closes(null)).toBe(4 * HOUR);
});
