import { Failure } from '../../src/model/failure.js';
import { newsfeed } from '../../src/store/newsfeed.js';
import { noticeBook } from '../../src/store/notices.js';
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
  const waiting = async (id: string) => (await book().waitingDeliveries(id)).map(({ output }) => output);
  const row = async (output: string) =>
    await db().selectFrom('delivery').selectAll().where('output', '=', output).executeTakeFirstOrThrow();

  test('wait for each output, and are done once', async () => {
    const id = await scheduled('a');
    const { postId } = (await book('joomla', 'webhook').publishIfDue(id, later(60)))!;
    expect(await waiting(id)).toEqual(['joomla', 'webhook']);
    expect(await unfinished(db()).duePosts(new Date())).toEqual([id]);
    await book().recordDelivery(postId, 'joomla', { remoteId: '17' });
    expect(await waiting(id)).toEqual(['webhook']);
    await book().recordDelivery(postId, 'webhook', { remoteId: null });
    expect(await unfinished(db()).duePosts(new Date())).toEqual([]);
    expect(await row('joomla')).toMatchObject({ state: 'done', remoteId: '17', attempts: 1 });
  });

  test('that fail are tried again later, with growing waits, and end as failed after 12', async () => {
    const id = await scheduled('a');
    const { postId } = (await book('joomla').publishIfDue(id, later(60)))!;
    const failure = new Failure('output.unreachable', 'No answer');
    await book().recordDelivery(postId, 'joomla', failure);
    expect(await waiting(id)).toEqual([]);
    expect(await row('joomla')).toMatchObject({
      state: 'waiting',
      failureCode: 'output.unreachable',
      failureMessage: 'No answer',
    });
    expect(await unfinished(db()).duePosts(new Date(Date.now() + 61_000))).toEqual([id]);
    for (let attempt = 2; attempt <= 12; attempt += 1) {
      expect((await row('joomla')).state).toBe('waiting');
      await book().recordDelivery(postId, 'joomla', failure);
    }
    const last = await row('joomla');
    expect(last).toMatchObject({ state: 'failed', attempts: 12 });
    expect(last.tryAfter.getTime() - Date.now()).toBeLessThanOrEqual(360 * 60_000);
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
