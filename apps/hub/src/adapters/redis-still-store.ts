import { Redis } from 'ioredis';
import type { StillType } from '@relais/protocol';
import type { StillImage, StillKey, StillStore } from '../ports/still-store.ts';
import { createMemoryStillStore, nameOf } from './memory-still-store.ts';

/** What this adapter asks of a logger; pino's fits. */
interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** 64 kB cross a local network in a few milliseconds. */
const ANSWER_TIMEOUT_MS = 1000;
/** A slide may stay for a morning; only what a hub that died has left comes to this end. */
const EXPIRES_MS = 12 * 60 * 60 * 1000;
/** The first byte of what is stored says what it is. */
const TYPES: readonly StillType[] = ['image/webp', 'image/jpeg'];
/** Images of others that a hub keeps at hand: each is read by many, in pieces. */
const NEAR_BYTES = 16 * 1024 * 1024;

/** Still images in Redis, for all hubs; what this hub has put or read is at hand, also while Redis is away. */
export function createRedisStillStore(deps: { url: string; logger: Logger }): StillStore {
  const { logger } = deps;
  const near = createMemoryStillStore({ maxBytes: NEAR_BYTES });
  const reading = new Map<string, Promise<StillImage | undefined>>();
  const redis = connect(deps.url);
  let isAway = false;
  redis.on('error', (error: Error) => away(error.message));
  redis.on('ready', () => {
    if (isAway) logger.info({}, 'Redis is back: still images are shared again');
    isAway = false;
  });

  function away(reason: string): void {
    if (!isAway) logger.warn({ reason }, 'Redis is away: still images are not shared between hubs');
    isAway = true;
  }

  /** Undefined when Redis could not be asked, or did not answer in time. */
  async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (redis.status !== 'ready') return undefined;
    try {
      return await question();
    } catch (error) {
      away(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async function read(key: StillKey): Promise<StillImage | undefined> {
    const stored = await ask(() => redis.getBuffer(redisKey(key)));
    const type = stored && TYPES[stored[0] ?? -1];
    if (!stored || !type) return undefined;
    const image = { type, content: stored.subarray(1) };
    await near.put(key, image);
    return image;
  }

  /** Once for all who ask at the same time: an image is told to everybody at once. */
  function readOnce(key: StillKey): Promise<StillImage | undefined> {
    const name = nameOf(key);
    const running = reading.get(name) ?? read(key).finally(() => reading.delete(name));
    reading.set(name, running);
    return running;
  }

  return {
    async put(key, image) {
      await near.put(key, image);
      const stored = Buffer.concat([Buffer.of(TYPES.indexOf(image.type)), image.content]);
      return (await ask(() => redis.set(redisKey(key), stored, 'PX', EXPIRES_MS))) === 'OK';
    },
    get: async (key) => (await near.get(key)) ?? (await readOnce(key)),
    async drop(key) {
      await near.drop(key);
      await ask(() => redis.unlink(redisKey(key)));
    },
    async close() {
      redis.disconnect();
      await near.close();
    },
  };
}

const redisKey = (key: StillKey) => `relais:still:${nameOf(key)}`;

function connect(url: string): Redis {
  return new Redis(url, {
    commandTimeout: ANSWER_TIMEOUT_MS,
    connectTimeout: 5000,
    keepAlive: 10_000,
    // What was asked before an outage is of no use after it.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 6), 5000),
  });
}
