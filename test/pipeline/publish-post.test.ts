import { eraserOf } from '../../src/erased.js';
import { jsonCaller } from '../../src/net/call-json.js';
import { joomla } from '../../src/outputs/deliveries/joomla.js';
import { webhook } from '../../src/outputs/deliveries/webhook.js';
import { publishPost, type Output } from '../../src/pipeline/publish-post.js';
import { deliveryBook } from '../../src/store/deliveries.js';
import { deskPosts } from '../../src/store/desk-posts.js';
import { erase } from '../../src/store/erase.js';
import { postBook } from '../../src/store/post-book.js';
import { unfinished } from '../../src/store/unfinished.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { JoomlaServer } from '../outputs/joomla-server.js';
import { draftOf, readItems, sampleItem, sampleSource, sampleUser } from '../store/samples.js';
import { catchCalls, type HttpCatcher } from './messages/telling.js';

const NAMES = ['joomla', 'webhook'];
let database: TestDatabase;
let site: JoomlaServer;
let hook: HttpCatcher;
let now: Date;
const db = () => database.store.db;

beforeEach(async () => {
  [database, site, hook] = await Promise.all([emptyDatabase(), JoomlaServer.open(), catchCalls()]);
  now = new Date(Date.now() + 60_000);
});
afterEach(async () => await Promise.all([database.close(), site.close(), hook.close()]));

function outputs(): Output[] {
  const ask = jsonCaller('SAFE-Newsdesk/test');
  const { TOKEN: token, CATEGORY: category } = JoomlaServer;
  return [
    joomla({ url: site.origin, token, category, state: 1 }, ask),
    webhook({ url: hook.url, secret: 'a secret of sixteen', publicUrl: 'https://news.example', now: () => now }, ask),
  ];
}

const publish = async (draftId: string, places = outputs()) =>
  await publishPost(
    { clock: { now: () => now }, posts: postBook(db(), NAMES), deliveries: deliveryBook(db()), outputs: places },
    draftId,
  );

/** A draft whose scheduled time has come. */
async function due(): Promise<{ id: string; editor: string }> {
  const editor = await sampleUser(db(), 'Ada Field');
  const [item] = await readItems(db(), sampleSource(), [sampleItem('a')]);
  await draftOf(db(), item!);
  const { id } = await db()
    .updateTable('draft')
    .set({ state: 'scheduled', approvedBy: editor, publishAt: new Date(now.getTime() - 60_000) })
    .returning('id')
    .executeTakeFirstOrThrow();
  const approval = { draftId: id, did: 'approve', byUser: editor, fromState: 'in-review', toState: 'approved' };
  await db().insertInto('draftEvent').values(approval).execute();
  return { id, editor };
}

const states = async () =>
  await db().selectFrom('delivery').select(['output', 'state', 'remoteId']).orderBy('output').execute();
const events = (): unknown[] => hook.calls.map(({ body }) => (JSON.parse(body) as { event: unknown }).event);

test('a post goes to every output; withdrawn and published again, every output hears of it, once', async () => {
  const { id, editor } = await due();
  expect(await publish(id)).toEqual({ published: true, delivered: 2, failed: 0 });
  expect(await publish(id)).toEqual({ published: false, delivered: 0, failed: 0 });
  expect(await states()).toEqual([
    { output: 'joomla', state: 'done', remoteId: '101' },
    { output: 'webhook', state: 'done', remoteId: null },
  ]);
  const posts = deskPosts(db(), NAMES);
  const by = { userId: editor, at: now };
  await posts.withdrawPost(id, 1, { ...by, reason: null });
  expect(await unfinished(db()).duePosts(now)).toEqual([id]);
  await publish(id);
  expect(site.articles.get(101)?.state).toBe(0);
  await posts.republishPost(id, 1, by);
  await publish(id);
  expect(site.articles.get(101)?.state).toBe(1);
  expect(site.articles.size).toBe(1);
  expect(events()).toEqual(['post.published', 'post.withdrawn', 'post.republished']);
  expect(await unfinished(db()).duePosts(now)).toEqual([]);
});

test('a name that is erased goes out of the article over there too, also of one that is withdrawn', async () => {
  const { id, editor } = await due();
  await publish(id);
  expect(site.articles.get(101)?.articletext).toContain('The harbour is safe.');
  const client = await database.store.pool.connect();
  try {
    await erase(client, eraserOf('The Harbour')!, { dryRun: false, posts: true });
  } finally {
    client.release();
  }
  now = new Date(now.getTime() + 60_000);
  expect(await publish(id)).toEqual({ published: false, delivered: 2, failed: 0 });
  expect(site.articles.get(101)?.articletext).toContain('[name removed] is safe.');
  expect(site.articles.get(101)?.articletext).not.toMatch(/harbour is/i);
  const { version } = await db().selectFrom('draft').select('version').executeTakeFirstOrThrow();
  await deskPosts(db(), NAMES).withdrawPost(id, version, { userId: editor, reason: null, at: now });
  site.articles.get(101)!.articletext = 'Words that came back by hand.';
  await publish(id);
  expect(site.articles.get(101)).toMatchObject({
    state: 0,
    articletext: expect.stringContaining('is safe.') as string,
  });
});

test('what waits for an output that is not set up any more asks for no work', async () => {
  const { id } = await due();
  await publish(id, []);
  expect(await unfinished(db(), NAMES).duePosts(now)).toEqual([id]);
  expect(await unfinished(db(), ['wordpress']).duePosts(now)).toEqual([]);
  expect(await unfinished(db(), []).duePosts(now)).toEqual([]);
});

test('five workers at once make one article and one call', async () => {
  const { id } = await due();
  const told = await Promise.all([1, 2, 3, 4, 5].map(async () => await publish(id)));
  expect(told.reduce((all, { delivered }) => all + delivered, 0)).toBe(2);
  expect(site.articles.size).toBe(1);
  expect(events()).toEqual(['post.published']);
});

test('an output that fails stops no other, and is tried again by the sweep until it works', async () => {
  const { id } = await due();
  site.goWrong('POST', { kind: 'lost' });
  expect(await publish(id)).toEqual({ published: true, delivered: 1, failed: 1 });
  expect(events()).toEqual(['post.published']);
  expect(await unfinished(db()).duePosts(now)).toEqual([]);
  now = new Date(now.getTime() + 61_000);
  expect(await unfinished(db()).duePosts(now)).toEqual([id]);
  expect(await publish(id)).toEqual({ published: false, delivered: 1, failed: 0 });
  expect(site.articles.size).toBe(1);
  expect(events()).toEqual(['post.published']);
});

test('an output that breaks in an unforeseen way is a failed delivery too, not a failed job', async () => {
  const { id } = await due();
  const broken: Output = { name: 'joomla', deliver: () => Promise.reject(new TypeError('x is not a function')) };
  expect(await publish(id, [broken, outputs()[1]!])).toEqual({ published: true, delivered: 1, failed: 1 });
  const row = await db().selectFrom('delivery').selectAll().where('output', '=', 'joomla').executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'waiting', failureCode: 'internal', attempts: 1 });
});
