import { Failure } from '../../src/model/failure.js';
import { newsfeed } from '../../src/store/newsfeed.js';
import { noticeBook } from '../../src/store/notices.js';
import { deliveryBook, redeliver } from '../../src/store/deliveries.js';
import { postBook } from '../../src/store/post-book.js';
import { unfinished } from '../../src/store/unfinished.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { draftOf, later, readItems, sampleItem, sampleSource, sampleUser } from './samples.js';

let database: TestDatabase;
let approver: string;
let publisher: string;
const source = sampleSource();
const db = () => database.store.db;
const book = (...outputs: string[]) => postBook(db(), outputs);

beforeEach(async () => {
  database = await emptyDatabase();
  approver = await sampleUser(db(), 'Ada Field');
  publisher = await sampleUser(db(), 'Bo Marsh');
});
afterEach(async () => await database.close());

/** A draft that one person approved and another scheduled. */
async function scheduled(name: string, slug: string | null = name): Promise<string> {
  const [id] = await readItems(db(), source, [sampleItem(name)]);
  await draftOf(db(), id!);
  const draft = await db()
    .updateTable('draft')
    .set({ state: 'scheduled', approvedBy: approver, publishAt: later(60), slug })
    .where('itemId', '=', id!)
    .returning('id')
    .executeTakeFirstOrThrow();
  await db()
    .insertInto('draftEvent')
    .values([
      { draftId: draft.id, did: 'approve', byUser: approver, fromState: 'in-review', toState: 'approved' },
      { draftId: draft.id, did: 'schedule', byUser: publisher, fromState: 'approved', toState: 'scheduled' },
    ])
    .execute();
  return draft.id;
}

const stateOf = async (id: string) =>
  (await db().selectFrom('draft').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;

describe('a scheduled draft', () => {
  test('is published when its time has come, under the name of the person who scheduled it', async () => {
    const id = await scheduled('a');
    expect(await unfinished(db()).duePosts(later(59))).toEqual([]);
    expect(await book().publishIfDue(id, later(59))).toBeUndefined();
    expect(await unfinished(db()).duePosts(later(60))).toEqual([id]);
    const published = await book().publishIfDue(id, later(61));
    expect(await newsfeed(db()).bySlug('a')).toEqual({
      notes: [],
      id: published!.postId,
      slug: 'a',
      headline: 'News of a',
      bodyHtml: '<p>The harbour is safe.</p>',
      sourceName: source.name,
      editorName: 'Bo Marsh',
      originalUrl: sampleItem('a').url,
      publishedAt: later(61),
      changedAt: later(61),
    });
    expect(await stateOf(id)).toBe('published');
    const event = await db().selectFrom('draftEvent').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
    expect(event).toMatchObject({ did: 'publish', byUser: null, fromState: 'scheduled', toState: 'published' });
    expect(await unfinished(db()).duePosts(later(70))).toEqual([]);
  });

  test('is published once by five workers at once', async () => {
    const id = await scheduled('a');
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(async () => await book().publishIfDue(id, later(60))));
    expect(outcomes.filter((outcome) => outcome !== undefined)).toHaveLength(1);
  });

  test('takes its address from the headline where none was settled', async () => {
    await book().publishIfDue(await scheduled('a', null), later(60));
    expect(await newsfeed(db()).bySlug('news-of-a')).toMatchObject({ headline: 'News of a' });
  });

  test('whose address was taken meanwhile goes back to approved, and says so', async () => {
    const [first, second] = [await scheduled('a', 'same'), await scheduled('b', 'same')];
    await book().publishIfDue(first, later(60));
    expect(await book().publishIfDue(second, later(60))).toBeUndefined();
    expect(await stateOf(second)).toBe('approved');
    expect(await noticeBook(db()).openNotices()).toMatchObject([
      {
        kind: 'publishing',
        subject: second,
        message: '“News of b” could not be published at its time. Its address is already used by another post.',
      },
    ]);
    expect(await unfinished(db()).duePosts(later(70))).toEqual([]);
    await db()
      .updateTable('draft')
      .set({ state: 'scheduled', publishAt: later(80), slug: 'other' })
      .where('id', '=', second)
      .execute();
    await book().publishIfDue(second, later(80));
    expect(await noticeBook(db()).openNotices()).toEqual([]);
  });
});

