import type { RateLimiter } from '../ports/rate-limiter.ts';

/** Keys kept at once; an address or a participant each. About 200 bytes per key. */
const MAX_KEYS = 100_000;
/** Keys looked at when room is needed, the longest unused first. */
const SWEEP = 1000;

/**
 * Rate limits of this process. For each key one number is kept: the instant at which its bucket will be empty
 * again (the generic cell rate algorithm). A key whose instant has passed is as good as forgotten.
 */
export function createMemoryRateLimiter(options: { now?: () => number; maxKeys?: number } = {}): RateLimiter {
  const { now = Date.now, maxKeys = MAX_KEYS } = options;
  const emptyAt = new Map<string, number>();

  return {
    async take(key, { limit, windowMs }) {
      const at = now();
      const step = windowMs / limit;
      const next = Math.max(emptyAt.get(key) ?? 0, at) + step;
      const excess = next - at - windowMs;
      // Sums of fractions of a window pass it by a hair.
      if (excess > Math.min(1, step / 2)) return { ok: false, retryAfterMs: Math.ceil(excess) };
      // Removed and set anew, so that the map is in the order of last use.
      emptyAt.delete(key);
      if (emptyAt.size >= maxKeys) makeRoom(emptyAt, at);
      emptyAt.set(key, next);
      return { ok: true };
    },
    async close() {
      emptyAt.clear();
    },
  };
}

/** Drops some of what has run out; failing that, the key that was used longest ago. */
function makeRoom(emptyAt: Map<string, number>, at: number): void {
  const [oldest] = emptyAt.keys();
  let looked = 0;
  for (const [key, instant] of emptyAt) {
    if (instant <= at) emptyAt.delete(key);
    looked += 1;
    if (looked === SWEEP) break;
  }
  if (oldest !== undefined) emptyAt.delete(oldest);
}
