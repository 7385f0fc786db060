import { randomUUID } from 'node:crypto';
import type { User } from '../../src/store/users.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let jill: Visitor;
let jillUser: User;
let samUser: User;
beforeAll(async () => {
  desk = await openDesk();
  jillUser = await desk.addUser('editor', 'Jill Powell');
  samUser = await desk.addUser('editor', 'Sam Wood');
  jill = await new Visitor(desk).signIn(jillUser);
});
afterAll(async () => await desk.close());
beforeEach(async () => {
  await desk.database.store.pool.query(`update draft set snoozed_until = 'infinity'`);
});

async function query<T>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await desk.database.store.pool.query(text, values)).rows as T[];
}

/** The headlines of the entries, in the order of the page. */
function shown({ html }: Visitor): string[] {
  return [...html.matchAll(/<h3><a href="\/drafts\/[^"]*">([^<]*)</g)].map(([, headline = '']) => headline);
}

function undoFields({ html }: Visitor): Record<string, string[]> {
  const form = /<form method="post" action="([^"]*)">(?:(?!<\/form>).)*Undo/s.exec(html)?.[0] ?? '';
  const fields: Record<string, string[]> = { action: [/action="([^"]*)"/.exec(form)?.[1] ?? ''] };
  for (const [, name = '', value = ''] of form.matchAll(/name="([^"]*)" value="([^"]*)"/g)) {
    if (name !== '_csrf') fields[name] = [...(fields[name] ?? []), value.replaceAll('&amp;', '&')];
  }
  return fields;
}

async function undo(visitor: Visitor): Promise<void> {
  const { action: [action = ''] = [], ...fields } = undoFields(visitor);
  expect(action).not.toBe('');
  await visitor.post(action, fields);
  expect(visitor.status).toBe(200);
}

const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

describe('one entry for each story', () => {
  test('drafts of one story stand together, under the first in the order, and no draft is out of reach', async () => {
    const [older, newer, alone] = [
      await seedDraft(desk, { headline: 'Older of two', foundAt: daysAgo(2) }),
      await seedDraft(desk, {
        headline: 'Newer of two',
        foundAt: daysAgo(1),
        sourceId: 'b',
        sourceName: 'Second body',
      }),
      await seedDraft(desk, { headline: 'Alone', foundAt: daysAgo(3) }),
    ];
    await query('update draft set story_id = (select story_id from draft where id = $1) where id = $2', [older, newer]);
    await jill.get('/drafts');
    expect(shown(jill)).toEqual(['Newer of two', 'Alone']);
    expect(jill.html).toMatch(/class="company".*Older of two/s);
    for (const id of [older, newer, alone]) expect(jill.html).toContain(`value="${id} 1"`);
    await jill.get('/drafts?order=oldest');
    expect(shown(jill)).toEqual(['Alone', 'Older of two']);
    // Where the filter lets only one of them through, that one is the entry.
    await jill.get('/drafts?source=sodor');
    expect(shown(jill)).toEqual(['Older of two', 'Alone']);
    expect(jill.html).toContain('2 stories fit.');
    await jill.get('/drafts');
    await jill.post('/drafts/bulk', { do: 'reject', rejectReason: 'duplicate', draft: `${newer} 1`, back: '/drafts' });
    expect(shown(jill)).toEqual(['Older of two', 'Alone']);
    // Taken apart, each is an entry again.
    const [story] = await query<{ id: string }>('insert into story default values returning id');
    await query('update draft set story_id = $1 where id = $2', [story?.id, newer]);
    expect(await query('select in_company from draft where id = any($1)', [[older, newer]])).toEqual([
      { in_company: false },
      { in_company: false },
    ]);
  });

  test('pages of stories hold each story once, and their number is that of the stories', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1)
      ids.push(await seedDraft(desk, { headline: `Page ${n}`, foundAt: daysAgo(n / 10) }));
    for (let n = 1; n < 60; n += 6) {
      await query('update draft set story_id = (select story_id from draft where id = $1) where id = $2', [
        ids[n - 1],
        ids[n],
      ]);
    }
    const seen: string[] = [];
    await query('update app_user set page_size = 25 where id = $1', [jillUser.id]);
    for (const page of [1, 2]) {
      await jill.get(`/drafts?q=page&page=${page}`);
      expect(jill.html).toContain('50 stories fit.');
      seen.push(...shown(jill));
    }
    await query('update app_user set page_size = 50 where id = $1', [jillUser.id]);
    expect(new Set(seen).size).toBe(50);
  });
});

