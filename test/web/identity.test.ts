import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOidc } from '../../src/oidc/open-oidc.js';
import type { Trouble } from '../../src/oidc/trouble.js';
import { freePort } from '../../src/store/embedded-server.js';
import { identityBook } from '../../src/store/identities.js';
import { users, type User } from '../../src/store/users.js';
import { openBrowser } from './browser.js';
import { openDesk, PASSWORD, Visitor, type Desk } from './desk.js';
import { openSignInService, throughService, type Person, type SignInService } from './sign-in-service.js';

let desk: Desk;
let service: SignInService;
let redirectUri: string;
let now = new Date();
const troubles: Trouble[] = [];
let subjects = 0;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  redirectUri = `${publicUrl}/sign-in/identity/back`;
  service = await openSignInService({ redirectUri });
  const identity = { ...open(service), label: 'Example' };
  desk = await openDesk({ publicUrl, port, now: () => now, identity });
});
beforeEach(() => {
  now = new Date();
  troubles.length = 0;
});
afterAll(async () => {
  await desk.close();
  await service.close();
});

function open({ issuer, clientId, clientSecret }: Pick<SignInService, 'issuer' | 'clientId' | 'clientSecret'>) {
  const onTrouble = (trouble: Trouble): void => void troubles.push(trouble);
  return openOidc({ issuer, clientId, clientSecret, redirectUri, now: () => now, onTrouble });
}

function known(email: string, more: Partial<Person> = {}): Person {
  return { subject: `person-${(subjects += 1)}`, email, email_verified: true, ...more };
}

async function leave(visitor: Visitor, next = '/sources'): Promise<Visitor> {
  await visitor.get(`/sign-in?next=${next}`);
  return await visitor.post('/sign-in/identity', { next });
}

async function enter(who: Person | null, visitor = new Visitor(desk)): Promise<Visitor> {
  await leave(visitor);
  service.who = who;
  const back = await throughService(visitor);
  return await visitor.get(back.pathname + back.search);
}

async function acts(): Promise<{ did: string; byUser: string | null; about: string | null; detail: string | null }[]> {
  const { rows } = await desk.database.store.pool.query<never>(
    `select did, by_user as "byUser", about, detail from audit_event order by id desc limit 5`,
  );
  return rows;
}

const told = (email: string) =>
  desk.database.store.pool
    .query<{ body: string }>("select body from message where kind = 'told' and recipient = $1", [email])
    .then(({ rows }) => rows.map(({ body }) => body));

