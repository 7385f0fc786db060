import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const NOW = new Date('2026-11-25T09:00:00Z');
const LEAD = `The regulator has set out what providers must do to keep children safe on their services, with ${'clear and tested steps '.repeat(6)}for each of them from next spring onwards.`;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ now: () => NOW });
});
afterEach(async () => await desk.close());

interface Published {
  readonly headline: string;
  readonly at: string;
  readonly section?: string;
  readonly bodyHtml?: string;
}

async function publish({ headline, at, section, bodyHtml }: Published): Promise<string> {
  const { pool } = desk.database.store;
  const body = bodyHtml ?? `<p>${LEAD}</p>`;
  const draft = await seedDraft(desk, { headline, bodyHtml: body, sourceId: 'ofcom', sourceName: 'Ofcom' });
  const { id: person } = await desk.addUser('editor', 'Jill Powell');
  await pool.query(`update draft set state = 'approved', approved_by = $2, section = $3 where id = $1`, [
    draft,
    person,
    section,
  ]);
  await pool.query(
    `insert into draft_event (draft_id, by_user, did, to_state) values ($1, $2, 'approve', 'approved')`,
    [draft, person],
  );
  const slug = headline.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const { rows } = await pool.query<{ id: string }>(
    `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
    values ($1, $2, $3, $4, 'Ofcom', 'Jill Powell', 'https://ofcom.example/1', $5, $5, $6, $6) returning id`,
    [draft, slug, headline, body, person, at],
  );
  await pool.query(`update draft set state = 'published' where id = $1`, [draft]);
  return rows[0]?.id ?? '';
}

async function started(): Promise<Visitor> {
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
  await visitor.get('/newsletters');
  return await visitor.post('/newsletters', { months: '2026-10-01' });
}

