import type { Role } from '../../src/model/role.js';
import { apiTokens } from '../../src/store/api-tokens.js';
import { deskRule } from '../../src/store/second-person.js';
import { openWatchTasks } from '../../src/store/watch-book.js';
import type { User } from '../../src/store/users.js';
import { openDesk, seedDraft, type Desk } from './desk.js';

/** What is published already, where it was delivered to, the newsletter and the search, through the API. */
let desk: Desk;
const now = new Date();
let ann: User;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  desk = await openDesk({ now: () => now });
  ann = await desk.addUser('editor', 'Ann Field');
  tokens['ann'] = await tokenFor(ann, 'editor');
  tokens['ben'] = await tokenFor(await desk.addUser('editor', 'Ben Reed'), 'editor');
  tokens['operator'] = await tokenFor(await desk.addUser('operator'), 'operator');
});
afterEach(async () => await deskRule(desk.database.store.db).setSecondApprover('never'));
afterAll(async () => await desk.close());

function tokenFor(user: User, role: Role): Promise<string> {
  const expiresAt = new Date(now.getTime() + 86_400_000);
  return apiTokens(desk.database.store.db).createToken(user.id, { name: 'a test', role, expiresAt }, now);
}

type Body = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown, who = 'ann'): Promise<[status: number, body: Body]> {
  const answer = await fetch(new URL(`/api/v1${path}`, desk.origin), {
    method,
    headers: {
      authorization: `Bearer ${tokens[who]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return [answer.status, (text === '' ? {} : JSON.parse(text)) as Body];
}

let seeded = 0;
async function publish(headline = `Report ${(seeded += 1)} on foster homes`): Promise<{ id: string; slug: string }> {
  const id = await seedDraft(desk, { headline, bodyHtml: '<p>There were 412 children with a plan in March.</p>' });
  for (const move of ['review', 'approve', 'publish']) {
    const [status, body] = await call('POST', `/drafts/${id}/moves`, { move, version: 1, confirmed: true });
    if (status !== 200) throw new Error(`${move}: ${JSON.stringify(body)}`);
  }
  const { rows } = await desk.database.store.pool.query<{ slug: string }>('select slug from post where draft_id = $1', [
    id,
  ]);
  return { id, slug: rows[0]?.slug ?? '' };
}

const correction = (version: number, more: object = {}) => ({
  kind: 'correction',
  version,
  line: 'The number is 421.',
  headline: 'Report on foster homes',
  bodyHtml: '<p onclick="x()">There were 421 children with a plan in March.</p><script>x()</script>',
  confirmed: true,
  ...more,
});

describe('corrections and update lines', () => {
  test('readers are told, the words are cleaned, and whoever comes second is told the version', async () => {
    const { id, slug } = await publish();
    expect(await call('POST', `/drafts/${id}/changes`, correction(1))).toEqual([
      200,
      { outcome: 'published', version: 2 },
    ]);
    expect(await call('POST', `/drafts/${id}/changes`, correction(1))).toMatchObject([
      409,
      { code: 'draft.stale', version: 2 },
    ]);
    expect(
      await call('POST', `/drafts/${id}/changes`, { kind: 'update', version: 2, line: ' The board  answered. ' }),
    ).toEqual([200, { outcome: 'published', version: 2 }]);
    expect(await call('GET', `/posts/${slug}`)).toMatchObject([
      200,
      {
        bodyHtml: '<p>There were 421 children with a plan in March.</p>',
        notes: [
          { kind: 'correction', line: 'The number is 421.' },
          { kind: 'update', line: 'The board answered.' },
        ],
      },
    ]);
    expect(desk.hurried.filter((one) => one === id).length).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['without a line', correction(1, { line: ' ' }), 422, 'draft.not-publishable'],
    ['without words', correction(1, { bodyHtml: '<p> </p>' }), 422, 'draft.not-publishable'],
    [
      'that could identify a child, without a word on it',
      correction(1, { bodyHtml: '<p>The review tells how Child Q was failed.</p>', confirmed: false }),
      422,
      'draft.not-publishable',
    ],
    [
      'whose line could, without a word on it',
      { kind: 'update', version: 1, line: 'Child Q lived in Leeds.' },
      422,
      'draft.not-publishable',
    ],
    ['with words, of an update', { ...correction(1), kind: 'update' }, 400, 'request.invalid'],
    ['of no kind', { version: 1, line: 'x' }, 400, 'request.invalid'],
  ])('a change %s is refused', async (_, body, status, code) => {
    const { id } = await publish();
    const [answered, problem] = await call('POST', `/drafts/${id}/changes`, body);
    expect([answered, problem['code']]).toEqual([status, code]);
    if (status === 422 && (body.line ?? '').trim() !== '') expect(problem['findings']).not.toEqual([]);
    expect(await call('GET', `/drafts/${id}`)).toMatchObject([200, { version: 1 }]);
  });

  test('what is not published, and what is not there', async () => {
    const id = await seedDraft(desk);
    expect(await call('POST', `/drafts/${id}/changes`, correction(1))).toMatchObject([
      409,
      { code: 'draft.not-allowed' },
    ]);
    expect((await call('POST', '/drafts/x/changes', correction(1)))[0]).toBe(404);
    expect((await call('GET', '/drafts/x/waiting'))[0]).toBe(404);
  });

  test('where a second person is asked for, the change waits for them', async () => {
    const { id, slug } = await publish();
    await deskRule(desk.database.store.db).setSecondApprover('always');
    expect(await call('POST', `/drafts/${id}/changes`, correction(1))).toEqual([
      200,
      { outcome: 'waiting', version: 1 },
    ]);
    const [, { change }] = await call('GET', `/drafts/${id}/waiting`);
    expect(change).toMatchObject({ kind: 'correction', madeBy: { id: ann.id, name: 'Ann Field' }, baseVersion: 1 });
    const waiting = `/drafts/${id}/waiting/${(change as { id: number }).id}`;
    expect(await call('POST', `${waiting}/approve`, { version: 1 })).toMatchObject([
      409,
      { code: 'draft.not-allowed' },
    ]);
    expect((await call('POST', `${waiting}/approve`, { version: 7 }, 'ben'))[0]).toBe(409);
    expect((await call('POST', `/drafts/${id}/waiting/x/approve`, { version: 1 }, 'ben'))[0]).toBe(400);
    expect((await call('GET', `/posts/${slug}`))[1]['bodyHtml']).toContain('412');
    expect((await call('POST', `${waiting}/approve`, { version: 1 }, 'ben'))[0]).toBe(204);
    expect((await call('GET', `/posts/${slug}`))[1]['bodyHtml']).toContain('421');
    expect(await call('GET', `/drafts/${id}/waiting`)).toEqual([200, { change: null }]);
    await call('POST', `/drafts/${id}/changes`, { kind: 'update', version: 2, line: 'The board answered.' });
    const second = (await call('GET', `/drafts/${id}/waiting`))[1]['change'] as { id: number };
    expect((await call('POST', `/drafts/${id}/waiting/${second.id}/drop`, { version: 2 }))[0]).toBe(204);
    expect((await call('GET', `/posts/${slug}`))[1]['notes']).toHaveLength(1);
  });
});

test('tasks of the watch are listed, read, and settled once; a change that names one settles it', async () => {
  const [one, two] = [await publish(), await publish()];
  const incident = { kind: 'changed', about: '', reason: 'The source has other words.', at: now } as const;
  await openWatchTasks(desk.database.store.db, [one.id, two.id], incident);
  const [, { tasks }] = await call('GET', '/watch');
  const of = (draft: string): number =>
    (tasks as { id: number; draftId: string }[]).find((t) => t.draftId === draft)!.id;
  expect(await call('GET', `/watch/${of(one.id)}`)).toMatchObject([
    200,
    { reason: 'The source has other words.', slug: one.slug, settledAt: null },
  ]);
  const settle = () => call('POST', `/watch/${of(one.id)}/settle`, { as: 'nothing' });
  expect(await settle()).toMatchObject([200, { settledAs: 'nothing', settledBy: 'Ann Field' }]);
  expect(await settle()).toMatchObject([409, { code: 'draft.not-allowed' }]);
  const line = { kind: 'update', version: 1, line: 'The board answered.', taskId: of(two.id) };
  expect((await call('POST', `/drafts/${two.id}/changes`, line))[0]).toBe(200);
  expect(await call('GET', `/watch/${of(two.id)}`)).toMatchObject([200, { settledAs: 'updated' }]);
  for (const id of ['0', '999999', 'x', '-1', '1e3']) {
    expect([id, (await call('POST', `/watch/${id}/settle`, { as: 'nothing' }))[0]]).toEqual([id, 404]);
  }
  expect((await call('POST', `/watch/${of(one.id)}/settle`, { as: 'updated' }))[0]).toBe(400);
});

test('deliveries are listed for editors, and sent again by operators', async () => {
  const { id } = await publish();
  const { rows } = await desk.database.store.pool.query<{ id: string }>('select id from post where draft_id = $1', [
    id,
  ]);
  const postId = rows[0]?.id ?? '';
  await desk.database.store.pool.query(
    `insert into delivery (post_id, output, state, failure_code, failure_message) values
      ($1, 'joomla', 'failed', 'output.refused', 'It said no.'), ($1, 'webhook', 'done', null, null)`,
    [postId],
  );
  expect(await call('GET', `/deliveries?draft=${id}`)).toMatchObject([
    200,
    { total: 2, page: 1, counts: expect.arrayContaining([{ output: 'joomla', state: 'failed', count: 1 }]) as never },
  ]);
  const failed = () => call('GET', '/deliveries?in=failed');
  expect(await failed()).toMatchObject([
    200,
    { deliveries: [{ postId, output: 'joomla', failureMessage: 'It said no.', inHand: false }] },
  ]);
  for (const path of [`/deliveries/${postId}/joomla/again`, '/deliveries/failed/again']) {
    expect(await call('POST', path)).toMatchObject([403, { code: 'user.refused' }]);
  }
  const before = desk.hurried.length;
  expect((await call('POST', `/deliveries/${postId}/webhook/again`, undefined, 'operator'))[0]).toBe(204);
  expect(await call('POST', '/deliveries/failed/again', undefined, 'operator')).toEqual([200, { posts: 1 }]);
  expect(desk.hurried.slice(before)).toEqual([id, id]);
  expect(await failed()).toMatchObject([200, { total: 0 }]);
  await desk.database.store.pool.query(
    "update delivery set taken_until = now() + interval '1 minute' where output = 'joomla'",
  );
  for (const path of [
    `/deliveries/${postId}/joomla/again`,
    `/deliveries/${postId}/none/again`,
    '/deliveries/x/y/again',
  ]) {
    expect([path, (await call('POST', path, undefined, 'operator'))[0]]).toEqual([path, 404]);
  }
});

test('an issue of the newsletter is started, edited in place, made ready and said to be sent', async () => {
  for (const title of ['A guide for schools', 'A guide for clubs']) await publish(title);
  const [, { choices }] = await call('GET', '/newsletters');
  const month = (choices as string[][]).find(
    (one) => one.length === 1 && one[0] === `${now.toISOString().slice(0, 7)}-01`,
  );
  expect((await call('POST', '/newsletters', { months: ['2001-01-01'] }))[0]).toBe(409);
  const [status, started] = await call('POST', '/newsletters', { months: month });
  expect(status).toBe(201);
  expect((await call('POST', '/newsletters', { months: month }))[0]).toBe(409);
  const at = `/newsletters/${String(started['slug'])}`;
  interface Issue {
    version: number;
    state: string;
    title: string;
    moves: string[];
    findings: { level: string }[];
    sections: {
      name: string;
      entries: { postId: string; headline: string; heading: string; version: number; postChangedAt: string }[];
    }[];
  }
  const read = async (): Promise<Issue> => (await call('GET', at))[1] as unknown as Issue;
  const entryOf = async (headline: string) =>
    (await read()).sections.flatMap(({ entries }) => entries).find((one) => one.headline === headline)!;
  expect(await read()).toMatchObject({ version: 1, state: 'draft', moves: ['ready'] });
  const words = { version: 1, title: 'News of the month', introduction: '' };
  expect(await call('PUT', at, words)).toMatchObject([200, { version: 2, title: 'News of the month' }]);
  expect(await call('PUT', at, words)).toMatchObject([409, { code: 'draft.stale' }]);

  const [first, second] = [await entryOf('A guide for schools'), await entryOf('A guide for clubs')];
  const change = {
    version: 0,
    section: 'Scams',
    words: { heading: 'For schools', paragraph: 'x', seenChangedAt: first.postChangedAt },
  };
  expect((await call('PUT', `${at}/entries/${first.postId}`, change))[0]).toBe(200);
  expect(await entryOf('A guide for schools')).toMatchObject({ heading: 'For schools', lead: false, version: 1 });
  expect(await call('PUT', `${at}/entries/${first.postId}`, change)).toMatchObject([409, { code: 'draft.stale' }]);
  await call('PUT', `${at}/entries/${second.postId}`, { version: 0, section: 'Scams', included: false });
  const scams = async () =>
    (await read()).sections.find(({ name }) => name === 'Scams')!.entries.map(({ postId }) => postId);
  const turned = [...(await scams())].reverse();
  expect((await call('PUT', `${at}/order`, { section: 'Scams', postIds: turned }))[0]).toBe(200);
  expect(await scams()).toEqual(turned);
  expect((await call('PUT', `${at}/order`, { section: 'Scams', postIds: [first.postId] }))[0]).toBe(409);

  await call('PUT', `${at}/entries/${first.postId}`, { version: 1, lead: true });
  expect(await entryOf('A guide for schools')).toMatchObject({ lead: true, heading: 'For schools', version: 2 });

  const { version } = await read();
  const refused = await call('POST', `${at}/moves`, { version, move: 'sent' });
  expect(refused).toMatchObject([409, { code: 'draft.not-allowed' }]);
  for (const { entries } of (await read()).sections) {
    for (const { postId, version: seen } of entries) {
      await call('PUT', `${at}/entries/${postId}`, { version: seen, included: false });
    }
  }
  const stopped = await call('POST', `${at}/moves`, { version, move: 'ready' });
  expect(stopped).toMatchObject([
    422,
    { code: 'draft.not-publishable', detail: expect.stringContaining('not ready') as never },
  ]);
  const { version: shown } = await entryOf('A guide for schools');
  const paragraph =
    'The regulator has set out what schools must do to keep children safe, with clear and tested steps for each of them from next spring onwards, and it asks all who teach to read the guide before the end of term.';
  await call('PUT', `${at}/entries/${first.postId}`, {
    version: shown,
    included: true,
    words: { heading: 'A guide for schools', paragraph, seenChangedAt: first.postChangedAt },
  });
  expect((await read()).findings.filter(({ level }) => level === 'refuse')).toEqual([]);
  expect(await call('POST', `${at}/moves`, { version, move: 'ready' })).toMatchObject([
    200,
    { state: 'ready', moves: ['back', 'sent'] },
  ]);
  expect((await call('PUT', `${at}/entries/${first.postId}`, { version: shown + 1, lead: false }))[0]).toBe(409);
  expect(await call('POST', `${at}/moves`, { version: version + 1, move: 'sent' })).toMatchObject([
    200,
    { state: 'sent', sentBy: 'Ann Field', moves: [] },
  ]);
  expect(await call('GET', '/newsletters')).toMatchObject([200, { newsletters: [{ state: 'sent' }] }]);
});

test.each([
  ['GET', '/newsletters/none', undefined, 404],
  ['PUT', '/newsletters/none', { version: 1, title: '', introduction: '' }, 404],
  ['PUT', '/newsletters/none/entries/x', { version: 0 }, 404],
  ['PUT', '/newsletters/none/order', { section: 'Nowhere', postIds: [] }, 400],
  ['POST', '/newsletters/none/moves', { version: 1, move: 'fly' }, 400],
  ['POST', '/newsletters', { months: ['October'] }, 400],
  ['GET', '/search', undefined, 400],
  ['GET', '/search?q=%20', undefined, 400],
  ['GET', '/search?q=a&in=nowhere', undefined, 400],
  ['GET', '/search?q=a%00b', undefined, 400],
  ['GET', '/deliveries?in=done', undefined, 400],
])('%s %s with %j is %i', async (method, path, body, status) => {
  expect((await call(method, path, body))[0]).toBe(status);
});

test('one search finds drafts, posts and what was found, some of each or a page of one kind', async () => {
  const draft = await seedDraft(desk, { headline: 'Zebra crossings near schools' });
  const { id } = await publish('Zebra patrols begin');
  expect(await call('GET', '/search?q=zebra')).toMatchObject([
    200,
    {
      page: 1,
      counts: { drafts: 2, posts: 1, past: 0 },
      hits: { posts: [{ title: 'Zebra patrols begin', href: `/drafts/${id}`, state: 'published' }] },
    },
  ]);
  const [, { hits }] = await call('GET', '/search?q=zebra%20-patrols&in=drafts');
  expect(hits).toMatchObject({ drafts: [{ id: draft, outside: false, state: 'drafted' }] });
  expect(Object.keys(hits as object)).toEqual(['drafts']);
});
