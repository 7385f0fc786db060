import { defineSources } from '../../src/config/define-sources.js';
import type { SharedRules, SourceRules } from '../../src/model/source.js';
import { auditTrail } from '../../src/store/audit.js';
import { pollLedger } from '../../src/store/polls.js';
import { ruledOut } from '../../src/rank/rules.js';
import { sampleItem, samplePoll, sampleSource, syncRows } from '../store/samples.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const SHARED: SharedRules = {
  all: { exclude: ['vacancy'], keep: ['practice review'] },
  class: { charity: { exclude: ['raffle'] } },
};
const RULES: SourceRules = { include: ['harbour'] };
const sources = defineSources([sampleSource('quay', { rules: RULES })], SHARED);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ sources });
});
afterEach(async () => await desk.close());
const db = () => desk.database.store.db;

/** Items found at the source, each held by the rule that keeps it out. */
async function found(...titles: string[]): Promise<void> {
  const source = sampleSource('quay', { rules: RULES });
  await syncRows(db(), source);
  const items = titles.map((title) => {
    const item = sampleItem(title.toLowerCase().replace(/\W+/g, '-'), { title });
    const because = ruledOut(sources[0]!, item);
    const held = because === null ? { held: null } : { held: 'filtered' as const, heldBecause: because };
    return { item, ...held, addressKey: null };
  });
  await pollLedger(db()).recordPoll(source, samplePoll([], { items }));
}
const states = async (): Promise<Record<string, string>> => {
  const rows = await db().selectFrom('item').select(['title', 'disposition']).where('sourceId', '=', 'quay').execute();
  return Object.fromEntries(rows.map(({ title, disposition }) => [title, disposition]));
};
/** The list of rules, without marks. */
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('each rule is shown with its level and what it holds; one item is let through, or all of a rule', async () => {
  await found('Vacancy at the harbour', 'Another vacancy', 'Harbour raffle', 'The pier', 'Harbour children');
  const editor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await editor.get('/filtered');
  expect(editor.status).toBe(200);
  const words = plain(editor.html);
  expect(words).toContain('4 items are held by rules');
  expect(words).toMatch(/For all sources exclude “vacancy” holds 2 items .* Never kept out: “practice review”\./);
  expect(words).toMatch(/For the class charity exclude “raffle” holds 1 item /);
  expect(words).toMatch(/For the row quay include only “harbour” holds 1 item /);
  expect(words).not.toContain('Not in force');

  const rule = 'Kept out by a rule for all sources: exclude “vacancy”.';
  await editor.get(`/filtered?rule=${encodeURIComponent(rule)}`);
  expect(plain(editor.html)).toMatch(
    /Another vacancy .*Vacancy at the harbour|Vacancy at the harbour .*Another vacancy/,
  );
  expect(editor.html).not.toContain('The pier');
  expect(editor.html).not.toContain('/filtered/release');
  await editor.post('/filtered/release', { rule });
  expect(editor.status).toBe(403);

  await editor.get('/filtered');
  const [, release] = /action="(\/found\/[\w-]+\/release)"/.exec(editor.html) ?? [];
  await editor.post(release!, { back: '/filtered' });
  expect(editor.html).toContain('Let through');
  expect(Object.values(await states()).filter((state) => state === 'found')).toHaveLength(2);

  const alone = await db()
    .selectFrom('auditEvent')
    .select(['about', 'detail', 'byUser'])
    .where('did', '=', 'item-released')
    .execute();
  expect(alone).toEqual([{ about: 'source:quay', detail: 'filtered', byUser: expect.any(String) as string }]);

  const operator = await new Visitor(desk).signIn(await desk.addUser('operator'));
  await operator.get(`/filtered?rule=${encodeURIComponent(rule)}`);
  await operator.post('/filtered/release', { rule });
  expect(await states()).toMatchObject({ 'Vacancy at the harbour': 'found', 'Another vacancy': 'found' });
  await operator.post('/filtered/release', { rule });
  expect(operator.html).toContain('Nothing is held by this rule any more.');
  const acts = await db().selectFrom('auditEvent').select('detail').where('did', '=', 'items-released').execute();
  expect(acts.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^[12]: Kept out by a rule for all sources/),
  ]);
});

