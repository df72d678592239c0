import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchAway } from './watch-away.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('[LINE-8] a socket that is gone for three seconds is told once, and its return; one that never was, or is back at once, is not', () => {
  let say: (connected: boolean) => void = () => undefined;
  const told: boolean[] = [];
  const stop = watchAway(
    {
      onConnection(listener) {
        say = listener;
        listener(false);
        return () => undefined;
      },
    },
    (isAway) => told.push(isAway),
  );
  vi.advanceTimersByTime(60_000);
  say(true);
  say(false);
  vi.advanceTimersByTime(2900);
  say(true);
  expect(told).toEqual([]);
  say(false);
  say(false);
  vi.advanceTimersByTime(3000);
  expect(told).toEqual([true]);
  say(false);
  vi.advanceTimersByTime(60_000);
  say(true);
  expect(told).toEqual([true, false]);
  say(false);
  stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([true, false]);
});
