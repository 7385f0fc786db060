import type { QueuePlace } from '../../src/queue/connection.js';
import { migrateQueue } from '../../src/queue/connection.js';
import { openQueuePool } from '../../src/store/queue-pool.js';
import { emptyDatabase } from '../database.js';
import { openRedis } from '../redis.js';

export interface TestPlace {
  readonly place: QueuePlace;
  close(): Promise<void>;
}

/** Both places where a queue may be kept, as real servers. What one can do, the other can. */
export const PLACES: Readonly<Record<'redis' | 'postgresql', () => Promise<TestPlace>>> = {
  redis: async () => {
    const redis = await openRedis();
    return { place: { redisUrl: redis.url }, close: async () => await redis.close() };
  },
  postgresql: async () => {
    const database = await emptyDatabase();
    const pool = openQueuePool({ url: database.url, listeners: 7 });
    await migrateQueue(pool);
    const close = async (): Promise<void> => {
      await pool.end();
      await database.close();
    };
    return { place: { pool }, close };
  },
};
