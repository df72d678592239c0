import { expect, test } from 'vitest';
import { quantileOf, Recent, RecentCount } from './recent.ts';

test('quantiles are of what was measured within the window', () => {
  let now = 0;
  const recent = new Recent({ windowMs: 1000, now: () => now });
  expect(recent.quantiles()).toBeUndefined();
  recent.add(500);
  now = 900;
  for (let i = 1; i <= 100; i += 1) recent.add(i);
  expect(recent.quantiles()).toEqual({ count: 101, p50: 51, p99: 100 });
  now = 1100;
  expect(recent.quantiles()).toEqual({ count: 100, p50: 50, p99: 99 });
  now = 5000;
  expect(recent.quantiles()).toBeUndefined();
});

test('the oldest values make room for new ones', () => {
  const recent = new Recent({ windowMs: 1000, max: 3, now: () => 0 });
  for (const value of [1, 2, 3, 40, 50]) recent.add(value);
  expect(recent.quantiles()).toEqual({ count: 3, p50: 40, p99: 50 });
});

test('a quantile of one value is that value', () => {
  expect([0, 0.5, 0.99, 1].map((share) => quantileOf([7], share))).toEqual([7, 7, 7, 7]);
});

test('what happened before the last minutes is not counted', () => {
  let now = 0;
  const count = new RecentCount(5, () => now);
  count.add();
  count.add();
  now = 4 * 60_000;
  count.add();
  expect(count.total()).toBe(3);
  now = 5 * 60_000;
  expect(count.total()).toBe(1);
  now = 60 * 60_000;
  expect(count.total()).toBe(0);
});
