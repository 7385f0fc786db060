import { draftBook } from '../../src/store/draft-book.js';
import { linkBook } from '../../src/store/link-book.js';
import { lookBook } from '../../src/store/look-book.js';
import { Failure } from '../../src/model/failure.js';
import { sampleSource } from '../store/samples.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const AT = new Date('2026-11-25T10:00:00Z');
const DAY = 86_400_000;

let desk: Desk;
let jill: Visitor;
let seeded = 0;
beforeAll(async () => {
  desk = await openDesk({ now: () => AT });
  jill = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
});
afterAll(async () => await desk.close());
beforeEach(async () => {
  await desk.database.store.pool.query('delete from watch_task');
});

interface Published {
  readonly draft: string;
  readonly item: string;
  readonly url: string;
}

async function drafted(): Promise<Published> {
  seeded += 1;
  const url = `https://sodor.example/news/${seeded}`;
  const draft = await seedDraft(desk, {
    foundAt: new Date(AT.getTime() - 1_000),
    headline: `Report ${seeded}`,
    url,
    article: { bodyText: 'The report shows 390 children.' },
  });
  const { rows } = await desk.database.store.pool.query<{ item_id: string }>(
    'select item_id from draft where id = $1',
    [draft],
  );
  return { draft, item: rows[0]?.item_id ?? '', url };
}

async function published(): Promise<Published> {
  const all = await drafted();
  for (const move of ['review', 'approve', 'publish']) {
    await jill.post(`/drafts/${all.draft}/moves/${move}`, { version: '1' });
  }
  return all;
}

/** The headlines and reasons of a list, as it stands. */
function listed({ html }: Visitor, title: string): [headline: string, because: string][] {
  const list = html.slice(html.indexOf(`<h2 id="${title}"`)).split('</section>')[0] ?? '';
  return [...list.matchAll(/<h3[^>]*><a[^>]*>([^<]*)<\/a><\/h3><p class="watch-because">([^<]*)</g)].map(
    ([, headline = '', because = '']) => [headline, because],
  );
}

/** The source changes the page: another revision is read and reaches the draft. */
async function change({ item, url }: Published, revision: number, text: string): Promise<void> {
  const { db, pool } = desk.database.store;
  await pool.query("update item set revision = $2, disposition = 'read', reason = null where id = $1", [
    item,
    revision,
  ]);
  await pool.query(
    `insert into capture (item_id, revision, url, final_url, fetched_at, http_status, headers, sha256, byte_length, article, text_sha256)
      select item_id, $2, url, final_url, $3, 200, '{}', $4, 10, article || jsonb_build_object('bodyText', $5::text), $4
      from capture where item_id = $1 and revision = 1`,
    [item, revision, new Date(AT.getTime() + revision * 60_000), String(revision).repeat(64), text],
  );
  const { rows } = await pool.query<{ found: never }>('select found from item where id = $1', [item]);
  const draft = { headline: 'x', bodyHtml: '<p>x</p>', originalUrl: url, cuts: [] };
  await draftBook(db).recordDraft(
    { id: item, sourceId: 'sodor', found: rows[0]!.found, revision },
    sampleSource('sodor'),
    draft,
  );
}

async function tasks(draft: string) {
  const { rows } = await desk.database.store.pool.query<{
    id: number;
    kind: string;
    about: string;
    settled_as: string | null;
    settled_by: string | null;
  }>(
    `select w.id, w.kind, w.about, w.settled_as, u.name as settled_by from watch_task w join post p on p.id = w.post_id
      left join app_user u on u.id = w.settled_by where p.draft_id = $1 order by w.id`,
    [draft],
  );
  return rows;
}

test('a change of the source is one task with the difference, however often it changes', async () => {
  const post = await published();
  await change(post, 2, 'The report shows 400 children.');
  await change(post, 3, 'The report shows 401 children.');
  const all = await tasks(post.draft);
  expect(all).toMatchObject([{ kind: 'changed', settled_as: null }]);
  await jill.get('/drafts');
  expect(jill.html).toMatch(/<a href="\/watch"[^>]*>Watch <span class="count"[^>]*>1<\/span>/);
  await jill.get('/watch');
  expect(jill.html).toContain(`Report ${seeded}`);
  await jill.get(`/watch/${all[0]?.id ?? 0}`);
  expect(jill.html).toContain('<ins>401</ins>');
  expect(jill.html).toContain('Update Wednesday 25 November 2026:');
  expect(jill.html).toContain(
    'Isle of Sodor Safeguarding Partnership has changed the original since this was published.',
  );
});

