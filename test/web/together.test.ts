import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let jill: Visitor;
let sam: Visitor;
beforeAll(async () => {
  desk = await openDesk();
  jill = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
  sam = await new Visitor(desk).signIn(await desk.addUser('editor', 'Sam Okafor'));
});
afterAll(async () => await desk.close());

const WORDS = { headline: 'Typed by Jill', bodyHtml: '<p>Typed and not saved.</p>' };

async function versions(id: string): Promise<unknown[]> {
  const { rows } = await desk.database.store.pool.query<Record<string, unknown>>(
    'select version, headline, note from draft_version where draft_id = $1 order by version',
    [id],
  );
  return rows;
}

async function standing(visitor: Visitor, id: string): Promise<unknown> {
  const answer = await fetch(new URL(`/drafts/${id}/presence`, desk.origin), {
    method: 'POST',
    headers: { cookie: visitor.cookie, 'x-csrf-token': visitor.csrf, accept: 'application/json' },
  });
  return await answer.json();
}

test('what was typed and not saved is offered again, and can be gone on with', async () => {
  const id = await seedDraft(desk);
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/check`, { version: '1', ...WORDS });
  expect(jill.html).toContain('Typed and not saved.');
  await jill.get(`/drafts/${id}`);
  expect(jill.html).toContain('did not save it');
  await sam.get(`/drafts/${id}`);
  expect(sam.html).not.toContain('did not save it');
  await jill.get(`/drafts/${id}?kept=1`);
  expect(jill.html).toContain('Typed by Jill');
  await jill.post(`/drafts/${id}`, { version: '1', ...WORDS });
  await jill.get(`/drafts/${id}`);
  expect(jill.html).not.toContain('did not save it');
});

test('it can be thrown away', async () => {
  const id = await seedDraft(desk);
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/check`, { version: '1', ...WORDS });
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/kept/drop`);
  await jill.get(`/drafts/${id}`);
  expect(jill.html).not.toContain('did not save it');
});

test('when the draft has moved on, going on with it shows both texts', async () => {
  const id = await seedDraft(desk);
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/check`, { version: '1', ...WORDS });
  await sam.get(`/drafts/${id}`);
  await sam.post(`/drafts/${id}`, { version: '1', headline: 'Saved by Sam', bodyHtml: '<p>Other words.</p>' });
  await jill.get(`/drafts/${id}?kept=1`);
  for (const words of ['Two edits meet', 'Typed by Jill', 'Saved by Sam', 'Sam Okafor'])
    expect(jill.html).toContain(words);
});

test('taking over keeps the words that the other had typed, as a version', async () => {
  const id = await seedDraft(desk, { headline: 'As drafted' });
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/claim`);
  expect(jill.html).toContain('It is yours.');
  await jill.post(`/drafts/${id}/check`, { version: '1', ...WORDS });
  await sam.get(`/drafts/${id}`);
  expect(sam.html).toContain('Jill Powell has it.');
  await sam.post(`/drafts/${id}/claim`);
  expect(sam.html).toContain('kept among the versions');
  expect(await versions(id)).toEqual([
    { version: 1, headline: 'As drafted', note: null },
    { version: 2, headline: 'Typed by Jill', note: 'typed and not saved when another took over' },
    { version: 3, headline: 'As drafted', note: 'version 1 stands' },
  ]);
  await sam.get('/drafts?mark=mine');
  expect(sam.html).toContain('As drafted');
  await sam.get(`/drafts/${id}`);
  await sam.post(`/drafts/${id}/release`);
  expect(sam.html).toContain('Nobody has it.');
});

test('each sees who else is there, and that the draft has changed', async () => {
  const id = await seedDraft(desk);
  await jill.get(`/drafts/${id}`);
  await sam.get(`/drafts/${id}`);
  expect(await standing(jill, id)).toEqual({ version: 1, state: 'drafted', others: [] });
  expect(await standing(sam, id)).toMatchObject({ others: ['Jill Powell'] });
  await sam.post(`/drafts/${id}`, { version: '1', headline: 'Changed', bodyHtml: '<p>Changed it.</p>' });
  await jill.get('/drafts');
  expect(await standing(jill, id)).toEqual({ version: 2, state: 'drafted', others: ['Sam Okafor'] });
});

test('a draft that sleeps is out of the list until it is woken', async () => {
  const id = await seedDraft(desk, { headline: 'A sleepy draft' });
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/snooze`, { days: '7' });
  await jill.get('/drafts');
  expect(jill.html).not.toContain('A sleepy draft');
  await jill.get('/drafts?view=snoozed');
  expect(jill.html).toContain('A sleepy draft');
  await jill.get('/drafts?q=sleepy');
  expect(jill.html).toContain('A sleepy draft');
  await jill.post(`/drafts/${id}/snooze`, { days: '0' });
  await jill.get('/drafts');
  expect(jill.html).toContain('A sleepy draft');
  await jill.post(`/drafts/${id}/snooze`, { days: '9999' });
  expect(jill.status).toBe(409);
});