test('newest day first, and within it the most relevant; with why, section and marks', async () => {
  const at = new Date('2026-06-03T08:00:00Z');
  const seeds = [
    ['Yesterday, high', new Date('2026-06-02T23:30:00Z'), 9],
    ['The day before, high', new Date('2026-06-02T10:00:00Z'), 99],
    ['Today, low', new Date('2026-06-03T11:00:00Z'), 1],
    ['Today, higher', at, 5],
  ] as const;
  const ids: string[] = [];
  for (const [headline, foundAt, score] of seeds) {
    const id = await seedDraft(desk, { headline, foundAt, posted: null });
    await query(`update draft set score = $2, why = '["review +2"]', section = 'Scams' where id = $1`, [id, score]);
    ids.push(id);
  }
  await query('update draft set found_claims = true, found_sensitive = true where id = $1', [ids[0]]);
  await jill.get('/drafts');
  // Half past eleven at night in UTC is the next day in London in summer.
  expect(shown(jill)).toEqual(['Yesterday, high', 'Today, higher', 'Today, low', 'The day before, high']);
  expect(jill.html).toContain('review +2');
  for (const [mark, words] of [
    ['claims', 'Claims to check'],
    ['sensitive', 'Sensitive'],
  ] as const) {
    await jill.get(`/drafts?mark=${mark}`);
    expect(shown(jill)).toEqual(['Yesterday, high']);
    expect(jill.html).toMatch(new RegExp(`class="pill mark-${mark}">${words}`));
  }
  // What was found in other words says nothing of these.
  await query('update draft set version = version + 1 where id = $1', [ids[0]]);
  await jill.get('/drafts?mark=claims');
  expect(shown(jill)).toEqual([]);
  await jill.get('/drafts?section=Scams&order=relevance');
  expect(shown(jill)[0]).toBe('The day before, high');
});

test('counts are those of the rows, whatever was done to them', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, (_, n) => seedDraft(desk, { headline: `Counted ${n}` })));
  await jill.get('/drafts');
  await jill.post('/drafts/bulk', { do: 'review', draft: `${ids[0]} 1`, back: '/drafts' });
  await jill.post('/drafts/bulk', { do: 'reject', rejectReason: 'other', draft: `${ids[1]} 1`, back: '/drafts' });
  await jill.post('/drafts/bulk', { do: 'snooze', draft: `${ids[2]} 1`, back: '/drafts' });
  await jill.get('/drafts');
  const counts = await query<{ state: string; n: number }>(
    `select case when snoozed_until > now() then 'snoozed' when state in ('drafted', 'in-review') then 'open' else state end as state,
      count(*)::int as n from draft group by 1`,
  );
  for (const { state, n } of counts) {
    expect([state, jill.html]).toEqual([
      state,
      expect.stringMatching(new RegExp(`view=${state}"[^>]*>[^<]*<span class="count">${n}<`)),
    ]);
  }
});

describe('undo takes back exactly what was done', () => {
  test.each(['reject', 'review', 'snooze', 'assign'] as const)('%s', async (action) => {
    const id = await seedDraft(desk, { headline: `Undo ${action}` });
    if (action === 'assign') await query('update draft set claimed_by = $2 where id = $1', [id, samUser.id]);
    const state = () =>
      query(
        `select state, reject_reason, snoozed_until, ${action === 'review' ? '' : 'claimed_by,'} version from draft where id = $1`,
        [id],
      );
    const before = await state();
    await jill.get('/drafts');
    await jill.post('/drafts/bulk', {
      do: action,
      rejectReason: 'too-old',
      to: jillUser.id,
      draft: `${id} 1`,
      back: '/drafts',
    });
    expect(await state()).not.toEqual(before);
    await undo(jill);
    expect(await state()).toEqual(before);
  });

  test('and is itself undone', async () => {
    const id = await seedDraft(desk, { headline: 'There and back' });
    await jill.get('/drafts');
    await jill.post('/drafts/bulk', { do: 'reject', rejectReason: 'sensitive', draft: `${id} 1`, back: '/drafts' });
    await undo(jill);
    await undo(jill);
    expect(await query('select state, reject_reason from draft where id = $1', [id])).toEqual([
      { state: 'rejected', reject_reason: 'sensitive' },
    ]);
  });
});

