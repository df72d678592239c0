import { describe, expect, it } from 'vitest';
import type { LineStep } from '../line/limits.ts';
import { STEP_OF_MODE } from '../line/modes.ts';
import { hourlyCost, type Company } from './cost.ts';
import { allBytes } from './traffic.ts';

const MB = 1_000_000;
const STEPS: readonly LineStep[] = [0, 1, 2, 3, 4, 5, 6];
const SIX: Company = { people: 6, large: 5, small: 0, screen: false, ownCamera: true };
const megabytes = (step: LineStep, company: Company) => allBytes(hourlyCost(step, company)) / MB;

describe('what an hour of a meeting takes [DATA-1]', () => {
  it('is above a gigabyte with five faces large, a sixth of that in small pictures, fourteen or so in light mode', () => {
    expect(megabytes(STEP_OF_MODE.full, SIX)).toBeGreaterThan(1000);
    expect(megabytes(STEP_OF_MODE.small, SIX)).toBeLessThan(megabytes(STEP_OF_MODE.full, SIX) / 6);
    // Measured on the line's device, all headers, while somebody speaks all the time: 12.7.
    expect(megabytes(STEP_OF_MODE.light, SIX)).toBeGreaterThan(12.7);
    expect(megabytes(STEP_OF_MODE.light, SIX)).toBeLessThan(15);
  });

  it('goes by the pictures that are on the screen, not by how many people there are', () => {
    const crowd = { ...SIX, people: 200 };
    expect(megabytes(0, { ...crowd, large: 0, small: 8 })).toBeLessThan(megabytes(0, SIX));
    expect(megabytes(5, crowd)).toBeLessThan(1.5 * megabytes(5, SIX));
  });

  it('knows a shared screen, which light mode brings as still images, and sound alone not at all', () => {
    const shared = { ...SIX, screen: true };
    expect(megabytes(0, shared) - megabytes(0, SIX)).toBeGreaterThan(100);
    const stills = megabytes(5, shared) - megabytes(5, SIX);
    expect(stills).toBeGreaterThan(1);
    expect(stills).toBeLessThan(8);
    expect(megabytes(6, shared)).toBe(megabytes(6, SIX));
  });

  it('asks nothing for a picture of one’s own that is not sent, and nothing at all of who is alone', () => {
    const up = (ownCamera: boolean) => hourlyCost(0, { ...SIX, ownCamera }).up / MB;
    expect(up(true) - up(false)).toBeGreaterThan(300);
    expect(megabytes(0, { ...SIX, people: 1, large: 0 })).toBe(0);
  });

  it('never grows with what is given up, in any company', () => {
    for (const people of [2, 3, 6, 17, 300])
      for (const large of [0, 1, 4])
        for (const small of [0, 1, 9])
          for (const screen of [false, true])
            for (const ownCamera of [false, true]) {
              const costs = STEPS.map((step) => megabytes(step, { people, large, small, screen, ownCamera }));
              expect(costs).toEqual([...costs].sort((a, b) => b - a));
              expect(costs.at(-1)).toBeGreaterThan(0);
            }
  });
});