test('what a rule of yesterday holds is still there, and says so', async () => {
  await found('The pier');
  await db().updateTable('item').set({ reason: 'Kept out by a rule for all sources: exclude “pier”.' }).execute();
  const editor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await editor.get('/filtered');
  expect(plain(editor.html)).toMatch(
    /Not in force any more Kept out by a rule for all sources: exclude “pier”\. holds 1 item/,
  );
});

test('a phrase is tried on what was found, published or not, as a rule would have it', async () => {
  await found('Harbour children', 'Harbour childcare');
  const draft = await seedDraft(desk, { headline: 'Children of the isle' });
  await db().updateTable('draft').set({ state: 'published' }).where('id', '=', draft).execute();
  const editor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await editor.get('/filtered?try=CHILDREN');
  expect(plain(editor.html)).toContain('“CHILDREN” stands in 2 of the newest 3 items. Of those, 1 was published.');
  expect(editor.html).toContain(`/drafts/${draft}`);
  expect(editor.html).not.toContain('Harbour childcare');
  await editor.get('/filtered?try=%3Cb%3E.*%28');
  expect(plain(editor.html)).toContain('stands in 0 of the newest 3 items');
});

test('without rules and without items it says so', async () => {
  await desk.close();
  desk = await openDesk();
  const editor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await editor.get('/filtered?page=7');
  expect(plain(editor.html)).toContain('There are no rules: everything that is found is read.');
  expect(plain(editor.html)).toContain('Nothing is held.');
});

test('all that failed of a source is read anew at once, by an operator, and of no other', async () => {
  await found('One', 'Two', 'Three');
  await seedDraft(desk);
  const { pool } = desk.database.store;
  const failed = `disposition = 'failed', reason_code = 'item.unreadable', reason = 'No text'`;
  await pool.query(
    `update item set ${failed}, attempts = 3, try_after = now() where title in ('One', 'Two') or source_id = 'sodor'`,
  );
  const editor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await editor.get('/found?in=failed&source=quay');
  expect(editor.html).not.toContain('/found/retry');
  await editor.post('/found/retry', { source: 'quay' });
  expect(editor.status).toBe(403);
  const operator = await new Visitor(desk).signIn(await desk.addUser('operator'));
  await operator.get('/found?in=failed&source=quay&q=one');
  expect(operator.html).not.toContain('/found/retry');
  await operator.get('/found?in=failed&source=quay');
  expect(operator.html).toContain('Try all 2 again');
  await operator.post('/found/retry', { source: 'quay' });
  expect(operator.html).toContain('2 are read anew');
  const rows = await db()
    .selectFrom('item')
    .select(['title', 'disposition', 'attempts', 'reason'])
    .where('sourceId', '=', 'quay')
    .orderBy('title')
    .execute();
  expect(rows.filter(({ title }) => title !== 'Three')).toEqual(
    ['One', 'Two'].map((title) => ({ title, disposition: 'found', attempts: 0, reason: null })),
  );
  await operator.get('/found?in=failed');
  expect(operator.html).toContain('Try it again');
  await operator.post('/found/retry', { source: '' });
  // It was read before: drafting goes on from its capture.
  expect(await db().selectFrom('item').select('disposition').where('sourceId', '=', 'sodor').execute()).toEqual([
    { disposition: 'read' },
  ]);
  await operator.post('/found/retry', { source: '' });
  expect(operator.html).toContain('Nothing of it has failed any more.');
  const acts = await db()
    .selectFrom('auditEvent')
    .select(['about', 'detail'])
    .where('did', '=', 'items-retried')
    .orderBy('id')
    .execute();
  expect(acts).toEqual([
    { about: 'source:quay', detail: '2' },
    { about: null, detail: '1' },
  ]);
  const told = async (area: 'sources' | 'people'): Promise<string[]> =>
    (await auditTrail(db()).acts({ from: null, to: null, userId: null, area }, 50)).map(({ did }) => did);
  expect(await told('sources')).toEqual(['items-retried', 'items-retried']);
  expect(await told('people')).not.toContain('items-retried');
});
