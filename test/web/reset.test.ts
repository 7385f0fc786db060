import { sendMessage } from '../../src/pipeline/send-message.js';
import { messageBook } from '../../src/store/messages.js';
import { users } from '../../src/store/users.js';
import { openDesk, PASSWORD, Visitor, type Desk } from './desk.js';

let desk: Desk;
let now = new Date();
beforeAll(async () => {
  desk = await openDesk({ now: () => now, publicUrl: 'http://desk.example' });
});
beforeEach(async () => {
  now = new Date();
  await desk.database.store.pool.query('delete from message');
});
afterAll(async () => await desk.close());

async function messages(): Promise<{ id: string; kind: string; recipient: string; body: string }[]> {
  const { rows } = await desk.database.store.pool.query<{ id: string; kind: string; recipient: string; body: string }>(
    'select id, kind, recipient, body from message order by created_at, kind',
  );
  return rows;
}

async function ask(email: string): Promise<Visitor> {
  const visitor = await new Visitor(desk).get('/forgotten');
  return await visitor.post('/forgotten', { email });
}

/** The text of a waiting message with its link, as the worker makes it. */
async function sentText(id: string): Promise<string> {
  let text = '';
  const people = users(desk.database.store.db);
  const outcome = await sendMessage(
    {
      clock: { now: () => now },
      messages: messageBook(desk.database.store.db),
      ways: { mail: ({ body }) => Promise.resolve(void (text = body)), webhook: null },
      linkFor: async (userId, until) => `/welcome/${await people.createLink(userId, until)}`,
    },
    id,
  );
  expect(outcome).toEqual({ outcome: 'sent' });
  return text;
}

function pathIn(text: string): string {
  return /\/welcome\/[\w-]+/.exec(text)?.[0] ?? '';
}

test('an address on the list, one that is not, and a closed account get the same answer', async () => {
  const [known, closed] = [await desk.addUser('editor'), await desk.addUser('editor')];
  await users(desk.database.store.db).setDisabled(closed.id, now);
  const answers = [];
  for (const email of [known.email, 'nobody@example.org', closed.email, 'x'.repeat(200), "' or 1=1 --"]) {
    const { status, html, url } = await ask(email);
    answers.push([status, url, html.replace(/(?:csrf-token" content|_csrf" value)="[^"]*"/g, '')]);
  }
  expect(answers[0]?.[0]).toBe(200);
  expect(answers[0]?.[2]).toContain('If this address is on the list');
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await messages()).toMatchObject([{ kind: 'reset', recipient: known.email }]);
});

test('of many who ask for one person in ten minutes, one mail is sent', async () => {
  const user = await desk.addUser('editor');
  now = new Date('2026-11-25T10:01:00Z');
  for (const email of [user.email, user.email.toUpperCase(), ` ${user.email} `]) await ask(email);
  expect(await messages()).toHaveLength(1);
  now = new Date('2026-11-25T10:12:00Z');
  await ask(user.email);
  expect(await messages()).toHaveLength(2);
});

test('from one address nobody asks for dozens', async () => {
  const visitor = await new Visitor(desk).get('/forgotten');
  const statuses: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    await visitor.post('/forgotten', { email: `guess-${n}@example.org` });
    statuses.push(visitor.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
});

test('the link works once within the hour, ends all sessions and the lock, and the owner hears of it', async () => {
  const user = await desk.addUser('editor');
  const elsewhere = await new Visitor(desk).signIn(user);
  for (let n = 0; n < 5; n += 1) await users(desk.database.store.db).noteWrongPassword(user.id, now);
  await ask(user.email);
  const path = pathIn(await sentText((await messages())[0]?.id ?? ''));
  const visitor = await new Visitor(desk).get(path);
  expect(visitor.html).toContain('Choose a new password');
  expect(visitor.html).not.toContain('name="email"');
  const wanted = 'quite another password';
  // What is smuggled in with it changes neither name nor address.
  await visitor.post(path, { password: wanted, again: wanted, email: 'evil@example.com', name: 'Evil' });
  expect([visitor.status, visitor.url]).toEqual([200, '/drafts']);
  expect(await users(desk.database.store.db).findUser(user.id)).toMatchObject({ email: user.email, name: user.name });
  await elsewhere.get('/drafts');
  expect(elsewhere.url).toMatch(/^\/sign-in/);
  expect((await new Visitor(desk).get(path)).status).toBe(410);
  expect((await new Visitor(desk).signIn(user, PASSWORD)).status).toBe(401);
  expect((await new Visitor(desk).signIn(user, wanted)).status).toBe(200);
  expect((await messages()).map(({ kind }) => kind)).toEqual(['reset', 'told']);
});

test('after an hour the link is dead', async () => {
  const user = await desk.addUser('editor');
  await ask(user.email);
  const path = pathIn(await sentText((await messages())[0]?.id ?? ''));
  now = new Date(now.getTime() + 60 * 60_000 + 1_000);
  expect((await new Visitor(desk).get(path)).status).toBe(410);
});

test('whatever host the request names, the mail names ours', async () => {
  const user = await desk.addUser('editor');
  const visitor = await new Visitor(desk).get('/forgotten');
  await fetch(new URL('/forgotten', desk.origin), {
    method: 'POST',
    headers: {
      cookie: visitor.cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '198.51.100.77',
      origin: 'http://evil.example',
    },
    body: new URLSearchParams({ _csrf: visitor.csrf, email: user.email }),
  });
  const [message] = await messages();
  expect(message?.body).toContain('http://desk.example');
  expect(message?.body).not.toContain('evil');
});

test('without a mail server the page says whom to ask, and nothing is written', async () => {
  const other = await openDesk({ mail: false });
  try {
    const user = await other.addUser('editor');
    const visitor = await new Visitor(other).get('/sign-in');
    expect(visitor.html).not.toContain('/forgotten');
    await visitor.post('/forgotten', { email: user.email });
    expect(visitor.html).toContain('Ask one of its admins');
    const { rows } = await other.database.store.pool.query('select from message');
    expect(rows).toEqual([]);
  } finally {
    await other.close();
  }
});
