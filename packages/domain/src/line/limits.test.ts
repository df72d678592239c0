import { describe, expect, it } from 'vitest';
import {
  GIVEN_UP_ORDER,
  givenUp,
  LAST_STEP,
  LIGHT_MODE_STEP,
  limitsOf,
  stricterLimits,
  strictest,
  type LineStep,
} from './limits.ts';

const steps = Array.from({ length: LAST_STEP + 1 }, (_, index) => index as LineStep);
const SCREEN = ['none', 'stills', 'video'];

describe('what a line gives up', () => {
  it('has a name for every step', () => {
    expect(GIVEN_UP_ORDER).toHaveLength(steps.length);
  });

  it('gives up one thing more at each step, and takes nothing back [LINE-1]', () => {
    for (const step of steps.slice(1)) {
      const [before, after] = [limitsOf((step - 1) as LineStep), limitsOf(step)];
      const lost = [
        before.thumbnails === 'live' && after.thumbnails === 'frozen',
        before.topLayer > after.topLayer,
        before.otherCameras && !after.otherCameras,
        before.ownCamera && !after.ownCamera,
        SCREEN.indexOf(before.screen) > SCREEN.indexOf(after.screen),
      ];
      expect(lost.filter(Boolean)).toHaveLength(1);
      expect(after.topLayer).toBeLessThanOrEqual(before.topLayer);
    }
  });

  it('keeps a shared screen as still images in light mode, and no camera [LINE-2]', () => {
    expect(limitsOf(LIGHT_MODE_STEP)).toMatchObject({
      otherCameras: false,
      ownCamera: false,
      screen: 'stills',
    });
  });

  it('gives up what the strictest of several reasons asks for, and nothing without one [LINE-2]', () => {
    expect(strictest([])).toBe(0);
    expect(strictest([2, LIGHT_MODE_STEP, 0])).toBe(LIGHT_MODE_STEP);
  });

  it('names what is given up in that order [LINE-1]', () => {
    for (const step of steps) expect(givenUp(limitsOf(step))).toEqual(GIVEN_UP_ORDER.slice(1, step + 1));
  });

  it('of two reasons gives up what either asks for [LINE-2]', () => {
    for (const a of steps)
      for (const b of steps)
        expect(stricterLimits(limitsOf(a), limitsOf(b))).toEqual(limitsOf(Math.max(a, b) as LineStep));
  });
});
