import { describe, expect, it } from 'vitest';
import { freshSilence, isSilent, nextSilence } from './silence.ts';

/** Milliseconds of one measure. */
const STEP = 10;

/** Decibels at each time, and when the microphone was shut. */
function listen(seconds: number, decibelsAt: (ms: number) => number): { shutMs: number[] } {
  let silence = freshSilence(0);
  const shutMs: number[] = [];
  for (let at = STEP; at <= seconds * 1000; at += STEP) {
    silence = nextSilence(silence, decibelsAt(at), at);
    if (isSilent(silence)) shutMs.push(at);
  }
  return { shutMs };
}

/** Evenly between -2 and 2, the same each time. */
const flutter = (at: number) => ((at * 7919) % 401) / 100 - 2;
/** Four syllables a second, 25 decibels deep. */
const speech = (loudest: number, at: number) => loudest - 25 * Math.abs(Math.cos((Math.PI * at) / 250)) ** 2;

describe('[LINE-10] a microphone on a thin line', () => {
  it.each([-127, -80, -64, -50, -46])('is shut within two seconds in a room at %d dB', (noise) => {
    const { shutMs } = listen(30, (at) => noise + flutter(at));
    expect(shutMs[0]).toBeLessThan(2000);
    expect(shutMs.length * STEP).toBeGreaterThan(27_000);
  });

  it.each([
    [-20, -70],
    [-35, -75],
    [-50, -80],
    [-30, -48],
  ])('is open for a voice at %d dB in a room at %d dB, from its first measure on', (voice, noise) => {
    const { shutMs } = listen(20, (at) =>
      Math.max(noise + flutter(at), at > 10_000 ? speech(voice, at) : -127),
    );
    expect(shutMs.filter((at) => at < 10_000).length).toBeGreaterThan(700);
    const wrongly = shutMs.filter((at) => at > 10_150);
    expect(wrongly).toEqual([]);
  });

  it('is open for what is loud, however long it lasts without a gap', () => {
    expect(listen(120, () => -30).shutMs).toEqual([]);
  });

  it('is open through the pauses between words, and shut a moment after the last', () => {
    const { shutMs } = listen(12, (at) =>
      at < 2000 || (at > 2600 && at < 5000) ? speech(-25, at) : -75 + flutter(at),
    );
    expect(shutMs[0]).toBeGreaterThan(5500);
    expect(shutMs[0]).toBeLessThan(6000);
  });

  it('learns that a room has become louder, within half a minute', () => {
    const { shutMs } = listen(60, (at) => (at < 10_000 ? -75 : -52) + flutter(at));
    expect(shutMs.filter((at) => at > 40_000).length * STEP).toBeGreaterThan(19_000);
  });
});
