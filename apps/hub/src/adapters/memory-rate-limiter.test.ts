import { expect, it } from 'vitest';
import { rateLimiterContract } from '../ports/rate-limiter.contract.ts';
import { createMemoryRateLimiter } from './memory-rate-limiter.ts';

rateLimiterContract('memory', async () => createMemoryRateLimiter());

it('gives back evenly what was used', async () => {
  let at = 1_795_000_000_000;
  const limiter = createMemoryRateLimiter({ now: () => at });
  const rule = { limit: 5, windowMs: 1000 };
  for (let index = 0; index < 5; index += 1) await limiter.take('a', rule);
  expect(await limiter.take('a', rule)).toEqual({ ok: false, retryAfterMs: 200 });
  at += 190;
  expect(await limiter.take('a', rule)).toMatchObject({ ok: false });
  at += 10;
  expect(await limiter.take('a', rule)).toEqual({ ok: true });
  expect(await limiter.take('a', rule)).toMatchObject({ ok: false });
});

it('forgets the key that was used longest ago when it has no more room', async () => {
  const limiter = createMemoryRateLimiter({ now: () => 0, maxKeys: 3 });
  const rule = { limit: 2, windowMs: 1000 };
  for (const key of ['a', 'a', 'b', 'b', 'c', 'c', 'd']) await limiter.take(key, rule);
  expect(await limiter.take('c', rule)).toMatchObject({ ok: false });
  expect(await limiter.take('a', rule)).toEqual({ ok: true });
});
