import { startTestRedis, type TestRedis } from '@relais/testing/test-redis';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { rateLimiterContract } from '../ports/rate-limiter.contract.ts';
import type { RateLimiter, Taken } from '../ports/rate-limiter.ts';
import { createRedisRateLimiter } from './redis-rate-limiter.ts';

const ONCE = { limit: 1, windowMs: 3_600_000 };
/** What a request may wait at most for its limit, with room for a busy machine. */
const PATIENCE_MS = 400;

let redis: TestRedis;
const logger = { info: vi.fn(), warn: vi.fn() };

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());
afterEach(() => vi.clearAllMocks());

rateLimiterContract('Redis', async () => {
  await redis.stop();
  await redis.start();
  return connected();
});

describe('when Redis is away', () => {
  let limiter: RateLimiter;
  afterEach(() => limiter.close());

  it('lets everything through at once, says so once, and counts again when Redis is back', async () => {
    limiter = await connected();
    await redis.stop();
    await passesQuickly(limiter, 20);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    await redis.start();
    await counts(limiter);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('lets everything through when Redis is silent, without waiting for it each time', async () => {
    limiter = await connected();
    process.kill(redis.pid, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      await passesQuickly(limiter, 20);
      expect(performance.now() - startedAt).toBeLessThan(1000);
      expect(logger.warn).toHaveBeenCalledTimes(1);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await counts(limiter);
  });

  it('lets everything through when Redis was never there', async () => {
    limiter = createRedisRateLimiter({ url: 'redis://127.0.0.1:1', logger });
    await passesQuickly(limiter, 5);
  });
});

it('shares its counts between hubs', async () => {
  const [one, other] = [await connected(), await connected()];
  expect(await one.take('shared', ONCE)).toEqual({ ok: true });
  expect(await other.take('shared', ONCE)).toMatchObject({ ok: false });
  await Promise.all([one.close(), other.close()]);
});

async function connected(): Promise<RateLimiter> {
  const limiter = createRedisRateLimiter({ url: redis.url, logger });
  await counts(limiter);
  return limiter;
}

/** Waits until limits are held, which is known by a refusal. */
async function counts(limiter: RateLimiter): Promise<void> {
  const key = randomUUID();
  await vi.waitFor(async () => expect((await limiter.take(key, ONCE)).ok).toBe(false), { timeout: 10_000 });
}

async function passesQuickly(limiter: RateLimiter, times: number): Promise<void> {
  const key = randomUUID();
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    expect(await limiter.take(key, ONCE)).toEqual({ ok: true } satisfies Taken);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  }
}
