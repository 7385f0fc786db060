import { seedNewsletter } from './example-newsletter.js';
import { seedExample } from './example.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

/** Every form that takes words of somebody's own: when it is refused, the words are still on the page. */
let desk: Desk;
let jill: Visitor;
let draft: string;
let published: string;
let withdrawn: string;
let issue: string;
let entry: string;
let block: string;
beforeAll(async () => {
  desk = await openDesk();
  jill = await new Visitor(desk).signIn(await desk.addUser('admin', 'Jill Powell'));
  draft = await seedExample(desk);
  const { pool } = desk.database.store;
  const { rows } = await pool.query<{ draft_id: string }>('select draft_id from post order by headline');
  [published = '', withdrawn = ''] = rows.map(({ draft_id }) => draft_id);
  ({ draft: issue } = await seedNewsletter(desk));
  await jill.get('/drafts');
  await jill.post(`/drafts/${withdrawn}/moves/withdraw`, { version: '1' });
  await jill.get(`/newsletters/${issue}/edit`);
  entry = /\/entries\/([\w-]+)"/.exec(jill.html)?.[1] ?? '';
  await jill.get('/newsletters/blocks');
  block = /action="\/newsletters\/blocks\/(\d+)"/.exec(jill.html)?.[1] ?? '';
});
afterAll(async () => await desk.close());

const TYPED = 'Typed with care by Jill';
const LONG = `${TYPED} ${'and more '.repeat(2_000)}`;
const GRAVE = `Child Q, aged 4, of Elm Street: ${TYPED}`;
const BODY = `<p>${TYPED}.</p>`;

/** What the form is, where it goes, what it carries, and what is answered. */
type Row = readonly [what: string, path: () => string, fields: Readonly<Record<string, string>>, status: number];

const ROWS: readonly Row[] = [
  ['a draft that somebody else saved', () => `/drafts/${draft}`, { version: '7', headline: 'x', bodyHtml: BODY }, 409],
  [
    'a headline that is too long',
    () => `/drafts/${draft}`,
    { version: '1', headline: LONG, bodyHtml: '<p>x</p>' },
    409,
  ],
  ['a draft without its version', () => `/drafts/${draft}`, { version: '', headline: 'x', bodyHtml: BODY }, 409],
  [
    'a fix that is none of ours',
    () => `/drafts/${draft}/fixes`,
    { version: '1', headline: 'x', bodyHtml: BODY, fix: '[' },
    409,
  ],
  [
    'a move of a draft that somebody else saved',
    () => `/drafts/${draft}/moves/review`,
    { version: '7', headline: TYPED, bodyHtml: BODY },
    409,
  ],
  [
    'a move that is not open',
    () => `/drafts/${draft}/moves/approve`,
    { version: '1', headline: TYPED, bodyHtml: BODY },
    422,
  ],
  ['a rejection without a reason', () => `/drafts/${draft}/moves/reject`, { version: '7', reason: TYPED }, 409],
  ['a comment that is too long', () => `/drafts/${draft}/comments`, { body: LONG }, 409],
  [
    'a word on a capture that is gone',
    () => `/drafts/${draft}/captures/00000000-0000-4000-8000-000000000000/wrong`,
    { note: TYPED },
    409,
  ],
  ['an update line that needs a word', () => `/drafts/${published}/update-line`, { version: '1', line: GRAVE }, 422],
  ['an update line, changed meanwhile', () => `/drafts/${published}/update-line`, { version: '7', line: TYPED }, 422],
  ['an update line of what is withdrawn', () => `/drafts/${withdrawn}/update-line`, { version: '1', line: TYPED }, 409],
  ['an update line that is too long', () => `/drafts/${published}/update-line`, { version: '1', line: LONG }, 409],
  [
    'a correction without its line',
    () => `/drafts/${published}/correct`,
    { version: '1', headline: 'x', bodyHtml: BODY, line: '' },
    422,
  ],
  [
    'a correction that needs a word',
    () => `/drafts/${published}/correct`,
    { version: '1', headline: 'x', bodyHtml: `<p>${GRAVE}</p>`, line: TYPED },
    422,
  ],
  [
    'a correction, changed meanwhile',
    () => `/drafts/${published}/correct`,
    { version: '7', headline: 'x', bodyHtml: '<p>x</p>', line: TYPED },
    409,
  ],
  [
    'a correction of what is withdrawn',
    () => `/drafts/${withdrawn}/correct`,
    { version: '1', headline: 'x', bodyHtml: BODY, line: 'x' },
    409,
  ],
  [
    'a withdrawal, changed meanwhile',
    () => `/drafts/${published}/moves/withdraw`,
    { version: '7', reason: TYPED },
    409,
  ],
  [
    'the introduction of an issue, changed meanwhile',
    () => `/newsletters/${issue}/words`,
    { version: '7', title: 'x', introduction: TYPED },
    409,
  ],
  [
    'an entry of an issue, changed meanwhile',
    () => `/newsletters/${issue}/entries/${entry}`,
    { version: '7', heading: 'x', paragraph: TYPED },
    409,
  ],
  [
    'an entry that is too long',
    () => `/newsletters/${issue}/entries/${entry}`,
    { version: '0', heading: 'x', paragraph: LONG },
    409,
  ],
  ['a new block without a heading', () => '/newsletters/blocks', { heading: '', body: TYPED }, 409],
  [
    'a block, changed meanwhile',
    () => `/newsletters/blocks/${block}`,
    { version: '7', heading: 'x', body: TYPED },
    409,
  ],
  ['a view whose name is too long', () => '/views', { name: LONG, query: 'view=open' }, 409],
  ['a pause of a year', () => '/sources/sodor/pause', { days: '365', reason: TYPED }, 409],
  ['an invitation to no address', () => '/people', { name: TYPED, email: 'nobody', role: 'editor' }, 422],
  ['an invitation without a role', () => '/people', { name: TYPED, email: 'a@example.org', role: '' }, 422],
  ['a token for nobody', () => '/account/tokens', { name: TYPED, role: 'none' }, 422],
];