test('what matters most comes first, each with the reason in words; what changed back comes last', async () => {
  const { db } = desk.database.store;
  const back = await published();
  await change(back, 2, 'The report shows 391 children.');
  await change(back, 3, 'The report shows 390 children.');
  const figure = await published();
  const worded = await published();
  const dead = await published();
  const gone = await published();
  await change(figure, 2, 'The report shows 400 children.');
  await change(worded, 2, 'The report lists 390 children.');
  await linkBook(db).recordLinks(dead.draft, 1, {
    results: [{ url: 'https://a.example/', failure: 'source.missing' }],
    at: AT,
  });
  await lookBook(db).recordOriginalGone(gone.item, new Failure('source.gone', 'the host says so'), AT);
  await jill.get('/watch');
  expect(listed(jill, 'open-title').map(([, because]) => because)).toEqual([
    'The original is gone: the host says so',
    'A figure changed: 390 to 400.',
    'In the story: https://a.example/',
    'A wording changed: “shows” to “lists”.',
    'Neither words nor links nor documents differ.',
  ]);
  const [task] = await tasks(figure.draft);
  await jill.get(`/watch/${task?.id ?? 0}`);
  expect(jill.html).toContain('<p>A figure changed: 390 to 400.</p>');
});

test('so do drafts that are not out yet, until somebody has seen it; the next change counts from there', async () => {
  const [worded, figure, gone] = [await drafted(), await drafted(), await drafted()];
  await change(worded, 2, 'The report lists 390 children.');
  await change(figure, 2, 'The report shows 400 children.');
  await lookBook(desk.database.store.db).recordOriginalGone(gone.item, new Failure('source.gone', 'it says so'), AT);
  await jill.get('/watch');
  expect(listed(jill, 'drafts-title')).toEqual([
    [`Report ${seeded}`, 'The original is gone: it says so'],
    [`Report ${seeded - 1}`, 'A figure changed: 390 to 400.'],
    [`Report ${seeded - 2}`, 'A wording changed: “shows” to “lists”.'],
  ]);
  await jill.get(`/drafts/${figure.draft}/changes`);
  expect(jill.html).toContain('<p>A figure changed: 390 to 400.</p>');
  for (const { draft } of [worded, figure, gone]) await jill.post(`/drafts/${draft}/changes/seen`);
  await jill.get('/watch');
  expect(jill.html).not.toContain('drafts-title');
  // The capture of the next change is later than the word of the person, whatever the clock of this test says.
  await desk.database.store.pool.query(`update draft_event set at = $2 where draft_id = $1 and did = 'seen-changes'`, [
    figure.draft,
    new Date(AT.getTime() + 150_000),
  ]);
  await change(figure, 3, 'The report shows 401 children.');
  await jill.get('/watch');
  expect(listed(jill, 'drafts-title')).toEqual([[`Report ${seeded - 1}`, 'A figure changed: 400 to 401.']]);
});

test.each([
  [
    'an update line',
    (draft: string) => `/drafts/${draft}/update-line`,
    { version: '1', line: 'A new figure.' },
    'updated',
  ],
  [
    'a correction',
    (draft: string) => `/drafts/${draft}/correct`,
    { version: '1', headline: 'Corrected', bodyHtml: '<p>400 children.</p>', line: 'The figure.' },
    'corrected',
  ],
  ['a withdrawal', (draft: string) => `/drafts/${draft}/moves/withdraw`, { version: '1', reason: '' }, 'withdrawn'],
  ['a word that nothing is to do', (_: string, task: number) => `/watch/${task}/nothing`, {}, 'nothing'],
])('%s settles it, with the person', async (_, path, fields: Record<string, string>, settled) => {
  const post = await published();
  await change(post, 2, 'The report shows 400 children.');
  const [task] = await tasks(post.draft);
  await jill.post(path(post.draft, task?.id ?? 0), { ...fields, task: String(task?.id ?? 0), confirmed: 'yes' });
  expect(jill.status).toBe(200);
  expect(await tasks(post.draft)).toMatchObject([{ settled_as: settled, settled_by: 'Jill Powell' }]);
  await jill.post(`/watch/${task?.id ?? 0}/nothing`);
  expect(jill.status).toBe(409);
});

