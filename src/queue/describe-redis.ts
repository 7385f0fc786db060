import { Redis } from 'ioredis';
import { Failure } from '../model/failure.js';

export interface RedisFacts {
  readonly version: string;
  readonly evictionPolicy: string;
  readonly persistent: boolean;
}

/** What a Redis says of itself. @throws {Failure} queue.unreachable when it does not answer within 5 s */
export async function describeRedis(url: string): Promise<RedisFacts> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  // The rejection of `connect` says the same.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const field = (name: string): string => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
    const saves = (await redis.config('GET', 'save').catch(() => [])) as string[];
    return {
      version: field('redis_version'),
      evictionPolicy: field('maxmemory_policy'),
      persistent: field('aof_enabled') === '1' || (saves[1] ?? '') !== '',
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Failure('queue.unreachable', `Redis does not answer: ${words}`, {}, { cause: error });
  } finally {
    redis.disconnect();
  }
}
