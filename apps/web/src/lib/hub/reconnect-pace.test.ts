import { describe, expect, it } from 'vitest';
import { attemptMs, pauseMs, probeMs } from './reconnect-pace.ts';

describe('coming back to the hub', () => {
  it('[BACK-2] on a quick line sends anew every second or two for a minute, whatever the tunnel', () => {
    let [elapsed, failures] = [0, 0];
    for (; elapsed < 60_000; failures += 1) {
      const ms = attemptMs(80, failures);
      expect(ms).toBeGreaterThanOrEqual(1000);
      expect(ms).toBeLessThanOrEqual(3000);
      elapsed += ms + pauseMs('unanswered', failures, 0.5);
    }
    expect(attemptMs(80, failures + 10)).toBe(10_000);
  });

  it('[BACK-2] on a satellite gives an attempt the time that it takes there', () => {
    expect(attemptMs(2600, 0)).toBeGreaterThan(7000);
    expect(attemptMs(undefined, 0)).toBe(10_000);
  });

  it('[BACK-2] on a line that is full, but lets sound through, gives an attempt the round trips that it takes', () => {
    expect(attemptMs(80, 0, { roundTripMs: 1400, isFlowing: true })).toBe(7000);
    expect(attemptMs(80, 0, { roundTripMs: 20, isFlowing: true })).toBe(5000);
    expect(attemptMs(80, 0, { roundTripMs: 20, isFlowing: false })).toBe(1000);
    expect(attemptMs(80, 5, { roundTripMs: 4000, isFlowing: true })).toBe(10_000);
  });

  it('[BACK-2] comes back ever later to a server that refuses, and never in step', () => {
    const latest = [0, 1, 2, 3, 4, 5, 9].map((n) => pauseMs('refused', n, 1));
    expect(latest).toEqual([150, 300, 600, 1200, 2400, 4000, 4000]);
    expect(pauseMs('refused', 3, 0)).toBe(600);
  });

  it('[BACK-2] gives a doubtful socket several round trips to answer, and no more than three seconds', () => {
    expect(probeMs(40)).toBe(1000);
    expect(probeMs(600)).toBe(2400);
    expect(probeMs(2000)).toBe(3000);
    expect(probeMs(undefined)).toBe(3000);
  });

  it('[BACK-2] is more patient with a doubtful socket while sound gets through beside it', () => {
    expect(probeMs(40, { roundTripMs: 40, isFlowing: true })).toBe(5000);
    expect(probeMs(40, { roundTripMs: 1500, isFlowing: true })).toBe(6000);
    expect(probeMs(40, { roundTripMs: 9000, isFlowing: true })).toBe(10_000);
  });
});
