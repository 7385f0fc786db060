import { pastLike, pastPosts } from '../../src/store/past-posts.js';
import { openDesk, seedDraft, Visitor, type Desk } from '../web/desk.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => await desk.close());

test('what was imported is kept once, and told on the page of a draft with the same original', async () => {
  const { db, pool } = desk.database.store;
  const draft = await seedDraft(desk);
  await pool.query(
    `insert into item_alias (key, item_id, kind) select 'https://sodor.example/report', item_id, 'canonical' from draft where id = $1`,
    [draft],
  );
  const past = {
    headline: 'The <b>report</b> of Sodor',
    bodyText: 'Words.',
    sourceName: 'Sodor',
    sourceId: null,
    sourceLine: 'Source: Sodor published on this site Wednesday 27 March 2024',
    publishedOn: '2024-03-27',
    editorName: null,
    url: null,
    slips: ['There is no editor.'],
    keys: [1n, 2n],
    linkKeys: ['https://sodor.example/report'],
  };
  expect(await pastPosts(db).keep(past, new Date())).toBe('new');
  expect(await pastPosts(db).keep({ ...past, bodyText: 'Words, more of them.' }, new Date())).toBe('known');
  const { rows } = await pool.query('select body_text from past_post');
  expect(rows).toEqual([{ body_text: 'Words, more of them.' }]);
  expect(await pastLike(db, draft)).toMatchObject([{ publishedOn: '2024-03-27', by: 'link' }]);
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await visitor.get(`/drafts/${draft}`);
  expect(visitor.html).toContain('Already published on Wed 27 Mar 2024: “The &lt;b>report&lt;/b> of Sodor” (Sodor).');
});
