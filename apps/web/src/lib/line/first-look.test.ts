import { describe, expect, it } from 'vitest';
import { arrivalRate } from './first-look.ts';

describe('[LINE-6] how fast a page came', () => {
  it('is all its bytes in the time in which any of them were coming, together or one after another', () => {
    const apart = [
      { from: 0, to: 1000, bytes: 8000 },
      { from: 5000, to: 9000, bytes: 32_000 },
    ];
    expect(arrivalRate(apart)).toBe(64_000);
    const together = [
      { from: 0, to: 5000, bytes: 20_000 },
      { from: 1000, to: 4000, bytes: 10_000 },
      { from: 4000, to: 5000, bytes: 10_000 },
    ];
    expect(arrivalRate(together)).toBe(64_000);
  });

  it('does not count what a satellite makes wait: files that come at once came fast', () => {
    const files = Array.from({ length: 10 }, (_, i) => ({ from: 700 * i, to: 700 * i + 12, bytes: 10_000 }));
    expect(arrivalRate(files)).toBeGreaterThan(5_000_000);
  });

  it('is not known of a page that was at hand already, or is small', () => {
    expect(arrivalRate([])).toBeUndefined();
    expect(arrivalRate([{ from: 0, to: 4000, bytes: 12_000 }])).toBeUndefined();
  });
});
