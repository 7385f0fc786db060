import { once, EventEmitter } from 'node:events';
import pg from 'pg';
import { Failure } from '../../src/model/failure.js';
import { migrateQueue } from '../../src/queue/connection.js';
import { openQueue } from '../../src/queue/open-queue.js';
import { quietly } from '../../src/queue/queue-log.js';
import { openQueuePool } from '../../src/store/queue-pool.js';
import { emptyDatabase } from '../database.js';
import { openRedis } from '../redis.js';

const log = { info: () => undefined, warn: () => undefined };

test('a queue that does not answer is a failure, not a wait without end', async () => {
  const opening = openQueue({ place: { redisUrl: 'redis://127.0.0.1:1' }, log, deadlineMs: 100 });
  await expect(opening).rejects.toThrow(Failure);
  await expect(opening).rejects.toMatchObject({ code: 'queue.unreachable' });
});

test('a Redis that dies and comes back empty costs nothing but what it held', async () => {
  const redis = await openRedis();
  const queue = await openQueue({ place: { redisUrl: redis.url }, log, lockMs: 2_000 });
  try {
    const events = new EventEmitter();
    await queue.consume('draft-item', ({ itemId }) => Promise.resolve(events.emit('did', itemId)));
    const before = once(events, 'did');
    await queue.enqueue('draft-item', [{ itemId: 'before' }]);
    expect(await before).toEqual(['before']);

    await redis.kill();
    // Losing this call is allowed; it may not throw.
    const lost = queue.enqueue('draft-item', [{ itemId: 'lost' }]);
    await redis.start();
    await lost;
    const after = new Promise((resolve) => events.on('did', (id) => id === 'after' && resolve(id)));
    await queue.enqueue('draft-item', [{ itemId: 'after' }]);
    expect(await after).toBe('after');
  } finally {
    await queue.close();
    await redis.close();
  }
});

test('a PostgreSQL that cuts every connection is worked with again', async () => {
  const database = await emptyDatabase();
  const pool = openQueuePool({ url: database.url, listeners: 7 });
  await migrateQueue(pool);
  const queue = await openQueue({ place: { pool }, log, lockMs: 2_000 });
  try {
    const events = new EventEmitter();
    await queue.consume('draft-item', ({ itemId }) => Promise.resolve(events.emit('did', itemId)));
    for (const round of ['one', 'two', 'three']) {
      let done = false;
      events.on('did', (id) => (done ||= id === round));
      await cutConnections(database.url);
      // A call that meets a cut connection is lost: the sweep asks again, and so do we.
      while (!done) await queue.enqueue('draft-item', [{ itemId: round }]);
    }
  } finally {
    await queue.close();
    await pool.end();
    await database.close();
  }
});

test('of the same trouble one line in 30 s is logged, with how often it came in between', () => {
  const lines: { again: number }[] = [];
  let now = 0;
  const tell = quietly({ info: () => undefined, warn: (fields) => lines.push(fields as { again: number }) }, () => now);
  for (let n = 0; n < 100_000; n += 1) tell('poll-source', new Error('connect ECONNREFUSED'));
  now = 31_000;
  tell('poll-source', new Error('connect ECONNREFUSED'));
  tell('poll-source', new Error('another'));
  expect(lines.map(({ again }) => again)).toEqual([0, 99_999, 0]);
});

async function cutConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}
