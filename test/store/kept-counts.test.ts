import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { eraserOf } from '../../src/erased.js';
import { backup } from '../../src/store/backup.js';
import { erase } from '../../src/store/erase.js';
import { migrate } from '../../src/store/migrate.js';
import { restore } from '../../src/store/restore.js';
import { retention } from '../../src/store/retention.js';
import { blankDatabase, emptyDatabase, type TestDatabase } from '../database.js';
import { deskPosts } from './backup-samples.js';
import { acts, done, mismatches, seed, type Act } from './kept-counts.js';

const MIGRATIONS = resolve(import.meta.dirname, '../../src/store/migrations');
let database: TestDatabase;
let open: pg.Client[];

beforeEach(async () => {
  database = await emptyDatabase();
  open = [];
});
afterEach(async () => {
  for (const client of open) await client.end();
  await database.close();
});

async function connect(url = database.url): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  open.push(client);
  return client;
}

async function number(client: pg.Client, text: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(text);
  return Number(rows[0]!.n);
}

describe('kept counts are what counting gives', () => {
  test('after any acts, done and undone', async () => {
    const client = await connect();
    await seed(client, 12, 0);
    const script = fc.array(
      fc.record({ acts: fc.array(acts, { minLength: 1, maxLength: 6 }), ends: fc.constantFrom('commit', 'rollback') }),
      {
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(script, async (transactions) => {
        // What a failed run left open is not there for the next, smaller one.
        await client.query('rollback');
        for (const transaction of transactions) {
          await client.query('begin');
          for (const act of transaction.acts) await done(client, act, 0);
          // Before it is committed, the transaction itself sees its own.
          expect(await mismatches(client)).toEqual([]);
          await client.query(transaction.ends);
          expect(await mismatches(client)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
    // The property means something only where there was much to count, and some of it was folded.
    expect(await number(client, 'select count(*) as n from draft_tally')).toBeGreaterThan(3);
    expect(await number(client, 'select last_value as n from draft_tally_change_id_seq')).toBeGreaterThan(200);
    expect(await number(client, 'select count(*) as n from draft_tally_change')).toBeLessThan(200);
  });

  test('in every picture of the database that anyone sees while four write at once', async () => {
    const writers = await Promise.all([0, 1, 2, 3].map(() => connect()));
    const reader = await connect();
    for (const [at, writer] of writers.entries()) await seed(writer, 12, at);
    const scripts = fc.sample(fc.array(acts, { minLength: 40, maxLength: 40 }), { numRuns: 4, seed: 16 });
    let working = true;
    const looks: unknown[] = [];
    const look = async (): Promise<void> => {
      while (working) {
        await reader.query('begin isolation level repeatable read read only');
        looks.push(await mismatches(reader));
        await reader.query('commit');
      }
    };
    const work = async (writer: pg.Client, script: readonly Act[], at: number): Promise<void> => {
      for (const [n, act] of script.entries()) {
        if (n % 4 === 0) await writer.query('begin');
        await done(writer, act, at);
        if (n % 4 === 3) await writer.query(n % 12 === 11 ? 'rollback' : 'commit');
      }
    };
    const looking = look();
    try {
      await Promise.all(writers.map((writer, at) => work(writer, scripts[at]!, at)));
    } finally {
      working = false;
    }
    await looking;
    expect(looks.length).toBeGreaterThan(1);
    expect(looks.filter((found) => (found as unknown[]).length > 0)).toEqual([]);
    expect(await mismatches(reader)).toEqual([]);
  });

  test('and two that change hundreds of drafts at once never wait for each other, though both have much to fold', async () => {
    const [one, other] = [await connect(), await connect()];
    await seed(one, 12, 0);
    await seed(other, 12, 1);
    for (const client of [one, other]) {
      await client.query("set lock_timeout = '20s'");
      await client.query('begin');
    }
    const turn = async (client: pg.Client, at: number, n: number): Promise<void> => {
      const state = n % 2 === 0 ? 'rejected' : 'drafted';
      await client.query('update draft set state = $1 where source_id = $2', [state, `s${at}`]);
      await client.query("update item set disposition = $1, reason = 'so' where source_id = $2", [
        n % 2 === 0 ? 'held' : 'drafted',
        `s${at}`,
      ]);
    };
    for (let n = 0; n < 20; n += 1) {
      await turn(one, 0, n);
      await turn(other, 1, n);
    }
    await other.query('commit');
    expect(await mismatches(one)).toEqual([]);
    await one.query('rollback');
    expect(await mismatches(other)).toEqual([]);
    expect(await number(other, "select sum(n) as n from draft_count where state = 'drafted'")).toBe(24);
  });

  test('for a transaction with an old picture too, which leaves the folding to others', async () => {
    const [old, other] = [await connect(), await connect()];
    await seed(old, 12, 0);
    await seed(other, 12, 1);
    await old.query('begin isolation level repeatable read');
    expect(await mismatches(old)).toEqual([]);
    for (const state of ['rejected', 'drafted', 'rejected', 'drafted', 'rejected', 'drafted']) {
      await other.query('update draft set state = $1 where source_id = $2', [state, 's1']);
    }
    for (const state of ['rejected', 'drafted', 'rejected', 'drafted', 'rejected', 'approved']) {
      await old.query('update draft set state = $1 where source_id = $2', [state, 's0']);
    }
    expect(await mismatches(old)).toEqual([]);
    await old.query('commit');
    expect(await mismatches(old)).toEqual([]);
  });

  test('after a table was emptied at once', async () => {
    const client = await connect();
    await seed(client, 12, 0);
    await client.query('truncate draft cascade');
    expect(await mismatches(client)).toEqual([]);
    expect(await number(client, 'select coalesce(sum(n), 0) as n from draft_count')).toBe(0);
    expect(await number(client, 'select sum(n) as n from item_count')).toBe(12);
    await client.query('truncate item cascade');
    expect(await mismatches(client)).toEqual([]);
  });

  test('and after somebody changed rows with triggers switched off, once it is counted anew', async () => {
    const client = await connect();
    await seed(client, 12, 0);
    await client.query(
      "alter table draft disable trigger user; update draft set state = 'rejected'; alter table draft enable trigger user",
    );
    expect(await mismatches(client)).not.toEqual([]);
    await client.query('select recount_tallies()');
    expect(await mismatches(client)).toEqual([]);
  });
});

describe('kept counts stay true', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'newsdesk-counts-'))));
  afterEach(async () => await rm(folder, { recursive: true, force: true }));

  test('through a backup and its restore', async () => {
    await deskPosts(database.store);
    const file = join(folder, 'newsdesk.ndjson.gz');
    await backup({ url: database.url, file, newsdesk: '1.2.3', takenAt: new Date('2026-03-02T12:00:00Z') });
    const target = await blankDatabase();
    try {
      await restore({ url: target.url, file });
      const client = await connect(target.url);
      expect(await mismatches(client)).toEqual([]);
      expect(await number(client, 'select sum(n) as n from draft_count')).toBe(5);
      expect(await number(client, 'select sum(n) as n from item_count')).toBe(8);
      await open.pop()!.end();
    } finally {
      await target.close();
    }
  });

  test('through retention, and the erasing of a name', async () => {
    await deskPosts(database.store);
    const client = await connect();
    await client.query("update draft set headline = 'News of Jane Doe', state = 'approved' where state = 'drafted'");
    await retention(
      database.store.db,
      { captures: 1, polls: 1, held: 1, rejected: 1 },
      new Date('2036-01-01T00:00:00Z'),
      false,
    );
    expect(await mismatches(client)).toEqual([]);
    await erase(client, eraserOf('Jane Doe')!, { dryRun: false, posts: true });
    expect(await number(client, "select count(*) as n from draft where state = 'approved'")).toBe(0);
    expect(await mismatches(client)).toEqual([]);
  });

  test('through the upgrade of a newsdesk that had no counts', async () => {
    await cp(MIGRATIONS, folder, { recursive: true });
    for (const name of await readdir(folder)) if (name >= '0016') await rm(join(folder, name));
    const target = await blankDatabase();
    try {
      await migrate(target.url, folder);
      const client = await connect(target.url);
      await seed(client, 12, 0);
      await client.query(
        "update draft set state = 'published', found_claims = true where id in (select id from draft limit 5)",
      );
      await migrate(target.url);
      expect(await mismatches(client)).toEqual([]);
      expect(
        await number(client, "select sum(n) as n from draft_count where state = 'published' and found_claims"),
      ).toBe(5);
      await open.pop()!.end();
    } finally {
      await target.close();
    }
  });
});
