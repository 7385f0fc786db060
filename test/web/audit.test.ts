import type { Act } from '../../src/model/audit.js';
import { csvLine } from '../../src/web/audit/csv.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let admin: Visitor;
beforeAll(async () => {
  desk = await openDesk();
  admin = await new Visitor(desk).signIn(await desk.addUser('admin', 'Ann Admin'));
});
afterAll(async () => await desk.close());

type Row = Record<keyof Act, string | null>;

async function exported(query = ''): Promise<Row[]> {
  await admin.get(`/audit.json${query}`);
  return JSON.parse(admin.html) as Row[];
}

test('what people do is in one list: signing in, people, sources, drafts; never a word of a draft', async () => {
  const user = await desk.addUser('operator', 'Olga Operator');
  await new Visitor(desk).signIn(user, 'not the right password');
  const visitor = await new Visitor(desk).signIn(user);
  const draft = await seedDraft(desk, { headline: 'SECRET headline', bodyHtml: '<p>SECRET body of a review.</p>' });
  await visitor.get(`/drafts/${draft}`);
  await visitor.post(`/drafts/${draft}/comments`, { body: 'SECRET comment', comment: 'SECRET comment' });
  await visitor.get(`/drafts/${draft}`);
  await visitor.post(`/drafts/${draft}/moves/reject`, { version: '1', reason: 'other', words: 'SECRET reason' });
  await visitor.get('/sources/sodor');
  await visitor.post('/sources/sodor/pause', { until: '2027-01-01T10:00', reason: 'They rebuild their site.' });
  await admin.get('/people');
  await admin.post(`/people/${user.id}/role`, { role: 'editor' });
  await visitor.get('/drafts');
  await visitor.post('/sign-out');
  await desk.database.store.pool.query(
    "insert into draft_event (draft_id, by_user, did, from_state, to_state, reason) values ($1, $2, 'approve', 'in-review', 'approved', 'SECRET')",
    [draft, user.id],
  );
  const acts = await exported();
  const told = acts.map(({ byName, did }) => `${byName ?? 'nobody'}: ${did}`);
  expect(told).toEqual(
    expect.arrayContaining([
      'nobody: sign-in-refused',
      'Olga Operator: signed-in',
      'Olga Operator: signed-out',
      'Olga Operator: approve',
      'Olga Operator: paused',
      'Ann Admin: role-changed',
      'Ann Admin: audit-exported',
    ]),
  );
  const change = acts.find(({ did }) => did === 'role-changed');
  expect(change).toMatchObject({
    about: `person:${user.id}`,
    aboutName: 'Olga Operator',
    detail: 'operator to editor',
  });
  const refused = acts.find(({ did }) => did === 'sign-in-refused');
  expect(refused).toMatchObject({ aboutName: 'Olga Operator', address: expect.stringMatching(/^203\./) as string });
  expect(JSON.stringify(acts)).not.toContain('SECRET');
  await admin.get('/audit');
  expect(admin.html).toContain('changed a role');
  expect(admin.html).not.toContain('SECRET');
});

test('filters by person, part and day', async () => {
  const user = await desk.addUser('editor', 'Fay Filter');
  await new Visitor(desk).signIn(user);
  await desk.database.store.pool.query(
    "insert into audit_event (at, by_user, did) values ('2026-07-01T23:30:00Z', $1, 'renamed'), ('2026-07-02T23:30:00Z', $1, 'renamed')",
    [user.id],
  );
  const kinds = (rows: Row[]): (string | null)[] => rows.map(({ did }) => did);
  expect(kinds(await exported(`?who=${user.id}`))).toEqual(['signed-in', 'renamed', 'renamed']);
  expect(kinds(await exported(`?who=${user.id}&area=sign-ins`))).toEqual(['signed-in']);
  expect(kinds(await exported(`?who=${user.id}&area=sources`))).toEqual([]);
  // Days are those of London: half past eleven at night in UTC is the next day there.
  expect(await exported(`?who=${user.id}&from=2026-07-02&to=2026-07-02`)).toMatchObject([
    { at: '2026-07-01T23:30:00.000Z' },
  ]);
  for (const odd of ['?who=nobody', '?from=x&to=2026-99-99&area=all', '?before=x&after=y', "?who=' or 1=1"]) {
    await admin.get(`/audit${odd}`);
    expect([odd, admin.status]).toEqual([odd, 200]);
  }
});

test('pages and exports hold each act once, also those of the same moment', async () => {
  const user = await desk.addUser('editor', 'Mary Many');
  await desk.database.store.pool.query(
    `insert into audit_event (at, by_user, did, detail)
     select '2026-01-05T10:00:00Z'::timestamptz + (n / 7) * interval '300 microseconds', $1, 'renamed', n::text from generate_series(1, 2345) n`,
    [user.id],
  );
  const rows = await exported(`?who=${user.id}`);
  expect(rows).toHaveLength(2345);
  expect(new Set(rows.map(({ detail }) => detail)).size).toBe(2345);
  const seen: string[] = [];
  let path: string | undefined = `/audit?who=${user.id}`;
  for (let page = 0; path !== undefined && page < 40; page += 1) {
    await admin.get(path);
    seen.push(...[...admin.html.matchAll(/\((\d+)\)<\/span>/g)].map(([, n]) => n ?? ''));
    path = /href="(\/audit\?[^"]*before=[^"]*)"/.exec(admin.html)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen).toHaveLength(2345);
  expect(new Set(seen).size).toBe(2345);
});

test('a name that a spreadsheet would compute stays a name', async () => {
  const user = await desk.addUser('editor', '=HYPERLINK("https://evil.example","x")');
  await new Visitor(desk).signIn(user);
  await admin.get(`/audit.csv?who=${user.id}`);
  expect(admin.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(admin.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
  const lines = admin.html.replace('\uFEFF', '').split('\r\n');
  expect(lines[0]).toBe('at,area,byUser,byName,did,about,aboutName,detail,address');
  expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
});

test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1', '\n@x', '|cmd', '%x'])('%j is no formula', (text) => {
  expect(csvLine([text])).toMatch(/^"?'/);
});

test.each([
  ['plain', 'plain\r\n'],
  ['a,b', '"a,b"\r\n'],
  ['say "x"', '"say ""x"""\r\n'],
  ['two\nlines', '"two\nlines"\r\n'],
  ['', '\r\n'],
])('%j as a cell', (text, line) => {
  expect(csvLine([text])).toBe(line);
});
