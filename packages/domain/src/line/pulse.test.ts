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
const steady = Array.from({ length: 8 }, () => 900);

describe('[BACK-5] what comes over a line, looked at often', () => {
  it('has paused at the first look that brings nothing, and that is said once', () => {
    expect(pausesIn([...steady, 0, 0, 0])).toEqual([8]);
    expect(pausesIn([...steady, 0, ...steady, 0])).toEqual([8, 17]);
  });

  it('has not paused where it comes now and then anyway, as of silence', () => {
    expect(pausesIn([9, 0, 0, 9, 0, 0, 9, 9, 0, 9, 0, 0])).toEqual([]);
    expect(pausesIn([...steady, 0, 9, 0, 9, 0])).toEqual([8]);
  });
});
