import { Failure } from '../../src/model/failure.js';
import { openQueue, type OpenQueue } from '../../src/queue/open-queue.js';
import { PLACES, type TestPlace } from './places.js';

const ID = '0b8f6a51-6c3e-4d0e-9a55-0d3f2a1c7e90';

/** Resolves when `reached` says so; `poke` must be called after each event. No clock is involved. */
function until(reached: () => boolean): { readonly done: Promise<void>; poke(): void } {
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((settle) => (resolve = settle));
  return {
    done,
    poke: () => {
      if (reached()) resolve();
    },
  };
}

describe.each(Object.entries(PLACES))('a queue on %s', (kind, open) => {
  let place: TestPlace;
  let queue: OpenQueue;
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (_: object, words: string) => void warnings.push(words) };
  let round = 0;

  beforeAll(async () => {
    place = await open();
  });
  afterAll(async () => {
    await place.close();
  });
  beforeEach(async () => {
    round += 1;
    queue = await openQueue({ place: place.place, log, prefix: `test${round}`, lockMs: 2_000 });
  });
  afterEach(async () => {
    await queue.close();
  });

  test('says where it is kept', () => {
    expect(queue.kind).toBe(kind);
  });

  test('does what it was asked for, with the ids it was given', async () => {
    const seen: string[] = [];
    const all = until(() => seen.length === 1200);
    const items = Array.from({ length: 1200 }, (_, n) => ({
      itemId: `${ID.slice(0, -4)}${String(n).padStart(4, '0')}`,
    }));
    await queue.enqueue('read-item', items);
    await queue.consume('read-item', ({ itemId }) => {
      seen.push(itemId);
      all.poke();
      return Promise.resolve();
    });
    await all.done;
    expect(new Set(seen)).toEqual(new Set(items.map(({ itemId }) => itemId)));
  });

  test('asks once for what is asked for twice, and again when it is done', async () => {
    await queue.enqueue('draft-item', [{ itemId: ID }, { itemId: ID }]);
    await queue.enqueue('draft-item', [{ itemId: ID }]);
    expect((await queue.counts())['draft-item']).toEqual({ waiting: 1, active: 0, delayed: 0 });
    let runs = 0;
    const first = until(() => runs === 1);
    const second = until(() => runs === 2);
    await queue.consume('draft-item', () => {
      runs += 1;
      first.poke();
      second.poke();
      return Promise.resolve();
    });
    await first.done;
    // The finished job is removed at once: its id is free for the next.
    while ((await queue.counts())['draft-item'].active > 0);
    await queue.enqueue('draft-item', [{ itemId: ID }]);
    await second.done;
    expect(runs).toBe(2);
  });

  test.each(['123456', 'a:b', 'gov.uk', 'Ünïcode/πath'])('takes %j as an id', async (sourceId) => {
    await queue.enqueue('poll-source', [{ sourceId }]);
    let seen = '';
    const one = until(() => seen !== '');
    await queue.consume('poll-source', (job) => {
      seen = job.sourceId;
      one.poke();
      return Promise.resolve();
    });
    await one.done;
    expect(seen).toBe(sourceId);
  });

  test('gives up at once on a failure that will not pass, and keeps nothing that blocks the next', async () => {
    let runs = 0;
    const one = until(() => runs === 1);
    const two = until(() => runs === 2);
    await queue.consume('draft-item', () => {
      runs += 1;
      one.poke();
      two.poke();
      return Promise.reject(new Failure('item.unreadable', 'nothing there'));
    });
    await queue.enqueue('draft-item', [{ itemId: ID }]);
    await one.done;
    while (Object.values((await queue.counts())['draft-item']).some((count) => count > 0));
    expect(runs).toBe(1);
    await queue.enqueue('draft-item', [{ itemId: ID }]);
    await two.done;
  });

  test('tries again soon after a failure that may pass', async () => {
    let runs = 0;
    const two = until(() => runs === 2);
    await queue.consume('draft-item', () => {
      runs += 1;
      two.poke();
      return runs === 1 ? Promise.reject(new TypeError('for once')) : Promise.resolve();
    });
    await queue.enqueue('draft-item', [{ itemId: ID }]);
    await two.done;
    expect(runs).toBe(2);
  });

  test('waits as long as a host asked for', async () => {
    const at: number[] = [];
    const two = until(() => at.length === 2);
    await queue.consume('read-item', () => {
      at.push(performance.now());
      two.poke();
      return at.length === 1
        ? Promise.reject(new Failure('source.slow-down', 'later', { retryAfterMs: 1_500 }))
        : Promise.resolve();
    });
    await queue.enqueue('read-item', [{ itemId: ID }]);
    await two.done;
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(1_400);
  });

  test('makes the schedule that of the configuration, and leaves alone what is right', async () => {
    const hourly = { name: 'poll-source', sourceId: 'a', everyMinutes: 60 } as const;
    const odd = { name: 'poll-source', sourceId: 'b', everyMinutes: 45 } as const;
    const rendered = { name: 'poll-browser', sourceId: 'c', everyMinutes: 1440 } as const;
    expect(await queue.schedule([hourly, odd, rendered])).toEqual({ added: 3, changed: 0, removed: 0 });
    expect(await queue.schedule([hourly, odd, rendered])).toEqual({ added: 0, changed: 0, removed: 0 });
    expect(await queue.schedule([{ ...hourly, everyMinutes: 120 }, odd])).toEqual({ added: 0, changed: 1, removed: 1 });
    expect(await queue.schedule([{ ...odd, name: 'poll-browser' }])).toEqual({ added: 1, changed: 0, removed: 2 });
    expect(await queue.schedule([])).toEqual({ added: 0, changed: 0, removed: 1 });
  });

  test('ticks', async () => {
    const seen: string[] = [];
    const three = until(() => seen.length >= 3);
    await queue.consume('poll-source', ({ sourceId }) => {
      // On PostgreSQL a scheduler that was removed leaves its next tick behind: the handler of the app passes it over, too.
      if (sourceId === 'often') seen.push(sourceId);
      three.poke();
      return Promise.resolve();
    });
    await queue.schedule([{ name: 'poll-source', sourceId: 'often', everyMinutes: 1 / 60 }]);
    await three.done;
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  test('finishes what runs before it closes, and takes nothing more', async () => {
    let begun = 0;
    let ended = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const started = until(() => begun === 2);
    await queue.consume('publish-post', async () => {
      begun += 1;
      started.poke();
      await held;
      ended += 1;
    });
    await queue.enqueue(
      'publish-post',
      Array.from({ length: 5 }, (_, n) => ({ draftId: `draft-${n}` })),
    );
    await started.done;
    expect(queue.consumers()[0]?.running()).toBe(2);
    expect(queue.consumers()[0]?.silentMs()).toBe(0);
    const closing = queue.close();
    release();
    await closing;
    expect({ begun, ended }).toEqual({ begun: 2, ended: 2 });
  });
});
