import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { erasingExtraction, erasingFetcher, eraserOf, type NamesNow } from '../../src/erased.js';
import { run } from '../../src/cli/main.js';
import { extractArticle } from '../../src/extract/extract-article.js';
import { REMOVED } from '../../src/match/erase-name.js';
import type { ListingSource } from '../../src/model/source.js';
import { createFetcher } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import type { Fetcher } from '../../src/pipeline/ports.js';
import { readSource } from '../../src/sources/read-source.js';
import { LEFT_OUT, tablesOf } from '../../src/store/backup-tables.js';
import { erasable, erase, publishedWith, type Eraser } from '../../src/store/erase.js';
import { erasedNames } from '../../src/store/erased-names.js';
import { itemBook } from '../../src/store/items.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { pdfOf } from '../extract/pdf.js';
import { deskPosts, type DeskPosts } from '../store/backup-samples.js';
import { sampleCapture } from '../store/samples.js';

let database: TestDatabase;
let items: DeskPosts;
const jane = eraserOf('Jane Doe')!;

beforeEach(async () => {
  database = await emptyDatabase();
  items = await deskPosts(database.store);
});
afterEach(async () => await database.close());

async function erased(options: { dryRun?: boolean; posts?: boolean } = {}, eraser: Eraser = jane) {
  const client = await database.store.pool.connect();
  try {
    return await erase(client, eraser, { dryRun: options.dryRun ?? false, posts: options.posts ?? true });
  } finally {
    client.release();
  }
}

async function rows<T extends object>(query: string, values: unknown[] = []): Promise<T[]> {
  return (await database.store.pool.query<T>(query, values)).rows;
}

/** Writes the name into every column of every row that takes it. Gives `table.column` of those. */
async function writeEverywhere(): Promise<string[]> {
  const written: string[] = [];
  const client = await database.store.pool.connect();
  const put = async (table: string, { name, type }: { name: string; type: string }): Promise<boolean> => {
    const value =
      type === 'jsonb'
        ? `jsonb_build_object('a', jsonb_build_array('<p>The mother of JANE&nbsp;<b>Doe</b></p>', 1), 'url', 'https://x.example/' || md5(ctid::text))`
        : `'Doe, Jane: ' || ctid::text || ' \u201cJane Doe\u2019s\u201d'`;
    try {
      const { rowCount } = await client.query(`update "${table}" set "${name}" = ${value} where "${name}" is not null`);
      return (rowCount ?? 0) > 0;
    } catch (error) {
      // A column that takes only certain words, or refers to another: no name can stand there.
      expect((error as { code: string }).code).toMatch(/^23/);
      return false;
    }
  };
  try {
    await client.query("select set_config('newsdesk.erasing', 'yes', false)");
    for (const table of await tablesOf(client)) {
      for (const column of erasable(table)) {
        if (await put(table.name, column)) written.push(`${table.name}.${column.name}`);
      }
    }
    await client.query("select set_config('newsdesk.erasing', '', false)");
  } finally {
    client.release();
  }
  return written;
}

/** Where a text of any row still has it. */
async function left(): Promise<string[]> {
  const client = await database.store.pool.connect();
  try {
    const found: string[] = [];
    for (const { name, columns } of await tablesOf(client)) {
      for (const { name: column, type } of columns) {
        if (type !== 'text' && type !== 'jsonb') continue;
        const { rowCount } = await client.query(
          `select from "${name}" where "${column}"::text ~* 'jane.*doe|doe.*jane'`,
        );
        if ((rowCount ?? 0) > 0) found.push(`${name}.${column}`);
      }
    }
    return found;
  } finally {
    client.release();
  }
}

test('from every text of every table, whatever tables there are, and nothing else changes', async () => {
  const written = await writeEverywhere();
  expect(written.length).toBeGreaterThan(40);
  for (const one of [
    'item.title',
    'item.found',
    'capture.article',
    'draft.body_html',
    'draft_version.headline',
    'draft_comment.body',
    'draft_autosave.body_html',
    'post.headline',
    'source.memory',
    'notice.message',
    'session.data',
    'extraction_report.note',
  ]) {
    expect(written).toContain(one);
  }
  expect(await left()).toEqual(expect.arrayContaining(written));
  const before = await erased({ dryRun: true });
  expect(await left()).toEqual(expect.arrayContaining(written));
  const after = await erased();
  expect(after).toEqual(before);
  expect(await left()).toEqual([]);
  expect((await rows(`select from item where search @@ plainto_tsquery('english', 'jane')`)).length).toBe(0);
  expect((await rows(`select from draft where search @@ plainto_tsquery('english', 'jane')`)).length).toBe(0);
  expect(await erased()).toEqual([]);
  const [note] = await rows<{ note: string }>('select note from extraction_report');
  expect(note?.note).toMatch(/^\[name removed\]: \(\d+,\d+\) \u201c\[name removed\]\u2019s\u201d$/);
}, 60_000);