test('an issue fills itself with the month of London, and is edited, made ready and said to be sent, without JavaScript', async () => {
  await publish({ headline: 'Before midnight in summer', at: '2026-09-30T22:59:59Z' });
  const first = await publish({
    headline: 'After midnight in summer',
    at: '2026-09-30T23:00:00Z',
    section: 'Online Safety',
  });
  await publish({ headline: 'Before midnight in winter', at: '2026-10-31T23:59:59Z', section: 'Scams' });
  await publish({ headline: 'After midnight in winter', at: '2026-11-01T00:00:00Z' });
  const visitor = await started();
  expect(visitor.url).toBe('/newsletters/october-2026/edit');
  expect(visitor.html).toContain('Safeguarding News October 2026');
  expect(visitor.html).toContain('After midnight in summer');
  expect(visitor.html).toContain('Before midnight in winter');
  expect(visitor.html).not.toContain('Before midnight in summer');
  expect(visitor.html).not.toContain('After midnight in winter');
  expect(visitor.html).toContain('It covers online safety and scams to be aware of.');
  expect(visitor.html).toContain('There is nothing under “Legislation”');

  const entry = `/newsletters/october-2026/entries/${first}`;
  await visitor.post(entry, {
    version: '0',
    heading: 'Rules for providers',
    paragraph: 'Under our plan, Ofcom  acts.',
    do: 'save',
  });
  expect(visitor.html).toContain('Rules for providers');
  expect(visitor.html).toContain('two spaces');
  expect(visitor.html).toContain('Write “Ofcom’s”');
  await visitor.post(`${entry}/fix`, { version: '1', at: '6', quote: 'our', fix: 'Ofcom’s' });
  expect(visitor.html).toContain('Under Ofcom’s plan');
  await visitor.post(entry, { version: '1', heading: 'Another', do: 'save' });
  expect(visitor.status).toBe(409);

  await publish({ headline: 'Published while it was edited', at: '2026-10-20T10:00:00Z', section: 'Legislation' });
  await visitor.get('/newsletters/october-2026/edit');
  expect(visitor.html).toContain('Published while it was edited');
  expect(visitor.html).toContain('Under Ofcom’s plan');

  const outsider = new Visitor(desk);
  expect((await outsider.get('/newsletters/october-2026')).status).toBe(404);
  expect((await outsider.get('/sitemap.xml')).html).not.toContain('/newsletters/');
  await visitor.post('/newsletters/october-2026/moves', { version: '1', move: 'ready' });
  expect(visitor.html).toContain('The issue is ready');
  await publish({ headline: 'Published too late', at: '2026-10-21T10:00:00Z' });
  await visitor.get('/newsletters/october-2026/download.txt');
  expect(visitor.headers.get('content-disposition')).toContain('october-2026.txt');
  expect(visitor.html).toContain('Dear Colleague');
  expect(visitor.html).toContain('Under Ofcom’s plan');
  expect(visitor.html).not.toContain('Published too late');
  expect(
    Math.max(
      ...visitor.html
        .split('\n')
        .filter((line) => !line.includes('://'))
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(78);
  await visitor.get('/newsletters/october-2026/edit');
  await visitor.post('/newsletters/october-2026/moves', { version: '2', move: 'sent' });
  expect(visitor.html).toContain('Its public page');
  expect((await outsider.get('/newsletters/october-2026')).html).toContain('Rules for providers');
  expect((await outsider.get('/sitemap.xml')).html).toContain('/newsletters/october-2026</loc>');
  expect((await outsider.get('/robots.txt')).html).toContain('Allow: /newsletters/\n');
  await desk.database.store.pool.query('update post set withdrawn_at = now() where id = $1', [first]);
  expect((await outsider.get('/newsletters/october-2026')).html).not.toContain('Rules for providers');
  await visitor.get('/newsletters/october-2026/edit');
  expect(visitor.html).toContain('was withdrawn from the newsfeed');
  const { rows } = await desk.database.store.pool.query(
    'select did, to_state from newsletter_event where to_state is not null order by id',
  );
  expect(rows).toEqual([
    { did: 'ready', to_state: 'ready' },
    { did: 'sent', to_state: 'sent' },
  ]);
});

test('entries are moved, left out, led with and put elsewhere; what is withdrawn is left out and said', async () => {
  const [a, b] = [
    await publish({ headline: 'Item a', at: '2026-10-01T10:00:00Z', section: 'Scams' }),
    await publish({ headline: 'Item b', at: '2026-10-02T10:00:00Z', section: 'Scams' }),
  ];
  const visitor = await started();
  const order = (): string[] =>
    [...visitor.html.matchAll(/<article class="[^"]*" id="entry-([^"]+)"/g)].map((match) => match[1] ?? '');
  const at = (post: string): string => `/newsletters/october-2026/entries/${post}`;
  expect(order()).toEqual([a, b]);
  await visitor.post(at(b), { version: '0', do: 'up' });
  expect(order()).toEqual([b, a]);
  await visitor.post(at(a), { version: '0', do: 'lead' });
  expect(order()).toEqual([a, b]);
  expect(visitor.html).toContain('The lead item is: Item a.');
  await visitor.post(at(a), { version: '1', section: 'Worthy of Note', do: 'save' });
  expect(order()).toEqual([b, a]);
  await visitor.post(at(a), { version: '2', do: 'leave-out' });
  await desk.database.store.pool.query('update post set withdrawn_at = now() where id = $1', [b]);
  await visitor.get('/newsletters/october-2026/edit');
  expect(visitor.html).toContain('withdrawn from the newsfeed, so it is left out');
  await visitor.get('/newsletters/october-2026/edit');
  await visitor.post('/newsletters/october-2026/moves', { version: '1', move: 'ready' });
  expect(visitor.status).toBe(422);
  expect(visitor.html).toContain('There is no item in this issue.');
});

test('a block is written once, shown in each issue, switched off, and stops the issue after its day', async () => {
  await publish({ headline: 'Item a', at: '2026-10-01T10:00:00Z' });
  const visitor = await started();
  await visitor.post('/newsletters/blocks', {
    heading: 'Training',
    body: '- [Level 3 course](https://safe.example/level-3), 1 March 2026\n- Level 2',
    until: '2026-11-24',
  });
  await visitor.get('/newsletters/october-2026/edit');
  expect(visitor.html).toContain('It was true until 24 November 2026');
  await visitor.post('/newsletters/october-2026/moves', { version: '1', move: 'ready' });
  expect(visitor.status).toBe(422);
  await visitor.get('/newsletters/october-2026/download.html');
  expect(visitor.html).toContain('href="https://safe.example/level-3"');
  await visitor.get('/newsletters/october-2026/edit');
  await visitor.post('/newsletters/october-2026/blocks/1', { shown: 'no' });
  await visitor.post('/newsletters/october-2026/moves', { version: '1', move: 'ready' });
  expect(visitor.html).toContain('The issue is ready');
  await visitor.get('/newsletters/october-2026/download.html');
  expect(visitor.html).not.toContain('level-3');
});

test('a month is told once; two may be merged', async () => {
  const visitor = await started();
  await visitor.get('/newsletters');
  await visitor.post('/newsletters', { months: '2026-10-01' });
  expect(visitor.status).toBe(409);
  await visitor.get('/newsletters');
  await visitor.post('/newsletters', { months: '2026-08-01,2026-09-01' });
  expect(visitor.html).toContain('Safeguarding News August and September 2026');
  expect((await visitor.get('/newsletters/august-september-2026/edit')).status).toBe(200);
  expect((await visitor.get('/newsletters/august-2026/edit')).status).toBe(404);
});
