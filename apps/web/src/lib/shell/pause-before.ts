const FIRST_MS = 2000;
const LONGEST_MS = 30_000;

/** Milliseconds before try number `tries` (from 1), with a fifth of chance; `chance` from 0 to 1. */
export function pauseBefore(tries: number, chance: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1)) * (0.8 + 0.4 * chance);
}