test('what does not hold it stays byte for byte', async () => {
  const hashes = async () => {
    const client = await database.store.pool.connect();
    try {
      const all: string[] = [];
      for (const { name } of await tablesOf(client)) {
        const { rows: found } = await client.query<{ hash: string }>(
          `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from "${name}" t`,
        );
        all.push(`${name} ${found[0]?.hash ?? ''}`);
      }
      return all;
    } finally {
      client.release();
    }
  };
  const before = await hashes();
  expect(await erased()).toEqual([]);
  expect(await hashes()).toEqual(before);
});

test('bytes of pages that hold it go, also packed ones whose text is another; the hash stays', async () => {
  await rows('update capture set body = $1 where item_id = $2', [gzipSync('<nav>Jane\u00a0Doe</nav>'), items.held]);
  await rows('update capture set body = $1 where item_id = $2', [
    gzipSync(Buffer.from('<p>J\u00e1ne Doe</p>', 'latin1')),
    items.failed,
  ]);
  await rows(`update capture set article = jsonb_set(article, '{title}', '"Jane Doe"') where item_id = $1`, [
    items.drafted,
  ]);
  await rows('update capture set body = $1 where item_id = $2', [gzipSync('<p>Janet Doe</p>'), items.rejected]);
  await erased();
  const found = await rows<{ item_id: string; body: Buffer | null; sha256: string }>(
    'select item_id, body, sha256 from capture',
  );
  const of = (id: string) => found.find((row) => row.item_id === id)!;
  for (const id of [items.held, items.failed, items.drafted])
    expect(of(id)).toMatchObject({ body: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(gunzipSync(of(items.rejected).body!).toString()).toBe('<p>Janet Doe</p>');
});

test('published posts stay until it is said otherwise, and are named', async () => {
  await rows("select set_config('newsdesk.erasing', 'yes', false)");
  const client = await database.store.pool.connect();
  try {
    await client.query("select set_config('newsdesk.erasing', 'yes', false)");
    await client.query(
      "update post set body_html = '<p>Jane Doe.</p>', changed_at = '2026-01-01' where draft_id = (select id from draft where item_id = $1)",
      [items.published],
    );
    await client.query("update draft set body_html = '<p>Jane Doe.</p>' where item_id = $1", [items.published]);
    await client.query("select set_config('newsdesk.erasing', '', false)");
    expect(await publishedWith(client, jane)).toEqual([`p-${items.published.slice(0, 8)}`]);
  } finally {
    client.release();
  }
  const post = () =>
    rows<{ body_html: string; changed_at: Date }>(
      'select body_html, changed_at from post where draft_id = (select id from draft where item_id = $1)',
      [items.published],
    );
  const versions = await rows('select version from draft where item_id = $1', [items.published]);
  expect(await erased({ posts: false })).toEqual([]);
  expect((await post())[0]?.body_html).toBe('<p>Jane Doe.</p>');
  expect(await rows('select version from draft where item_id = $1', [items.published])).toEqual(versions);
  await erased({ posts: true });
  const [after] = await post();
  expect(after?.body_html).toBe(`<p>${REMOVED}.</p>`);
  expect(after?.changed_at.getFullYear()).toBeGreaterThan(2025);
});

test('what was approved and not published goes back, and nobody saves over it unseen', async () => {
  const [editor] = await rows<{ id: string }>('select id from app_user limit 1');
  await rows(
    "update draft set state = 'scheduled', approved_by = $2, publish_at = now(), headline = 'On Jane Doe' where item_id = $1",
    [items.drafted, editor?.id],
  );
  await rows('update draft_version set by_user = $2 where draft_id = (select id from draft where item_id = $1)', [
    items.drafted,
    editor?.id,
  ]);
  const [before] = await rows<{ id: string; version: number }>('select id, version from draft where item_id = $1', [
    items.drafted,
  ]);
  await erased();
  expect(
    await rows('select state, headline, version, approved_by, publish_at from draft where id = $1', [before?.id]),
  ).toEqual([
    {
      state: 'in-review',
      headline: `On ${REMOVED}`,
      version: (before?.version ?? 0) + 1,
      approved_by: null,
      publish_at: null,
    },
  ]);
  expect(
    await rows('select headline, by_user from draft_version where draft_id = $1 order by version desc limit 1', [
      before?.id,
    ]),
  ).toEqual([{ headline: `On ${REMOVED}`, by_user: editor?.id }]);
  expect(
    await rows("select from_state, to_state from draft_event where draft_id = $1 and did = 'name removed'", [
      before?.id,
    ]),
  ).toEqual([{ from_state: 'scheduled', to_state: 'in-review' }]);
});

test('ended half-way, it goes on where it was when it is run again', async () => {
  await rows(
    `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason)
    select 'harbour-trust', 'k' || n, 'article', 'https://x.example/' || n, 'Jane Doe ' || n, '{}', now(), 'held', 'A rule.' from generate_series(1, 350) as n`,
  );
  let asked = 0;
  const dying: Eraser = {
    ...jane,
    text: (value) => {
      asked += 1;
      if (asked > 900) throw new Error('the power went');
      return jane.text(value);
    },
  };
  await expect(erased({}, dying)).rejects.toThrow('the power went');
  const half = Number((await rows<{ n: string }>("select count(*) as n from item where title like 'Jane%'"))[0]?.n);
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(350);
  expect(half % 100).toBe(50);
  expect(await erased()).toEqual([{ table: 'item', rows: half, addresses: 0 }]);
});

test('addresses stay, and are counted', async () => {
  await rows(
    `update item set url = 'https://harbour-trust.example/jane-doe', key = 'https://harbour-trust.example/jane-doe' where id = $1`,
    [items.held],
  );
  await rows(`update item set key = 'https://harbour-trust.example/page#section:review-of-jane-doe' where id = $1`, [
    items.failed,
  ]);
  expect(await erased()).toEqual([{ table: 'item', rows: 1, addresses: 2 }]);
  expect(await rows('select url from item where id = $1', [items.held])).toEqual([
    { url: 'https://harbour-trust.example/jane-doe' },
  ]);
});

describe('what is fetched afterwards', () => {
  let server: Server;
  let origin: string;
  const pdf = pdfOf([
    [
      { text: 'Review of services', size: 20 },
      ...Array.from({ length: 8 }, () => ({ text: 'The family of Jane Doe was seen by nobody for a year.' })),
    ],
  ]);
  beforeAll(async () => {
    server = createServer((request, response) => {
      const pages: Record<string, [string, string | Uint8Array]> = {
        '/news': [
          'text/html',
          '<ul><li><a href="/a">Inquest into the death of Jane Doe opens</a></li><li><a href="/b">Another thing happened here</a></li><li><a href="/c">A third thing happened too</a></li></ul>',
        ],
        '/data': [
          'application/json',
          JSON.stringify({ title: 'J\u00e1ne Doe', link: 'https://x.example/jane-doe' }).replace('\u00e1', '\\u00e1'),
        ],
        '/latin1': ['text/html; charset=iso-8859-1', Buffer.from('<p>Jane Doe \u00e9</p>', 'latin1')],
        '/file': ['application/pdf', pdf],
      };
      const [type, body] = pages[request.url ?? ''] ?? ['text/plain', ''];
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  interface Web {
    readonly fetch: (...asked: Parameters<Fetcher['fetch']>) => ReturnType<Fetcher['fetch']>;
    readonly close: () => Promise<void>;
    readonly names: NamesNow;
  }

  function web(): Web {
    const fetcher = createFetcher({
      userAgent: 'test',
      pacing: memoryPacing(),
      clock: { now: () => new Date() },
      guard: { allowPrivateHosts: [new URL(origin).host] },
      gapMs: 0,
    });
    const names = () => erasedNames(database.store.db).erased();
    const erasing = erasingFetcher(fetcher, names);
    return { close: () => fetcher.close(), names, fetch: (...asked) => erasing.fetch(...asked) };
  }
  const source = (path: string): ListingSource => ({
    id: 'list',
    name: 'List',
    class: 'charity',
    kind: 'listing',
    url: `${origin}${path}`,
    evidence: 'verified',
    select: { item: 'li' },
  });

  test('a list never brings the name back, and looks the same from poll to poll', async () => {
    const { fetch, close } = web();
    const look = async () => {
      const answer = await fetch(source('/news'), `${origin}/news`);
      if (answer.status !== 'ok') throw new Error(answer.status);
      return answer.doc;
    };
    const first = await readSource(source('/news'), await look(), null);
    expect(JSON.stringify(first)).toContain('Jane Doe');
    await erasedNames(database.store.db).remember(jane.words);
    const cleaned = jane.json(first.memory).value as typeof first.memory;
    const second = await readSource(source('/news'), await look(), cleaned);
    expect(second.events).toEqual([]);
    expect(JSON.stringify(second.memory)).not.toMatch(/jane/i);
    expect(await erasedNames(database.store.db).forget(jane.words)).toBe(true);
    expect(JSON.stringify(await readSource(source('/news'), await look(), null))).toContain('Jane Doe');
    await close();
  });

  test('neither do data, nor pages in other character sets', async () => {
    const { fetch, close } = web();
    await erasedNames(database.store.db).remember(jane.words);
    const get = async (path: string) => {
      const answer = await fetch(source(path), `${origin}${path}`);
      return answer.status === 'ok' ? Buffer.from(answer.doc.bytes) : Buffer.alloc(0);
    };
    expect(JSON.parse((await get('/data')).toString())).toEqual({ title: REMOVED, link: 'https://x.example/jane-doe' });
    expect((await get('/latin1')).toString('latin1')).toBe(`<p>${REMOVED} \u00e9</p>`);
    await close();
  });

  test('of a file the text is kept without it, and the bytes are not kept', async () => {
    const { fetch, close, names } = web();
    await erasedNames(database.store.db).remember(jane.words);
    const answer = await fetch(source('/file'), `${origin}/file`);
    if (answer.status !== 'ok') throw new Error(answer.status);
    const book = itemBook(database.store.db);
    const steps = erasingExtraction((doc, of, item) => Promise.resolve(extractArticle(doc, of, item)), book, names);
    const item = (await book.findItem(items.held))!;
    const article = await steps.extract(answer.doc, source('/file'), item.found);
    expect(article.bodyText).toContain(`The family of ${REMOVED} was seen`);
    await steps.items.recordCapture(
      { ...item, revision: 2 },
      { ...sampleCapture(`${origin}/file`), doc: answer.doc, article },
    );
    expect(
      await rows('select body, byte_length from capture where item_id = $1 and revision = 2', [items.held]),
    ).toEqual([{ body: null, byte_length: pdf.length }]);
    await close();
  });

  test('of the name only a fingerprint is stored', async () => {
    await erasedNames(database.store.db).remember(jane.words);
    await erasedNames(database.store.db).remember(jane.words);
    const stored = await rows<{ fingerprint: string }>('select * from erased_name');
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toMatch(/jane|doe/i);
  });
});

describe('the command', () => {
  const url = process.env['DATABASE_URL'];
  afterEach(() => {
    if (url === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = url;
    process.exitCode = 0;
  });

  async function told(...words: string[]): Promise<{ text: string; status: typeof process.exitCode }> {
    process.env['DATABASE_URL'] = database.url;
    process.exitCode = 0;
    let text = '';
    const streams = [process.stdout, process.stderr];
    const own = streams.map((stream) => stream.write.bind(stream));
    for (const stream of streams) stream.write = (part: unknown) => Boolean((text += String(part)));
    try {
      await run(['erase', ...words]);
      return { text, status: process.exitCode };
    } finally {
      for (const [at, stream] of streams.entries()) stream.write = own[at]!;
    }
  }

  test('tells by table what it would do, does it, and says what still holds it', async () => {
    await rows("update item set title = 'Jane Doe' where id = $1", [items.held]);
    const dry = await told('Jane Doe', '--dry-run');
    expect(dry).toEqual({ text: '       1 would change  item\n', status: 0 });
    expect(await rows('select from erased_name')).toHaveLength(0);
    const done = await told('jane  DOE');
    expect(done.text).toMatch(/^ {7}1 changed {2}item\n[^]*Backups/);
    expect(await rows('select from erased_name')).toHaveLength(1);
    expect(await rows('select did, detail, by_user from audit_event where about is null and by_user is null')).toEqual([
      { did: 'name-erased', detail: '1 rows in 1 tables', by_user: null },
    ]);
    expect((await told('Jane Doe', '--json')).text).toBe('');
    expect((await told('Jane Doe', '--allow-again')).status).toBe(0);
    expect((await told('Jane Doe', '--allow-again')).status).toBe(1);
  });

  test.each([['Jane'], ['—'], ['one two three four five six seven eight nine ten eleven twelve thirteen']])(
    '%s is refused',
    async (name) => {
      const { status } = await told(name);
      expect(status).toBe(2);
      expect(await rows('select from erased_name')).toHaveLength(0);
    },
  );
});

test('every table that is in a backup is looked at, or kept for a reason', async () => {
  const client = await database.store.pool.connect();
  try {
    const unseen = (await tablesOf(client)).filter(
      (table) =>
        !LEFT_OUT.has(table.name) &&
        erasable(table).length === 0 &&
        table.columns.some(({ type }) => type === 'text' || type === 'jsonb'),
    );
    expect(unseen.map(({ name }) => name).sort()).toEqual(['app_user', 'erased_name', 'erased_name_key', 'host']);
  } finally {
    client.release();
  }
});
