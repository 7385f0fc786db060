import type { RouteOptions } from 'fastify';
import { ROLES, hasRole, type Role } from '../../src/model/role.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';
import { absentService } from './sign-in-service.js';

let desk: Desk;
let draft: string;
const cookies = new Map<Role, Visitor>();

beforeAll(async () => {
  desk = await openDesk({ identity: await absentService() });
  draft = await seedDraft(desk);
  for (const role of ROLES) cookies.set(role, await new Visitor(desk).signIn(await desk.addUser(role)));
});
afterAll(async () => await desk.close());

/** Every route with each of its methods; HEAD is GET without a body. */
function routes(): { method: string; url: string; role: string; route: RouteOptions }[] {
  return (
    desk.routes
      .flatMap((route) =>
        [route.method].flat().map((method) => ({ method, url: route.url, role: route.config?.role ?? 'none', route })),
      )
      // The API knows no sessions: test/web/api.test.ts walks it.
      .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/'))
  );
}

function addressOf(url: string): string {
  return url
    .replace(':id', draft)
    .replace(':move', 'review')
    .replace(':number', '1')
    .replace(':token', 'no-such-token')
    .replace(':slug', 'no-such-post')
    .replace(':file', 'desk.css');
}

/** Asks without following, and without waiting for the end of a stream. */
async function ask(method: string, url: string, visitor?: Visitor, csrf = false): Promise<Response> {
  const stop = new AbortController();
  const answer = await fetch(new URL(addressOf(url), desk.origin), {
    method,
    redirect: 'manual',
    signal: stop.signal,
    headers: {
      accept: 'text/html',
      ...(visitor === undefined ? {} : { cookie: visitor.cookie }),
      ...(csrf && visitor !== undefined ? { 'x-csrf-token': visitor.csrf } : {}),
      ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(method === 'GET' ? {} : { body: '' }),
  });
  stop.abort();
  return answer;
}

test('there are routes, and each says who may call it', () => {
  expect(routes().length).toBeGreaterThan(35);
  expect(routes().filter(({ role }) => role === 'none')).toEqual([]);
});

test('the public routes are these, and no others', () => {
  expect(
    routes()
      .filter(({ role }) => role === 'public')
      .map(({ method, url }) => `${method} ${url}`)
      .sort(),
  ).toEqual([
    'GET /',
    'GET /assets/:file',
    'GET /forgotten',
    'GET /healthz',
    'GET /metrics',
    'GET /newsfeed',
    'GET /newsfeed.atom',
    'GET /newsfeed.json',
    'GET /newsfeed.rss',
    'GET /newsfeed/:slug',
    'GET /newsletters/:slug',
    'GET /readyz',
    'GET /robots.txt',
    'GET /sign-in',
    'GET /sign-in/identity/back',
    'GET /sitemap.xml',
    'GET /welcome/:token',
    'POST /forgotten',
    'POST /sign-in',
    'POST /sign-in/identity',
    'POST /sign-out',
    'POST /welcome/:token',
  ]);
});

test('a stranger gets to nothing of the desk: pages lead to signing in, everything else is refused', async () => {
  for (const { method, url, role } of routes()) {
    if (role === 'public') continue;
    const answer = await ask(method, url);
    if (method === 'GET') {
      expect([url, answer.status, answer.headers.get('location')]).toEqual([
        url,
        303,
        expect.stringMatching(/^\/sign-in\?next=/),
      ]);
    } else {
      expect([url, answer.status]).toEqual([url, 403]);
    }
  }
});

test('each role gets to its own routes, and is refused at those above it', async () => {
  for (const { method, url, role: needed } of routes()) {
    if (needed === 'public') continue;
    for (const role of ROLES) {
      const answer = await ask(method, url, cookies.get(role), true);
      const may = hasRole(role, needed as Role);
      expect([method, url, role, answer.status === 403]).toEqual([method, url, role, !may]);
    }
  }
});

test('nothing is changed without the token of the session, by whomever', async () => {
  for (const { method, url } of routes().filter((one) => one.method !== 'GET')) {
    const answer = await ask(method, url, cookies.get('admin'));
    expect([url, answer.status]).toEqual([url, 403]);
  }
});

test('nothing is changed at the wish of another site, even with a token', async () => {
  const admin = cookies.get('admin');
  const answer = await fetch(new URL(`/drafts/${draft}/claim`, desk.origin), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: admin?.cookie ?? '', 'x-csrf-token': admin?.csrf ?? '', 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.status).toBe(403);
});

test('the token of one session is none for another', async () => {
  const answer = await fetch(new URL(`/drafts/${draft}/claim`, desk.origin), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.get('admin')?.cookie ?? '', 'x-csrf-token': cookies.get('editor')?.csrf ?? '' },
  });
  expect(answer.status).toBe(403);
});

test.each(['not-a-uuid', '00000000-0000-0000-0000-000000000000', "1' or '1'='1", '%00', '../../etc/passwd'])(
  'an id that names nothing (%s) is no error of ours',
  async (id) => {
    const editor = cookies.get('editor');
    for (const path of [
      '/drafts/ID',
      '/captures/ID',
      '/sources/ID',
      '/drafts/ID/versions/1',
      '/newsfeed/ID',
      '/welcome/ID',
    ]) {
      const answer = await fetch(new URL(path.replace('ID', encodeURIComponent(id)), desk.origin), {
        redirect: 'manual',
        headers: { cookie: editor?.cookie ?? '', accept: 'text/html' },
      });
      expect([path, [404, 409, 410, 400].includes(answer.status)]).toEqual([path, true]);
      expect(await answer.text()).not.toMatch(/at \w+ \(|node_modules|select |stack/);
    }
  },
);
