import type { LineQuality } from '@relais/protocol';
import type { Ladder, Side } from './ladder.ts';
import { limitsOf, type LineLimits, type LineStep } from './limits.ts';

/*
 * How a ladder begins and what it means, apart from how it moves (ladder.ts): joining needs the one, and nobody the other before
 * the first picture.
 */

/** In danger all cameras of that direction go at once: speech cannot wait for one thing after another. */
export const IN_DANGER = { down: 3, up: 4, sound: 1 } as const satisfies Record<keyof Ladder, LineStep>;

const freshSide = (step: LineStep = 0): Side => ({
  step,
  changedAt: 0,
  evidence: 0,
  calmSince: undefined,
  triedAt: undefined,
  failures: 0,
  isRising: false,
  asksRoom: false,
  roomlessUntil: 0,
  roomyUntil: 0,
  innate: 0,
});

/** The beginning; on a line that was thin the last time, with its cameras off until it proves better [LINE-6]. */
export function freshLadder({ thinDown = false, thinUp = false } = {}): Ladder {
  return {
    down: freshSide(thinDown ? IN_DANGER.down : 0),
    up: freshSide(thinUp ? IN_DANGER.up : 0),
    sound: freshSide(thinDown || thinUp ? 1 : 0),
  };
}

/**
 * What is in force: what comes down as its own side says, what goes up by the stricter of both [LINE-9].
 */
export function ladderLimits({ down, up }: Ladder): LineLimits {
  const limits = limitsOf(down.step);
  return {
    ...limits,
    ownTopLayer: up.step >= 2 ? 0 : limits.ownTopLayer,
    ownCamera: limits.ownCamera && up.step < 4,
  };
}

/** [LINE-3] How the line is, in a word for the others. */
export function lineQuality({ down, up, sound }: Ladder): LineQuality {
  if (down.step >= 5 || (sound.step > 0 && (down.step >= 3 || up.step >= 4) && sound.calmSince === undefined))
    return 'bad';
  return down.step > 0 || up.step > 0 || sound.step > 0 ? 'slow' : 'good';
}
