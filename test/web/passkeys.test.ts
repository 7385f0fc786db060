import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../src/store/embedded-server.js';
import { passkeyBook } from '../../src/store/passkeys.js';
import { users, type User } from '../../src/store/users.js';
import { partyOf } from '../../src/web/session/passkey-ceremony.js';
import { openBrowser } from './browser.js';
import { openDesk, PASSWORD, Visitor, type Desk } from './desk.js';

let desk: Desk;
let browser: Browser;
let origin: string;
let now = new Date();

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  [desk, browser] = await Promise.all([
    openDesk({ client: true, publicUrl: origin, port, now: () => now }),
    openBrowser(),
  ]);
}, 60_000);
beforeEach(() => {
  now = new Date();
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** A browser with a device that keeps passkeys and knows its owner. */
async function openDevice(options: Parameters<Browser['newContext']>[0] = {}): Promise<Device> {
  const context = await browser.newContext({
    ...options,
    baseURL: origin,
    extraHTTPHeaders: { 'x-forwarded-for': `192.0.2.${Math.floor(Math.random() * 250)}` },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, context };
}

async function signIn(page: Page, { email }: Pick<User, 'email'>): Promise<void> {
  await page.goto('/sign-in');
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.click('button.primary');
  await page.waitForURL('**/drafts');
}

async function addPasskey(page: Page, name: string, present = PASSWORD): Promise<void> {
  await page.goto('/account');
  const form = page.locator('form[data-passkey=add]');
  await form.locator('[name=name]').fill(name);
  await form.locator('[name=present]').fill(present);
  await form.locator('button').click();
}

async function withKey(name = 'Laptop'): Promise<Device & { readonly user: User }> {
  const user = await desk.addUser('editor');
  const device = await openDevice();
  await signIn(device.page, user);
  await addPasskey(device.page, name);
  await device.page.getByText(`“${name}” is added`).waitFor({ timeout: 10_000 });
  await device.context.clearCookies();
  return { ...device, user };
}

async function enterByKey(page: Page): Promise<void> {
  await page.goto('/sign-in?next=/sources');
  await page.click('text=Sign in with a passkey');
}

async function refusal(page: Page): Promise<string | null> {
  await page.waitForSelector('form[data-passkey=sign-in] .fault:not([hidden])');
  return await page.textContent('form[data-passkey=sign-in] .fault');
}

const NO = 'This passkey does not open this desk.';

test('added with the password, named, and good for signing in, also from a locked account', async () => {
  const { page, context, user } = await withKey('Office <laptop>');
  for (let n = 0; n < 5; n += 1) await users(desk.database.store.db).noteWrongPassword(user.id, now);
  await enterByKey(page);
  await page.waitForURL(({ pathname }) => pathname === '/sources');
  await page.goto('/account');
  expect(await page.textContent('section:has(#passkeys-title) .rows')).toMatch(/Office <laptop>.*used just now/);
  const keys = await passkeyBook(desk.database.store.db).passkeysOf(user.id);
  expect(keys).toMatchObject([{ name: 'Office <laptop>', userId: user.id }]);
  const { rows } = await desk.database.store.pool.query<{ did: string }>(
    'select did from audit_event where by_user = $1 order by id',
    [user.id],
  );
  expect(rows.map(({ did }) => did)).toEqual(['signed-in', 'passkey-added', 'signed-in']);
  const { rows: mails } = await desk.database.store.pool.query(
    "select recipient from message where kind = 'told' and recipient = $1",
    [user.email],
  );
  expect(mails).toHaveLength(1);
  await context.close();
});

test('without the present password none is added', async () => {
  const user = await desk.addUser('editor');
  const { page, context } = await openDevice();
  await signIn(page, user);
  await addPasskey(page, 'Found screen', 'not the password');
  await page.waitForSelector('text=Your present password is not right');
  expect(await passkeyBook(desk.database.store.db).passkeysOf(user.id)).toEqual([]);
  await context.close();
});

test('an answer that was used, or is older than five minutes, opens nothing', async () => {
  const { page, context } = await withKey();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/sign-in/passkey')) sent.push(request.postData() ?? '');
  });
  await enterByKey(page);
  await page.waitForURL(({ pathname }) => pathname === '/sources');
  // Again, by one who listened and has a session and a challenge of their own.
  const thief = await new Visitor(desk).get('/sign-in');
  const post = async (path: string, body: string): Promise<number> => {
    const answer = await fetch(new URL(path, desk.origin), {
      method: 'POST',
      headers: { cookie: thief.cookie, 'x-csrf-token': thief.csrf, 'content-type': 'application/json' },
      body,
    });
    return answer.status;
  };
  expect(sent).toHaveLength(1);
  expect(await post('/sign-in/passkey', sent[0] ?? '')).toBe(401);
  expect(await post('/sign-in/passkey/options', '{}')).toBe(200);
  expect(await post('/sign-in/passkey', sent[0] ?? '')).toBe(401);
  for (const odd of [
    '{}',
    '[]',
    '{"response":null}',
    '{"response":{"id":"x"}}',
    `{"response":{"id":"${'x'.repeat(2_000)}"}}`,
  ]) {
    expect([odd.slice(0, 30), await post('/sign-in/passkey', odd)]).toEqual([odd.slice(0, 30), 401]);
  }
  await context.clearCookies();
  await page.route('**/sign-in/passkey', async (route) => {
    now = new Date(now.getTime() + 5 * 60_000 + 1);
    await route.continue();
  });
  await enterByKey(page);
  expect(await refusal(page)).toBe(NO);
  await context.close();
});

test('a removed passkey and one of a closed account open nothing, in the same words', async () => {
  const { page, context, user } = await withKey();
  await users(desk.database.store.db).setDisabled(user.id, now);
  await enterByKey(page);
  expect(await refusal(page)).toBe(NO);
  await users(desk.database.store.db).setDisabled(user.id, null);
  await signIn(page, user);
  await page.goto('/account');
  await page.click('text=Remove');
  await page.waitForSelector('text=Removed');
  await context.clearCookies();
  await enterByKey(page);
  expect(await refusal(page)).toBe(NO);
  await context.close();
});

test('nobody renames or removes the passkey of another', async () => {
  const { context, user } = await withKey('Mine');
  await context.close();
  const book = passkeyBook(desk.database.store.db);
  const [key] = await book.passkeysOf(user.id);
  const thief = await new Visitor(desk).signIn(await desk.addUser('admin'));
  await thief.get('/account');
  await thief.post(`/account/passkeys/${key?.id ?? ''}/name`, { name: 'Theirs' });
  expect(thief.html).toContain('You have no such passkey any more');
  await thief.post(`/account/passkeys/${key?.id ?? ''}/remove`);
  expect(await book.passkeysOf(user.id)).toMatchObject([{ name: 'Mine' }]);
});

test('a key whose counter went back was copied: it opens nothing', async () => {
  const user = await desk.addUser('editor');
  const book = passkeyBook(desk.database.store.db);
  const key = { id: 'counting', userId: user.id, name: 'Key', publicKey: new Uint8Array([1]), transports: [] };
  await book.addPasskey({ ...key, counter: 0, createdAt: now });
  expect([
    await book.usePasskey('counting', 0, now),
    await book.usePasskey('counting', 7, now),
    await book.usePasskey('counting', 7, now),
    await book.usePasskey('counting', 6, now),
    await book.usePasskey('counting', 8, now),
  ]).toEqual([true, true, false, false, true]);
});

test.each([
  ['https://news.example.org', 'news.example.org'],
  ['http://localhost:3000', 'localhost'],
  ['http://news.example.org', undefined],
  ['http://127.0.0.1:3000', undefined],
  ['https://[2001:db8::1]', undefined],
])('passkeys at %s belong to %s', (url, id) => {
  expect(partyOf(url)?.id).toBe(id);
});

test('axe finds nothing on the door, the account and the audit trail, light and dark, wide and narrow', async () => {
  const user = await desk.addUser('admin');
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const) {
    const { page, context } = await openDevice({ colorScheme, viewport: { width, height: 800 } });
    await page.goto('/sign-in');
    await expectClean(page, 'sign-in');
    await page.goto('/forgotten');
    await expectClean(page, 'forgotten');
    await signIn(page, user);
    await addPasskey(page, `Key of ${colorScheme}`);
    await page.waitForSelector('text=is added');
    await expectClean(page, 'account');
    await page.goto('/audit');
    await expectClean(page, 'audit');
    await context.close();
  }
}, 120_000);

async function expectClean(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect([name, told, wide]).toEqual([name, [], 0]);
}
