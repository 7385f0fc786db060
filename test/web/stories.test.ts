import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let jill: Visitor;
let own: string;
let other: string;
let otherItem: string;
beforeAll(async () => {
  desk = await openDesk();
  jill = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
  own = await seedDraft(desk, {
    headline: 'Helpline opens at night',
    bodyHtml: '<p>It opens at night.</p><p><a href="https://sodor.example/own">Read the original</a></p>',
    url: 'https://sodor.example/own',
  });
  other = await seedDraft(desk, {
    headline: 'A line that listens',
    sourceId: 'hands',
    sourceName: 'Helping <Hands>',
    bodyHtml: '<p>Some 250 volunteers answer.</p><blockquote><p>We are here all night.</p></blockquote><p>Last.</p>',
    url: 'https://hands.example/line',
  });
  const { rows } = await desk.database.store.pool.query<{ item_id: string }>(
    'select item_id from draft where id = $1',
    [other],
  );
  otherItem = rows[0]?.item_id ?? '';
});
afterAll(async () => await desk.close());

test('text of a source that is no part of the story cannot be taken', async () => {
  await jill.get(`/drafts/${own}/story/${otherItem}/take`);
  expect(jill.status).toBe(409);
});

test('two stories are joined by an editor who finds the other draft by its words', async () => {
  await jill.get(`/drafts/${own}/story?words=volunteers`);
  expect(jill.html).toContain('A line that listens');
  await jill.post(`/drafts/${own}/story/merge`, { other });
  expect(jill.html).toContain('They are one story now');
  expect(jill.html).toContain('Take text of Helping &lt;Hands>');
  const { rows } = await desk.database.store.pool.query(
    `select count(distinct story_id) as stories from draft where id = any($1)`,
    [[own, other]],
  );
  expect(Number((rows[0] as { stories: unknown }).stories)).toBe(1);
  const events = await desk.database.store.pool.query(
    `select e.reason, u.name from draft_event e join app_user u on u.id = e.by_user where did = 'stories-merged' order by e.id`,
  );
  expect(events.rows).toEqual([
    { reason: 'with “A line that listens”', name: 'Jill Powell' },
    { reason: 'with “Helpline opens at night”', name: 'Jill Powell' },
  ]);
  await jill.post(`/drafts/${own}/story/merge`, { other });
  expect(jill.status).toBe(409);
});

test('paragraphs of the other source go in before the link to the original, under its name, and count as known', async () => {
  await jill.get(`/drafts/${own}/story/${otherItem}/take`);
  expect(jill.html).toContain('250 volunteers');
  await jill.post(`/drafts/${own}/story/${otherItem}/take`, { version: '1', block: ['0', '1'] });
  const { rows } = await desk.database.store.pool.query<{ body_html: string }>(
    'select body_html from draft where id = $1 and version = 2',
    [own],
  );
  expect(rows[0]?.body_html.split('\n')).toEqual([
    '<p>It opens at night.</p>',
    '<p>Helping &lt;Hands&gt; published under <a href="https://hands.example/line">“A line that listens”</a>:</p>',
    '<p>Some 250 volunteers answer.</p>',
    '<p>“We are here all night.”</p>',
    '<p><a href="https://sodor.example/own">Read the original</a></p>',
  ]);
  expect(jill.html).not.toContain('is not in the source');
});

test('what was typed is saved before the other text is chosen, and the place of the cursor is offered', async () => {
  const typed = '<p>One.</p><p>Two, typed and not saved.</p><p>Three.</p>';
  const { rows } = await desk.database.store.pool.query<{ version: number }>(
    'select version from draft where id = $1',
    [own],
  );
  const version = rows[0]?.version ?? 0;
  const words = { version: String(version), headline: 'Helpline opens at night', bodyHtml: typed };
  await jill.post(`/drafts/${own}/story/${otherItem}/choose`, { ...words, caret: '1' });
  expect(jill.html).toMatch(
    /<option [^>]*value="1"[^>]*selected[^>]*>After “Two, typed and not saved\.”|<option selected value="1">/,
  );
  await jill.post(`/drafts/${own}/story/${otherItem}/choose`, { ...words, bodyHtml: '<p>Too late.</p>' });
  expect(jill.status).toBe(409);
  expect(jill.html).toContain('Too late.');
  await jill.post(`/drafts/${own}/story/${otherItem}/take`, { version: String(version + 1), block: ['2'], after: '1' });
  const saved = await desk.database.store.pool.query<{ body_html: string }>(
    'select body_html from draft where id = $1',
    [own],
  );
  expect(saved.rows[0]?.body_html.split('\n')).toEqual([
    '<p>One.</p>',
    '<p>Two, typed and not saved.</p>',
    '<p>Helping &lt;Hands&gt; published under <a href="https://hands.example/line">“A line that listens”</a>:</p>',
    '<p>Last.</p>',
    '<p>Three.</p>',
  ]);
});

test('a joined story is taken apart again', async () => {
  await jill.post(`/drafts/${own}/ties/${otherItem}`, { word: 'detach' });
  await jill.get(`/drafts/${own}`);
  expect(jill.html).not.toContain('Take text of');
});

test.each(['', 'nonsense', '00000000-0000-4000-8000-000000000000'])(
  'no story is joined with draft “%s”',
  async (id) => {
    await jill.post(`/drafts/${own}/story/merge`, { other: id });
    expect(jill.status).toBe(409);
  },
);
