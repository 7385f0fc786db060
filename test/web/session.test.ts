import { users } from '../../src/store/users.js';
import { passwordFault } from '../../src/web/session/passwords.js';
import { openDesk, PASSWORD, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let now = new Date();
beforeAll(async () => {
  desk = await openDesk({ now: () => now });
});
beforeEach(() => {
  now = new Date();
});
afterAll(async () => await desk.close());

const REFUSED = 'That email address and password do not fit';

test('a session id that somebody planted is worth nothing after signing in', async () => {
  const user = await desk.addUser('editor');
  const visitor = await new Visitor(desk).get('/sign-in');
  const planted = visitor.cookie;
  await visitor.post('/sign-in', { email: user.email, password: PASSWORD });
  expect(visitor.status).toBe(200);
  expect(visitor.cookie).not.toBe(planted);
  const thief = new Visitor(desk);
  thief.cookie = planted;
  await thief.get('/drafts');
  expect(thief.url).toMatch(/^\/sign-in/);
});

test('an unknown address, a wrong password, a locked and a closed account look the same', async () => {
  const [wrong, locked, closed] = [
    await desk.addUser('editor'),
    await desk.addUser('editor'),
    await desk.addUser('editor'),
  ];
  for (let n = 0; n < 5; n += 1) await users(desk.database.store.db).noteWrongPassword(locked.id, now);
  await users(desk.database.store.db).setDisabled(closed.id, now);
  const tries = [
    { email: 'nobody@example.org', password: PASSWORD },
    { email: wrong.email, password: 'not this one at all' },
    { email: locked.email, password: PASSWORD },
    { email: closed.email, password: PASSWORD },
  ];
  const answers = [];
  for (const fields of tries) {
    const visitor = await new Visitor(desk).get('/sign-in');
    await visitor.post('/sign-in', fields);
    answers.push([
      visitor.status,
      visitor.html.replaceAll(fields.email, '').replace(/(?:csrf-token" content|_csrf" value)="[^"]*"/g, ''),
    ]);
  }
  expect(answers[0]?.[0]).toBe(401);
  expect(answers[0]?.[1]).toContain(REFUSED);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test('an unknown address takes about as long as a wrong password', async () => {
  const user = await desk.addUser('editor');
  const time = async (email: string): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const visitor = await new Visitor(desk).get('/sign-in');
      const began = performance.now();
      await visitor.post('/sign-in', { email, password: 'not this one at all' });
      times.push(performance.now() - began);
    }
    return times.sort((a, b) => a - b)[2] ?? 0;
  };
  const [unknown, known] = [await time('nobody@example.org'), await time(user.email)];
  // Without the hash of nobody the first is some twenty times quicker.
  expect(unknown).toBeGreaterThan(known / 4);
});

test('five wrong passwords lock the account, also for the right one, and time opens it again', async () => {
  const user = await desk.addUser('editor');
  for (let n = 0; n < 5; n += 1) {
    const visitor = await new Visitor(desk).get('/sign-in');
    await visitor.post('/sign-in', { email: user.email, password: `wrong number ${n}` });
  }
  expect((await new Visitor(desk).signIn(user)).status).toBe(401);
  now = new Date(now.getTime() + 15 * 60_000 + 1_000);
  expect((await new Visitor(desk).signIn(user)).status).toBe(200);
  expect(await users(desk.database.store.db).findUser(user.id)).toMatchObject({ failedSignIns: 0, lockedUntil: null });
});

test.each([
  ['//evil.example/', '/drafts'],
  ['https://evil.example/', '/drafts'],
  ['/\\evil.example', '/drafts'],
  ['/\t/evil.example', '/drafts'],
  ['javascript:alert(1)', '/drafts'],
  ['/drafts\r\nset-cookie: a=b', '/drafts'],
  ['evil', '/drafts'],
  ['/sources?x=1', '/sources?x=1'],
])('after signing in with next=%j one lands at %s', async (next, lands) => {
  const user = await desk.addUser('editor');
  const visitor = await new Visitor(desk).get(`/sign-in?next=${encodeURIComponent(next)}`);
  await visitor.post('/sign-in', { email: user.email, password: PASSWORD, next });
  expect(visitor.url).toBe(lands);
  expect(visitor.headers.get('set-cookie')).not.toContain('a=b');
});

test('a link for a new person works once, is not used up by looking, and lets nobody in twice', async () => {
  const store = users(desk.database.store.db);
  const user = await store.addUser({ email: 'new.person@example.org', name: 'New Person', role: 'editor' });
  const token = await store.createLink(user.id, new Date(now.getTime() + 3_600_000));
  const visitor = await new Visitor(desk).get(`/welcome/${token}`);
  await visitor.get(`/welcome/${token}`);
  expect(visitor.status).toBe(200);
  await visitor.post(`/welcome/${token}`, { password: 'short', again: 'short' });
  expect(visitor.status).toBe(422);
  await visitor.post(`/welcome/${token}`, { password: PASSWORD, again: `${PASSWORD}!` });
  expect(visitor.status).toBe(422);
  await visitor.post(`/welcome/${token}`, { password: PASSWORD, again: PASSWORD, name: 'New P. Person' });
  expect([visitor.status, visitor.url]).toEqual([200, '/drafts']);
  expect(visitor.html).toContain('New P. Person');
  const second = await new Visitor(desk).get('/sign-in');
  await second.post(`/welcome/${token}`, { password: PASSWORD, again: PASSWORD });
  expect(second.status).toBe(410);
  expect((await new Visitor(desk).signIn(user)).status).toBe(200);
});

test('from one address nobody tries hundreds of passwords', async () => {
  const visitor = await new Visitor(desk).get('/sign-in');
  const statuses: number[] = [];
  for (let n = 0; n < 25; n += 1) {
    await visitor.post('/sign-in', { email: `guess-${n}@example.org`, password: 'correct horse' });
    statuses.push(visitor.status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  expect(statuses.slice(20)).toEqual([429, 429, 429, 429, 429]);
  expect(visitor.html).toContain('Wait ten minutes');
});

test('two who use one link at the same moment: one gets in', async () => {
  const store = users(desk.database.store.db);
  const user = await store.addUser({ email: 'raced@example.org', name: 'Raced', role: 'editor' });
  const token = await store.createLink(user.id, new Date(now.getTime() + 3_600_000));
  const visitors = await Promise.all([1, 2, 3].map(() => new Visitor(desk).get(`/welcome/${token}`)));
  await Promise.all(visitors.map((one) => one.post(`/welcome/${token}`, { password: PASSWORD, again: PASSWORD })));
  expect(visitors.map((one) => one.status).sort()).toEqual([200, 410, 410]);
});

test('an expired link and one of a closed account are dead', async () => {
  const store = users(desk.database.store.db);
  const user = await store.addUser({ email: 'late@example.org', name: 'Late', role: 'editor' });
  const token = await store.createLink(user.id, new Date(now.getTime() + 3_600_000));
  now = new Date(now.getTime() + 3_600_001);
  expect((await new Visitor(desk).get(`/welcome/${token}`)).status).toBe(410);
  now = new Date();
  const fresh = await store.createLink(user.id, new Date(now.getTime() + 3_600_000));
  await store.setDisabled(user.id, now);
  expect((await new Visitor(desk).get(`/welcome/${fresh}`)).status).toBe(410);
});

test('the database holds no session id, no link and no password', async () => {
  const user = await desk.addUser('editor');
  const visitor = await new Visitor(desk).signIn(user);
  const id = decodeURIComponent(visitor.cookie.split('=')[1] ?? '').split('.')[0] ?? '';
  const token = await users(desk.database.store.db).createLink(user.id, now);
  expect(id.length).toBeGreaterThan(20);
  const { rows } = await desk.database.store.pool.query<{ all: string }>(
    `select (select json_agg(s) from session s)::text || (select json_agg(l) from sign_in_link l)::text || (select json_agg(u) from app_user u)::text as all`,
  );
  for (const secret of [id, token, PASSWORD]) expect(rows[0]?.all).not.toContain(secret);
  expect(rows[0]?.all).toContain('$argon2id$');
});

test('closing an account ends its sessions at once; a change of role counts at the next click', async () => {
  const user = await desk.addUser('admin');
  await desk.addUser('admin');
  const visitor = await new Visitor(desk).signIn(user);
  await users(desk.database.store.db).changeRole(user.id, 'editor');
  expect((await visitor.get('/people')).status).toBe(403);
  await users(desk.database.store.db).setDisabled(user.id, now);
  await visitor.get('/drafts');
  expect(visitor.url).toMatch(/^\/sign-in/);
});

test('a new password ends all other sessions', async () => {
  const user = await desk.addUser('editor');
  const [here, elsewhere] = [await new Visitor(desk).signIn(user), await new Visitor(desk).signIn(user)];
  await here.get('/account');
  await here.post('/account/password', { present: 'wrong', password: 'another long password' });
  expect(here.status).toBe(422);
  await here.post('/account/password', { present: PASSWORD, password: 'another long password' });
  expect([here.status, here.url]).toEqual([200, '/account']);
  await elsewhere.get('/drafts');
  expect(elsewhere.url).toMatch(/^\/sign-in/);
});

test('signing out ends the session, not only the cookie', async () => {
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  const kept = visitor.cookie;
  await visitor.get('/drafts');
  await visitor.post('/sign-out');
  const thief = new Visitor(desk);
  thief.cookie = kept;
  await thief.get('/drafts');
  expect(thief.url).toMatch(/^\/sign-in/);
});

test('the last admin can neither be demoted nor closed', async () => {
  const other = await openDesk();
  const [first, second] = [await other.addUser('admin'), await other.addUser('admin')];
  const store = users(other.database.store.db);
  const results = await Promise.allSettled([
    store.changeRole(first.id, 'editor'),
    store.changeRole(second.id, 'editor'),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await other.close();
});

test('pages carry the strict policy, and cookies are out of reach of scripts', async () => {
  const visitor = await new Visitor(desk).get('/sign-in');
  const policy = visitor.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(visitor.headers.get('x-frame-options')).toBe('DENY');
  expect(visitor.headers.get('x-content-type-options')).toBe('nosniff');
  expect(visitor.headers.get('referrer-policy')).toBe('same-origin');
  expect(visitor.headers.get('cache-control')).toBe('no-store');
  expect(visitor.headers.get('set-cookie')).toMatch(/newsdesk=.*HttpOnly.*SameSite=Lax/i);
});

test('behind https the cookie is Secure and bound to the host', async () => {
  const secure = await openDesk({ publicUrl: 'https://news.example.org' });
  const answer = await fetch(new URL('/sign-in', secure.origin), { headers: { 'x-forwarded-proto': 'https' } });
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
  expect(answer.headers.get('set-cookie')).toMatch(/^__Host-newsdesk=.*Secure/);
  await secure.close();
});

test('pages of the desk have no inline script and no inline style', async () => {
  const draft = await seedDraft(desk);
  const visitor = await new Visitor(desk).signIn(await desk.addUser('admin'));
  for (const path of ['/drafts', `/drafts/${draft}`, '/sources', '/found', '/people', '/account', '/newsfeed']) {
    const { html } = await visitor.get(path);
    expect([path, html.match(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+="/g)]).toEqual([path, null]);
  }
});

test.each([
  ['short', /at least 12/],
  ['aaaaaaaaaaaaaaaa', /different/],
  ['jo@example.org jo@example.org', /email/],
  ['three words in a row', null],
])('password %j', (password, fault) => {
  const found = passwordFault(password, { email: 'jo@example.org', name: 'Jo' });
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatch(fault);
});
