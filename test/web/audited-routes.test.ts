import { deskEdits } from '../../src/store/desk-edits.js';
import { deskPosts } from '../../src/store/desk-posts.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';
import { absentService } from './sign-in-service.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ publicUrl: 'http://localhost', identity: await absentService() });
});
afterAll(async () => await desk.close());

/** Where each act of the desk is written down: what the page Audit reads. */
const AUDITED: Readonly<Record<string, readonly string[]>> = {
  'an act of its own': [
    '/sign-in',
    '/sign-out',
    '/forgotten',
    '/welcome/:token',
    '/sign-in/passkey',
    '/account/name',
    '/account/digest',
    '/account/password',
    '/account/sessions',
    '/account/sessions/:key',
    '/account/identity',
    '/account/identity/:id/remove',
    '/account/passkeys',
    '/account/passkeys/:id/name',
    '/account/passkeys/:id/remove',
    '/people',
    '/people/:id/role',
    '/people/:id/access',
    '/people/:id/link',
    '/people/:id/invitation',
    '/people/:id/sessions',
    '/deliveries/failed/again',
    '/deliveries/:postId/:output/again',
    '/add',
    '/found/:id/release',
    '/found/retry',
    '/filtered/release',
    '/newsletters/blocks',
    '/newsletters/blocks/:id',
  ],
  'an event of the draft': [
    '/drafts/:id',
    '/drafts/:id/moves/:move',
    '/drafts/:id/section',
    '/drafts/:id/fixes',
    '/drafts/:id/cuts',
    '/drafts/:id/quotes',
    '/drafts/:id/comments',
    '/drafts/:id/claim',
    '/drafts/:id/release',
    '/drafts/:id/snooze',
    '/drafts/:id/versions/:number/restore',
    '/drafts/:id/changes/seen',
    '/drafts/:id/ties/:itemId',
    '/drafts/:id/story/merge',
    '/drafts/:id/story/:itemId/choose',
    '/drafts/:id/story/:itemId/take',
    '/drafts/:id/correct',
    '/drafts/:id/update-line',
    '/drafts/:id/waiting/:changeId/:word',
    '/drafts/bulk',
  ],
  'a change of the source that was settled': ['/watch/:id/nothing', '/drafts/:id/correct/again'],
  'an event of the source': [
    '/sources/:id/poll',
    '/sources/:id/pause',
    '/sources/:id/resume',
    '/sources/:id/accept',
    '/drafts/:id/captures/:captureId/wrong',
  ],
  'an event of the newsletter': [
    '/newsletters',
    '/newsletters/:slug/words',
    '/newsletters/:slug/moves',
    '/newsletters/:slug/entries/:post',
    '/newsletters/:slug/entries/:post/fix',
  ],
  'the token itself': ['/account/tokens', '/account/tokens/:id/revoke'],
};

/** What leaves no trace, and why it need not. */
const NOT_AUDITED: Readonly<Record<string, string>> = {
  '/drafts/:id/check': 'changes nothing but what the same person typed and did not save',
  '/drafts/:id/correct/check': 'changes nothing',
  '/drafts/:id/kept/drop': 'drops what the same person typed and did not save',
  '/drafts/:id/presence': 'says who looks, for a minute',
  '/preferences': 'is the person\u2019s own',
  '/preferences/keys': 'is the person\u2019s own',
  '/views': 'is the person\u2019s own',
  '/views/:id/delete': 'is the person\u2019s own',
  '/sources/new': 'looks, and stores nothing',
  '/sources/new/item': 'looks, and stores nothing',
  '/sources/new/row': 'looks, and stores nothing',
  '/newsletters/:slug/blocks/:id': 'concerns an issue in work, whose end is told',
  '/sign-in/passkey/options': 'asks a question only',
  '/account/passkeys/options': 'asks a question only',
  '/sign-in/identity': 'leads away; coming back is told',
};

test('every route that changes something is audited, or named with its reason', () => {
  const changing = desk.routes
    .filter(
      ({ method, url }) =>
        [method].flat().some((one) => !['GET', 'HEAD', 'OPTIONS'].includes(one)) && !url.startsWith('/api/'),
    )
    .map(({ url }) => url);
  const named = [...Object.values(AUDITED).flat(), ...Object.keys(NOT_AUDITED)];
  expect(new Set(named).size).toBe(named.length);
  expect([...new Set(changing)].sort()).toEqual([...named].sort());
});

test('sending again, adding by address and blocks of the newsletter are in the trail', async () => {
  const { db, pool } = desk.database.store;
  const user = await desk.addUser('admin', 'Ann Admin');
  const id = await seedDraft(desk, { headline: 'SECRET headline' });
  const by = { userId: user.id, reason: null };
  await deskEdits(db).moveDraft(id, 1, 'review', by);
  await deskEdits(db).moveDraft(id, 1, 'approve', by);
  await deskPosts(db, ['joomla']).publishDraft(id, 1, { userId: user.id, slug: 'secret', at: new Date() });
  const fail = async () =>
    await pool.query("update delivery set state = 'failed', failure_code = 'output.refused', failure_message = 'x'");
  const { rows } = await pool.query<{ post: string }>('select post_id as post from delivery');
  const visitor = await new Visitor(desk).signIn(user);
  await fail();
  await visitor.get('/deliveries');
  await visitor.post(`/deliveries/${rows[0]?.post ?? ''}/joomla/again`);
  await fail();
  await visitor.post('/deliveries/failed/again');
  await visitor.get('/add');
  await visitor.post('/add', { url: 'https://example.org/page', organisation: 'The Board' });
  await visitor.get('/newsletters/blocks');
  await visitor.post('/newsletters/blocks', { heading: 'SECRET', body: 'SECRET', until: '' });
  await visitor.get('/audit.json');
  const acts = (JSON.parse(visitor.html) as { did: string; about: string | null; detail: string | null }[]).map(
    ({ did, about, detail }) => [did, about, detail],
  );
  expect(acts).toEqual(
    expect.arrayContaining([
      ['sent-again', `draft:${id}`, 'joomla'],
      ['sent-again', null, '1 failed'],
      ['address-added', 'source:by-hand:The Board', 'https://example.org/page'],
      ['block-changed', null, 'new'],
    ]),
  );
  expect(visitor.html).not.toContain('SECRET');
});
