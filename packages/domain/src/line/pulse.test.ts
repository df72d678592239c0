import { describe, expect, it } from 'vitest';
import { nextPulse, NO_PULSE } from './pulse.ts';

/** In which looks a pause is said, when at each of them so many bytes have come. */
function pausesIn(came: readonly number[]): number[] {
  let memory = NO_PULSE;
  let bytes = 0;
  return came.flatMap((more, i) => {
    bytes += more;
    const next = nextPulse(memory, bytes);
    memory = next.memory;
    return next.hasPaused ? [i] : [];
  });
}
const steady = Array.from({ length: 12 }, () => 900);
const everySecond = steady.flatMap((more) => [more, 0]);

describe('[BACK-5] what comes over a way, looked at often', () => {
  it('has paused at the first look that brings nothing, and that is said once', () => {
    expect(pausesIn([...steady, 0, 0, 0])).toEqual([12]);
    expect(pausesIn([...steady, 0, ...steady, 0])).toEqual([12, 25]);
  });

  it('has paused at the second where every second look brings nothing, as of a voice in long packets', () => {
    expect(pausesIn([...everySecond, 900, 0, 0, 0])).toEqual([26]);
  });

  it('has paused, when it has begun again after a pause, at the second look that brings nothing: no longer is waited for', () => {
    expect(pausesIn([...steady, 0, 900, 900, 900, 0, 0, 0])).toEqual([12, 17]);
    expect(pausesIn([...steady, 0, 0, 0, 900, 900, 900, 0, 0])).toEqual([12, 19]);
    expect(pausesIn([...steady, 0, 900, 0, 0, 900, 900, 900, 0, 0])).toEqual([12]);
  });

  it('has not paused where it comes now and then anyway, as of silence', () => {
    const silence = Array.from({ length: 12 }, () => [9, 0, 0, 0]).flat();
    expect(pausesIn(silence)).toEqual([]);
    expect(pausesIn([...steady, 0, ...silence])).toEqual([12]);
  });
});