describe('nothing is published that an editor did not approve', () => {
  const noEvent = async (id: string) => await db().deleteFrom('draftEvent').where('draftId', '=', id).execute();
  const set = (values: { bodyHtml?: string; headline?: string; approvedBy?: string | null }) => async (id: string) =>
    await db().updateTable('draft').set(values).where('id', '=', id).execute();

  test.each([
    ['never approved by a person', noEvent, 'approved'],
    ['without a body', set({ bodyHtml: ' ' }), 'approved'],
    ['without a headline', set({ headline: '' }), 'approved'],
    ['whose approval was taken away', set({ approvedBy: null }), 'scheduled'],
  ])('a draft %s', async (_, spoil, state) => {
    const id = await scheduled('a');
    await spoil(id);
    expect(await book().publishIfDue(id, later(60))).toBeUndefined();
    expect(await db().selectFrom('post').select('id').execute()).toEqual([]);
    expect(await stateOf(id)).toBe(state);
  });

  test('a post with other words than those approved is refused by the table', async () => {
    const id = await scheduled('a');
    const post = {
      draftId: id,
      slug: 'a',
      headline: 'News of a',
      bodyHtml: '<p>Other words.</p>',
      sourceName: source.name,
      editorName: 'Bo Marsh',
      originalUrl: 'https://x.example',
      approvedBy: approver,
      publishedBy: publisher,
      publishedAt: later(60),
      changedAt: later(60),
    };
    await expect(db().insertInto('post').values(post).execute()).rejects.toThrow('no approved draft with these words');
  });
});

describe('deliveries', () => {
  const outputs = ['joomla', 'webhook'];
  const deliveries = () => deliveryBook(db());
  const row = async (output: string) =>
    await db().selectFrom('delivery').selectAll().where('output', '=', output).executeTakeFirstOrThrow();
  const published = async (...names: string[]) => {
    const id = await scheduled('a');
    const { postId } = (await book(...names).publishIfDue(id, later(60)))!;
    return { id, postId };
  };
  /** Deliveries become due at the time of the database, which is now. */
  const soon = (minutes = 0) => new Date(Date.now() + 60_000 + minutes * 60_000);

  test('wait for each output, are one process’s at a time, and are done once', async () => {
    const { id } = await published('joomla', 'webhook');
    expect(await unfinished(db()).duePosts(new Date())).toEqual([id]);
    const [first, second, third] = [
      await deliveries().takeDelivery(id, outputs, soon()),
      await deliveries().takeDelivery(id, outputs, soon()),
      await deliveries().takeDelivery(id, outputs, soon()),
    ];
    expect([first?.output, second?.output, third]).toEqual(['joomla', 'webhook', undefined]);
    expect(first).toMatchObject({ asked: 1, remoteId: null, withdrawn: false, post: { slug: 'a', notes: [] } });
    await deliveries().recordDelivered(first!, { remoteId: '17', remoteUrl: 'https://j.example/17' }, soon());
    await deliveries().recordDelivered(second!, { remoteId: null, remoteUrl: null }, soon());
    expect(await unfinished(db()).duePosts(soon(600))).toEqual([]);
    expect(await row('joomla')).toMatchObject({ state: 'done', remoteId: '17', attempts: 1 });
  });

  test('whose process died are taken again after some minutes', async () => {
    const { id } = await published('joomla');
    expect(await deliveries().takeDelivery(id, outputs, soon())).toBeDefined();
    expect(await deliveries().takeDelivery(id, outputs, soon(4))).toBeUndefined();
    expect(await deliveries().takeDelivery(id, outputs, soon(6))).toBeDefined();
  });

  test('an answer to an earlier asking does not hide a later one', async () => {
    const { id, postId } = await published('joomla');
    const first = (await deliveries().takeDelivery(id, outputs, soon()))!;
    await redeliver(db(), postId, soon());
    await deliveries().recordDelivered(first, { remoteId: '17', remoteUrl: null }, soon());
    const again = await deliveries().takeDelivery(id, outputs, soon(1));
    expect(again).toMatchObject({ asked: 2, remoteId: '17' });
  });

  test('that fail are tried again later, with growing waits, and end as failed after 12: one notice, and its end', async () => {
    const { id, postId } = await published('joomla');
    const failure = new Failure('output.unreachable', 'j.example did not answer: ECONNREFUSED');
    const notice = async () => await db().selectFrom('notice').selectAll().where('kind', '=', 'output').execute();
    let now = soon();
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      const delivery = (await deliveries().takeDelivery(id, outputs, now))!;
      expect([attempt, (await row('joomla')).state]).toEqual([attempt, 'waiting']);
      await deliveries().recordNotDelivered(delivery, failure, now);
      expect(await notice()).toHaveLength(attempt < 4 ? 0 : 1);
      const { tryAfter } = await row('joomla');
      expect(tryAfter.getTime() - now.getTime()).toBe(Math.min(360, 2 ** (attempt - 1)) * 60_000);
      now = tryAfter;
    }
    expect(await row('joomla')).toMatchObject({ state: 'failed', attempts: 12, failureCode: 'output.unreachable' });
    expect(await unfinished(db()).duePosts(soon(100_000))).toEqual([]);
    await redeliver(db(), postId, now);
    const last = (await deliveries().takeDelivery(id, outputs, now))!;
    await deliveries().recordDelivered(last, { remoteId: '17', remoteUrl: null }, now);
    expect((await notice()).map(({ endedAt }) => endedAt)).toEqual([now]);
  });

  test('a refusal is for a person at once', async () => {
    const { id } = await published('joomla');
    const delivery = (await deliveries().takeDelivery(id, outputs, soon()))!;
    await deliveries().recordNotDelivered(delivery, new Failure('output.refused', 'Joomla said no'), soon());
    expect(await row('joomla')).toMatchObject({ state: 'failed', attempts: 1, failureMessage: 'Joomla said no' });
  });

  test('an output that is not set up any more is left alone, and its notice ends', async () => {
    const { id } = await published('joomla', 'wordpress');
    for (const _ of ['joomla', 'wordpress']) {
      const delivery = (await deliveries().takeDelivery(id, ['joomla', 'wordpress'], soon()))!;
      await deliveries().recordNotDelivered(delivery, new Failure('output.refused', 'No'), soon());
    }
    const open = async () => (await noticeBook(db()).openNotices()).map(({ subject }) => subject);
    expect(await open()).toEqual(['wordpress', 'joomla']);
    await deliveries().endOthers(['joomla'], soon());
    expect(await open()).toEqual(['joomla']);
    await deliveries().endOthers([], soon());
    expect(await open()).toEqual([]);
    expect(await deliveries().takeDelivery(id, ['webhook'], soon())).toBeUndefined();
    expect(await deliveries().takeDelivery(id, [], soon())).toBeUndefined();
  });
});

