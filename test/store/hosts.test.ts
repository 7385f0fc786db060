import { memoryPacing, type HostPacing } from '../../src/net/pace.js';
import { hostPacing } from '../../src/store/hosts.js';
import { openStore } from '../../src/store/connect.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { NOON } from './samples.js';

const HOUR = 3_600_000;
const HOST = 'harbour.example:8443';
const at = (ms: number) => new Date(NOON.getTime() + ms);
let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(async () => await database.close());
beforeEach(async () => {
  await database.store.db.deleteFrom('host').execute();
});

const open: Record<string, () => HostPacing> = {
  memory: memoryPacing,
  PostgreSQL: () => hostPacing(database.store.db),
};

describe.each(Object.entries(open))('host pacing: %s', (_, openPacing) => {
  const turn = (holder: string, ms: number, gapMs = 5_000) => ({ holder, now: at(ms), until: at(ms + 60_000), gapMs });

  test('gives the first turn at once, and none while it is held', async () => {
    const pacing = openPacing();
    expect(await pacing.takeTurn(HOST, turn('a', 0, 0))).toBeNull();
    expect(await pacing.takeTurn(HOST, turn('b', 0, 0))).toEqual(at(250));
    expect(await pacing.takeTurn(HOST, turn('b', 59_900, 0))).toEqual(at(60_000));
    expect(await pacing.takeTurn('other.example', turn('b', 0))).toBeNull();
  });

  test('keeps the pause between the starts of two turns', async () => {
    const pacing = openPacing();
    await pacing.takeTurn(HOST, turn('a', 0));
    await pacing.releaseTurn(HOST, 'a');
    expect(await pacing.takeTurn(HOST, turn('b', 4_999))).toEqual(at(5_000));
    expect(await pacing.takeTurn(HOST, turn('b', 5_000))).toBeNull();
  });

  test('frees a turn for its holder only, and by itself where the holder died', async () => {
    const pacing = openPacing();
    await pacing.takeTurn(HOST, turn('a', 0, 0));
    await pacing.releaseTurn(HOST, 'b');
    expect(await pacing.takeTurn(HOST, turn('b', 10, 0))).not.toBeNull();
    expect(await pacing.takeTurn(HOST, turn('b', 60_000, 0))).toBeNull();
  });

  test('leaves a host alone as long as it asked, and never shorter than before', async () => {
    const pacing = openPacing();
    expect(await pacing.slowDown(HOST, at(0), 90_000)).toEqual(at(90_000));
    expect(await pacing.slowDown(HOST, at(0), 1_000)).toEqual(at(90_000));
    expect(await pacing.takeTurn(HOST, turn('a', 1_000))).toEqual(at(90_000));
    expect(await pacing.takeTurn(HOST, turn('a', 90_000))).toBeNull();
  });

  test('waits 4, 8, 16 and at most 24 hours where it did not say how long', async () => {
    const pacing = openPacing();
    const waits: number[] = [];
    for (let times = 0; times < 5; times += 1) {
      waits.push(((await pacing.slowDown(HOST, at(0), null)).getTime() - NOON.getTime()) / HOUR);
    }
    expect(waits).toEqual([4, 8, 16, 24, 24]);
    await pacing.recovered(HOST);
    expect(await pacing.slowDown(HOST, at(48 * HOUR), null)).toEqual(at(52 * HOUR));
  });

  test('keeps the robots.txt of a host', async () => {
    const pacing = openPacing();
    expect(await pacing.findRobots(HOST)).toBeUndefined();
    await pacing.takeTurn(HOST, turn('a', 0));
    expect(await pacing.findRobots(HOST)).toBeUndefined();
    await pacing.keepRobots(HOST, { status: 404, body: '', fetchedAt: at(0) });
    await pacing.keepRobots(HOST, { status: 200, body: 'User-agent: *', fetchedAt: at(1) });
    expect(await pacing.findRobots(HOST)).toEqual({ status: 200, body: 'User-agent: *', fetchedAt: at(1) });
  });

  test('gives one turn to one of twenty who ask at once', async () => {
    const pacing = openPacing();
    for (let round = 0; round < 10; round += 1) {
      const now = round * 10_000;
      const answers = await Promise.all(
        Array.from(
          { length: 20 },
          async (_none, number) => await pacing.takeTurn(HOST, turn(`${round}-${number}`, now)),
        ),
      );
      expect(answers.filter((answer) => answer === null)).toHaveLength(1);
      await pacing.releaseTurn(HOST, `${round}-${answers.indexOf(null)}`);
    }
  });
});

test('holds across two processes of the store', async () => {
  const second = await openStore({ url: database.url });
  try {
    const turn = (holder: string) => ({ holder, now: at(0), until: at(60_000), gapMs: 0 });
    const answers = await Promise.all([
      hostPacing(database.store.db).takeTurn(HOST, turn('a')),
      hostPacing(second.db).takeTurn(HOST, turn('b')),
    ]);
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  } finally {
    await second.close();
  }
});
