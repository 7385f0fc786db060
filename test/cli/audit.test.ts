import { readList } from '../../src/cli/audit-list.js';
import { auditList, bySource } from '../../src/cli/completeness.js';
import { Failure } from '../../src/model/failure.js';
import { knownAddresses } from '../../src/store/known-addresses.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { deskPosts } from '../store/backup-samples.js';

const read = (text: string) => readList(new Uint8Array(Buffer.from(text)), {}, 'a list');

test.each([
  [
    'addresses',
    'https://a.example/1\n\n# a remark\n  https://a.example/2   The second one\r\nhttps://a.example/1\nftp://a.example/3',
  ],
  [
    'CSV',
    'Date,"Title",URL\n2026-01-02,"One, ""quoted""\nand broken",https://a.example/1\n,The second one,https://a.example/2\n,none,',
  ],
  [
    'RSS',
    `<rss version="2.0"><channel><title>x</title><item><title>One</title><link>https://a.example/1</link></item>
      <item><title>The second one</title><link>https://a.example/2</link></item></channel></rss>`,
  ],
  [
    'JSON Feed',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'x',
      items: [
        { id: '1', url: 'https://a.example/1', title: 'One' },
        { id: '2', url: 'https://a.example/2', title: 'The second one' },
      ],
    }),
  ],
])('a list may be %s', async (_, text) => {
  const listed = await read(text);
  expect(listed.map(({ url }) => url)).toEqual(['https://a.example/1', 'https://a.example/2']);
  expect(listed[1]?.title).toBe('The second one');
});

test('cells keep quotes, commas and line breaks', async () => {
  const [first] = await read('url,title,date\nhttps://a.example/1,"One, ""quoted""\nand broken",2026-01-02\n');
  expect(first).toEqual({ url: 'https://a.example/1', title: 'One, "quoted"\nand broken', date: '2026-01-02' });
});

test.each(['', 'no address here', 'url\nnone', '<html><body>Hello</body></html>'])('%j is no list', async (text) => {
  await expect(read(text)).rejects.toBeInstanceOf(Failure);
});

describe('against what was found', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
    await deskPosts(database.store);
    await database.store.pool.query("update item_alias set kind = 'found'");
    await database.store.pool.query(
      `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason)
      values ('harbour-trust', 'moved', 'article', 'https://elsewhere.example/moved', 'Yearly report on the safety of harbours 2026', '{}', now(), 'held', 'A rule.')`,
    );
  });
  afterAll(async () => await database.close());

  test('each listed thing is had as what it became, by its address in any form, perhaps by its title, or missed', async () => {
    const listed = await read(
      [
        'http://www.harbour-trust.example/news/published/?utm_source=list',
        'https://harbour-trust.example/news/joined#top',
        'https://harbour-trust.example/news/held',
        'https://harbour-trust.example/news/failed',
        'https://harbour-trust.example/news/report Yearly report on the safety of harbours 2026',
        'https://harbour-trust.example/news/never-seen A helpline opens',
        'https://unwatched.example/x Something else',
      ].join('\n'),
    );
    const audited = await auditList(listed, knownAddresses(database.store.db));
    expect(audited.map(({ had, sourceId }) => [had, sourceId])).toEqual([
      ['drafted', 'harbour-trust'],
      ['joined', 'harbour-trust'],
      ['held', 'harbour-trust'],
      ['failed', 'harbour-trust'],
      ['perhaps', 'harbour-trust'],
      ['missed', 'harbour-trust'],
      ['missed', null],
    ]);
    expect(bySource(audited)).toEqual([
      {
        sourceId: null,
        host: 'unwatched.example',
        listed: 1,
        had: { missed: 1 },
        recall: 0,
      },
      {
        sourceId: 'harbour-trust',
        host: 'harbour-trust.example',
        listed: 6,
        had: { drafted: 1, joined: 1, held: 1, failed: 1, perhaps: 1, missed: 1 },
        recall: 4 / 6,
      },
    ]);
  });

  test('of several items of one address the one that came furthest speaks', async () => {
    await database.store.pool.query(
      "insert into item_alias (key, item_id, kind) select key, (select id from item where key like '%/failed'), 'redirect' from item_alias where key like '%/published'",
    );
    const [one] = await auditList(
      await read('https://harbour-trust.example/news/published'),
      knownAddresses(database.store.db),
    );
    expect(one?.had).toBe('drafted');
  });

  test('a list of thousands is asked in few questions', async () => {
    const many = Array.from({ length: 1_201 }, (_, n) => `https://harbour-trust.example/n/${n}`).join('\n');
    const audited = await auditList(await read(many), knownAddresses(database.store.db));
    expect(audited.filter(({ had }) => had === 'missed')).toHaveLength(1_201);
  });
});