test('a draft is assigned to a person, who finds it; nothing of the list approves or publishes', async () => {
  const id = await seedDraft(desk, { headline: 'For Sam' });
  await jill.get('/drafts');
  await jill.post('/drafts/bulk', { do: 'assign', to: samUser.id, draft: `${id} 1`, back: '/drafts' });
  expect(jill.html).toContain('With Sam Wood');
  const sam = await new Visitor(desk).signIn(samUser);
  await sam.get('/drafts?mark=mine');
  expect(shown(sam)).toEqual(['For Sam']);
  await sam.get(`/drafts/${id}`);
  expect(sam.html).toMatch(/Jill Powell<\/strong> assigned it: Sam Wood/);
  for (const action of ['approve', 'publish', 'schedule']) {
    await jill.post('/drafts/bulk', { do: action, draft: `${id} 1`, back: '/drafts' });
    expect(jill.html).toContain('No draft was selected.');
  }
  await jill.post('/drafts/bulk', { do: 'assign', to: randomUUID(), draft: `${id} 1`, back: '/drafts' });
  expect(jill.html).toContain('There is no such person at the desk.');
  expect(await query('select claimed_by from draft where id = $1', [id])).toEqual([{ claimed_by: samUser.id }]);
});

describe('views of one’s own', () => {
  test('are kept, shown, deleted and brought back; each person has only theirs', async () => {
    await seedDraft(desk, { headline: 'In the view', sourceId: 'b', sourceName: 'Second body' });
    await seedDraft(desk, { headline: 'Outside the view' });
    await jill.get('/drafts?source=b&order=relevance');
    const query_ = /name="query" value="([^"]*)"/.exec(jill.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await jill.post('/views', { name: 'Second, best first', query: query_ });
    expect(jill.html).toMatch(/class="own-view"><a href="[^"]*" aria-current="page">Second, best first/);
    expect(shown(jill)).toEqual(['In the view']);
    const sam = await new Visitor(desk).signIn(samUser);
    expect((await sam.get('/drafts')).html).not.toContain('Second, best first');
    const [view] = await query<{ id: number }>('select id from saved_view');
    await sam.post(`/views/${view?.id}/delete`);
    expect(sam.html).toContain('There is no such view any more.');
    await jill.post(`/views/${view?.id}/delete`);
    expect(await query('select 1 from saved_view')).toEqual([]);
    await undo(jill);
    expect((await jill.get('/drafts')).html).toContain('Second, best first');
  });

  test('hold nothing but a filter, and no more than twenty', async () => {
    await jill.get('/drafts');
    await jill.post('/views', { name: '<b>Odd</b>', query: 'view=nothing&mark=%3Cscript%3E&q=a&page=9&evil=1' });
    expect(await query(`select query from saved_view where name like '%Odd%'`)).toEqual([
      { query: 'view=open&q=a&order=newest' },
    ]);
    expect(jill.html).not.toContain('<b>Odd');
    for (let n = 0; n < 20; n += 1) await jill.post('/views', { name: `View ${n}`, query: 'view=open&q=a' });
    expect(await query('select count(*)::int as n from saved_view')).toEqual([{ n: 20 }]);
    await jill.get('/drafts');
    await jill.post('/views', { name: ' ', query: '' });
    expect(jill.html).toContain('Give the view a name.');
  });
});

test('settings hold for the person alone: order, size, colours, keys; and can be undone', async () => {
  await jill.get('/preferences');
  expect(jill.html).toContain('data-theme="system"');
  await jill.post('/preferences', { queueOrder: 'oldest', theme: 'dark', pageSize: '25' });
  expect(jill.html).toContain('data-theme="dark"');
  expect(jill.html).toContain('data-keys="off"');
  for (let n = 0; n < 26; n += 1) await seedDraft(desk, { headline: `Sized ${n}`, foundAt: daysAgo(n + 1) });
  await jill.get('/drafts');
  expect(shown(jill)).toHaveLength(25);
  expect(shown(jill)[0]).toBe('Sized 25');
  const sam = await new Visitor(desk).signIn(samUser);
  expect((await sam.get('/preferences')).html).toContain('data-theme="system"');
  await jill.get('/preferences');
  await jill.post('/preferences', { queueOrder: 'nonsense', theme: 'pink', pageSize: '7', singleKeys: 'yes' });
  expect(
    await query('select queue_order, theme, page_size, single_keys from app_user where id = $1', [jillUser.id]),
  ).toEqual([{ queue_order: 'oldest', theme: 'dark', page_size: 25, single_keys: true }]);
  await undo(jill);
  expect(await query('select single_keys from app_user where id = $1', [jillUser.id])).toEqual([
    { single_keys: false },
  ]);
  await jill.post('/preferences', { queueOrder: 'day', theme: 'system', pageSize: '50', singleKeys: 'yes' });
});
