import { Failure, type FailureCode } from '../../src/model/failure.js';
import { noticeBook } from '../../src/store/notices.js';
import { pollLedger } from '../../src/store/polls.js';
import { sourceActions } from '../../src/store/source-actions.js';
import { syncSources } from '../../src/store/source-rows.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import {
  captureItem,
  draftOf,
  endOf,
  later,
  NOON,
  polledItems,
  sampleItem,
  samplePoll,
  sampleReading,
  sampleSource,
  sampleUser,
} from './samples.js';

let database: TestDatabase;
const source = sampleSource();
const db = () => database.store.db;
const ledger = (version?: string) => pollLedger(db(), version);
const soon = () => new Date(Date.now() + 60_000);
const row = async () =>
  await db().selectFrom('source').selectAll().where('id', '=', source.id).executeTakeFirstOrThrow();
const times = { startedAt: NOON, endedAt: later(1), nextPollAt: later(240), nextPollBecause: 'the host refused us' };

beforeEach(async () => {
  database = await emptyDatabase();
  await syncSources(db(), [source]);
});
afterEach(async () => await database.close());

describe('the lease of a source', () => {
  test('is given to one of twenty who ask at once, in each of 20 rounds', async () => {
    for (let round = 0; round < 20; round += 1) {
      const takers = Array.from({ length: 20 }, (_, number) => `${round}-${number}`);
      const taken = await Promise.all(
        takers.map(async (holder) => await ledger().takeSource(source.id, holder, soon())),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      await ledger().releaseSource(source.id, takers[taken.indexOf(true)]!);
    }
  });

  test('is not given twice to the same holder, and not freed by another', async () => {
    expect(await ledger().takeSource(source.id, 'a', soon())).toBe(true);
    expect(await ledger().takeSource(source.id, 'a', soon())).toBe(false);
    await ledger().releaseSource(source.id, 'b');
    expect(await ledger().takeSource(source.id, 'b', soon())).toBe(false);
    await ledger().releaseSource(source.id, 'a');
    expect(await ledger().takeSource(source.id, 'b', soon())).toBe(true);
  });

  test('is prolonged for its holder only, and not once another has it', async () => {
    expect(await ledger().keepSource(source.id, 'a', soon())).toBe(false);
    await ledger().takeSource(source.id, 'a', new Date(Date.now() + 5_000));
    expect(await ledger().keepSource(source.id, 'a', soon())).toBe(true);
    expect((await row()).leaseUntil!.getTime()).toBeGreaterThan(Date.now() + 30_000);
    expect(await ledger().keepSource(source.id, 'b', soon())).toBe(false);
    await ledger().releaseSource(source.id, 'a');
    await ledger().takeSource(source.id, 'b', soon());
    expect(await ledger().keepSource(source.id, 'a', soon())).toBe(false);
  });

  test('ends by itself where its holder died', async () => {
    expect(await ledger().takeSource(source.id, 'dead', new Date(Date.now() - 1))).toBe(true);
    expect(await ledger().takeSource(source.id, 'next', soon())).toBe(true);
  });

  test('of a source without a row is an error, and not "busy" for ever', async () => {
    await expect(ledger().takeSource('nowhere', 'a', soon())).rejects.toThrow('not synchronised');
  });
});

describe('what an operator asks while a poll is under way', () => {
  const failed = async (code: FailureCode) => await ledger().recordFailedPoll(source, new Failure(code, 'No.'), times);
  const good = async () => void (await ledger().recordPoll(source, samplePoll([sampleItem('a')])));
  test.each([
    ['a good poll', good, true],
    ['a poll that fails', async () => await failed('source.unreachable'), true],
    ['a poll whose host asks us to wait', async () => await failed('source.slow-down'), false],
  ])('stands after %s', async (_, end, stands) => {
    const operator = { userId: await sampleUser(db()), now: new Date(NOON.getTime() + 1) };
    await sourceActions(db()).pollNow(source.id, operator);
    await end();
    expect((await row()).nextPollAt.getTime() === operator.now.getTime()).toBe(stands);
    // The poll that was asked for has begun after that: it sets the next time itself.
    await ledger().recordPoll(source, { ...samplePoll([]), startedAt: later(5), endedAt: later(6) });
    expect((await row()).nextPollBecause).not.toContain('operator');
  });

  test('an accepted page is not remembered as it was', async () => {
    await good();
    expect((await row()).memory).not.toBeNull();
    await sourceActions(db()).acceptAsItIs(source.id, { userId: await sampleUser(db()), now: later(2) });
    await ledger().recordPoll(source, { ...samplePoll([]), startedAt: later(1), endedAt: later(3) });
    expect(await row()).toMatchObject({ memory: null, validators: null, nextPollAt: later(2) });
  });
});

describe('a good poll', () => {
  test('stores poll, items, memory and validators, and hands out what is to be read', async () => {
    const ids = await ledger().recordPoll(source, samplePoll([sampleItem('a'), sampleItem('b')]));
    expect(ids).toHaveLength(2);
    const standing = await ledger().standing(source);
    expect(standing).toMatchObject({
      memory: { seen: ['a'] },
      validators: { etag: '"one"' },
      nextPollAt: later(60),
      failuresInRow: 0,
      firstPolledAt: later(1),
      recentNew: [2],
      newInLastWeek: 2,
    });
    expect(standing.unread).toEqual(ids);
    expect(await row()).toMatchObject({ state: 'good', lastGoodAt: later(1), lastNewAt: later(1), failureCode: null });
    const polls = await db().selectFrom('poll').selectAll().execute();
    expect(polls).toMatchObject([{ outcome: 'new', found: 2, new: 2, bytes: 1_000, httpStatus: 200 }]);
  });

  test('leaves everything as it was when one part of it fails', async () => {
    const bad = { ...samplePoll([sampleItem('a')]), nextPollAt: new Date(Number.NaN) };
    await expect(ledger().recordPoll(source, bad)).rejects.toThrow();
    expect(await db().selectFrom('item').selectAll().execute()).toEqual([]);
    expect(await db().selectFrom('poll').selectAll().execute()).toEqual([]);
    expect((await row()).memory).toBeNull();
  });

  test('of an item seen before stores it once, with the newest words', async () => {
    await ledger().recordPoll(source, samplePoll([sampleItem('a'), sampleItem('a', { title: 'Twice in one answer' })]));
    await ledger().recordPoll(source, samplePoll([sampleItem('a', { title: 'Better title' })]));
    const items = await db().selectFrom('item').select(['title', 'revision', 'disposition']).execute();
    expect(items).toEqual([{ title: 'Better title', revision: 1, disposition: 'found' }]);
  });

  test('holds what is held with its reason, and counts no baseline as new', async () => {
    const items = [
      { item: sampleItem('old'), held: 'baseline' as const, addressKey: null },
      { item: sampleItem('new'), held: null, addressKey: null },
    ];
    const counts = { found: 2, new: 2, changed: 0, gone: 0 };
    const unread = await ledger().recordPoll(source, samplePoll([], { items, reading: sampleReading({ counts }) }));
    expect(unread).toHaveLength(1);
    const held = await db().selectFrom('item').selectAll().where('disposition', '=', 'held').execute();
    expect(held).toMatchObject([
      { reasonCode: 'baseline', reason: 'It was there before we began to watch this source.' },
    ]);
    expect((await ledger().standing(source)).recentNew).toEqual([1]);
  });

  test('survives what no database takes: NUL, half surrogates, endless keys', async () => {
    const nasty = sampleItem('x', {
      key: `https://x.example/${'k'.repeat(9_000)}`,
      url: `https://x.example/${'é'.repeat(9_000)}`,
      title: 'A\u0000B \ud800 C',
      summary: '\udc00',
      contentHtml: '<p>\u0000</p>',
    });
    const twin = { ...nasty, key: `${nasty.key}!` };
    const memory = { 'na\u0000me': ['\ud800'] };
    const ids = await ledger().recordPoll(source, samplePoll([nasty, twin], { reading: sampleReading({ memory }) }));
    expect(ids).toHaveLength(2);
    await ledger().recordPoll(source, samplePoll([nasty, twin], { gone: [nasty.key] }));
    const rows = await db().selectFrom('item').select(['title', 'vanishedAt']).orderBy('key').execute();
    expect(rows.map(({ title }) => title)).toEqual(['A\ufffdB \ufffd C', 'A\ufffdB \ufffd C']);
    expect(rows.filter(({ vanishedAt }) => vanishedAt !== null)).toHaveLength(1);
    expect((await ledger().standing(source)).memory).toEqual({ seen: ['a'] });
  });

  test('takes 5,000 items at once', async () => {
    const items = Array.from({ length: 5_000 }, (_, number) => sampleItem(`n${number}`));
    await ledger().recordPoll(source, samplePoll(items));
    const { count } = await db()
      .selectFrom('item')
      .select((s) => s.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(5_000);
  });

  test('of two at once for one source loses neither', async () => {
    await Promise.all([
      ledger().recordPoll(source, samplePoll([sampleItem('a'), sampleItem('b')])),
      ledger().recordPoll(source, samplePoll([sampleItem('b'), sampleItem('a'), sampleItem('c')])),
    ]);
    expect(await db().selectFrom('item').select('id').execute()).toHaveLength(3);
    expect(await db().selectFrom('poll').select('id').execute()).toHaveLength(2);
  });
});

describe('an item that its source changed', () => {
  const changed = async (name: string) =>
    await ledger().recordPoll(
      source,
      samplePoll([], { endedAt: later(90), changed: [sampleItem(name, { title: 'Changed' })] }),
    );

  test('is read again once it has its draft', async () => {
    const [id] = await polledItems(db(), source, [sampleItem('a')]);
    await captureItem(db(), id!);
    await draftOf(db(), id!);
    expect(await changed('a')).toEqual([id]);
    const item = await db().selectFrom('item').selectAll().executeTakeFirstOrThrow();
    expect(item).toMatchObject({
      disposition: 'found',
      revision: 2,
      readRevision: 1,
      changedAt: later(90),
      title: 'Changed',
    });
  });

  test.each([
    { held: 'baseline', again: true },
    { held: 'too-old', again: true },
    { held: 'filtered', again: false },
    { held: 'seen-before', again: false },
    { held: 'sibling-question', again: false },
  ] as const)('comes back where it was held as $held: $again', async ({ held, again }) => {
    await ledger().recordPoll(source, samplePoll([], { items: [{ item: sampleItem('a'), held, addressKey: null }] }));
    expect(await changed('a')).toHaveLength(again ? 1 : 0);
    const item = await db().selectFrom('item').selectAll().executeTakeFirstOrThrow();
    expect(item).toMatchObject({ revision: 2, disposition: again ? 'found' : 'held', reasonCode: again ? null : held });
  });

  test('is an item too where it was not known', async () => {
    expect(await changed('never-seen')).toHaveLength(1);
  });

  test('is a new revision also where it is announced as found, with another mark', async () => {
    await ledger().recordPoll(source, samplePoll([sampleItem('a', { revision: '1' })]));
    await ledger().recordPoll(source, samplePoll([sampleItem('a', { revision: '1' })]));
    await ledger().recordPoll(source, samplePoll([sampleItem('a', { revision: '2' })]));
    await ledger().recordPoll(source, samplePoll([sampleItem('a')]));
    expect((await db().selectFrom('item').select('revision').executeTakeFirstOrThrow()).revision).toBe(2);
  });
});

test('an item that went and came back says so', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  const vanished = async () =>
    (await db().selectFrom('item').select('vanishedAt').where('id', '=', id!).executeTakeFirstOrThrow()).vanishedAt;
  await ledger().recordPoll(source, samplePoll([], { gone: [sampleItem('a').key] }));
  expect(await vanished()).toEqual(later(1));
  await ledger().recordPoll(source, samplePoll([sampleItem('a')]));
  expect(await vanished()).toBeNull();
});

test('an unchanged answer (304) leaves memory and hands out what a crash left unread', async () => {
  const ids = await polledItems(db(), source, [sampleItem('a')]);
  const unread = await ledger().recordPoll(
    source,
    samplePoll([], { reading: null, httpStatus: 304, startedAt: later(60) }),
  );
  expect(unread).toEqual(ids);
  expect((await ledger().standing(source)).memory).toEqual({ seen: ['a'] });
  expect(await row()).toMatchObject({ state: 'quiet' });
  const polls = await db().selectFrom('poll').select('outcome').orderBy('startedAt').execute();
  expect(polls.map(({ outcome }) => outcome)).toEqual(['new', 'unchanged']);
});

test('validators are not used under another configuration or another version of the readers', async () => {
  await ledger('1').recordPoll(source, samplePoll([]));
  expect((await ledger('1').standing(source)).validators).toEqual({ etag: '"one"' });
  expect((await ledger('1').standing({ ...source, name: 'Renamed', everyMinutes: 120 })).validators).toEqual({
    etag: '"one"',
  });
  expect((await ledger('2').standing(source)).validators).toEqual({});
  expect((await ledger('1').standing({ ...source, url: 'https://harbour-trust.example/other' })).validators).toEqual(
    {},
  );
});

describe('a source in trouble', () => {
  const changedPoll = samplePoll([], {
    reading: sampleReading({ health: 'changed', hints: ['“.card” matches nothing'] }),
  });

  test('that changed has one notice however often, no validators, and recovers', async () => {
    await ledger().recordPoll(source, samplePoll([]));
    await ledger().recordPoll(source, changedPoll);
    await ledger().recordPoll(source, changedPoll);
    expect(await row()).toMatchObject({
      state: 'changed',
      failureCode: 'source.changed',
      hints: ['“.card” matches nothing'],
    });
    expect((await ledger().standing(source)).validators).toEqual({});
    expect(await noticeBook(db()).openNotices()).toMatchObject([
      { kind: 'source', subject: source.id, message: 'The harbour-trust charity: “.card” matches nothing' },
    ]);
    await ledger().recordPoll(source, samplePoll([], { endedAt: later(300) }));
    expect(await noticeBook(db()).openNotices()).toEqual([]);
    expect(await row()).toMatchObject({ state: 'good', failureCode: null, failingSince: null });
    const notices = await db().selectFrom('notice').selectAll().execute();
    expect(notices).toMatchObject([{ endedAt: later(300) }]);
  });

  test.each([
    ['source.unreachable', 'unreachable'],
    ['source.timeout', 'unreachable'],
    ['source.slow-down', 'slow-down'],
    ['source.refused', 'refused'],
    ['source.challenge', 'refused'],
    ['source.robots', 'refused'],
    ['source.missing', 'gone'],
    ['source.gone', 'gone'],
    ['source.not-a-feed', 'changed'],
    ['source.malformed', 'changed'],
    ['internal', 'changed'],
  ] satisfies [FailureCode, string][])('%s makes it %s', async (code, state) => {
    await ledger().recordFailedPoll(source, new Failure(code, 'No \u0000 answer'), times);
    expect(await row()).toMatchObject({
      state,
      failureCode: code,
      failureMessage: 'No \ufffd answer',
      failuresInRow: 1,
    });
  });

  test('keeps memory, validators and items, counts, and says it in one notice', async () => {
    const ids = await polledItems(db(), source, [sampleItem('a')]);
    await ledger().recordFailedPoll(source, new Failure('source.timeout', 'Slow', { status: 504 }), times);
    await ledger().recordFailedPoll(source, new Failure('source.refused', 'No'), {
      ...times,
      startedAt: later(5),
      endedAt: later(9),
    });
    const standing = await ledger().standing(source);
    expect(standing).toMatchObject({
      memory: { seen: ['a'] },
      validators: { etag: '"one"' },
      failuresInRow: 2,
      unread: ids,
    });
    // Failed looks say nothing of how much a source brings.
    expect(standing.recentNew).toEqual([1]);
    expect(await row()).toMatchObject({ failingSince: later(1), nextPollAt: later(240) });
    expect(await noticeBook(db()).openNotices()).toMatchObject([
      { message: 'The harbour-trust charity: No', beganAt: later(1) },
    ]);
    const polls = await db()
      .selectFrom('poll')
      .selectAll()
      .where('outcome', '=', 'failed')
      .orderBy('startedAt')
      .execute();
    expect(polls).toMatchObject([
      { httpStatus: 504, failureCode: 'source.timeout' },
      { httpStatus: null, failureCode: 'source.refused' },
    ]);
    await ledger().recordPoll(source, samplePoll([]));
    expect(await noticeBook(db()).openNotices()).toEqual([]);
    expect((await ledger().standing(source)).failuresInRow).toBe(0);
  });

  test('is told to the desk', async () => {
    const client = await database.store.pool.connect();
    try {
      const told = new Promise((resolve) => client.on('notification', ({ payload }) => resolve(payload)));
      await client.query('listen desk');
      await ledger().recordFailedPoll(source, new Failure('source.timeout', 'Slow'), times);
      expect(['source', 'notice']).toContain(await told);
    } finally {
      client.release();
    }
  });
});

test('the week of news counts from the last look', async () => {
  await ledger().recordPoll(source, samplePoll([sampleItem('a')], { startedAt: later(-8 * 24 * 60) }));
  await ledger().recordPoll(source, samplePoll([sampleItem('b'), sampleItem('c')], { startedAt: later(-6 * 24 * 60) }));
  await ledger().recordPoll(source, samplePoll([sampleItem('d')]));
  expect(await ledger().standing(source)).toMatchObject({ recentNew: [1, 2, 1], newInLastWeek: 3 });
});

test('every item ends with a reason: a row without one is refused', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  expect(await endOf(db(), id!)).toEqual({ disposition: 'found', reasonCode: null, reason: null });
  await expect(db().updateTable('item').set({ disposition: 'held' }).execute()).rejects.toThrow('item_check');
});

test('an address that leads elsewhere for good is proposed from the third poll running, and not before', async () => {
  const movedTo = async (to: string | null) => {
    await ledger().recordPoll(source, samplePoll([], { movedTo: to }));
    return (await db().selectFrom('source').select('movedTo').where('id', '=', source.id).executeTakeFirstOrThrow())
      .movedTo;
  };
  const [there, elsewhere] = ['https://there.example/feed', 'https://elsewhere.example/feed'];
  expect([await movedTo(there), await movedTo(there), await movedTo(elsewhere)]).toEqual([null, null, null]);
  expect([await movedTo(elsewhere), await movedTo(elsewhere)]).toEqual([null, elsewhere]);
  expect(await movedTo(null)).toBeNull();
});
