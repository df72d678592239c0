import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RateLimiter } from './rate-limiter.ts';

/** Long enough that nothing comes back while a test runs. */
const HOUR = 3_600_000;

/** What every rate limiter must do. `open` gives one that has counted nothing. */
export function rateLimiterContract(name: string, open: () => Promise<RateLimiter>): void {
  describe(`${name} as a rate limiter`, () => {
    let limiter: RateLimiter;
    beforeEach(async () => {
      limiter = await open();
    });
    afterEach(() => limiter.close());

    const takeMany = async (key: string, count: number, rule: { limit: number; windowMs: number }) => {
      const taken = await Promise.all(Array.from({ length: count }, () => limiter.take(key, rule)));
      return taken.filter(({ ok }) => ok).length;
    };

    it.each([1, 3, 7, 100])('lets %i through at once and no more', async (limit) => {
      expect(await takeMany('a', limit + 20, { limit, windowMs: HOUR })).toBe(limit);
    });

    it('counts each key by itself, whatever it is written with', async () => {
      const rule = { limit: 1, windowMs: HOUR };
      for (const key of ['a', 'b', 'join:::1', 'post:é 🌍', '*']) {
        expect(await limiter.take(key, rule)).toEqual({ ok: true });
        expect(await limiter.take(key, rule)).toMatchObject({ ok: false });
      }
    });

    it('says how long to wait: the time in which one comes back', async () => {
      const rule = { limit: 4, windowMs: HOUR };
      await takeMany('a', 4, rule);
      const refused = await limiter.take('a', rule);
      const wait = refused.ok ? 0 : refused.retryAfterMs;
      expect(wait).toBeLessThanOrEqual(HOUR / 4);
      expect(wait).toBeGreaterThan(HOUR / 4 - 60_000);
    });

    it('does not punish asking too early', async () => {
      const rule = { limit: 2, windowMs: HOUR };
      await takeMany('a', 50, rule);
      const refused = await limiter.take('a', rule);
      expect(refused.ok ? 0 : refused.retryAfterMs).toBeLessThanOrEqual(HOUR / 2);
    });

    it('lets through again when the time has come', async () => {
      const rule = { limit: 2, windowMs: 400 };
      const startedAt = performance.now();
      await takeMany('a', 2, rule);
      await vi.waitFor(async () => expect(await limiter.take('a', rule)).toEqual({ ok: true }), {
        timeout: 3000,
        interval: 20,
      });
      expect(performance.now() - startedAt).toBeGreaterThan(150);
    });
  });
}