test('after one was settled the next change is another task, compared with what was settled', async () => {
  const post = await published();
  await change(post, 2, 'The report shows 400 children.');
  const [first] = await tasks(post.draft);
  await jill.post(`/watch/${first?.id ?? 0}/nothing`);
  await change(post, 3, 'The report shows 401 children.');
  expect(await tasks(post.draft)).toMatchObject([{ settled_as: 'nothing' }, { kind: 'changed', settled_as: null }]);
});

test('an original that is gone is one task, also where its list had dropped it; it is over when it is back', async () => {
  const post = await published();
  const { db, pool } = desk.database.store;
  await pool.query('update item set vanished_at = now() where id = $1', [post.item]);
  const gone = new Failure('source.gone', 'the host says that it is gone');
  await lookBook(db).recordOriginalGone(post.item, gone, AT);
  await lookBook(db).recordOriginalGone(post.item, gone, AT);
  expect(await tasks(post.draft)).toMatchObject([{ kind: 'gone', settled_as: null }]);
  await jill.get(`/watch/${(await tasks(post.draft))[0]?.id ?? 0}`);
  expect(jill.html).toContain('The original is no longer on the website of Isle of Sodor');
  await lookBook(db).recordThere(post.item, AT);
  expect(await tasks(post.draft)).toMatchObject([{ kind: 'gone', settled_as: 'over', settled_by: null }]);
});

test('a dead link is one task a link; what may pass is told when it was so twice; one that answers is over', async () => {
  const { draft, url } = await published();
  const ask = async (
    failures: Readonly<Record<string, 'source.missing' | 'source.unreachable' | null>>,
  ): Promise<void> =>
    await linkBook(desk.database.store.db).recordLinks(draft, 1, {
      results: Object.entries(failures).map(([link, failure]) => ({ url: link, failure })),
      at: AT,
    });
  const [a, b] = ['https://a.example/', 'https://b.example/'];
  await ask({ [a]: 'source.missing', [b]: 'source.unreachable', [url]: null });
  expect(await tasks(draft)).toMatchObject([{ kind: 'dead-link', about: a }]);
  await ask({ [a]: 'source.missing', [b]: 'source.unreachable', [url]: 'source.missing' });
  expect(await tasks(draft)).toMatchObject([
    { kind: 'dead-link', about: a },
    { kind: 'dead-link', about: b },
    { kind: 'gone', about: '' },
  ]);
  await ask({ [a]: null, [b]: null, [url]: null });
  expect((await tasks(draft)).map(({ settled_as }) => settled_as)).toEqual(['over', 'over', 'over']);
});

test.each([
  ['on the day', 1, 0.5, false],
  ['daily for a month', 20, 1.1, true],
  ['not daily any more after it', 40, 1.1, false],
  ['weekly from then on', 40, 7.1, true],
])('a published post is asked again: %s', async (_, publishedDays, askedDays, due) => {
  const { draft, item } = await published();
  const { db, pool } = desk.database.store;
  const later = new Date(AT.getTime() + publishedDays * DAY);
  const asked = new Date(later.getTime() - askedDays * DAY);
  await pool.query('update draft set links_checked_at = $2, links_version = version where id = $1', [draft, asked]);
  await pool.query('update item set last_look_at = $2 where id = $1', [item, asked]);
  const links = await linkBook(db).dueDrafts(1_000, later);
  const looks = await lookBook(db).publishedDue(later, 1_000);
  expect(links.some(({ draftId }) => draftId === draft)).toBe(due);
  expect(looks.some(({ itemId }) => itemId === item)).toBe(due);
});

test('what was never published makes no task', async () => {
  const draft = await seedDraft(desk, { headline: 'Never out' });
  await linkBook(desk.database.store.db).recordLinks(draft, 1, {
    results: [{ url: 'https://a.example/', failure: 'source.missing' }],
    at: AT,
  });
  expect(await tasks(draft)).toEqual([]);
});
