import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
let visitor: Visitor;
beforeAll(async () => {
  desk = await openDesk();
  visitor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
});
afterAll(async () => await desk.close());

async function query<T>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await desk.database.store.pool.query(text, values)).rows as T[];
}

async function seedItem(title: string, disposition: string, summary: string | null = null): Promise<string> {
  const [row] = await query<{ id: string }>(
    `insert into item (source_id, key, kind, url, title, summary, found, found_at, disposition, reason_code, reason)
     values ('sodor', gen_random_uuid()::text, 'article', 'https://sodor.example/' || gen_random_uuid(), $1, $2, '{}', now(), $3::text,
       case when $3::text = 'held' then 'baseline' end, 'It was there before.') returning id`,
    [title, summary, disposition],
  );
  return row?.id ?? '';
}

/** How many fit, by kind, as the tabs say. */
function counts({ html }: Visitor): Record<string, number> {
  const tabs = [
    ...html.matchAll(/<a href="\/search\?q=[^"]*?(?:&amp;in=(\w+))?"[^>]*>[^<]*<span class="count">(\d+)</g),
  ];
  return Object.fromEntries(tabs.map(([, kind = 'all', n]) => [kind, Number(n)]));
}

describe('one search over everything', () => {
  let kept = '';
  beforeAll(async () => {
    const draft = await seedDraft(desk, {
      headline: 'Walrus in review',
      bodyHtml: '<p>Of the <strong>walrus</strong> &amp; carpenter.</p>',
    });
    await seedDraft(desk, { headline: 'Nothing of the kind' });
    await query(`update draft set state = 'approved', approved_by = (select id from app_user limit 1) where id = $1`, [
      draft,
    ]);
    await query(
      `insert into draft_event (draft_id, did, from_state, to_state, by_user) select $1, 'approve', 'in-review', 'approved', id from app_user limit 1`,
      [draft],
    );
    await query(
      `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
       select d.id, 'walrus', d.headline, d.body_html, d.source_name, 'Jill', d.original_url, u.id, u.id, now(), now() from draft d, app_user u where d.id = $1 limit 1`,
      [draft],
    );
    kept = await seedItem('Walrus that was kept back', 'held', 'A summary of the walrus <img src=x onerror=alert(1)>');
    await seedItem('Walrus that failed', 'failed');
    await seedItem('Walrus that joined', 'joined');
    await query(
      `insert into past_post (item_sha256, headline, body_text, source_name, published_on, editor_name, url, imported_at)
       values ('a', 'Old walrus', 'Told of walruses <script>alert(1)</script> long ago.', 'Sodor', '2021-03-04', 'Pat', 'https://old.example/1', now())`,
    );
  });

  test('drafts, posts, the filtered bin, what was found, what was published before; with true counts', async () => {
    await visitor.get('/search?q=walrus');
    // The draft's own item has its headline too.
    expect(counts(visitor)).toEqual({ all: 7, drafts: 1, posts: 1, kept: 2, found: 2, past: 1 });
    for (const words of [
      'Walrus in review',
      'Walrus that was kept back',
      'Walrus that failed',
      'Walrus that joined',
      'Old walrus',
    ]) {
      expect(visitor.html).toContain(words);
    }
    expect([...visitor.html.matchAll(/class="snippet">(.*?)<.p>/gs)].map(([, one]) => one)).toContain(
      '<mark>walrus</mark> &amp; carpenter',
    );
    expect(visitor.html).not.toMatch(/<img|<script>alert/);
    expect(visitor.html).toContain('It was there before.');
  });

  test('another form of the word, exact words, words that must not be there', async () => {
    for (const [q, all] of [
      ['walruses', 7],
      ['"walrus in review"', 3],
      ['walrus -kept', 6],
      ['walrus or kind', 9],
      ['the', 0],
      ['"', 0],
      ["a' & | ! :* <-> (", 0],
    ] as const) {
      await visitor.get(`/search?q=${encodeURIComponent(q)}`);
      expect([q, visitor.status, counts(visitor)['all']]).toEqual([q, 200, all]);
    }
  });

  test('what was kept back is let through from here', async () => {
    await visitor.get('/search?q=walrus&in=kept');
    expect(visitor.html).not.toContain('Old walrus');
    await visitor.post(`/found/${kept}/release`, { back: '/search?q=walrus&in=kept' });
    expect(visitor.url).toBe('/search?q=walrus&in=kept');
    expect(await query('select disposition from item where id = $1', [kept])).toEqual([{ disposition: 'found' }]);
    expect(counts(visitor)).toMatchObject({ kept: 1, found: 3 });
  });

  test('pages of one kind hold each thing once', async () => {
    for (let n = 0; n < 45; n += 1) await seedItem(`Ocelot number ${n}`, 'held');
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      await visitor.get(`/search?q=ocelot&in=kept&page=${page}`);
      seen.push(...[...visitor.html.matchAll(/Ocelot number \d+/g)].map(([title]) => title));
    }
    expect(new Set(seen).size).toBe(45);
  });
});

test('nothing is searched before words are given', async () => {
  await visitor.get('/search?q=%20%20');
  expect(visitor.html).not.toContain('class="count"');
});
