import { noticeBook } from '../../src/store/notices.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await seedDraft(desk);
});
afterEach(async () => await desk.close());

const source = async () =>
  await desk.database.store.db.selectFrom('source').selectAll().where('id', '=', 'sodor').executeTakeFirstOrThrow();
const events = async () =>
  await desk.database.store.db.selectFrom('sourceEvent').select(['did', 'reason']).orderBy('id').execute();

test('an operator polls now, pauses with a reason and an end, and goes on; each with who did it', async () => {
  await desk.database.store.db
    .updateTable('source')
    .set({ nextPollAt: new Date('2036-01-01') })
    .execute();
  const visitor = await new Visitor(desk).signIn(await desk.addUser('operator'));
  await visitor.get('/sources/sodor');
  expect(visitor.html).toContain('Poll now');
  await visitor.post('/sources/sodor/poll', {});
  expect((await source()).nextPollAt.getTime()).toBeLessThanOrEqual(Date.now());
  await visitor.post('/sources/sodor/pause', { days: '7', reason: '' });
  expect((await source()).pausedUntil).toBeNull();
  await visitor.post('/sources/sodor/pause', { days: '7', reason: 'The site is being rebuilt' });
  expect((await source()).pausedUntil?.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);
  await visitor.get('/sources/sodor');
  expect(visitor.html).toContain('The site is being rebuilt');
  await visitor.post('/sources/sodor/resume', {});
  expect((await source()).pausedUntil).toBeNull();
  expect(await events()).toEqual([
    { did: 'poll-now', reason: null },
    { did: 'paused', reason: 'The site is being rebuilt' },
    { did: 'resumed', reason: null },
  ]);
});

test('“poll now” never breaks the word of a host that asked us to wait', async () => {
  const later = new Date('2036-01-01');
  await desk.database.store.db
    .updateTable('source')
    .set({ nextPollAt: later, failureCode: 'source.slow-down', state: 'slow-down' })
    .execute();
  const visitor = await new Visitor(desk).signIn(await desk.addUser('operator'));
  await visitor.get('/sources/sodor');
  await visitor.post('/sources/sodor/poll', {});
  expect((await source()).nextPollAt).toEqual(later);
  expect(await events()).toEqual([]);
});

test('a page that changed for good is accepted: its memory begins anew, and the incident ends', async () => {
  const { db } = desk.database.store;
  await db
    .updateTable('source')
    .set({ state: 'changed', memory: JSON.stringify({ version: 1 }) })
    .execute();
  await noticeBook(db).open('source', 'sodor', 'Nothing is where it was.');
  const visitor = await new Visitor(desk).signIn(await desk.addUser('operator'));
  await visitor.get('/sources/sodor');
  await visitor.post('/sources/sodor/accept', {});
  expect((await source()).memory).toBeNull();
  expect(await noticeBook(db).openNotices()).toEqual([]);
});

test('an editor sees no buttons for operators, and cannot use them', async () => {
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await visitor.get('/sources/sodor');
  expect(visitor.html).not.toContain('Poll now');
  await visitor.post('/sources/sodor/poll', {});
  expect(visitor.status).toBe(403);
});
