import { expect, it } from 'vitest';
import { heldFor } from './held-for.ts';

it('[LEAVE-3] one is told how long the seat is held when it nears its end, and when it is over', () => {
  expect(heldFor(0, 300_000, 10_000)).toBe('held');
  expect(heldFor(0, 300_000, 234_000)).toBe('held');
  expect(heldFor(0, 300_000, 250_000)).toEqual({ seconds: 45 });
  expect(heldFor(0, 300_000, 295_000)).toBe('gone');
  expect(heldFor(0, undefined, 999_000)).toBe('held');
});

it('[LEAVE-3] where it is held for a short time alone, half of that goes by in silence', () => {
  expect(heldFor(0, 20_000, 4000)).toBe('held');
  expect(heldFor(0, 20_000, 6000)).toEqual({ seconds: 9 });
});
