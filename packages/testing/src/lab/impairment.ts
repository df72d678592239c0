import type { Impairment } from './profiles.ts';

/** Decides what becomes of one packet after another in one direction. */
export interface Fate {
  /** When the packet that came at `now` is to go on, in the milliseconds of `now`; undefined: it is lost. */
  of(now: number): number | undefined;
  /** From the next packet on. */
  change(impairment: Impairment): void;
}

/**
 * The same packets meet the same fate for the same seed. Losses follow Gilbert's model: a good state that loses nothing and a
 * bad one that loses all, left after `lossBurst` packets on average, so often that `loss` of all are lost.
 */
export function createFate(impairment: Impairment, seed: number): Fate {
  const random = createRandom(seed);
  let current = impairment;
  let isBad = false;
  let last = Number.NEGATIVE_INFINITY;

  function isLost(): boolean {
    const { loss = 0, lossBurst = 1 } = current;
    if (loss <= 0) return false;
    if (loss >= 1) return true;
    // Chance alone has bursts of its own, 1 / (1 - loss) long.
    const burst = Math.max(lossBurst, 1 / (1 - loss));
    const chance = isBad ? 1 - 1 / burst : loss / (burst * (1 - loss));
    isBad = random() < chance;
    return isBad;
  }

  return {
    of(now) {
      if (isLost()) return undefined;
      const { delayMs, jitterMs = 0, reordered = 0 } = current;
      if (reordered > 0 && random() < reordered) return now + Math.max(0, delayMs - jitterMs);
      // One that came later does not arrive earlier: the jitter of a queue keeps the order.
      last = Math.max(last, now + delayMs + jitterMs * random());
      return last;
    },
    change(next) {
      // A shorter way is taken at once: what is under way still comes in its time.
      if (next.delayMs < current.delayMs) last = Number.NEGATIVE_INFINITY;
      current = next;
    },
  };
}

/** Numbers from 0 to 1 that look like chance and are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
