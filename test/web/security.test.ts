import { request as ask, type IncomingHttpHeaders } from 'node:http';
import type { RouteOptions } from 'fastify';
import { deskPresence } from '../../src/store/desk-presence.js';
import { users } from '../../src/store/users.js';
import { openDesk, PASSWORD, seedDraft, Visitor, type Desk } from './desk.js';
import { absentService } from './sign-in-service.js';

let desk: Desk;
let draft: string;
let admin: Visitor;

beforeAll(async () => {
  desk = await openDesk({ identity: await absentService() });
  draft = await seedDraft(desk);
  admin = await new Visitor(desk).signIn(await desk.addUser('admin', 'Ada Admin'));
});
afterAll(async () => await desk.close());

interface Walked {
  readonly method: string;
  readonly url: string;
  readonly role: string;
}

/** Every route of the desk and of the newsfeed; the API knows neither cookies nor pages. */
function routes(): Walked[] {
  const all: readonly RouteOptions[] = desk.routes;
  return all
    .flatMap(({ method, url, config }) =>
      [method].flat().map((one) => ({ method: one, url, role: config?.role ?? 'none' })),
    )
    .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/'));
}

/** The address of a route with every slot filled. */
function filled(url: string, value: string): string {
  return url.replace(/:\w+/g, encodeURIComponent(value));
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

let calls = 0;
/** One call as it stands, each from an address of its own (limits are for one): no redirect is followed, the end of a stream is not waited for. */
function call(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask(
      new URL(desk.origin),
      {
        method,
        path,
        headers: { accept: 'text/html', 'x-forwarded-for': `198.51.100.${(calls += 1) % 250}`, ...options.headers },
      },
      (answer) => {
        let text = '';
        const end = (): void => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
          sent.destroy();
          return end();
        }
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', end);
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

function signedIn(visitor: Visitor, also: Record<string, string> = {}): Record<string, string> {
  return { cookie: visitor.cookie, ...also };
}

function form(visitor: Visitor, fields: Record<string, string>): { headers: Record<string, string>; body: string } {
  const body = new URLSearchParams({ _csrf: visitor.csrf, ...fields }).toString();
  return { headers: signedIn(visitor, { 'content-type': 'application/x-www-form-urlencoded' }), body };
}

const changing = (): Walked[] => routes().filter(({ method }) => method !== 'GET');
const reading = (): Walked[] => routes().filter(({ method }) => method === 'GET');

test('there is something to walk', () => {
  expect(changing().length).toBeGreaterThan(25);
  expect(reading().length).toBeGreaterThan(20);
});

describe('cross-site requests', () => {
  test.each([
    ['without a token', () => ({})],
    ['with a token that was made up', () => ({ 'x-csrf-token': 'made-up' })],
    ['with the token of another session', () => ({ 'x-csrf-token': other.csrf })],
    [
      'with a good token, at the wish of another site',
      () => ({ 'x-csrf-token': admin.csrf, 'sec-fetch-site': 'cross-site' }),
    ],
  ])('nothing is changed %s', async (_, headers) => {
    for (const { method, url } of changing()) {
      const answer = await call(method, filled(url, draft), { headers: signedIn(admin, headers()) });
      expect([method, url, answer.status]).toEqual([method, url, 403]);
    }
  });

  test('a token in the address is none, and neither is one in a body of another type', async () => {
    for (const { method, url } of changing()) {
      const path = `${filled(url, draft)}?_csrf=${encodeURIComponent(admin.csrf)}`;
      const answer = await call(method, path, {
        headers: signedIn(admin, { 'content-type': 'text/plain' }),
        body: `_csrf=${admin.csrf}`,
      });
      expect([method, url, answer.status]).toEqual([method, url, 403]);
    }
  });

  let other: Visitor;
  beforeAll(async () => {
    other = await new Visitor(desk).signIn(await desk.addUser('admin'));
  });
});

describe('headers', () => {
  /** Of every answer, whatever it is. */
  function expectHardened(where: string, { headers, status }: Answer): void {
    expect([where, headers['x-content-type-options']]).toEqual([where, 'nosniff']);
    const policy = String(headers['content-security-policy']);
    expect([where, status, policy]).toEqual([where, status, expect.stringMatching(/default-src 'none'|^sandbox/)]);
    expect([where, /script-src[^;]*(?:unsafe|\*|http:|data:)/.test(policy)]).toEqual([where, false]);
    expect([where, headers['x-powered-by'], headers['server'], headers['access-control-allow-origin']]).toEqual([
      where,
      undefined,
      undefined,
      undefined,
    ]);
    for (const cookie of headers['set-cookie'] ?? []) {
      // The page of the queues reads its own token, which is no session.
      const safe = cookie.startsWith('XSRF-TOKEN=') ? /; SameSite=Strict/i : /; HttpOnly.*; SameSite=(?:Lax|Strict)/i;
      expect([where, cookie]).toEqual([where, expect.stringMatching(safe)]);
    }
  }

  test('every page is hardened, for strangers and for those signed in', async () => {
    for (const { method, url } of reading()) {
      const path = filled(url, draft);
      expectHardened(`${method} ${url} stranger`, await call(method, path));
      if (url !== '/live')
        expectHardened(`${method} ${url} admin`, await call(method, path, { headers: signedIn(admin) }));
    }
  });

  test('nothing that only some may see is kept on the way', async () => {
    for (const { method, url, role } of reading()) {
      if (role === 'public') continue;
      const answer = await call(method, filled(url, draft), { headers: signedIn(admin) });
      expect([url, answer.status, String(answer.headers['cache-control'])]).toEqual([
        url,
        answer.status,
        expect.stringContaining('no-store'),
      ]);
    }
  });

  test('every error is hardened too', async () => {
    const long = 'a'.repeat(3_000);
    const errors: [string, string, Parameters<typeof call>[2]][] = [
      ['GET', '/nowhere', {}],
      ['GET', '/drafts/none', { headers: signedIn(admin) }],
      ['GET', `/drafts/${long}`, { headers: signedIn(admin) }],
      ['GET', '/%E0%A4%A', {}],
      ['DELETE', '/drafts', { headers: signedIn(admin) }],
      ['POST', '/drafts/bulk', { headers: signedIn(admin) }],
      ['POST', '/sign-in', { headers: { 'content-type': 'application/json' }, body: '{"email":' }],
      ['POST', '/sign-in', { headers: { 'content-type': 'application/json' }, body: '{"__proto__":{"role":"admin"}}' }],
      ['POST', '/sign-in', { headers: { 'content-type': 'application/xml' }, body: '<x/>' }],
      [
        'POST',
        '/sign-in',
        { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `x=${'y'.repeat(2_000_001)}` },
      ],
      ['GET', '/api/v1/nowhere', {}],
      ['GET', '/api/v1/drafts', {}],
    ];
    for (const [method, path, options] of errors) {
      const where = `${method} ${path.slice(0, 60)} ${options?.body?.slice(0, 20) ?? ''}`;
      const answer = await call(method, path, options);
      expect([where, answer.status >= 400 && answer.status < 500]).toEqual([where, true]);
      expectHardened(where, answer);
      expect([where, /node_modules|\.ts:|\.js:|at \w+ \(/.test(answer.text)]).toEqual([where, false]);
    }
  });
});

const EVIL = [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example/',
  '/%5Cevil.example/',
  '/%2F/evil.example/',
  '/\t/evil.example/',
  'javascript:alert(1)',
  '/drafts\r\nSet-Cookie: planted=1',
  '/drafts%0d%0aSet-Cookie:%20planted=1',
  'https:evil.example',
];
/** One of each kind: for the walks over all routes. */
const KINDS = [EVIL[1]!, EVIL[2]!, EVIL[8]!, EVIL[10]!];
const RETURNS = ['next', 'back', 'return', 'returnTo', 'return_to', 'redirect', 'to'];

/** Where it leads is ours: resolved as a browser does. */
function expectOurs(where: string, { status, headers }: Answer): void {
  expect([where, status < 500]).toEqual([where, true]);
  expect([where, String(headers['set-cookie'] ?? '').includes('planted')]).toEqual([where, false]);
  const { location } = headers;
  if (location === undefined) return;
  expect([where, location, new URL(location, desk.origin).origin]).toEqual([
    where,
    location,
    new URL(desk.origin).origin,
  ]);
}

describe('redirects and headers made of what was sent', () => {
  test.each(KINDS)('none leads to %j, from any page', async (evil) => {
    const query = new URLSearchParams(RETURNS.map((name) => [name, evil])).toString();
    for (const { method, url } of reading()) {
      if (url === '/live') continue;
      const path = `${filled(url, draft)}?${query}`;
      expectOurs(`${url} admin`, await call(method, path, { headers: signedIn(admin) }));
      expectOurs(`${url} stranger`, await call(method, path));
    }
  });

  test('none leads elsewhere, from any form', async () => {
    for (const evil of KINDS) {
      const fields = Object.fromEntries(RETURNS.map((name) => [name, evil]));
      for (const { method, url } of changing()) {
        // The sign-in service does not answer here, which is 503: test/web/identity.test.ts sees where its `next` leads.
        if (url === '/sign-out' || url === '/sign-in' || url === '/sign-in/identity') continue;
        expectOurs(`${url} ${evil}`, await call(method, filled(url, 'none'), form(admin, fields)));
      }
    }
  });

  test('an id with line breaks, or one that looks like another host, ends in no header', async () => {
    for (const evil of [
      'x\r\nSet-Cookie: planted=1',
      '\r\n\r\n<script>',
      '/evil.example',
      '\\evil.example',
      'é\u2028"',
      '..',
      '%0d%0a',
    ]) {
      for (const { method, url } of routes()) {
        if (url === '/live' || url === '/sign-out' || !url.includes(':')) continue;
        const options =
          method === 'GET'
            ? { headers: signedIn(admin) }
            : form(admin, { days: '1', reason: 'r', body: 'b', version: '1', do: 'x' });
        expectOurs(`${method} ${url} ${JSON.stringify(evil)}`, await call(method, filled(url, evil), options));
      }
    }
  });

  test('signing in leads to our own pages only', async () => {
    const user = await desk.addUser('editor');
    for (const evil of EVIL) {
      const visitor = await new Visitor(desk).get('/sign-in');
      const { headers, body } = form(visitor, { email: user.email, password: PASSWORD, next: evil });
      expectOurs(evil, await call('POST', '/sign-in', { headers, body }));
    }
  });

  test('the name of the host that a request gives is believed nowhere', async () => {
    const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-original-host': 'evil.example' };
    for (const { method, url } of reading()) {
      if (url === '/live') continue;
      const answer = await call(method, filled(url, draft), { headers: { ...signedIn(admin), ...forged } });
      expect([url, answer.text.includes('evil.example'), String(answer.headers.location).includes('evil')]).toEqual([
        url,
        false,
        false,
      ]);
    }
    const { headers, body } = form(admin, { email: 'invited@example.org', name: 'Invited', role: 'editor' });
    const invited = await call('POST', '/people', { headers: { ...headers, ...forged }, body });
    expect(invited.status).toBe(303);
    const owner = await desk.addUser('editor');
    const asking = form(admin, { email: owner.email });
    await call('POST', '/forgotten', { headers: { ...asking.headers, ...forged }, body: asking.body });
    // The links themselves are made when these are sent, of what the settings say.
    const { rows } = await desk.database.store.pool.query<{ kind: string; mail: string }>(
      'select kind, m::text as mail from message m where link_for is not null order by kind',
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['invitation', 'reset']);
    expect(rows.map(({ mail }) => mail).join()).not.toContain('evil.example');
  });
});

describe('sessions', () => {
  test('a cookie with another signature, or none, is no session', async () => {
    const [name = '', value = ''] = admin.cookie.split('=', 2);
    const id = value.split('.', 1)[0] ?? '';
    for (const cookie of [
      `${name}=${id}`,
      `${name}=${id}.AAAA`,
      `${name}=${value.slice(0, -3)}AAA`,
      `${name}=`,
      `${name}=%00`,
    ]) {
      const answer = await call('GET', '/drafts', { headers: { cookie } });
      expect([cookie, answer.status, answer.headers.location]).toEqual([cookie, 303, '/sign-in?next=%2Fdrafts']);
    }
  });

  test('an id that was planted is worth nothing after a link, a sign-in or a new password', async () => {
    const user = await desk.addUser('editor');
    const token = await users(desk.database.store.db).createLink(user.id, new Date(Date.now() + 60_000));
    const visitor = await new Visitor(desk).get(`/welcome/${token}`);
    const planted = [visitor.cookie];
    await visitor.post(`/welcome/${token}`, { password: PASSWORD, again: PASSWORD });
    planted.push(visitor.cookie);
    await visitor.get('/account');
    await visitor.post('/account/password', { present: PASSWORD, password: 'four other words in a row' });
    expect([visitor.status, visitor.url]).toEqual([200, '/account']);
    expect(new Set([...planted, visitor.cookie]).size).toBe(3);
    for (const cookie of planted) expect((await call('GET', '/drafts', { headers: { cookie } })).status).toBe(303);
  });

  test('after signing out the old cookie is dead on the server', async () => {
    const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
    const { cookie } = visitor;
    await visitor.post('/sign-out');
    expect((await call('GET', '/drafts', { headers: { cookie } })).status).toBe(303);
  });

  test('links that are unknown, used, expired or of a closed account look the same', async () => {
    const store = users(desk.database.store.db);
    const soon = new Date(Date.now() + 60_000);
    const [used, late, closed] = [
      await desk.addUser('editor'),
      await desk.addUser('editor'),
      await desk.addUser('editor'),
    ];
    const links = [
      'no-such-link',
      await store.createLink(used.id, soon),
      await store.createLink(late.id, new Date(Date.now() - 1)),
      await store.createLink(closed.id, soon),
    ];
    await store.useLink(links[1] ?? '', new Date());
    await store.setDisabled(closed.id, new Date());
    const answers = [];
    for (const link of links) answers.push((await new Visitor(desk).get(`/welcome/${link}`)).html);
    expect(new Set(answers).size).toBe(1);
  });
});

describe('what belongs to another', () => {
  test('words typed and not saved, claims and sessions of another are out of reach', async () => {
    const { db } = desk.database.store;
    const [mine, theirs] = [await desk.addUser('editor', 'Mia Mine'), await desk.addUser('editor', 'Tom Theirs')];
    const id = await seedDraft(desk);
    const [me, them] = [await new Visitor(desk).signIn(mine), await new Visitor(desk).signIn(theirs)];
    await them.get(`/drafts/${id}`);
    await them.post(`/drafts/${id}/claim`);
    await deskPresence(db).keepWords(id, theirs.id, {
      version: 1,
      headline: 'Secret words',
      bodyHtml: '<p>Secret.</p>',
    });
    await me.get(`/drafts/${id}?kept=yes`);
    expect(me.html).not.toContain('Secret');
    await me.post(`/drafts/${id}/kept/drop`);
    await me.post(`/drafts/${id}/release`);
    await me.get('/account');
    await me.post('/account/sessions');
    expect(await deskPresence(db).keptWords(id, theirs.id)).toMatchObject({ headline: 'Secret words' });
    const { rows } = await desk.database.store.pool.query<{ claimed_by: string }>(
      'select claimed_by from draft where id = $1',
      [id],
    );
    expect(rows[0]?.claimed_by).toBe(theirs.id);
    expect((await them.get('/drafts')).status).toBe(200);
  });

  test('what is not there is told alike for every kind of id, and nothing of it comes into being', async () => {
    const count = async (): Promise<unknown> =>
      (
        await desk.database.store.pool.query(
          'select (select count(*) from draft_comment) + (select count(*) from draft_autosave) + (select count(*) from draft_presence) as n',
        )
      ).rows;
    const before = await count();
    const ids = ['00000000-0000-4000-8000-000000000000', 'none', "' or true --"];
    for (const { method, url } of changing().filter((one) => one.url.startsWith('/drafts/:id'))) {
      const statuses = [];
      for (const id of ids) {
        const path = url.replace(':id', encodeURIComponent(id)).replace(':move', 'review').replace(/:\w+/g, '1');
        statuses.push(
          (await call(method, path, form(admin, { version: '1', body: 'b', days: '1', word: 'confirm' }))).status,
        );
      }
      expect([url, statuses[0] !== undefined && statuses[0] < 500, new Set(statuses).size]).toEqual([url, true, 1]);
    }
    expect(await count()).toEqual(before);
  });
});

test.each([
  '/assets/../package.json',
  '/assets/..%2f..%2fpackage.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/%2e%2e%2fweb.ts',
  '/assets/....//package.json',
  '/assets/routes.ts',
  '/assets/desk.css%00.png',
  '/assets/__proto__',
  '/assets/constructor',
  '/assets//etc/passwd',
])('%s gives no file', async (path) => {
  const answer = await call('GET', path);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toMatch(/safe-newsdesk|fastify|root:/);
});

test('a form may be 2 MB, and no more; neither is the longest field', async () => {
  const id = await seedDraft(desk);
  const typed = (length: number) =>
    form(admin, { version: '1', headline: 'x', bodyHtml: `<p>${'y'.repeat(length)}</p>` });
  expect((await call('POST', `/drafts/${id}`, typed(2_000_001))).status).toBe(413);
  expect((await call('POST', `/drafts/${id}`, typed(1_000_001))).status).toBe(409);
  expect((await call('POST', `/drafts/${id}`, typed(900_000))).status).toBe(303);
});