test.each(ROWS.map((row) => [...row] as const))('%s', async (_, path, fields, status) => {
  await jill.get('/drafts');
  await jill.post(path(), fields);
  expect(jill.html).toContain(TYPED);
  expect(jill.status).toBe(status);
});

/** As browsers send a form of ours, without following where it leads. */
async function send(path: string, fields: Record<string, string>, headers: Record<string, string>): Promise<Response> {
  const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const body = new URLSearchParams(fields).toString();
  return await fetch(new URL(path, desk.origin), {
    method: 'POST',
    redirect: 'manual',
    headers: { ...type, ...headers },
    body,
  });
}

test.each([
  ['a session that has ended', '', 'Please sign in again'],
  ['a page of another session', 'yes', 'The page was too old'],
])('%s: the words are shown to who sent them, and a way on', async (_, cookie, title) => {
  const id = await seedDraft(desk, { headline: 'Left open over night' });
  await jill.get('/drafts');
  const headers = { 'sec-fetch-site': 'same-origin', ...(cookie === '' ? {} : { cookie: jill.cookie }) };
  const answer = await send(
    `/drafts/${id}`,
    { version: '1', headline: 'Mine', bodyHtml: `${BODY}<script>alert(1)</script>` },
    headers,
  );
  const html = await answer.text();
  expect(answer.status).toBe(403);
  expect(html).toContain(title);
  expect(html).toContain(TYPED);
  expect(html).not.toContain('alert(1)');
  expect(decodeURIComponent(html)).toContain(`/drafts/${id}`);
  await jill.get(`/drafts/${id}`);
  expect(jill.html).not.toContain(TYPED);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['nobody knows whom', {}],
])('what comes from %s is not shown', async (_, headers) => {
  const answer = await send(`/drafts/${draft}`, { headline: TYPED, bodyHtml: BODY }, headers);
  expect(answer.status).toBe(403);
  expect(await answer.text()).not.toContain(TYPED);
});

test('passwords are never shown again', async () => {
  await jill.get('/drafts');
  await jill.post('/account/password', { present: 'my secret of old', password: 'short', again: 'other' });
  expect(jill.html).not.toMatch(/my secret of old|value="short"/);
});