describe('the newsfeed', () => {
  const publish = async (name: string, minutes: number) =>
    await book().publishIfDue(await scheduled(name), later(minutes));

  test('has an empty first page before the first post', async () => {
    expect(await newsfeed(db()).page(1)).toEqual({ posts: [], page: 1, pages: 1 });
    expect(await newsfeed(db()).page(2)).toBeUndefined();
    expect(await newsfeed(db()).changedAt()).toBeNull();
  });

  test('is newest first, five a page, and has no page beyond the last', async () => {
    for (let number = 1; number <= 6; number += 1) await publish(`n${number}`, 60 + number);
    const slugs = async (page: number) => (await newsfeed(db()).page(page))?.posts.map(({ slug }) => slug);
    expect(await slugs(1)).toEqual(['n6', 'n5', 'n4', 'n3', 'n2']);
    expect(await slugs(2)).toEqual(['n1']);
    for (const page of [0, 3, -1, 1.5, Number.NaN]) expect(await newsfeed(db()).page(page)).toBeUndefined();
    expect((await newsfeed(db()).newest(2)).map(({ slug }) => slug)).toEqual(['n6', 'n5']);
    expect(await newsfeed(db()).changedAt()).toEqual(later(66));
  });

  test('a withdrawn post is in no list, and its address says so', async () => {
    await publish('a', 60);
    await db()
      .updateTable('post')
      .set({ withdrawnAt: later(90) })
      .execute();
    expect(await newsfeed(db()).page(1)).toMatchObject({ posts: [] });
    expect(await newsfeed(db()).newest(10)).toEqual([]);
    expect(await newsfeed(db()).bySlug('a')).toBe('withdrawn');
    expect(await newsfeed(db()).bySlug('never')).toBeUndefined();
    expect(await newsfeed(db()).bySlug('\u0000')).toBeUndefined();
  });
});
