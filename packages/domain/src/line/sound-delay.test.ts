import { describe, expect, it } from 'vitest';
import { freshLadder } from './ladder-now.ts';
import type { LineReport } from './line-report.ts';
import {
  firstSoundDelay,
  NO_SOUND_DELAY,
  nextSoundDelay,
  withoutLastMiss,
  type SoundDelay,
} from './sound-delay.ts';

/** Second by second, with this share of sound made up; `cut`: nothing came. */
function after(shares: readonly (number | 'cut' | undefined)[], from = NO_SOUND_DELAY, since = 0) {
  return shares.reduce<SoundDelay>((delay, share, second) => {
    const down = share === 'cut' ? { sound: 0, picture: 0 } : { sound: 12_000, picture: 0, concealed: share };
    const report = { at: since + (second + 1) * 1000, down } as unknown as LineReport;
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

  it('is not longer for what a cut took, before and after it: nothing would have come in time', () => {
    expect(after([0.05, 0, 0.3, 'cut', 'cut', 'cut', 0.4, 0.1]).ms).toBe(100);
    expect(after([0.05, 0, 0.3, 'cut', 'cut', 'cut', 0.4, 0.1, 0, 0.05]).ms).toBe(200);
  });

  it('is not longer for what was missing in the second in which the device went to another network', () => {
    expect(withoutLastMiss(after([0.05, 0, 0.3]), 3400).ms).toBe(100);
    expect(withoutLastMiss(after([0.05, 0, 0.3]), 4600).ms).toBe(200);
    expect(withoutLastMiss(NO_SOUND_DELAY, 100).ms).toBe(0);
  });
});
