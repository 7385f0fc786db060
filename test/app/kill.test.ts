import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { openRedis, type TestRedis } from '../redis.js';
import { random } from './invented-words.js';
import { openManyItemsWeb, type ManyItemsWeb } from './many-items-web.js';
import { killAll, startNewsdesk, until, type NewsdeskProcess } from './newsdesk-process.js';

const ITEMS = 200;
const KILLS = 25;
const QUEUES = 'poll-source,read-item,draft-item,publish-post,sweep';

interface Scene {
  readonly web: ManyItemsWeb;
  readonly database: TestDatabase;
  readonly redis: TestRedis | null;
  start(): NewsdeskProcess;
  close(): Promise<void>;
}

async function openScene(on: 'redis' | 'postgresql'): Promise<Scene> {
  const web = await openManyItemsWeb(ITEMS);
  const database = await emptyDatabase();
  const redis = on === 'redis' ? await openRedis() : null;
  const folder = await mkdtemp(join(tmpdir(), 'newsdesk-kill-'));
  const file = join(folder, 'sources.config.ts');
  await writeFile(file, `export const sources = ${JSON.stringify([web.source])};\n`);
  return {
    web,
    database,
    redis,
    start: () =>
      startNewsdesk(['work', '--queues', QUEUES], {
        DATABASE_URL: database.url,
        ...(redis === null ? {} : { REDIS_URL: redis.url }),
        DATA_DIR: folder,
        SOURCES_FILE: file,
        ALLOW_PRIVATE_HOSTS: web.hosts.join(','),
        HOST_GAP_MS: '0',
        FETCH_TIMEOUT_MS: '5000',
        SWEEP_SECONDS: '1',
        JOB_LOCK_SECONDS: '1',
        LOG_LEVEL: 'warn',
      }),
    close: async () => {
      await database.close();
      await redis?.close();
      await web.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What became of the items, and whether anything is there twice. */
async function outcome({ database }: Scene): Promise<unknown> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from item) as items,
    (select count(*)::int from item where disposition = 'drafted') as drafted,
    (select count(*)::int from draft) as drafts,
    (select count(distinct original_url)::int from draft) as addresses,
    (select count(*)::int from capture) as captures,
    (select count(*)::int from draft_version) as versions`.execute(database.store.db);
  return rows[0];
}

async function untilDrafted({ database }: Scene, count: number): Promise<void> {
  const drafts = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from draft`.execute(database.store.db);
    return rows[0]?.n ?? 0;
  };
  await until(drafts, (seen) => seen >= count, 120_000);
}

const WHOLE = { items: ITEMS, drafted: ITEMS, drafts: ITEMS, addresses: ITEMS, captures: ITEMS, versions: ITEMS };

afterEach(killAll);

describe.each(['postgresql', 'redis'] as const)('with the queue on %s', (on) => {
  test(`a worker killed ${KILLS} times over ${ITEMS} items loses and doubles nothing`, async () => {
    const scene = await openScene(on);
    const next = random(20_261_125);
    let worker = scene.start();
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await scene.web.afterAsked(1 + Math.floor(next() * 7));
        await wait(next() * 60);
        await worker.kill('SIGKILL');
        worker = scene.start();
      }
      await untilDrafted(scene, ITEMS);
      await worker.kill('SIGTERM');
      expect(await outcome(scene)).toEqual(WHOLE);
      expect(await worker.ended).toEqual({ status: 0, signal: null });
    } finally {
      await worker.kill('SIGKILL');
      await scene.close();
    }
  }, 240_000);
});

test('a Redis that is flushed in the middle loses nothing', async () => {
  const scene = await openScene('redis');
  const worker = scene.start();
  try {
    for (const part of [40, 60]) {
      await scene.web.afterAsked(part);
      await scene.redis?.flush();
    }
    await untilDrafted(scene, ITEMS);
    await worker.kill('SIGTERM');
    expect(await outcome(scene)).toEqual(WHOLE);
  } finally {
    await worker.kill('SIGKILL');
    await scene.close();
  }
}, 120_000);
