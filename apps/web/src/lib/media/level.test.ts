import { describe, expect, it } from 'vitest';
import { decibelsOf, levelFromDecibels } from './level.ts';

describe('levels', () => {
  it('are 0 for silence and 1 for a voice near the microphone', () => {
    expect(levelFromDecibels(-127)).toBe(0);
    expect(levelFromDecibels(-60)).toBe(0);
    expect(levelFromDecibels(-35)).toBeCloseTo(0.5);
    expect(levelFromDecibels(0)).toBe(1);
    expect(levelFromDecibels(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  it('are measured by root mean square', () => {
    expect(decibelsOf(new Float32Array(256))).toBe(-127);
    expect(decibelsOf(new Float32Array(256).fill(1))).toBeCloseTo(0);
    expect(decibelsOf(new Float32Array(256).fill(0.1))).toBeCloseTo(-20);
    expect(decibelsOf([])).toBe(-127);
  });
});
