import { describe, expect, it } from 'vitest';
import { nextProbeBytes, speedOf, type Probe, type ProbeLimits } from './probing.ts';

const DOWN: ProbeLimits = {
  firstBytes: 24_000,
  maxBytes: 800_000,
  totalBytes: 1_000_000,
  enoughKbps: 4000,
};

/** What a line would take of the check: its speed is known, and how a connection warms up on it. */
function run(kbps: number, roundTripMs: number): Probe[] {
  const done: Probe[] = [];
  for (;;) {
    const bytes = nextProbeBytes(DOWN, done, roundTripMs);
    if (bytes === undefined) return done;
    const rounds = Math.log2(bytes / 14_600 + 1);
    const ms = Math.max((bytes * 8) / kbps, (rounds - 1) * roundTripMs);
    done.push({ bytes, ms, kbps: (bytes * 8) / ms });
  }
}
const spent = (probes: readonly Probe[]) => probes.reduce((sum, { bytes }) => sum + bytes, 0);

describe('[CHECK-4] the sizes of probes', () => {
  it('take no more than 24 kB of a line of 64 kbit/s', () => {
    expect(spent(run(64, 80))).toBe(24_000);
    expect(spent(run(64, 700))).toBe(24_000);
  });

  it('take two seconds of a line of 1 Mbit/s, and find its speed', () => {
    const probes = run(1000, 60);
    expect(spent(probes)).toBeLessThan(300_000);
    expect(probes.at(-1)?.kbps).toBeCloseTo(1000);
  });

  it('stop early on a fast line: it is enough, and data is somebody’s money', () => {
    const probes = run(100_000, 20);
    expect(spent(probes)).toBeLessThanOrEqual(DOWN.totalBytes);
    expect(probes.at(-1)?.kbps).toBeGreaterThan(DOWN.enoughKbps);
    expect(probes.length).toBeLessThanOrEqual(2);
  });

  it('do not take a satellite’s long way for slowness', () => {
    const probes = run(5000, 620);
    expect(probes.at(-1)?.kbps).toBeGreaterThan(1000);
    expect(spent(probes)).toBeLessThanOrEqual(DOWN.totalBytes);
  });
});

describe('the speed of what came in', () => {
  it('is that of the second half', () => {
    const slowStart = [
      { at: 1000, bytes: 1000 },
      { at: 2000, bytes: 4000 },
      { at: 2100, bytes: 2500 },
      { at: 2200, bytes: 2500 },
    ];
    // 5,000 bytes in 200 ms
    expect(speedOf(slowStart, 0)).toBe(200);
  });

  it('is that of the whole when it came in one burst', () => {
    expect(speedOf([{ at: 500, bytes: 1000 }], 400)).toBe(80);
    expect(
      speedOf(
        [
          { at: 500, bytes: 600 },
          { at: 501, bytes: 400 },
        ],
        401,
      ),
    ).toBe(80);
  });

  it('is nothing when nothing came', () => {
    expect(speedOf([], 0)).toBe(0);
  });
});
