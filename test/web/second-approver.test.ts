import { deskPosts } from '../../src/store/desk-posts.js';
import { deskRule } from '../../src/store/second-person.js';
import type { SecondApprover } from '../../src/model/after-publication.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const PLAIN = '<p>There were 412 children with a plan in March.</p>';
const GRAVE = '<p>The review tells how Child Q was failed by those who knew.</p>';

let desk: Desk;
let ann: Visitor;
let ben: Visitor;
let annId: string;
let seeded = 0;
beforeAll(async () => {
  desk = await openDesk();
  const user = await desk.addUser('editor', 'Ann Field');
  annId = user.id;
  ann = await new Visitor(desk).signIn(user);
  ben = await new Visitor(desk).signIn(await desk.addUser('editor', 'Ben Reed'));
});
afterAll(async () => await desk.close());

async function inReview(rule: SecondApprover, bodyHtml: string): Promise<string> {
  await deskRule(desk.database.store.db).setSecondApprover(rule);
  seeded += 1;
  const id = await seedDraft(desk, { bodyHtml, headline: `Report number ${seeded}` });
  await ann.post(`/drafts/${id}/moves/review`, { version: '1' });
  return id;
}

async function stateOf(id: string): Promise<string | undefined> {
  const { rows } = await desk.database.store.pool.query<{ state: string }>('select state from draft where id = $1', [
    id,
  ]);
  return rows[0]?.state;
}

const approve = (version = '1') => ({ version, confirmed: 'yes' });

test.each<[SecondApprover, string, string, string]>([
  ['never', 'plain', PLAIN, 'approved'],
  ['never', 'grave', GRAVE, 'approved'],
  ['sensitive', 'plain', PLAIN, 'approved'],
  ['sensitive', 'grave', GRAVE, 'in-review'],
  ['always', 'plain', PLAIN, 'in-review'],
])('rule %s, a %s text: after one approval it is %s', async (rule, _, bodyHtml, state) => {
  const id = await inReview(rule, bodyHtml);
  await ann.post(`/drafts/${id}/moves/approve`, approve());
  expect(await stateOf(id)).toBe(state);
});

test('nobody edited: two approve, and never the same one twice', async () => {
  const id = await inReview('always', PLAIN);
  await ann.get(`/drafts/${id}`);
  expect(ann.html).toContain('You would be the first to approve it.');
  await ann.post(`/drafts/${id}/moves/approve`, approve());
  expect(ann.html).toContain('Another person must approve it too');
  expect(ann.html).toContain('now another person must');
  expect(ann.html).not.toContain('/moves/approve"');
  await ann.post(`/drafts/${id}/moves/approve`, approve());
  expect(ann.html).toContain('You have approved it already');
  await ben.get(`/drafts/${id}`);
  expect(ben.html).toContain('Ann Field stands behind it: your approval completes it.');
  await ben.post(`/drafts/${id}/moves/approve`, approve());
  expect(await stateOf(id)).toBe('approved');
  await ann.post(`/drafts/${id}/moves/publish`, approve());
  expect(await stateOf(id)).toBe('published');
});

test('whoever edited last is the author: another’s approval completes it, their own does not', async () => {
  const id = await inReview('sensitive', GRAVE);
  await ben.post(`/drafts/${id}`, { version: '1', headline: 'Review of Child Q', bodyHtml: GRAVE });
  await ben.post(`/drafts/${id}/moves/approve`, approve('2'));
  expect(await stateOf(id)).toBe('in-review');
  await ann.post(`/drafts/${id}/moves/approve`, approve('2'));
  expect(await stateOf(id)).toBe('approved');
});

test('an approval is of words: after an edit the first one counts no more', async () => {
  const id = await inReview('always', PLAIN);
  await ann.post(`/drafts/${id}/moves/approve`, approve());
  await ben.post(`/drafts/${id}`, { version: '1', headline: 'Other words', bodyHtml: PLAIN });
  await ben.post(`/drafts/${id}/moves/approve`, approve('2'));
  expect(await stateOf(id)).toBe('in-review');
});

test('what one person approved before the rule came is not published after it, by no way', async () => {
  const id = await inReview('never', PLAIN);
  await ann.post(`/drafts/${id}/moves/approve`, approve());
  const { db, pool } = desk.database.store;
  await deskRule(db).setSecondApprover('always');
  await ann.post(`/drafts/${id}/moves/publish`, approve());
  expect(ann.status).toBe(422);
  expect(ann.html).toContain('a second person must approve it');
  const publish = deskPosts(db).publishDraft(id, 1, { userId: annId, slug: 'a', at: new Date() });
  await expect(publish).rejects.toThrow(/second person/);
  const insert = pool.query(
    `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
      select id, 'a', headline, body_html, source_name, 'Ann Field', original_url, approved_by, approved_by, now(), now() from draft where id = $1`,
    [id],
  );
  await expect(insert).rejects.toThrow(/a second person has not approved/);
});

test('a correction waits for a second person, who sees what differs', async () => {
  const id = await inReview('never', PLAIN);
  await ann.post(`/drafts/${id}/moves/approve`, approve());
  await ann.post(`/drafts/${id}/moves/publish`, approve());
  await deskRule(desk.database.store.db).setSecondApprover('always');
  await ann.get(`/drafts/${id}/correct`);
  expect(ann.html).toContain('Hand it to a second person');
  await ann.post(`/drafts/${id}/correct`, {
    version: '1',
    headline: 'Yearly report of the Isle of Sodor partnership',
    bodyHtml: PLAIN.replace('412', '421'),
    line: 'It was 421.',
  });
  expect(ann.html).toContain('You wrote it: another person must approve it.');
  const post = async (): Promise<string | undefined> =>
    (
      await desk.database.store.pool.query<{ body_html: string }>('select body_html from post where draft_id = $1', [
        id,
      ])
    ).rows[0]?.body_html;
  expect(await post()).toContain('412');
  const { rows } = await desk.database.store.pool.query<{ id: number }>('select id from post_change');
  const path = `/drafts/${id}/waiting/${rows[0]?.id ?? 0}`;
  await ann.post(`${path}/approve`, { version: '1' });
  expect(ann.status).toBe(409);
  expect(await post()).toContain('412');
  await ben.get(`/drafts/${id}`);
  expect(ben.html).toContain('<del>412</del><ins>421</ins>');
  await ben.post(`${path}/approve`, { version: '1' });
  expect(await post()).toContain('421');
});

test('what may hurt is folded behind a note that gives nothing away', async () => {
  const id = await inReview('never', GRAVE);
  await ann.get(`/drafts/${id}`);
  expect(ann.html).toMatch(/<details class="folded"><summary>[^<]*a person under a letter or number/);
});
