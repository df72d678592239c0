import { describe, expect, it } from 'vitest';
import { freshLadder } from './ladder-now.ts';
import type { LineReport } from './line-report.ts';
import { firstSoundDelay, NO_SOUND_DELAY, nextSoundDelay } from './sound-delay.ts';

/** Second by second, with this share of sound made up. */
function after(shares: readonly (number | undefined)[], from = NO_SOUND_DELAY, since = 0) {
  return shares.reduce((delay, concealed, second) => {
    const report = { at: since + (second + 1) * 1000, down: { concealed } } as unknown as LineReport;
    return nextSoundDelay(delay, report);
  }, from);
}

describe('[LINE-11] how long sound waits', () => {
  it('is the browser’s own affair on a line where nothing is missing', () => {
    expect(after([0, 0.01, undefined, 0.015]).ms).toBe(0);
  });

  it('is long from the beginning on a line that is thin from the beginning, and shrinks when nothing is missed', () => {
    const first = firstSoundDelay(freshLadder({ thinDown: true }), 0);
    expect(first.ms).toBe(400);
    expect(after(Array<number>(31).fill(0), first).ms).toBe(360);
    expect(firstSoundDelay(freshLadder(), 0).ms).toBe(0);
  });

  it('is longer for every second in which something was missing, up to what a conversation bears', () => {
    expect(after([0.05]).ms).toBe(100);
    expect(after([0.05, 0, 0.2]).ms).toBe(200);
    expect(after(Array<number>(20).fill(0.3)).ms).toBe(400);
  });

  it('is shorter again, little by little, after half a minute of nothing missing', () => {
    const waits = after([0.05, 0.05, 0.05]);
    expect(after(Array<number>(29).fill(0), waits, 3000).ms).toBe(300);
    expect(after(Array<number>(31).fill(0), waits, 3000).ms).toBe(260);
    expect(after(Array<number>(60).fill(0), waits, 3000).ms).toBe(0);
  });
});