describe('signing in', () => {
  test('the first time by the address that the service vouches for, from then on by who they are there', async () => {
    const user = await desk.addUser('operator');
    const who = known(user.email.toUpperCase());
    const visitor = new Visitor(desk);
    await leave(visitor);
    expect([visitor.status, visitor.headers.get('refresh')]).toEqual([
      200,
      expect.stringContaining(service.issuer) as string,
    ]);
    expect(visitor.headers.get('content-security-policy')).toContain("form-action 'self'");
    const asked = new URL((visitor.headers.get('refresh') ?? '').slice('0;url='.length)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid email',
      redirect_uri: redirectUri,
    });
    service.who = who;
    const back = await throughService(visitor);
    await visitor.get(back.pathname + back.search);
    expect([visitor.status, visitor.url]).toEqual([200, '/sources']);
    expect(visitor.html).toContain(user.name);
    expect(await acts()).toMatchObject([
      { did: 'signed-in', byUser: user.id, detail: 'identity' },
      { did: 'identity-tied', byUser: user.id },
    ]);
    expect(await told(user.email)).toEqual([expect.stringContaining('identity of the sign-in service') as string]);
    // Their address changes on both sides: it is still them.
    await users(desk.database.store.db).rename(user.id, { email: `moved-${user.email}`, name: user.name });
    const again = await enter({ ...who, email: 'other@example.org', email_verified: false });
    expect([again.status, again.url]).toEqual([200, '/sources']);
    expect((await acts()).slice(0, 1)).toMatchObject([{ did: 'signed-in', byUser: user.id }]);
    expect(await identityBook(desk.database.store.db).identitiesOf(user.id)).toEqual([
      expect.objectContaining({ lastUsedAt: now }),
    ]);
  });

  test('somebody who was only invited comes in without choosing a password', async () => {
    const user = await users(desk.database.store.db).addUser({
      email: 'invited@example.org',
      name: 'Invited',
      role: 'editor',
    });
    const visitor = await enter(known(user.email));
    expect([visitor.status, visitor.url]).toEqual([200, '/sources']);
    expect((await visitor.get('/people')).status).toBe(403);
  });

  test.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', '/drafts\r\nset-cookie: a=b'])(
    'with next=%j one lands among our own pages',
    async (next) => {
      const user = await desk.addUser('editor');
      const visitor = await new Visitor(desk).get('/sign-in');
      await visitor.post('/sign-in/identity', { next });
      service.who = known(user.email);
      const back = await throughService(visitor);
      await visitor.get(back.pathname + back.search);
      expect([visitor.status, visitor.url]).toEqual([200, '/drafts']);
    },
  );

  test('the session id from before is worth nothing afterwards, and signing out ends it', async () => {
    const user = await desk.addUser('editor');
    const visitor = await leave(new Visitor(desk));
    const planted = visitor.cookie;
    service.who = known(user.email);
    const back = await throughService(visitor);
    await visitor.get(back.pathname + back.search);
    const inside = visitor.cookie;
    expect(inside).not.toBe(planted);
    await visitor.post('/sign-out');
    expect(visitor.html).toContain('still signed in with Example');
    expect(visitor.html).toContain(`href="${service.issuer}/session/end"`);
    for (const cookie of [planted, inside]) {
      const thief = new Visitor(desk);
      thief.cookie = cookie;
      expect((await thief.get('/drafts')).url).toMatch(/^\/sign-in/);
    }
  });

  test.each([
    ['in the ID token', { claimsInToken: true }],
    ['with the secret in the header', { takes: 'client_secret_basic' }],
  ] as const)('at a service that has it %s', async (_, options) => {
    const other = await openSignInService({ ...options, redirectUri });
    const oidc = open(other);
    const begun = await oidc.begin();
    if (!('url' in begun)) throw new Error(begun.why);
    other.who = known('ada@example.org');
    const visitor = new Visitor(desk);
    visitor.headers = new Headers({ refresh: `0;url=${begun.url}` });
    const { search } = await throughService(visitor);
    expect(await oidc.finish(search, begun.challenge)).toEqual({
      identity: {
        issuer: other.issuer,
        subject: other.who.subject,
        email: 'ada@example.org',
        emailVerified: true,
      },
    });
    await other.close();
  });

  test('two first sign-ins at once tie one identity, and both get in', async () => {
    const user = await desk.addUser('editor');
    const who = known(user.email);
    const visitors = await Promise.all([leave(new Visitor(desk)), leave(new Visitor(desk))]);
    service.who = who;
    const backs: URL[] = [];
    for (const visitor of visitors) backs.push(await throughService(visitor));
    await Promise.all(visitors.map((visitor, n) => visitor.get(backs[n]!.pathname + backs[n]!.search)));
    expect(visitors.map(({ url }) => url)).toEqual(['/sources', '/sources']);
    expect(await identityBook(desk.database.store.db).identitiesOf(user.id)).toHaveLength(1);
  });
});

