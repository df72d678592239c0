import { describe, expect, it } from 'vitest';
import { limitsOf, type LineLimits, type LineStep } from './limits.ts';
import { nextSaying, NOTHING_SAID, type Saying } from './sayings.ts';

/** What is said while these steps hold one after another, `seconds` each. */
function sayings(steps: readonly (readonly [LineStep | LineLimits, number])[]): (Saying | undefined)[] {
  let memory = NOTHING_SAID;
  let at = 0;
  const said: Saying[] = [];
  for (const [step, seconds] of steps)
    for (let second = 0; second < seconds; second += 1, at += 1000) {
      const next = nextSaying(memory, typeof step === 'number' ? limitsOf(step) : step, at);
      memory = next.memory;
      if (next.say) said.push(next.say);
    }
  return said;
}

describe('what is said of the line [LINE-7]', () => {
  it('is nothing while all is there', () => {
    expect(sayings([[0, 60]])).toEqual([]);
  });

  it('is each further step once, nothing on the way back, and that all is back', () => {
    expect(
      sayings([
        [1, 5],
        [3, 5],
        [2, 5],
        [1, 5],
        [0, 20],
      ]),
    ).toEqual(['thumbnails', 'otherCameras', 'back']);
  });

  it('is not said again at each flap', () => {
    const flap = [
      [3, 5],
      [0, 5],
    ] as const;
    expect(sayings([...flap, ...flap, ...flap, [0, 30]])).toEqual(['otherCameras', 'back']);
  });

  it('is said again when it happens anew minutes later', () => {
    expect(
      sayings([
        [3, 5],
        [0, 300],
        [3, 5],
      ]),
    ).toEqual(['otherCameras', 'back', 'otherCameras']);
  });

  it('names one’s own camera alone where only that is given up', () => {
    expect(sayings([[{ ...limitsOf(0), ownCamera: false, ownTopLayer: 0 }, 2]])).toEqual(['ownCameraAlone']);
  });
});
