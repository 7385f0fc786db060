import { MOVES, movesFrom, TRANSITIONS, type DraftState, type Move } from '../../src/model/draft.js';
import { londonTime, localMinute } from '../../src/web/layout/when.js';
import { sourceBlocks, withCutRestored, withFix } from '../../src/web/drafts/restore-cut.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let visitor: Visitor;
let now = new Date('2026-11-25T10:00:00Z');
beforeAll(async () => {
  desk = await openDesk({ now: () => now });
  visitor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
});
beforeEach(() => {
  now = new Date(Math.max(Date.now(), now.getTime()));
});
afterAll(async () => await desk.close());

const TEXT = { headline: 'A headline', bodyHtml: '<p>The first paragraph.</p>\n<p>The second paragraph.</p>' };

async function row(id: string) {
  const { rows } = await desk.database.store.pool.query('select * from draft where id = $1', [id]);
  return rows[0] as Record<string, unknown>;
}
async function events(id: string): Promise<string[]> {
  const { rows } = await desk.database.store.pool.query<{ did: string; name: string | null }>(
    'select did, name from draft_event e left join app_user u on u.id = e.by_user where draft_id = $1 order by e.id',
    [id],
  );
  return rows.map(({ did, name }) => `${name ?? 'machine'}: ${did}`);
}
async function put(id: string, state: DraftState): Promise<void> {
  const path: Record<DraftState, Move[]> = {
    drafted: [],
    'in-review': ['review'],
    approved: ['review', 'approve'],
    scheduled: ['review', 'approve', 'schedule'],
    published: ['review', 'approve', 'publish'],
    withdrawn: ['review', 'approve', 'publish', 'withdraw'],
    rejected: ['reject'],
  };
  for (const move of path[state]) {
    await visitor.post(`/drafts/${id}/moves/${move}`, {
      version: '1',
      rejectReason: 'other',
      publishAt: localMinute(new Date(now.getTime() + 86_400_000)),
    });
    expect([move, visitor.status]).toEqual([move, 200]);
  }
  expect((await row(id))['state']).toBe(state);
}

