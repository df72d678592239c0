import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LatestWord } from './latest-word.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(hear: (word: number) => Promise<boolean>) {
  const heard: number[] = [];
  const state = { isOver: false };
  const say = async (word: number) => {
    heard.push(word);
    return hear(word);
  };
  return { heard, state, word: new LatestWord<number>({ say, isOver: () => state.isOver }) };
}

test('of words that come while one is said, the last alone is said next', async () => {
  const { heard, word } = setUp(() => new Promise((resolve) => setTimeout(() => resolve(true), 100)));
  for (const one of [1, 2, 3]) word.say(one);
  await vi.advanceTimersByTimeAsync(1000);
  expect(heard).toEqual([1, 3]);
});

test('what was not heard is said again, unless there is a newer word', async () => {
  let deaf = true;
  const { heard, word } = setUp(async () => {
    if (deaf) throw new Error('no link');
    return true;
  });
  word.say(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(new Set(heard)).toEqual(new Set([1]));
  expect(heard.length).toBeGreaterThan(2);
  expect(heard.length).toBeLessThan(15);
  word.say(2);
  deaf = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard.filter((one) => one === 2)).toHaveLength(1);
  expect(heard.at(-1)).toBe(2);
});

test('nothing is said any more once it is over', async () => {
  const { heard, word, state } = setUp(async () => false);
  word.say(1);
  await vi.advanceTimersByTimeAsync(0);
  state.isOver = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([1]);
});
