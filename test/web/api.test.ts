import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { hasRole, ROLES, type Role } from '../../src/model/role.js';
import { apiTokens } from '../../src/store/api-tokens.js';
import { users, type User } from '../../src/store/users.js';
import { apiDescription } from '../../src/web/api/routes.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const DAY_MS = 86_400_000;
let desk: Desk;
let now = new Date();
const people = new Map<Role, User>();
const tokens = new Map<Role, string>();

beforeAll(async () => {
  desk = await openDesk({ now: () => now });
  for (const role of ROLES) {
    people.set(role, await desk.addUser(role));
    tokens.set(role, await tokenFor(people.get(role)!, role));
  }
});
beforeEach(() => {
  now = new Date();
});
afterAll(async () => await desk.close());

function tokenFor(user: User, role: Role, expiresAt = new Date(Date.now() + DAY_MS)): Promise<string> {
  return apiTokens(desk.database.store.db).createToken(user.id, { name: 'a test', role, expiresAt }, new Date());
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

let caller = 0;
/** Each call comes from an address of its own: the limit is for one address. */
async function call(
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token = tokens.get('admin'), body } = options;
  const answer = await fetch(new URL(`/api/v1${path}`, desk.origin), {
    method,
    headers: {
      'x-forwarded-for': `198.51.100.${(caller += 1) % 250}`,
      ...(token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

interface Described {
  readonly method: string;
  readonly path: string;
  readonly role: Role;
}

function apiRoutes(): Described[] {
  return desk.routes
    .filter(({ url }) => url.startsWith('/api/v1/') && !url.endsWith('/openapi.json'))
    .flatMap(({ method, url, config }) =>
      [method].flat().map((one) => ({ method: one, path: url.slice('/api/v1'.length), role: config?.role as Role })),
    )
    .filter(({ method }) => method !== 'HEAD');
}

test('the description is valid OpenAPI 3.1, the committed one is the present one, and it names every route', async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(apiDescription()));
  expect(result).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  const committed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'));
  expect(committed).toEqual(apiDescription());
  const served = await call('GET', '/openapi.json', { token: '' });
  expect([served.status, served.body]).toEqual([200, committed]);
  const paths = apiDescription()['paths'] as Record<string, Record<string, unknown>>;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(
    apiRoutes()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(described.sort());
});

test('a broken description is told', async () => {
  const broken = { ...structuredClone(apiDescription()), paths: { '/x': { get: { responses: 3 } } } };
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
});

test('no route answers without a token, with one that is none, or with a session alone', async () => {
  expect(apiRoutes().length).toBeGreaterThan(20);
  const visitor = await new Visitor(desk).signIn(people.get('admin')!);
  for (const { method, path } of apiRoutes()) {
    const where = path.replace(/:\w+/g, 'x');
    const calls = [
      call(method, where, { token: '' }),
      call(method, where, { token: 'newsdesk_0000000000000000000000000000000000000000000' }),
      call(method, where, { token: '', headers: { cookie: visitor.cookie, 'x-csrf-token': visitor.csrf } }),
    ];
    for (const answer of await Promise.all(calls)) {
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(answer.body).toMatchObject({ status: 401, code: 'token.refused', title: 'Unauthorized' });
    }
  }
});

test('each role gets to its own routes, and is refused at those above it', async () => {
  for (const { method, path, role: needed } of apiRoutes()) {
    for (const role of ROLES) {
      const answer = await call(method, path.replace(/:\w+/g, 'x'), { token: tokens.get(role)! });
      expect([method, path, role, answer.status === 403]).toEqual([method, path, role, !hasRole(role, needed)]);
      expect([method, path, answer.status < 500]).toEqual([method, path, true]);
    }
  }
});

test('a token may no more than its person, and ends with it', async () => {
  const db = desk.database.store.db;
  const person = await desk.addUser('operator');
  const small = await tokenFor(person, 'editor');
  const large = await tokenFor(person, 'operator');
  const may = async (token: string) => (await call('GET', '/me', { token })).body['role'];
  expect([await may(small), await may(large)]).toEqual(['editor', 'operator']);
  await users(db).changeRole(person.id, 'editor');
  expect(await may(large)).toBe('editor');
  await users(db).setDisabled(person.id, now);
  expect((await call('GET', '/me', { token: large })).status).toBe(401);
  await users(db).setDisabled(person.id, null);
  now = new Date(now.getTime() + 2 * DAY_MS);
  expect((await call('GET', '/me', { token: large })).status).toBe(401);
});

test('a person makes a token, sees it once, and revokes it; that of another is not there', async () => {
  const owner = await desk.addUser('editor');
  const visitor = await new Visitor(desk).signIn(owner);
  await visitor.get('/account');
  expect(visitor.html).toContain('/account/tokens');
  await visitor.get('/account/tokens');
  await visitor.post('/account/tokens', { name: 'nightly <script>', role: 'editor', days: '30' });
  const token = /value="(newsdesk_[\w-]+)"/.exec(visitor.html)?.[1] ?? '';
  expect(visitor.html).toContain('nightly &lt;script>');
  expect((await call('GET', '/me', { token })).body).toEqual({ id: owner.id, name: owner.name, role: 'editor' });
  await visitor.get('/account/tokens');
  expect(visitor.html).not.toContain(token);
  expect(visitor.html).toContain('used ');
  const { rows } = await desk.database.store.pool.query<{ row: string; id: string }>(
    'select t::text as row, id from api_token t where user_id = $1',
    [owner.id],
  );
  expect(rows[0]?.row).not.toContain(token);
  const id = rows[0]?.id ?? '';
  const other = await new Visitor(desk).signIn(await desk.addUser('admin'));
  await other.get('/account/tokens');
  expect(other.html).not.toContain(id);
  await other.post(`/account/tokens/${id}/revoke`);
  expect(other.status).toBe(404);
  expect((await call('GET', '/me', { token })).status).toBe(200);
  await visitor.post(`/account/tokens/${id}/revoke`);
  expect((await call('GET', '/me', { token })).status).toBe(401);
});

test.each([
  { name: '', role: 'editor', days: '30' },
  { name: 'x', role: 'admin', days: '30' },
  { name: 'x', role: 'none', days: '30' },
  { name: 'x', role: 'editor', days: '366' },
])('no token is made of %j', async (fields) => {
  const owner = await desk.addUser('editor');
  const visitor = await new Visitor(desk).signIn(owner);
  await visitor.get('/account/tokens');
  await visitor.post('/account/tokens', fields);
  expect(visitor.status).toBe(422);
  expect(await apiTokens(desk.database.store.db).tokensOf(owner.id, now)).toEqual([]);
});

test('a program takes a draft all the way to a published post, and back', async () => {
  const id = await seedDraft(desk, { headline: 'Helpline for young carers opens at night' });
  const token = tokens.get('editor')!;
  const list = await call('GET', '/drafts?view=open&q=carers', { token });
  expect(list.body).toMatchObject({ total: 1, page: 1, drafts: [{ id, state: 'drafted', version: 1 }] });
  const saved = await call('PUT', `/drafts/${id}`, {
    token,
    body: { version: 1, headline: 'Helpline for carers', bodyHtml: '<p onclick="x()">Open.</p><script>x()</script>' },
  });
  expect(saved).toMatchObject({ status: 200, body: { version: 2 } });
  const stale = await call('PUT', `/drafts/${id}`, {
    token,
    body: { version: 1, headline: 'Mine', bodyHtml: '<p>Mine.</p>' },
  });
  expect(stale).toMatchObject({ status: 409, body: { code: 'draft.stale', version: 2 } });
  const early = await call('POST', `/drafts/${id}/moves`, { token, body: { move: 'publish', version: 2 } });
  expect(early.status).toBe(409);
  for (const move of ['review', 'approve']) {
    const moved = await call('POST', `/drafts/${id}/moves`, { token, body: { move, version: 2, confirmed: true } });
    expect([move, moved.status]).toEqual([move, 200]);
  }
  const published = await call('POST', `/drafts/${id}/moves`, {
    token,
    body: { move: 'publish', version: 2, confirmed: true },
  });
  expect(published.body).toMatchObject({
    state: 'published',
    bodyHtml: '<p>Open.</p>',
    moves: ['withdraw'],
    post: { slug: 'helpline-for-carers', editorName: people.get('editor')!.name },
  });
  expect(desk.hurried).toContain(id);
  expect((await call('GET', '/posts/helpline-for-carers', { token })).body).toMatchObject({
    headline: 'Helpline for carers',
  });
  expect((await call('GET', '/posts', { token })).body).toMatchObject({
    page: 1,
    posts: [{ slug: 'helpline-for-carers' }],
  });
  await call('POST', `/drafts/${id}/moves`, { token, body: { move: 'withdraw', version: 2, reason: 'a mistake' } });
  expect((await call('GET', '/posts/helpline-for-carers', { token })).status).toBe(410);
  const events = (await call('GET', `/drafts/${id}/events`, { token })).body['events'] as { did: string; by: string }[];
  expect(events[0]).toMatchObject({ did: 'withdraw', by: people.get('editor')!.name, reason: 'a mistake' });
});

test('the checks forbid through the API what they forbid on the screen, and say so', async () => {
  const id = await seedDraft(desk, { headline: 'The', bodyHtml: '<p> </p>', articleHtml: '<p>Something.</p>' });
  await call('POST', `/drafts/${id}/moves`, { body: { move: 'review', version: 1 } });
  const refused = await call('POST', `/drafts/${id}/moves`, { body: { move: 'approve', version: 1, confirmed: true } });
  expect(refused).toMatchObject({ status: 422, body: { code: 'draft.not-publishable' } });
  expect(refused.body['findings']).toContainEqual(expect.objectContaining({ level: 'refuse' }));
  expect((await call('GET', `/drafts/${id}`)).body).toMatchObject({ state: 'in-review' });
});

test('a schedule needs a time that exists in London and is to come', async () => {
  const id = await seedDraft(desk, { headline: 'Survey of foster homes opens' });
  for (const move of ['review', 'approve']) {
    await call('POST', `/drafts/${id}/moves`, { body: { move, version: 1, confirmed: true } });
  }
  for (const publishAt of ['', '2027-03-28T01:30', '2020-01-01T09:00', 'soon']) {
    const answer = await call('POST', `/drafts/${id}/moves`, {
      body: { move: 'schedule', version: 1, publishAt, confirmed: true },
    });
    expect([publishAt, answer.status]).toEqual([publishAt, 422]);
  }
  const done = await call('POST', `/drafts/${id}/moves`, {
    body: { move: 'schedule', version: 1, publishAt: '2027-07-01T09:30', confirmed: true },
  });
  expect(done.body).toMatchObject({ state: 'scheduled', publishAt: '2027-07-01T08:30:00.000Z' });
});

test('comments, claims, sleep and history', async () => {
  const id = await seedDraft(desk);
  const editor = tokens.get('editor')!;
  expect(
    (await call('POST', `/drafts/${id}/comments`, { token: editor, body: { body: ' Is this new? ' } })).body,
  ).toMatchObject({
    comments: [{ body: 'Is this new?', by: people.get('editor')!.name }],
  });
  expect((await call('PUT', `/drafts/${id}/claim`, { token: editor })).body).toEqual({ keptWords: false });
  await call('DELETE', `/drafts/${id}/claim`);
  expect((await call('GET', `/drafts/${id}`)).body).toMatchObject({ claimedBy: { id: people.get('editor')!.id } });
  await call('DELETE', `/drafts/${id}/claim`, { token: editor });
  expect((await call('PUT', `/drafts/${id}/snooze`, { body: { days: 3 } })).status).toBe(204);
  expect((await call('GET', `/drafts/${id}`)).body).toMatchObject({
    claimedBy: null,
    commentCount: 1,
    snoozedUntil: expect.any(String) as string,
  });
  await call('DELETE', `/drafts/${id}/snooze`);
  expect((await call('GET', `/drafts/${id}`)).body).toMatchObject({ snoozedUntil: null });
  expect((await call('GET', `/drafts/${id}/versions`)).body).toMatchObject({ versions: [{ version: 1, by: null }] });
});

test('operators poll, pause and resume; what is held is let through once', async () => {
  await seedDraft(desk, { sourceId: 'islands', sourceName: 'Islands Board' });
  expect((await call('GET', '/sources')).body['sources']).toContainEqual(expect.objectContaining({ id: 'islands' }));
  expect((await call('POST', '/sources/islands/poll', { token: tokens.get('operator')! })).status).toBe(204);
  expect((await call('PUT', '/sources/islands/pause', { body: { days: 2, reason: 'they move house' } })).status).toBe(
    204,
  );
  expect((await call('GET', '/sources/islands')).body).toMatchObject({ pausedBecause: 'they move house', polls: [] });
  expect((await call('DELETE', '/sources/islands/pause')).status).toBe(204);
  expect((await call('POST', '/sources/none/poll')).status).toBe(404);
  const { rows } = await desk.database.store.pool.query<{ id: string }>(
    `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason_code, reason)
    values ('islands', 'k', 'article', 'https://islands.example/k', 'Kept back', '{}', now(), 'held', 'filtered', 'A rule.') returning id`,
  );
  const held = rows[0]?.id ?? '';
  expect((await call('GET', '/found?in=held&source=islands')).body).toMatchObject({
    total: 1,
    items: [{ id: held, reasonCode: 'filtered' }],
  });
  expect((await call('POST', `/found/${held}/release`)).status).toBe(204);
  expect((await call('POST', `/found/${held}/release`)).status).toBe(404);
});

test.each([
  ['GET', '/drafts?view=nowhere', undefined, 400],
  ['GET', '/drafts?page=0', undefined, 400],
  ['GET', '/drafts?colour=red', undefined, 400],
  ['PUT', '/drafts/ID', { version: 1 }, 400],
  ['PUT', '/drafts/ID', { version: '1', headline: 'x', bodyHtml: 'x' }, 400],
  ['PUT', '/drafts/ID', { version: 1, headline: 'x', bodyHtml: 'a\0b' }, 400],
  ['PUT', '/drafts/ID', [], 400],
  ['POST', '/drafts/ID/moves', { move: 'fly', version: 1 }, 400],
  ['POST', '/drafts/ID/moves', { move: 'reject', version: 1 }, 409],
  ['POST', '/drafts/ID/moves', { move: 'review', version: 7 }, 409],
  ['POST', '/drafts/ID/comments', { body: '  ' }, 400],
  ['GET', '/drafts/00000000-0000-0000-0000-000000000000', undefined, 404],
  ['GET', "/drafts/1'%20or%20'1'='1", undefined, 404],
  ['GET', '/nothing', undefined, 404],
  ['GET', '/posts?page=99', undefined, 404],
])('%s %s with %j is %i, a problem document without a trace of our own', async (method, path, body, status) => {
  const id = await seedDraft(desk);
  const answer = await call(method, path.replace('ID', id), { ...(body === undefined ? {} : { body }) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toMatchObject({ type: 'about:blank', status, title: expect.any(String) as string });
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|src\/|select |at \w+ \(/);
});

test('what is no JSON, and what is too much of it, is refused', async () => {
  const id = await seedDraft(desk);
  const send = (body: string, type: string) =>
    fetch(new URL(`/api/v1/drafts/${id}`, desk.origin), {
      method: 'PUT',
      headers: { authorization: `Bearer ${tokens.get('editor')!}`, 'content-type': type },
      body,
    });
  expect((await send('{"version":', 'application/json')).status).toBe(400);
  expect((await send('version=1', 'application/x-www-form-urlencoded')).status).toBe(415);
  expect((await send('hello', 'text/plain')).status).toBe(415);
  expect((await send(JSON.stringify({ bodyHtml: 'x'.repeat(2_000_001) }), 'application/json')).status).toBe(413);
});

test('no other site is let in, and nothing is kept on the way', async () => {
  const answer = await call('GET', '/me', { headers: { origin: 'https://evil.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await call('OPTIONS', '/me', { headers: { origin: 'https://evil.example' } })).status).toBe(404);
});

test('from one address nobody asks without end', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 605; n += 1) {
    statuses.push((await call('GET', '/me', { token: '', headers: { 'x-forwarded-for': '192.0.2.77' } })).status);
  }
  expect(statuses.slice(0, 600).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(600)).toEqual([429, 429, 429, 429, 429]);
});
