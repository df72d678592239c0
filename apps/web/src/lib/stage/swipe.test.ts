import { describe, expect, it } from 'vitest';
import { pagesTurned } from './swipe.ts';

describe('a stroke on the stage [PHONE-2]', () => {
  it('to the left brings the next page, to the right the one before', () => {
    expect(pagesTurned({ dx: -120, dy: 10 })).toBe(1);
    expect(pagesTurned({ dx: 120, dy: -10 })).toBe(-1);
  });

  it('that slips or scrolls turns nothing', () => {
    expect(pagesTurned({ dx: -30, dy: 0 })).toBe(0);
    expect(pagesTurned({ dx: -90, dy: 80 })).toBe(0);
    expect(pagesTurned({ dx: 0, dy: 300 })).toBe(0);
  });
});
