import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { backup } from '../../src/store/backup.js';
import { LEFT_OUT, tablesOf } from '../../src/store/backup-tables.js';
import type { Header } from '../../src/store/backup-file.js';
import { openStore } from '../../src/store/connect.js';
import { deskPosts } from './backup-samples.js';
import { migrate } from '../../src/store/migrate.js';
import { restore, verifyBackup } from '../../src/store/restore.js';
import { blankDatabase, emptyDatabase, type TestDatabase } from '../database.js';

const MIGRATIONS = resolve(import.meta.dirname, '../../src/store/migrations');
let source: TestDatabase;
let folder: string;
const targets: { close(): Promise<void> }[] = [];
const file = () => join(folder, 'newsdesk.ndjson.gz');

beforeEach(async () => {
  source = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-backup-'));
});
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
  await source.close();
  await rm(folder, { recursive: true, force: true });
});

async function target(): Promise<string> {
  const database = await blankDatabase();
  targets.push(database);
  return database.url;
}

async function take(path = file(), url = source.url): Promise<Header> {
  return await backup({ url, file: path, newsdesk: '1.2.3', takenAt: new Date('2026-03-02T12:00:00Z') });
}

async function ask<T extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Of every table, PostgreSQL's own hash of its rows, computed columns too. */
async function hashes(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const all: Record<string, string> = {};
    for (const { name, key } of await tablesOf(client)) {
      if (LEFT_OUT.has(name)) continue;
      const { rows } = await client.query<{ hash: string }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by ${key.map((one) => `"${one}"`).join(', ')}), '')) as hash from "${name}" t`,
      );
      all[name] = rows[0]!.hash;
    }
    return all;
  } finally {
    await client.end();
  }
}

/** The backup with its text changed, packed again. */
async function tampered(change: (text: string) => string): Promise<string> {
  const path = join(folder, 'tampered.gz');
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file())).toString('utf8'))));
  return path;
}

describe('backup and restore', () => {
  test('bring every row of every table to another database, byte for byte', async () => {
    await deskPosts(source.store);
    const header = await take();
    expect(header.tables.filter(({ rows }) => rows > 0).length).toBeGreaterThanOrEqual(19);
    expect(header.tables.map(({ name }) => name).sort()).toEqual(Object.keys(await hashes(source.url)).sort());
    const url = await target();
    await restore({ url, file: file() });
    expect(await hashes(url)).toEqual(await hashes(source.url));
    // The same rows give the same file, save for its time.
    const again = await take(join(folder, 'again.gz'), url);
    expect(again.tables).toEqual(header.tables);
  });

  test('leave out who is signed in, and keep password hashes', async () => {
    await deskPosts(source.store);
    await take();
    const text = gunzipSync(await readFile(file())).toString('utf8');
    expect(text).toContain('$argon2id$sample');
    expect(text).not.toContain('hash-of-a-session');
    expect(text).not.toContain('hash-of-a-link');
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  test('go on counting where the rows end', async () => {
    await deskPosts(source.store);
    await take();
    const url = await target();
    await restore({ url, file: file() });
    const [row] = await ask<{ last: string; next: string }>(
      url,
      "select max(id) as last, nextval(pg_get_serial_sequence('draft_event', 'id')) as next from draft_event",
    );
    expect(Number(row!.next)).toBe(Number(row!.last) + 1);
  });

  test('keep every rule of the tables in force afterwards', async () => {
    await deskPosts(source.store);
    await take();
    const url = await target();
    await restore({ url, file: file() });
    await expect(ask(url, "update post set slug = 'NO'")).rejects.toThrow(/keeps its address/);
    await expect(
      ask(
        url,
        `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
          select d.id, 'unapproved', d.headline, d.body_html, 's', 'e', 'u', u.id, u.id, now(), now()
          from draft d, app_user u where d.state = 'drafted' limit 1`,
      ),
    ).rejects.toThrow('there is no approved draft with these words');
  });

  test('hold a picture of one moment while a writer runs', async () => {
    await deskPosts(source.store);
    // Each round writes to two tables in one transaction: in a torn picture their counts differ.
    let writing = true;
    let rounds = 0;
    let enough: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (enough = resolve));
    const writer = (async () => {
      const client = await source.store.pool.connect();
      try {
        while (writing) {
          await client.query('begin');
          await client.query(
            "insert into notice (kind, subject, message) values ('round', gen_random_uuid()::text, 'x')",
          );
          await client.query('insert into host (host) values (gen_random_uuid()::text)');
          await client.query('commit');
          rounds += 1;
          if (rounds === 100) enough();
        }
      } finally {
        client.release();
      }
    })();
    await begun;
    const [before] = await ask<{ n: string }>(source.url, "select count(*) as n from notice where kind = 'round'");
    const others = await ask<{ n: string }>(source.url, 'select count(*) as n from host where length(host) <> 36');
    const header = await take();
    writing = false;
    await writer;
    const [after] = await ask<{ n: string }>(source.url, "select count(*) as n from notice where kind = 'round'");
    const url = await target();
    await restore({ url, file: file() });
    const [saved] = await ask<{ notices: string; hosts: string }>(
      url,
      "select (select count(*) from notice where kind = 'round') as notices, (select count(*) from host) as hosts",
    );
    expect(Number(saved!.hosts) - Number(others[0]!.n)).toBe(Number(saved!.notices));
    expect(Number(saved!.notices)).toBeGreaterThanOrEqual(Number(before!.n));
    expect(Number(after!.n)).toBeGreaterThan(Number(saved!.notices));
    expect(header.tables.find(({ name }) => name === 'host')?.rows).toBe(Number(saved!.hosts));
  });

  test('a backup that fails leaves the earlier one and nothing half', async () => {
    await take();
    const earlier = await readFile(file());
    const blank = await target();
    await expect(take(file(), blank)).rejects.toMatchObject({ code: 'config.invalid' });
    await expect(take(file(), `${blank}_none`)).rejects.toMatchObject({ code: 'store.unreachable' });
    expect(await readFile(file())).toEqual(earlier);
    expect(await readdir(folder)).toEqual(['newsdesk.ndjson.gz']);
  });

  test('a backup of an earlier newsdesk is restored, then brought up to date', async () => {
    await deskPosts(source.store);
    await take();
    const later = join(folder, 'migrations');
    await cp(MIGRATIONS, later, { recursive: true });
    await writeFile(
      join(later, '9999-later.sql'),
      'alter table post add column shout text; update post set shout = upper(headline); alter table post alter column shout set not null;',
    );
    const url = await target();
    const { applied } = await restore({ url, file: file(), migrations: later });
    expect(applied).toEqual(['9999-later.sql']);
    const rows = await ask<{ good: boolean }>(url, 'select shout = upper(headline) as good from post');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ good }) => good)).toBe(true);
    expect(await migrate(url, later)).toEqual([]);
    // The other way round it is refused.
    await take(join(folder, 'later.gz'), url);
    await expect(restore({ url: await target(), file: join(folder, 'later.gz') })).rejects.toMatchObject({
      code: 'store.bad-backup',
      message: expect.stringContaining('9999-later.sql') as string,
    });
  });
});

describe('where it is restored', () => {
  test('an empty, migrated database will do', async () => {
    await deskPosts(source.store);
    await take();
    const url = await target();
    await migrate(url);
    await restore({ url, file: file() });
    expect(await hashes(url)).toEqual(await hashes(source.url));
  });

  test('one with anything in it is refused and left as it is, unless it may be replaced', async () => {
    await deskPosts(source.store);
    await take();
    const url = await target();
    await migrate(url);
    await ask(url, "insert into host (host) values ('kept.example')");
    const before = await hashes(url);
    await expect(restore({ url, file: file() })).rejects.toMatchObject({ code: 'store.not-empty' });
    expect(await hashes(url)).toEqual(before);
    await restore({ url, file: file(), replace: true });
    expect(await hashes(url)).toEqual(await hashes(source.url));
  });

  test('one that a newsdesk runs on is refused', async () => {
    await take();
    const url = await target();
    const store = await openStore({ url });
    await expect(restore({ url, file: file(), replace: true })).rejects.toMatchObject({ code: 'store.in-use' });
    await store.close();
  });
});

describe('a file that is not what was saved', () => {
  const cases: [string, () => Promise<string>][] = [
    [
      'cut short',
      async () => {
        await truncate(file(), (await stat(file())).size - 20);
        return file();
      },
    ],
    [
      'a bit turned',
      async () => {
        const bytes = await readFile(file());
        const at = bytes.length - 200;
        bytes[at] = bytes[at]! ^ 1;
        await writeFile(file(), bytes);
        return file();
      },
    ],
    ['another word in a row', async () => await tampered((text) => text.replace('Ada Field', 'Eve Field'))],
    ['a row less', async () => await tampered((text) => text.trimEnd().split('\n').slice(0, -1).join('\n') + '\n')],
    ['a row more', async () => await tampered((text) => `${text}{"host":{}}\n`)],
    ['another count', async () => await tampered((text) => text.replace(/"rows":\d+/, '"rows":1000'))],
    ['another version', async () => await tampered((text) => text.replace('1.2.3', '3.2.1'))],
    ['another format', async () => await tampered((text) => text.replace('"formatVersion":1', '"formatVersion":2'))],
    ['no line at all', async () => await tampered(() => '')],
    ['not packed', async () => (await writeFile(file(), 'hello'), file())],
  ];
  test.each(cases)('%s: it is refused, and nothing is changed', async (_, damage) => {
    await deskPosts(source.store);
    await take();
    const path = await damage();
    const url = await target();
    await migrate(url);
    await ask(url, "insert into host (host) values ('kept.example')");
    const before = await hashes(url);
    await expect(verifyBackup(path)).rejects.toMatchObject({ code: 'store.bad-backup' });
    await expect(restore({ url, file: path, replace: true })).rejects.toMatchObject({ code: 'store.bad-backup' });
    expect(await hashes(url)).toEqual(before);
  });

  test('no such file: said as a mistake of the call', async () => {
    await expect(verifyBackup(join(folder, 'none'))).rejects.toMatchObject({ code: 'config.invalid' });
  });
});