describe('nobody is let in', () => {
  const isOut = async (visitor: Visitor): Promise<boolean> =>
    (await visitor.get('/drafts')).url.startsWith('/sign-in?next=');

  test.each([
    ['whose address the service does not vouch for', { email_verified: false }, /does not vouch for/, 'unverified'],
    ['of whom it tells no address', { email: undefined }, /no mail address, which it does not vouch/, 'unverified'],
    [
      'who is not on the list',
      { email: 'stranger@example.org' },
      /Nobody with the address stranger@example.org/,
      'unknown',
    ],
    ['whose address is <script>', { email: '<script>x</script>@example.org' }, /&lt;script>x&lt;\/script>@/, 'unknown'],
  ])('%s', async (_, more, words, why) => {
    const before = await users(desk.database.store.db).listUsers();
    const user = await desk.addUser('admin');
    const { email, ...rest } = { ...known(user.email), ...more };
    const visitor = await enter({ ...rest, ...(email === undefined ? {} : { email }) });
    expect([visitor.status, visitor.html]).toEqual([401, expect.stringMatching(words) as string]);
    expect(visitor.html).toContain('action="/sign-in"');
    expect(await isOut(visitor)).toBe(true);
    expect(await users(desk.database.store.db).listUsers()).toHaveLength(before.length + 1);
    expect(await identityBook(desk.database.store.db).identitiesOf(user.id)).toEqual([]);
    expect((await acts())[0]).toMatchObject({ did: 'sign-in-refused', detail: `identity: ${why}` });
  });

  test('whose account is closed: neither the first time nor later', async () => {
    const store = users(desk.database.store.db);
    const [fresh, old] = [await desk.addUser('editor'), await desk.addUser('editor')];
    const who = known(old.email);
    await enter(who);
    for (const user of [fresh, old]) await store.setDisabled(user.id, now);
    for (const [user, one] of [
      [fresh, known(fresh.email)],
      [old, who],
    ] as const) {
      const visitor = await enter(one);
      expect([visitor.status, visitor.html]).toEqual([401, expect.stringContaining('is closed') as string]);
      expect((await acts())[0]).toMatchObject({ about: `person:${user.id}`, detail: 'identity: closed' });
      expect(await isOut(visitor)).toBe(true);
    }
  });

  test('a second identity that claims the address of somebody who has one', async () => {
    const user = await desk.addUser('admin');
    await enter(known(user.email));
    const visitor = await enter(known(user.email));
    expect([visitor.status, visitor.html]).toEqual([
      401,
      expect.stringContaining('belongs to somebody else known to Example') as string,
    ]);
    expect(await isOut(visitor)).toBe(true);
    expect(await identityBook(desk.database.store.db).identitiesOf(user.id)).toHaveLength(1);
  });

  test('who said no at the service', async () => {
    const visitor = await enter(null);
    expect([visitor.status, visitor.html]).toEqual([401, expect.stringContaining('it was stopped there') as string]);
    expect(troubles).toMatchObject([{ why: 'declined' }]);
  });

  const tampered: readonly (readonly [string, (url: URL) => void, (back: URL) => void, Trouble['why'] | 'not-ours'])[] =
    [
      ['another state', () => undefined, (back) => back.searchParams.set('state', 'x'), 'not-ours'],
      ['no state', () => undefined, (back) => back.searchParams.delete('state'), 'not-ours'],
      ['two states', () => undefined, (back) => back.searchParams.append('state', 'x'), 'not-ours'],
      ['another nonce', (url) => url.searchParams.set('nonce', 'x'.repeat(43)), () => undefined, 'not-trusted'],
      [
        'the answer to another challenge',
        (url) => url.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'),
        () => undefined,
        'not-trusted',
      ],
      ['a code that is none', () => undefined, (back) => back.searchParams.set('code', 'x'.repeat(43)), 'not-trusted'],
      ['no code', () => undefined, (back) => back.searchParams.delete('code'), 'not-trusted'],
      [
        'the name of another issuer',
        () => undefined,
        (back) => back.searchParams.set('iss', 'https://x.example'),
        'not-trusted',
      ],
    ];
  test.each(tampered)('with %s', async (_, there, here, why) => {
    const user = await desk.addUser('admin');
    const visitor = await leave(new Visitor(desk));
    service.who = known(user.email);
    const back = await throughService(visitor, there);
    here(back);
    await visitor.get(back.pathname + back.search);
    expect(visitor.status).toBe(401);
    expect(visitor.html).toContain('Begin again');
    expect((await acts())[0]).toMatchObject({ detail: `identity: ${why}` });
    expect(await isOut(visitor)).toBe(true);
    expect(await identityBook(desk.database.store.db).identitiesOf(user.id)).toEqual([]);
  });

  test('with an answer that was used, came too late, or belongs to another browser', async () => {
    const user = await desk.addUser('admin');
    const visitor = await leave(new Visitor(desk));
    service.who = known(user.email);
    const back = await throughService(visitor);
    const path = back.pathname + back.search;
    const other = await leave(new Visitor(desk));
    expect((await other.get(path)).status).toBe(401);
    expect((await new Visitor(desk).get(path)).status).toBe(401);
    expect((await visitor.get(path)).url).toBe('/sources');
    // The same address once more, and the same code in an answer to a sign-in of its own.
    expect((await visitor.get(path)).status).toBe(401);
    const replay = await leave(new Visitor(desk));
    const mine = new URL((replay.headers.get('refresh') ?? '').slice('0;url='.length)).searchParams.get('state') ?? '';
    back.searchParams.set('state', mine);
    await replay.get(back.pathname + back.search);
    expect(replay.status).toBe(401);
    expect((await acts())[0]).toMatchObject({ detail: 'identity: not-trusted' });
    const late = await leave(new Visitor(desk));
    const lateBack = await throughService(late);
    now = new Date(now.getTime() + 10 * 60_000 + 1_000);
    await late.get(lateBack.pathname + lateBack.search);
    expect([late.status, late.html]).toEqual([401, expect.stringContaining('in the last ten minutes') as string]);
  });

  test('by a form of another site, or without its token', async () => {
    const visitor = await new Visitor(desk).get('/sign-in');
    visitor.csrf = 'none';
    await visitor.post('/sign-in/identity');
    expect([visitor.status, visitor.headers.get('refresh')]).toEqual([403, null]);
  });
});

