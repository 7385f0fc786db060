import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => await desk.close());

test('an editor takes a draft all the way to a published post, without JavaScript', async () => {
  const draft = await seedDraft(desk);
  const editor = await desk.addUser('editor', 'Jill Powell');
  const visitor = await new Visitor(desk).signIn(editor);
  expect(visitor.status).toBe(200);
  expect(visitor.html).toContain('Yearly report of the Isle of Sodor partnership');
  await visitor.get(`/drafts/${draft}`);
  expect(visitor.status).toBe(200);
  expect(visitor.html).toContain('Start review');
  await visitor.post(`/drafts/${draft}/moves/review`, { version: '1' });
  expect(visitor.html).toContain('In review');
  await visitor.post(`/drafts/${draft}/moves/approve`, {
    version: '1',
    headline: 'A better headline',
    bodyHtml: '<p>One.</p><p>Two.</p>',
  });
  expect(visitor.html).toContain('Approved as it stands below');
  expect(visitor.html).toContain('A better headline');
  await visitor.post(`/drafts/${draft}/moves/publish`, { version: '2' });
  expect(visitor.html).toContain('/newsfeed/a-better-headline');
  const { rows } = await desk.database.store.pool.query('select slug, editor_name, headline from post');
  expect(rows).toEqual([{ slug: 'a-better-headline', editor_name: 'Jill Powell', headline: 'A better headline' }]);
});