describe('moves', () => {
  test.each(Object.keys(TRANSITIONS) as DraftState[])(
    'a %s draft offers its own moves as buttons, and takes no other',
    async (state) => {
      const id = await seedDraft(desk, { headline: `Move ${state}` });
      await put(id, state);
      await visitor.get(`/drafts/${id}`);
      for (const move of Object.keys(MOVES) as Move[]) {
        expect([move, visitor.html.includes(`/drafts/${id}/moves/${move}"`)]).toEqual([
          move,
          movesFrom(state).includes(move),
        ]);
      }
      for (const move of (Object.keys(MOVES) as Move[]).filter((one) => !movesFrom(state).includes(one))) {
        await visitor.post(`/drafts/${id}/moves/${move}`, {
          version: '1',
          rejectReason: 'other',
          publishAt: localMinute(new Date(now.getTime() + 86_400_000)),
        });
        expect([move, visitor.status]).toEqual([move, 409]);
        await visitor.get('/drafts');
      }
      expect((await row(id))['state']).toBe(state);
    },
  );

  test('each move writes who did it, and publishing hurries the deliveries', async () => {
    const id = await seedDraft(desk, { headline: 'Events' });
    await put(id, 'withdrawn');
    await visitor.post(`/drafts/${id}/moves/republish`, { version: '1' });
    expect(await events(id)).toEqual([
      'machine: drafted',
      'Jill Powell: review',
      'Jill Powell: approve',
      'Jill Powell: publish',
      'Jill Powell: withdraw',
      'Jill Powell: republish',
    ]);
    expect(desk.hurried.filter((one) => one === id)).toHaveLength(3);
  });

  test('what was typed is saved with the move', async () => {
    const id = await seedDraft(desk);
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}/moves/review`, { version: '1', ...TEXT });
    expect(await row(id)).toMatchObject({ state: 'in-review', version: 2, headline: 'A headline' });
  });

  test('a rejection needs a reason of the table, and goes on to the next draft', async () => {
    const [first, second] = [await seedDraft(desk, { headline: 'Next one' }), await seedDraft(desk)];
    await visitor.get(`/drafts/${second}`);
    await visitor.post(`/drafts/${second}/moves/reject`, { version: '1', rejectReason: 'because' });
    expect(visitor.status).toBe(409);
    await visitor.get(`/drafts/${second}`);
    await visitor.post(`/drafts/${second}/moves/reject`, { version: '1', rejectReason: 'too-old' });
    expect(visitor.url).toBe(`/drafts/${first}`);
    expect(visitor.html).toContain('Undo');
    expect(await row(second)).toMatchObject({ state: 'rejected', reject_reason: 'too-old' });
    await visitor.post(`/drafts/${second}/moves/restore`, { version: '1' });
    expect(await row(second)).toMatchObject({ state: 'drafted', reject_reason: null });
  });

  test('the text of an approved draft stands still', async () => {
    const id = await seedDraft(desk);
    await put(id, 'approved');
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}`, { version: '1', ...TEXT });
    expect(visitor.status).toBe(409);
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}/moves/publish`, { version: '1', ...TEXT });
    const { rows } = await desk.database.store.pool.query('select headline from post where draft_id = $1', [id]);
    expect(rows).not.toEqual([{ headline: 'A headline' }]);
  });
});

describe('publishing', () => {
  test.each([
    ['no headline', { headline: '', bodyHtml: '<p>x</p>' }, 'There is no headline.'],
    ['no body', { headline: 'Something', bodyHtml: '<p> </p>' }, 'There is no body.'],
    [
      'a headline that the body repeats',
      { headline: 'Same words', bodyHtml: '<p>Same words</p><p>More.</p>' },
      'repeats the first line',
    ],
  ])('is refused with %s', async (_, words, reason) => {
    const id = await seedDraft(desk);
    await put(id, 'in-review');
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}/moves/approve`, { version: '1', ...words });
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain(reason);
    expect((await row(id))['state']).toBe('in-review');
  });

  test('is refused when the address is taken, by the checks and by the store', async () => {
    const [first, second] = [
      await seedDraft(desk, { headline: 'Taken address' }),
      await seedDraft(desk, { headline: 'Taken address' }),
    ];
    await put(first, 'published');
    await put(second, 'in-review');
    await visitor.get(`/drafts/${second}`);
    await visitor.post(`/drafts/${second}/moves/approve`, { version: '1' });
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('already used');
    await visitor.post(`/drafts/${second}/moves/approve`, {
      version: '1',
      headline: 'Taken address',
      bodyHtml: '<p>Text.</p>',
      slug: 'Another Address!',
    });
    expect(visitor.status).toBe(200);
    expect(await row(second)).toMatchObject({ state: 'approved', slug: 'another-address' });
  });

  test('two who publish at the same moment make one post', async () => {
    const id = await seedDraft(desk, { headline: 'Raced to publish' });
    await put(id, 'approved');
    const other = await new Visitor(desk).signIn(await desk.addUser('editor', 'Other Editor'));
    await visitor.get(`/drafts/${id}`);
    await Promise.all([visitor, other].map((one) => one.post(`/drafts/${id}/moves/publish`, { version: '1' })));
    expect([visitor.status, other.status].sort()).toEqual([200, 409]);
    const { rows } = await desk.database.store.pool.query('select editor_name from post where draft_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  test('the store itself takes no post without an approval by a person', async () => {
    const id = await seedDraft(desk);
    const { rows } = await desk.database.store.pool.query<{ id: string }>('select id from app_user limit 1');
    await expect(
      desk.database.store.pool.query(
        `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
         values ($1, 'x', 'x', 'x', 'x', 'x', 'x', $2, $2, now(), now())`,
        [id, rows[0]?.id],
      ),
    ).rejects.toThrow(/approved draft/);
  });

  test('a withdrawn post is gone for readers, and its address stays taken', async () => {
    const id = await seedDraft(desk, { headline: 'Soon withdrawn' });
    await put(id, 'published');
    expect((await visitor.get('/newsfeed/soon-withdrawn')).status).toBe(200);
    expect(visitor.html).toMatch(
      /Source: Isle of Sodor Safeguarding Partnership published on this website \w+ \d+ \w+ \d{4} by Jill Powell/,
    );
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}/moves/withdraw`, { version: '1', reason: 'a name was wrong' });
    expect((await visitor.get('/newsfeed/soon-withdrawn')).status).toBe(410);
    expect(visitor.html).not.toContain('Soon withdrawn');
    for (const path of ['/newsfeed', '/newsfeed.rss', '/newsfeed.atom', '/newsfeed.json', '/sitemap.xml']) {
      expect([path, (await visitor.get(path)).html.includes('soon-withdrawn')]).toEqual([path, false]);
    }
  });
});

describe('scheduling', () => {
  test.each([
    ['2026-07-01T09:30', '2026-07-01T08:30:00.000Z'],
    ['2026-12-01T09:30', '2026-12-01T09:30:00.000Z'],
    // The clocks go forward on 28 March 2027 at 01:00, and back on 31 October 2027 at 02:00.
    ['2027-03-28T00:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28T01:30', null],
    ['2027-03-28T02:00', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31T01:30', '2027-10-31T00:30:00.000Z'],
    ['2027-02-30T09:00', null],
    ['tomorrow', null],
    ['', null],
  ])('%s in London is %s', (text, utc) => {
    expect(londonTime(text)?.toISOString() ?? null).toBe(utc);
    if (utc !== null) expect(localMinute(new Date(utc))).toBe(text);
  });

  test.each(['', 'soon', '2020-01-01T10:00', '2027-03-28T01:30'])(
    'a time of %j is refused, with what to do',
    async (publishAt) => {
      const id = await seedDraft(desk, { headline: `Schedule ${publishAt}` });
      await put(id, 'approved');
      await visitor.get(`/drafts/${id}`);
      await visitor.post(`/drafts/${id}/moves/schedule`, { version: '1', publishAt });
      expect(visitor.status).toBe(422);
      expect((await row(id))['state']).toBe('approved');
    },
  );

  test('a schedule keeps its time until it is stopped', async () => {
    const id = await seedDraft(desk, { headline: 'Scheduled' });
    await put(id, 'scheduled');
    expect((await row(id))['publish_at']).toBeInstanceOf(Date);
    await visitor.post(`/drafts/${id}/moves/unschedule`, { version: '1' });
    expect(await row(id)).toMatchObject({ state: 'approved', publish_at: null });
  });
});

describe('editing', () => {
  test('what is saved is sanitised, and the same text makes no version', async () => {
    const id = await seedDraft(desk);
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}`, {
      version: '1',
      headline: 'Clean',
      bodyHtml: '<p onclick="x()">One<script>alert(1)</script></p><img src=x onerror=alert(1)>',
    });
    expect(await row(id)).toMatchObject({ version: 2, body_html: '<p>One</p>' });
    await visitor.post(`/drafts/${id}`, { version: '2', headline: 'Clean', bodyHtml: '<p>One</p>' });
    expect(await row(id)).toMatchObject({ version: 2 });
  });

  test('two edits meet: both texts are shown, and either can stand', async () => {
    const id = await seedDraft(desk);
    const other = await new Visitor(desk).signIn(await desk.addUser('editor', 'Sam Okafor'));
    await visitor.get(`/drafts/${id}`);
    await other.get(`/drafts/${id}`);
    await other.post(`/drafts/${id}`, { version: '1', headline: 'By Sam', bodyHtml: '<p>Words of Sam.</p>' });
    await visitor.post(`/drafts/${id}`, { version: '1', headline: 'By Jill', bodyHtml: '<p>Words of Jill.</p>' });
    expect(visitor.status).toBe(409);
    for (const words of ['Two edits meet', 'Sam Okafor', 'By Sam', 'By Jill', 'Words of Jill.'])
      expect(visitor.html).toContain(words);
    expect(visitor.html).toMatch(/<del>Sam<\/del>|<del>[^<]*Sam/);
    expect(await row(id)).toMatchObject({ headline: 'By Sam', version: 2 });
    await visitor.post(`/drafts/${id}`, { version: '2', headline: 'By Jill', bodyHtml: '<p>Words of Jill.</p>' });
    expect(await row(id)).toMatchObject({ headline: 'By Jill', version: 3 });
    await visitor.get(`/drafts/${id}/versions/2`);
    expect(visitor.html).toContain('Words of');
    await visitor.post(`/drafts/${id}/versions/2/restore`, { version: '3' });
    expect(await row(id)).toMatchObject({ headline: 'By Sam', version: 4 });
  });

  test('an approval of words that have changed since is refused', async () => {
    const id = await seedDraft(desk);
    await put(id, 'in-review');
    const other = await new Visitor(desk).signIn(await desk.addUser('editor', 'Sam Okafor'));
    await other.get(`/drafts/${id}`);
    await other.post(`/drafts/${id}`, { version: '1', headline: 'Changed', bodyHtml: '<p>Changed.</p>' });
    await visitor.get(`/drafts/${id}`);
    await visitor.post(`/drafts/${id}/moves/approve`, { version: '1' });
    expect(visitor.status).toBe(409);
    expect((await row(id))['state']).toBe('in-review');
  });

  test('one click puts a cut back where it stood, with what was typed', async () => {
    const articleHtml = '<p>One.</p>\n<p>Read the executive summary</p>\n<p>Two.</p>';
    const cut = { at: 1, html: '<p>Read the executive summary</p>', because: 'call to action' };
    const id = await seedDraft(desk, { articleHtml, bodyHtml: '<p>One.</p>\n<p>Two.</p>', cuts: [cut] });
    await visitor.get(`/drafts/${id}`);
    expect(visitor.html).toContain('Left out: call to action');
    await visitor.post(`/drafts/${id}/cuts`, {
      version: '1',
      headline: 'Typed',
      bodyHtml: '<p>One.</p><p>Typed.</p><p>Two.</p>',
      cut: '0',
    });
    expect(await row(id)).toMatchObject({
      headline: 'Typed',
      cuts: [],
      body_html: '<p>One.</p>\n<p>Read the executive summary</p>\n<p>Typed.</p>\n<p>Two.</p>',
    });
    await visitor.post(`/drafts/${id}/cuts`, { version: '2', cut: '0' });
    expect(visitor.status).toBe(409);
  });

  test('one click mends what a check found', async () => {
    const id = await seedDraft(desk, {
      bodyHtml: '<p>It comes into force today, they said.</p>',
      posted: '2026-11-05',
    });
    await visitor.get(`/drafts/${id}`);
    expect(visitor.html).toContain('Write “on 5 November 2026”');
    await visitor.post(`/drafts/${id}/fixes`, {
      version: '1',
      fix: JSON.stringify(['body', 'today', 'on 5 November 2026']),
    });
    expect((await row(id))['body_html']).toBe('<p>It comes into force on 5 November 2026, they said.</p>');
    await visitor.post(`/drafts/${id}/fixes`, { version: '2', fix: '{"not":"ours"}' });
    expect(visitor.status).toBe(409);
  });
});

