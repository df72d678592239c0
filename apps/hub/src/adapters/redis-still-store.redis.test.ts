import { startTestRedis, type TestRedis } from '@relais/testing/test-redis';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { someImage, someKey, stillStoreContract } from '../ports/still-store.contract.ts';
import type { StillStore } from '../ports/still-store.ts';
import { createRedisStillStore } from './redis-still-store.ts';

let redis: TestRedis;
const logger = { info: vi.fn(), warn: vi.fn() };
const open: StillStore[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  vi.clearAllMocks();
});
afterAll(() => redis.close());

stillStoreContract('Redis', () => connected());

describe('several hubs', () => {
  it('read what one of them has put, and none once it is dropped, but for who has it at hand', async () => {
    const [one, other, third] = [await connected(), await connected(), await connected()];
    const key = someKey();
    const image = someImage(40_000);
    await one.put(key, image);
    const read = await Promise.all([other.get(key), other.get(key)]);
    for (const kept of read) expect(Buffer.from(kept!.content).equals(Buffer.from(image.content))).toBe(true);
    await one.drop(key);
    expect(await third.get(key)).toBeUndefined();
    await other.drop(key);
    expect(await other.get(key)).toBeUndefined();
  });

  it('leave what they put to end by itself, were they to die', async () => {
    const one = await connected();
    const key = someKey();
    await one.put(key, someImage());
    const client = new Redis(redis.url);
    const names = await client.keys(`relais:still:*${key.stillId}`);
    const left = await Promise.all(names.map((name) => client.pttl(name)));
    client.disconnect();
    expect(left).toHaveLength(1);
    expect(left[0]).toBeGreaterThan(60_000);
  });
});

it('while Redis is away a hub keeps its own at hand, says so once, and shares again when it is back', async () => {
  const [one, other] = [await connected(), await connected()];
  await redis.stop();
  const key = someKey();
  expect(await one.put(key, someImage())).toBe(false);
  expect(await one.get(key)).toBeDefined();
  expect(await other.get(key)).toBeUndefined();
  await vi.waitFor(() => expect(logger.warn).toHaveBeenCalledTimes(2), 10_000);
  await redis.start();
  await vi.waitFor(async () => expect(await one.put(key, someImage())).toBe(true), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await other.get(key)).toBeDefined(), { timeout: 10_000 });
});

async function connected(): Promise<StillStore> {
  const store = createRedisStillStore({ url: redis.url, logger });
  open.push(store);
  const key = someKey();
  await vi.waitFor(async () => expect(await store.put(key, someImage(1))).toBe(true), { timeout: 10_000 });
  await store.drop(key);
  return store;
}
