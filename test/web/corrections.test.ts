import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const AT = new Date('2026-11-25T10:00:00Z');

let desk: Desk;
let jill: Visitor;
let draft: string;
let seeded = 0;
beforeAll(async () => {
  desk = await openDesk({ now: () => AT });
  jill = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
});
beforeEach(async () => {
  draft = await published(jill);
});
afterAll(async () => await desk.close());

/** A draft with a post, by the screens. */
async function published(visitor: Visitor): Promise<string> {
  seeded += 1;
  const id = await seedDraft(desk, {
    foundAt: AT,
    headline: `Yearly report ${seeded}`,
    bodyHtml: '<p>There were 412 children with a plan in March.</p>',
  });
  await visitor.post(`/drafts/${id}/moves/review`, { version: '1' });
  await visitor.post(`/drafts/${id}/moves/approve`, { version: '1' });
  await visitor.post(`/drafts/${id}/moves/publish`, { version: '1' });
  expect(visitor.html).toContain(`/newsfeed/yearly-report-${seeded}`);
  return id;
}

const WORDS = {
  version: '1',
  headline: 'Yearly report, corrected',
  bodyHtml: '<p>There were 421 children with a plan in March.</p>',
  line: 'It was 421 children, not 412.',
};

async function readers(path = `/newsfeed/yearly-report-${seeded}`): Promise<string> {
  return await (await fetch(new URL(path, desk.origin))).text();
}

test('a correction changes the post, tells readers, and keeps version, event and person', async () => {
  await jill.get(`/drafts/${draft}/correct`);
  expect(jill.html).toContain('Correct what is published');
  expect(jill.html).toContain('Publish the correction');
  const before = desk.hurried.length;
  await jill.post(`/drafts/${draft}/correct`, WORDS);
  expect(jill.status).toBe(200);
  const told = 'Corrected on Wednesday 25 November 2026:</strong> It was 421 children, not 412.';
  for (const path of [undefined, '/newsfeed']) {
    const page = await readers(path);
    expect(page).toContain(told);
    expect(page).toContain('There were 421 children');
    expect(page).not.toContain('There were 412 children');
  }
  expect(await readers('/newsfeed.atom')).toContain('Corrected on Wednesday 25 November 2026:');
  const { pool } = desk.database.store;
  const { rows } = await pool.query(
    `select d.version, d.state, p.changed_at, v.note, u.name, e.did, e.reason from draft d join post p on p.draft_id = d.id
      join draft_version v on v.draft_id = d.id and v.version = 2 join draft_event e on e.draft_id = d.id and e.did = 'correct'
      join app_user u on u.id = e.by_user where d.id = $1`,
    [draft],
  );
  expect(rows).toEqual([
    {
      version: 2,
      state: 'published',
      changed_at: AT,
      note: 'correction',
      name: 'Jill Powell',
      did: 'correct',
      reason: 'It was 421 children, not 412.',
    },
  ]);
  expect(desk.hurried.slice(before)).toEqual([draft]);
});

test('all corrections and updates are told, in order of time', async () => {
  await jill.post(`/drafts/${draft}/correct`, WORDS);
  await jill.post(`/drafts/${draft}/update-line`, { version: '2', line: 'A <b>second</b> report is due.' });
  await jill.post(`/drafts/${draft}/correct`, {
    ...WORDS,
    version: '2',
    bodyHtml: '<p>There were 420 children with a plan in March.</p>',
    line: 'It was 420.',
  });
  const page = await readers();
  const lines = [...page.matchAll(/<p class="post-note">(.*?)<\/p>/g)].map(([, line]) => line);
  expect(lines).toEqual([
    '<strong>Corrected on Wednesday 25 November 2026:</strong> It was 421 children, not 412.',
    '<strong>Update Wednesday 25 November 2026:</strong> A &lt;b&gt;second&lt;/b&gt; report is due.',
    '<strong>Corrected on Wednesday 25 November 2026:</strong> It was 420.',
  ]);
  expect(page).toContain('There were 420 children');
});