test.each([
  ['after the block before it', '<p>a</p><p>X</p><p>b</p>', '<p>a</p><p>b</p>', '<p>a</p>\n<p>X</p>\n<p>b</p>'],
  [
    'before the block after it, when that before it is gone',
    '<p>a</p><p>X</p><p>b</p>',
    '<p>n</p><p>b</p>',
    '<p>n</p>\n<p>X</p>\n<p>b</p>',
  ],
  ['at the end, when neither is there', '<p>a</p><p>X</p><p>b</p>', '<p>n</p>', '<p>n</p>\n<p>X</p>'],
  ['at the end, when the capture has lost it', '<p>a</p>', '<p>a</p>', '<p>a</p>\n<p>X</p>'],
  [
    'after a block that got quotation marks',
    '<blockquote>Said so</blockquote><p>X</p>',
    '<p>“Said so”</p><p>z</p>',
    '<p>“Said so”</p>\n<p>X</p>\n<p>z</p>',
  ],
])('a cut goes back %s', (_, article, body, result) => {
  expect(withCutRestored(body, article, { at: 0, html: '<p>X</p>', because: 'x' })).toBe(result);
});

test('of two cuts alike each is shown at its own place', () => {
  const cut = { at: 0, html: '<p>X</p>', because: 'x' };
  const blocks = sourceBlocks('<p>X</p><p>a</p><p>X</p>', [cut, cut]);
  expect(blocks.map((block) => block.cut?.index ?? null)).toEqual([0, null, 1]);
});