test('a comment is kept with its author, and an empty one refused', async () => {
  const id = await seedDraft(desk);
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/comments`, { body: 'Is the date right?\nI doubt it.' });
  expect(jill.html).toContain('Is the date right?\nI doubt it.');
  await jill.post(`/drafts/${id}/comments`, { body: '   ' });
  expect(jill.status).toBe(409);
});

test('what was done with several at once is undone at once', async () => {
  const ids = [await seedDraft(desk), await seedDraft(desk)];
  await jill.get('/drafts');
  await jill.post('/drafts/bulk', {
    do: 'reject',
    rejectReason: 'other',
    draft: ids.map((id) => `${id} 1`),
    back: '/drafts',
  });
  expect(jill.html).toContain('2 drafts rejected.');
  const fields = [...jill.html.matchAll(/name="(do|draft|back)" value="([^"]*)"/g)];
  const undo = fields.filter(([, name, value]) => name !== 'draft' || ids.some((id) => value === `${id} 1`));
  expect(undo.map(([, name]) => name).sort()).toEqual(expect.arrayContaining(['do', 'draft', 'draft']));
  await jill.post('/drafts/bulk', { do: 'restore', draft: ids.map((id) => `${id} 1`), back: '/drafts' });
  const { rows } = await desk.database.store.pool.query('select distinct state from draft where id = any($1)', [ids]);
  expect(rows).toEqual([{ state: 'drafted' }]);
});

test('the section of the newsletter that is suggested is confirmed or changed, and who did it is kept', async () => {
  const id = await seedDraft(desk);
  const { pool } = desk.database.store;
  await pool.query(`update draft set section = 'Scams' where id = $1`, [id]);
  await jill.get(`/drafts/${id}`);
  expect(jill.html).toMatch(/<option[^>]* selected[^>]*>Scams</);
  await jill.post(`/drafts/${id}/section`, { section: 'Scams' });
  await jill.post(`/drafts/${id}/section`, { section: 'Online Safety' });
  expect(jill.html).toContain('In the newsletter it stands under Online Safety.');
  expect(jill.html).toMatch(/<option[^>]* selected[^>]*>Online Safety</);
  expect(jill.html).toContain('set its section of the newsletter: Online Safety');
  await jill.post(`/drafts/${id}/section`, { section: '<b>Other</b>' });
  expect(jill.status).toBe(409);
  await jill.get(`/drafts/${id}`);
  await jill.post(`/drafts/${id}/section`, { section: '' });
  const { rows } = await pool.query(
    `select d.section, e.did, e.reason, u.name from draft d join draft_event e on e.draft_id = d.id join app_user u on u.id = e.by_user
     where d.id = $1 and e.did like '%section%' order by e.id`,
    [id],
  );
  expect(rows).toEqual([
    { section: null, did: 'set the section', reason: 'Scams', name: 'Jill Powell' },
    { section: null, did: 'set the section', reason: 'Online Safety', name: 'Jill Powell' },
    { section: null, did: 'took out of its section', reason: null, name: 'Jill Powell' },
  ]);
});
