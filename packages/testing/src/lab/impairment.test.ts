import { describe, expect, test } from 'vitest';
import { createFate } from './impairment.ts';
import { conferenceWifi, PROFILES } from './profiles.ts';
import type { Impairment } from './profiles.ts';

/** What becomes of so many packets, one each 10 ms. */
function fates(impairment: Impairment, count: number, seed = 1): (number | undefined)[] {
  const fate = createFate(impairment, seed);
  return Array.from({ length: count }, (_, i) => fate.of(i * 10));
}

const lostIn = (all: readonly (number | undefined)[]) => all.filter((at) => at === undefined).length;

/** Lengths of the runs of lost packets. */
function runs(all: readonly (number | undefined)[]): number[] {
  const found: number[] = [];
  let run = 0;
  for (const at of all) {
    if (at === undefined) run += 1;
    else if (run > 0) found.push(run);
    if (at !== undefined) run = 0;
  }
  return found;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('the laboratory’s losses and delays', () => {
  test.each([0.005, 0.1, 0.3])(
    'a share of %d is lost by chance, in runs as short as chance has them',
    (loss) => {
      const all = fates({ delayMs: 0, loss }, 200_000);
      expect(lostIn(all) / all.length).toBeCloseTo(loss, 2);
      expect(mean(runs(all))).toBeCloseTo(1 / (1 - loss), 1);
    },
  );

  test('bursts lose the same share in longer runs', () => {
    const all = fates({ delayMs: 0, loss: 0.1, lossBurst: 3 }, 200_000);
    expect(lostIn(all) / all.length).toBeCloseTo(0.1, 2);
    expect(mean(runs(all))).toBeCloseTo(3, 0);
  });

  test('jitter delays by no more than it says and keeps the order', () => {
    const all = fates({ delayMs: 35, jitterMs: 25 }, 10_000) as number[];
    all.forEach((at, i) => {
      expect(at - i * 10).toBeGreaterThanOrEqual(35);
      expect(at - i * 10).toBeLessThanOrEqual(60);
      expect(at).toBeGreaterThanOrEqual(all[i - 1] ?? 0);
    });
    expect(Math.max(...all.map((at, i) => at - i * 10))).toBeGreaterThan(58);
  });

  test('some overtake others where it is asked for', () => {
    const all = fates({ delayMs: 40, jitterMs: 30, reordered: 0.02 }, 10_000) as number[];
    const overtaking = all.filter((at, i) => at < Math.max(...all.slice(Math.max(0, i - 5), i)));
    expect(overtaking.length / all.length).toBeGreaterThan(0.005);
  });

  test('the same seed brings the same losses, another one others', () => {
    const wifi = conferenceWifi.up;
    expect(fates(wifi, 1000, 7)).toEqual(fates(wifi, 1000, 7));
    expect(fates(wifi, 1000, 7)).not.toEqual(fates(wifi, 1000, 8));
  });

  test('a line that is changed acts on the next packet', () => {
    const fate = createFate({ delayMs: 300 }, 1);
    expect(fate.of(0)).toBe(300);
    fate.change({ delayMs: 10 });
    expect(fate.of(1)).toBe(11);
    fate.change({ delayMs: 10, loss: 1 });
    expect(fate.of(2)).toBeUndefined();
  });

  test('every profile has a thin place with a bound on both ways', () => {
    for (const { up, down } of Object.values(PROFILES))
      for (const { bitsPerSecond, queueMs } of [up, down]) {
        expect(bitsPerSecond).toBeGreaterThan(0);
        expect(queueMs).toBeGreaterThan(0);
      }
  });
});