test.each([
  ['<p>today &amp; today</p>', 'today', 'on Monday', '<p>on Monday &amp; today</p>'],
  ['<p>A &amp; B</p>', 'A & B', 'C < D', '<p>C &lt; D</p>'],
  ['<a href="https://x.org/today">x today</a>', 'today', 'now', '<a href="https://x.org/today">x now</a>'],
  ['<p>nothing</p>', 'today', 'now', '<p>nothing</p>'],
  ['<p>$1</p>', '$1', '$&', '<p>$&amp;</p>'],
])('a fix in %s', (html, quote, fix, result) => {
  expect(withFix(html, quote, fix)).toBe(result);
});

describe('the list', () => {
  test('filters by view, source, mark and words, and counts truly', async () => {
    const other = await openDesk();
    const editor = await new Visitor(other).signIn(await other.addUser('editor'));
    for (let n = 0; n < 60; n += 1)
      await seedDraft(other, {
        headline: `Number ${n} of many`,
        sourceId: n % 2 === 0 ? 'even' : 'odd',
        sourceName: n % 2 === 0 ? 'Even body' : 'Odd body',
      });
    const marked = await seedDraft(other, {
      headline: 'A zebra in the headline',
      bodyHtml: '<p>Grazing peacefully.</p>',
    });
    await other.database.store.pool.query('update draft set updated_mark = true where id = $1', [marked]);
    await editor.get('/drafts');
    expect(editor.html).toContain('61 drafts wait for you.');
    expect(editor.html.match(/class="entry"/g)).toHaveLength(50);
    await editor.get('/drafts?page=2');
    expect(editor.html.match(/class="entry"/g)).toHaveLength(11);
    await editor.get('/drafts?source=odd');
    expect(editor.html).toContain('30 stories fit.');
    await editor.get('/drafts?mark=updated');
    expect(editor.html).toContain('1 story fits.');
    await editor.get('/drafts?q=grazed');
    expect(editor.html).toContain('zebra');
    await editor.get('/drafts?view=rejected');
    expect(editor.html).toContain('Nothing was rejected.');
    await editor.get(
      `/drafts?view=${encodeURIComponent('"><script>')}&page=-3&order=zzz&q=${encodeURIComponent('a & | ! ( <->')}`,
    );
    expect(editor.status).toBe(200);
    await other.close();
  });

  test('one action on several: done where it can be, and what was refused is named', async () => {
    const [first, second, third] = [
      await seedDraft(desk),
      await seedDraft(desk),
      await seedDraft(desk, { headline: 'Already approved one' }),
    ];
    await put(third, 'approved');
    await visitor.get('/drafts');
    await visitor.post('/drafts/bulk', {
      do: 'reject',
      rejectReason: 'duplicate',
      draft: [`${first} 1`, `${second} 1`, `${third} 1`],
      back: '//evil.example',
    });
    expect(visitor.url).toBe('/drafts');
    expect(visitor.html).toContain('2 drafts rejected.');
    expect(visitor.html).toContain('Already approved one');
    expect([(await row(first))['state'], (await row(third))['state']]).toEqual(['rejected', 'approved']);
  });
});
