import { users } from '../../src/store/users.js';
import { openDesk, PASSWORD, Visitor, type Desk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ publicUrl: 'http://desk.example' });
});
beforeEach(async () => void (await desk.database.store.pool.query('delete from message')));
afterAll(async () => await desk.close());

async function letters(): Promise<{ kind: string; recipient: string; body: string; subject: string }[]> {
  const { rows } = await desk.database.store.pool.query<{
    kind: string;
    recipient: string;
    body: string;
    subject: string;
  }>('select kind, recipient, subject, body from message order by created_at');
  return rows;
}

test('an invitation goes by mail, and nobody here sees its link', async () => {
  const admin = await new Visitor(desk).signIn(await desk.addUser('admin'));
  await admin.get('/people');
  await admin.post('/people', { email: 'new@example.org', name: 'New\r\nBcc: evil@example.com', role: 'editor' });
  expect(admin.html).toContain('A link is on its way to new@example.org');
  expect(admin.html).not.toContain('/welcome/');
  expect(await letters()).toMatchObject([{ kind: 'invitation', recipient: 'new@example.org' }]);
  expect((await letters())[0]?.body).toMatch(/^New Bcc: evil@example\.com,\n/);
  const { rows } = await desk.database.store.pool.query('select from sign_in_link');
  expect(rows).toEqual([]);
});

test('a link can still be shown, once; without a mail server that is the only way', async () => {
  const other = await openDesk({ mail: false });
  try {
    const admin = await new Visitor(other).signIn(await other.addUser('admin'));
    await admin.get('/people');
    await admin.post('/people', { email: 'new@example.org', name: 'New', role: 'editor' });
    expect(admin.html).toMatch(/\/welcome\/[\w-]{43}/);
    expect(admin.html).not.toContain('Mail a link');
    const { id } = (await users(other.database.store.db).findByEmail('new@example.org')) ?? { id: '' };
    await admin.post(`/people/${id}/invitation`);
    expect(admin.status).toBe(422);
  } finally {
    await other.close();
  }
});

test('an admin ends the sessions of another; these are out at once', async () => {
  const [admin, user] = [await desk.addUser('admin'), await desk.addUser('editor', 'Edith Editor')];
  const at = await new Visitor(desk).signIn(admin);
  const [one, two] = [await new Visitor(desk).signIn(user), await new Visitor(desk).signIn(user)];
  await at.get('/people');
  expect(at.html).toMatch(/2 sessions/);
  await at.post(`/people/${user.id}/sessions`);
  expect(at.html).toContain('Edith Editor is signed out everywhere');
  for (const visitor of [one, two]) {
    await visitor.get('/drafts');
    expect(visitor.url).toMatch(/^\/sign-in/);
  }
});

test('nobody ends the session of another by its key', async () => {
  const [user, thief] = [await desk.addUser('editor'), await desk.addUser('editor')];
  const victim = await new Visitor(desk).signIn(user);
  const { rows } = await desk.database.store.pool.query<{ id_hash: string }>(
    'select id_hash from session where user_id = $1',
    [user.id],
  );
  const other = await new Visitor(desk).signIn(thief);
  await other.get('/account');
  await other.post(`/account/sessions/${rows[0]?.id_hash ?? ''}`);
  expect(other.html).toContain('has ended already');
  await victim.get('/account');
  expect([victim.status, victim.url]).toEqual([200, '/account']);
});

test('one ends a session of one’s own from the list, which says which is this one', async () => {
  const user = await desk.addUser('editor');
  const [here, there] = [await new Visitor(desk).signIn(user), await new Visitor(desk).signIn(user)];
  await here.get('/account');
  const [path, ...more] = here.html.match(/\/account\/sessions\/[0-9a-f]{64}/g) ?? [];
  expect([path !== undefined, more]).toEqual([true, []]);
  await here.post(path ?? '');
  expect(here.html).toContain('That session is ended');
  await there.get('/account');
  expect(there.url).toMatch(/^\/sign-in/);
});

test('another address needs the password, and the old one hears of it', async () => {
  const user = await desk.addUser('editor', 'Ada');
  const visitor = await new Visitor(desk).signIn(user);
  await visitor.get('/account');
  await visitor.post('/account/name', { name: 'Ada B.', email: 'moved@example.org' });
  expect(visitor.status).toBe(422);
  await visitor.post('/account/name', { name: 'Ada B.', email: 'moved@example.org', present: 'wrong one' });
  expect(visitor.status).toBe(422);
  expect(await users(desk.database.store.db).findUser(user.id)).toMatchObject({ email: user.email, name: 'Ada' });
  await visitor.get('/account');
  await visitor.post('/account/name', { name: 'Ada B.', email: user.email });
  expect(visitor.status).toBe(200);
  await visitor.post('/account/name', { name: 'Ada B.', email: 'moved@example.org', present: PASSWORD });
  expect(await users(desk.database.store.db).findUser(user.id)).toMatchObject({
    email: 'moved@example.org',
    name: 'Ada B.',
  });
  expect(await letters()).toMatchObject([{ kind: 'told', recipient: user.email }]);
});

test('the morning digest is one’s own choice', async () => {
  const user = await desk.addUser('editor');
  const visitor = await new Visitor(desk).signIn(user);
  await visitor.get('/account');
  expect(visitor.html).toContain('Stop it');
  await visitor.post('/account/digest', { digest: 'no' });
  expect(await users(desk.database.store.db).wantsDigest(user.id)).toBe(false);
  expect(visitor.html).toContain('Send it to me');
  await visitor.post('/account/digest', { digest: 'yes' });
  expect(await users(desk.database.store.db).wantsDigest(user.id)).toBe(true);
});

test('an editor gets to nobody else: not to roles, links, sessions or the trail', async () => {
  const [editor, other] = [await desk.addUser('editor'), await desk.addUser('editor')];
  const visitor = await new Visitor(desk).signIn(editor);
  await visitor.get('/account');
  for (const act of ['role', 'link', 'invitation', 'sessions', 'access']) {
    await visitor.post(`/people/${other.id}/${act}`, { role: 'admin', access: 'close' });
    expect([act, visitor.status]).toEqual([act, 403]);
  }
  for (const path of ['/people', '/audit', '/audit.csv', '/audit.json']) {
    expect([path, (await visitor.get(path)).status]).toEqual([path, 403]);
  }
  expect(await users(desk.database.store.db).findUser(other.id)).toMatchObject({ role: 'editor', disabledAt: null });
});