describe('a service that is ill', () => {
  async function withDesk(
    issuer: string,
    use: (desk: Desk) => Promise<void>,
    more: { timeoutSeconds?: number; clientSecret?: string } = {},
  ): Promise<void> {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const options = { issuer, clientId: 'newsdesk', clientSecret: 'x', redirectUri, now: () => now, ...more };
    const onTrouble = (trouble: Trouble): void => void troubles.push(trouble);
    const identity = { ...openOidc({ ...options, onTrouble }), label: 'Example' };
    const other = await openDesk({ publicUrl, port, identity });
    try {
      await use(other);
    } finally {
      await other.close();
    }
  }

  test('that is not there: the page says so, and passwords work as ever', async () => {
    await withDesk(`http://127.0.0.1:${await freePort()}`, async (other) => {
      const user = await other.addUser('editor');
      const visitor = await new Visitor(other).get('/sign-in');
      await visitor.post('/sign-in/identity', { next: '/sources' });
      expect([visitor.status, visitor.html]).toEqual([
        503,
        expect.stringContaining('does not answer just now') as string,
      ]);
      expect(visitor.html).not.toMatch(/ECONN|node_modules|at \w+ \(/);
      await visitor.post('/sign-in', { email: user.email, password: PASSWORD, next: '/sources' });
      expect([visitor.status, visitor.url]).toEqual([200, '/sources']);
    });
    expect(troubles).toEqual([{ why: 'unreachable', words: expect.stringContaining('ECONNREFUSED') as string }]);
  });

  test('that never answers, answers with an error, with something else, or with too much', async () => {
    const answers: Record<string, (url: string) => { status: number; type?: string; body: string } | null> = {
      silent: () => null,
      broken: () => ({ status: 500, body: 'oops' }),
      page: () => ({ status: 200, type: 'text/html', body: '<html>' }),
      long: () => ({ status: 200, type: 'application/json', body: ' '.repeat(1_200_000) }),
      other: () => ({ status: 200, type: 'application/json', body: '{"issuer":"https://other.example"}' }),
    };
    const seen: [string, number, string | undefined][] = [];
    for (const [name, answer] of Object.entries(answers)) {
      const server = createServer((request, response) => {
        const said = answer(request.url ?? '');
        if (said !== null)
          response.writeHead(said.status, { 'content-type': said.type ?? 'text/plain' }).end(said.body);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      troubles.length = 0;
      await withDesk(
        `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        async (other) => {
          const visitor = await new Visitor(other).get('/sign-in');
          await visitor.post('/sign-in/identity');
          seen.push([name, visitor.status, troubles[0]?.why]);
        },
        { timeoutSeconds: 1 },
      );
      server.closeAllConnections();
      server.close();
    }
    expect(seen).toEqual([
      ['silent', 503, 'unreachable'],
      ['broken', 503, 'unreachable'],
      ['page', 503, 'misconfigured'],
      ['long', 503, 'unreachable'],
      ['other', 503, 'misconfigured'],
    ]);
  });

  test('that goes away while somebody is there, or does not know our secret', async () => {
    for (const [clientSecret, why, gone] of [
      ['x', 'unreachable', true],
      ['not the secret', 'misconfigured', false],
    ] as const) {
      const ill = await openSignInService({ redirectUri });
      troubles.length = 0;
      await withDesk(
        ill.issuer,
        async (other) => {
          const visitor = await new Visitor(other).get('/sign-in');
          await visitor.post('/sign-in/identity');
          ill.who = known('somebody@example.org');
          const back = await throughService(visitor);
          if (gone) await ill.close();
          await visitor.get(back.pathname + back.search);
          expect([visitor.status, troubles[0]?.why]).toEqual([503, why]);
          expect(visitor.html).toContain('password');
        },
        { clientSecret },
      );
      if (!gone) await ill.close();
    }
  });

  test('is told by the doctor', async () => {
    expect(await open(service).check()).toEqual({ good: true, words: expect.stringContaining('answers') as string });
    const gone = open({ ...service, issuer: `http://127.0.0.1:${await freePort()}` });
    expect(await gone.check()).toEqual({ good: false, words: expect.stringContaining('ECONNREFUSED') as string });
  });
});

describe('tying by hand', () => {
  async function signedIn(): Promise<{ user: User; visitor: Visitor }> {
    const user = await desk.addUser('editor');
    const visitor = await new Visitor(desk).signIn(user);
    await visitor.get('/account');
    return { user, visitor };
  }

  async function tie(visitor: Visitor, who: Person, present = PASSWORD): Promise<void> {
    await visitor.get('/account');
    await visitor.post('/account/identity', { present });
    service.who = who;
    const back = await throughService(visitor);
    await visitor.get(back.pathname + back.search);
  }

  test('an identity of any address is tied, signs in, and is removed again', async () => {
    const { user, visitor } = await signedIn();
    const who = known('private@example.net', { email_verified: false });
    await tie(visitor, who);
    expect([visitor.url, visitor.html]).toEqual([
      '/account',
      expect.stringContaining('you can sign in with Example') as string,
    ]);
    expect(visitor.html).toContain('private@example.net');
    expect(await told(user.email)).toHaveLength(1);
    const other = await enter(who);
    expect([other.url, other.html]).toEqual(['/sources', expect.stringContaining(user.name) as string]);
    const [identity] = await identityBook(desk.database.store.db).identitiesOf(user.id);
    const thief = (await signedIn()).visitor;
    await thief.post(`/account/identity/${identity?.id}/remove`);
    expect(thief.html).toContain('It was removed already');
    await visitor.get('/account');
    await visitor.post(`/account/identity/${identity?.id}/remove`);
    expect(visitor.html).toContain('you do not sign in by it any more');
    expect((await enter(who)).status).toBe(401);
    expect((await acts()).map(({ did }) => did)).toContain('identity-untied');
  });

  test('not without the present password', async () => {
    const { visitor } = await signedIn();
    await visitor.post('/account/identity', { present: 'not this one at all' });
    expect([visitor.status, visitor.headers.get('refresh')]).toEqual([422, null]);
  });

  test('not what belongs to another, nor a second one', async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const who = known('shared@example.net');
    await tie(one.visitor, who);
    await tie(two.visitor, who);
    expect(two.visitor.html).toContain('Not tied');
    await two.visitor.get('/account');
    await one.visitor.post('/account/identity', { present: PASSWORD });
    service.who = known('second@example.net');
    const back = await throughService(one.visitor);
    await one.visitor.get(back.pathname + back.search);
    expect(one.visitor.html).toContain('Not tied');
    const book = identityBook(desk.database.store.db);
    expect([await book.identitiesOf(one.user.id), await book.identitiesOf(two.user.id)]).toMatchObject([
      [{ email: 'shared@example.net' }],
      [],
    ]);
  });

  test('not when somebody else signed in in between', async () => {
    const { visitor } = await signedIn();
    await visitor.post('/account/identity', { present: PASSWORD });
    service.who = known('between@example.net');
    const back = await throughService(visitor);
    const other = await desk.addUser('admin');
    await new Visitor(desk).get('/sign-in');
    await visitor.get('/account');
    await visitor.post('/sign-out');
    await visitor.signIn(other);
    await visitor.get(back.pathname + back.search);
    expect(visitor.status).toBe(401);
    expect(await identityBook(desk.database.store.db).identitiesOf(other.id)).toEqual([]);
  });

  test('the only way in is not removed', async () => {
    const store = users(desk.database.store.db);
    const user = await store.addUser({ email: 'only@example.org', name: 'Only', role: 'editor' });
    const visitor = await enter(known(user.email));
    const [identity] = await identityBook(desk.database.store.db).identitiesOf(user.id);
    await visitor.get('/account');
    await visitor.post(`/account/identity/${identity?.id}/remove`);
    expect(visitor.html).toContain('you have no password and no passkey');
    expect(await identityBook(desk.database.store.db).identitiesOf(user.id)).toHaveLength(1);
  });
});

test('a browser without scripts goes there and back, and no policy of our pages is in its way', async () => {
  const user = await desk.addUser('editor');
  service.who = known(user.email);
  const browser = await openBrowser();
  const page = await browser.newPage({ javaScriptEnabled: false });
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await page.goto(redirectUri.replace('/sign-in/identity/back', '/sign-in?next=/sources'));
  await page.click('text=Sign in with Example');
  await page.waitForURL('**/sources');
  expect(await page.textContent('h1')).toBe('Sources');
  expect(refused).toEqual([]);
  await browser.close();
});

test('where no service is set up there is no button, no panel and no route', async () => {
  const plain = await openDesk();
  const visitor = await new Visitor(plain).get('/sign-in?left=1');
  expect(visitor.html).not.toContain('identity');
  await visitor.post('/sign-in/identity');
  expect(visitor.status).toBe(404);
  await visitor.signIn(await plain.addUser('editor'));
  expect((await visitor.get('/account')).html).not.toContain('identity');
  await plain.close();
});