test.each([
  ['without a line', { line: ' ' }, 'say in one line what was corrected'],
  ['without a body', { bodyHtml: '' }, 'There is no body'],
  ['that names a child, without a word of the editor', { line: 'Ben Moor, aged 7, was not there.' }, 'needs your word'],
])('a correction %s is refused, and what was typed stays', async (_, change, words) => {
  await jill.post(`/drafts/${draft}/correct`, { ...WORDS, ...change });
  expect(jill.status).toBe(422);
  expect(jill.html).toContain(words);
  expect(jill.html).toContain('Correct what is published');
  expect(await readers()).toContain('There were 412 children');
  const { rows } = await desk.database.store.pool.query(
    'select 1 from post_change c join post p on p.id = c.post_id where p.draft_id = $1',
    [draft],
  );
  expect(rows).toEqual([]);
});

test('a correction that corrects nothing is refused', async () => {
  const same = {
    headline: `Yearly report ${seeded}`,
    bodyHtml: '<p>There were 412 children with a plan in March.</p>',
  };
  await jill.post(`/drafts/${draft}/correct`, { ...WORDS, ...same });
  expect(jill.status).toBe(422);
  expect(jill.html).toContain('nothing to correct');
});

test('two corrections meet: the second is shown both texts, and goes on with its own', async () => {
  const sam = await new Visitor(desk).signIn(await desk.addUser('editor', 'Sam Reed'));
  await sam.get(`/drafts/${draft}/correct`);
  await jill.post(`/drafts/${draft}/correct`, WORDS);
  await sam.post(`/drafts/${draft}/correct`, {
    ...WORDS,
    bodyHtml: '<p>There were 430 children with a plan in March.</p>',
    line: 'It was 430.',
  });
  expect(sam.status).toBe(409);
  expect(sam.html).toContain('Two edits meet');
  expect(sam.html).toContain('<del>421</del><ins>430</ins>');
  expect(sam.html).toContain('name="line" value="It was 430."');
  expect(await readers()).toContain('There were 421 children');
  await sam.post(`/drafts/${draft}/correct/again`, {
    version: '2',
    headline: WORDS.headline,
    bodyHtml: '<p>There were 430 children with a plan in March.</p>',
    line: 'It was 430.',
  });
  expect(sam.html).toContain('name="version" value="2"');
  expect(sam.html).toContain('There were 430 children');
  expect(sam.html).toContain('value="It was 430."');
});

test('what is not published cannot be corrected', async () => {
  const other = await seedDraft(desk, { headline: 'Another' });
  await jill.get(`/drafts/${other}/correct`);
  expect(jill.status).toBe(409);
  await jill.post(`/drafts/${draft}/moves/withdraw`, { version: '1', reason: 'A mistake.' });
  await jill.post(`/drafts/${draft}/correct`, WORDS);
  expect(jill.status).toBe(409);
});

test.each([
  ["update post set body_html = '<p>Other words.</p>'", /no approved correction/],
  ["update post set headline = 'Another', changed_at = now()", /no approved correction/],
  ["update post set editor_name = 'Somebody'", /keeps its address/],
  ["update post set slug = 'another'", /keeps its address/],
  ['update post set published_at = now()', /keeps its address/],
])('the store itself refuses: %s', async (statement, words) => {
  await expect(desk.database.store.pool.query(statement)).rejects.toThrow(words);
});

test('a correction that was used once admits no further words', async () => {
  await jill.post(`/drafts/${draft}/correct`, WORDS);
  const { pool } = desk.database.store;
  await pool.query("update draft set body_html = '<p>Later.</p>' where id = $1", [draft]);
  await expect(pool.query("update post set body_html = '<p>Later.</p>'")).rejects.toThrow(/no approved correction/);
});
