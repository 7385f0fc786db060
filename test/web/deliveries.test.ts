import { Failure } from '../../src/model/failure.js';
import { deliveryBook, redeliver } from '../../src/store/deliveries.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let draft: string;
let postId: string;
let editor: Visitor;
let operator: Visitor;
const db = () => desk.database.store.db;

beforeEach(async () => {
  desk = await openDesk();
  draft = await seedDraft(desk);
  editor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
  operator = await new Visitor(desk).signIn(await desk.addUser('operator'));
});
afterEach(async () => await desk.close());

async function publish(): Promise<void> {
  await editor.get(`/drafts/${draft}`);
  await editor.post(`/drafts/${draft}/moves/review`, { version: '1' });
  await editor.post(`/drafts/${draft}/moves/approve`, {
    version: '1',
    headline: 'A <b>bold</b> headline',
    bodyHtml: '<p>One &amp; two.</p><ul><li>Three</li></ul>',
  });
  await editor.post(`/drafts/${draft}/moves/publish`, { version: '2' });
  postId = (await db().selectFrom('post').select('id').executeTakeFirstOrThrow()).id;
  await db()
    .insertInto('delivery')
    .values(['joomla', 'webhook', 'wordpress'].map((output) => ({ postId, output })))
    .execute();
}

const now = () => new Date(Date.now() + 1_000);
const take = async () =>
  (await deliveryBook(db()).takeDelivery(draft, ['joomla', 'webhook', 'wordpress'], now())) ?? null;
const rowOf = async (output: string) =>
  await db().selectFrom('delivery').selectAll().where('output', '=', output).executeTakeFirstOrThrow();

test('says of each delivery what became of it, to editors too; only operators send again', async () => {
  await publish();
  const [joomla, webhook] = [(await take())!, (await take())!];
  const refusal = new Failure('output.refused', 'Joomla did not take the article (400: <script>alert(1)</script>)');
  await deliveryBook(db()).recordNotDelivered(joomla, refusal, now());
  await deliveryBook(db()).recordDelivered(webhook, { remoteId: '17', remoteUrl: null }, now());
  await editor.get('/deliveries');
  expect(editor.status).toBe(200);
  expect(editor.html).toContain('Joomla did not take the article (400: &lt;script>');
  expect(editor.html).toContain('The other system refused the delivery.');
  expect(editor.html).toContain('Its number there is 17');
  expect(editor.html).toContain('A &lt;b>bold&lt;/b> headline');
  expect(editor.html).toContain('Webhook: 1 delivered, 0 waiting, 0 failed');
  expect(editor.html).not.toContain('Send again');
  await editor.post(`/deliveries/${postId}/joomla/again`);
  expect(editor.status).toBe(403);
  await editor.post('/deliveries/failed/again');
  expect(editor.status).toBe(403);
  expect(await rowOf('joomla')).toMatchObject({ state: 'failed' });

  desk.hurried.length = 0;
  await operator.get('/deliveries?in=failed');
  expect(operator.html).toContain('Send all failed ones again');
  expect(operator.html).not.toContain('WordPress</span>');
  await operator.post(`/deliveries/${postId}/joomla/again`);
  expect(operator.html).toContain('It is sent again now.');
  expect(await rowOf('joomla')).toMatchObject({ state: 'waiting', attempts: 0, asked: 1 });
  expect(desk.hurried).toEqual([draft]);
  expect((await take())?.output).toBe('joomla');
});

test('all that failed is sent again at once, and nothing else', async () => {
  await publish();
  for (const _ of [1, 2]) {
    const delivery = (await take())!;
    await deliveryBook(db()).recordNotDelivered(delivery, new Failure('output.refused', 'No'), now());
  }
  const last = (await take())!;
  await deliveryBook(db()).recordDelivered(last, { remoteId: '5', remoteUrl: 'https://there.example/5' }, now());
  desk.hurried.length = 0;
  await operator.get('/deliveries');
  expect(operator.html).toContain('href="https://there.example/5"');
  await operator.post('/deliveries/failed/again');
  expect(operator.html).toContain('What failed of one post is sent again now.');
  expect(desk.hurried).toEqual([draft]);
  expect([await rowOf('joomla'), await rowOf('webhook'), await rowOf('wordpress')].map(({ state }) => state)).toEqual([
    'waiting',
    'waiting',
    'done',
  ]);
});

test('what is on its way is never taken twice: not when it is sent again, nor when the post changes meanwhile', async () => {
  await publish();
  const first = (await take())!;
  await operator.get('/deliveries');
  expect(operator.html).toContain('On its way');
  await operator.post(`/deliveries/${postId}/${first.output}/again`);
  expect(operator.html).toContain('it is on its way just now');
  await redeliver(db(), postId, now());
  const others = [await take(), await take(), await take()].map((delivery) => delivery?.output ?? null);
  expect(others).toEqual(['webhook', 'wordpress', null]);
  await deliveryBook(db()).recordDelivered(first, { remoteId: '101', remoteUrl: null }, now());
  expect(await take()).toMatchObject({ output: first.output, asked: 2, remoteId: '101' });
});

test('what is not there is not sent again', async () => {
  await publish();
  await operator.get('/deliveries');
  for (const path of ['nonsense/joomla', `${postId}/other`, `${draft}/joomla`]) {
    await operator.post(`/deliveries/${path}/again`);
    expect([path, operator.html.includes('There is no such delivery')]).toEqual([path, true]);
  }
});

test('a draft leads to its deliveries and to its copy once it is approved, and not before', async () => {
  await editor.get(`/drafts/${draft}`);
  expect(editor.html).not.toContain(`/drafts/${draft}/copy`);
  await editor.get(`/drafts/${draft}/copy`);
  expect(editor.status).toBe(404);
  await publish();
  await editor.get(`/drafts/${draft}`);
  expect(editor.html).toContain(`/deliveries?draft=${draft}`);
  await editor.get(`/deliveries?draft=${draft}`);
  expect(editor.html.match(/class="found-row"/g)).toHaveLength(3);
  await editor.get(`/deliveries?draft=nonsense`);
  expect(editor.html).toContain('Nothing here.');

  await editor.get(`/drafts/${draft}/copy`);
  const [headline, html, text] = [...editor.html.matchAll(/<textarea[^>]*>([^<]*)</g)].map(([, inside]) => inside);
  expect(headline).toBe('A &lt;b>bold&lt;/b> headline');
  expect(html).toContain('&lt;ul>&lt;li>Three&lt;/li>&lt;/ul>');
  expect(html).toMatch(/&lt;p>Source: Isle of Sodor Safeguarding Partnership published on this website \w+day \d/);
  expect(html).toContain('by Jill Powell');
  expect(html).toContain('&lt;a href=&quot;https://sodor.example/');
  expect(text).toContain('One &amp; two.\n\n• Three');
  expect(text).toMatch(/Read the original: https:\/\/sodor\.example\/news\/\S+$/);
});
