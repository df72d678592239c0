import type { Ladder } from './ladder.ts';
import type { LineReport } from './line-report.ts';

/**
 * How long sound waits before it is played, at least, beside what the browser thinks right. Packets that were lost are asked for
 * again and come one or more round trips late; a browser learns of each voice apart how late that is, and forgets it while
 * the voice is silent. What was made up for one voice holds for the next one.
 */
export interface SoundDelay {
  /** 0: the browser's own. */
  ms: number;
  /** When something was last heard to be missing, in milliseconds. */
  missedAt: number;
  /** What it was before that. */
  beforeMs?: number;
  /** When nothing at all came, last: the line was cut. */
  cutAt?: number;
}

export const NO_SOUND_DELAY: SoundDelay = { ms: 0, missedAt: 0 };

/**
 * On a line that is thin from the beginning, whatever else is fetched fills it for half a second at a time: sound waits before
 * anything is missed. `at` in milliseconds.
 */
export const firstSoundDelay = ({ sound }: Ladder, at: number): SoundDelay => ({
  ms: sound.step > 0 ? MOST_MS : 0,
  missedAt: at,
});

/** The share of sound made up from which on it is worth waiting. */
const MISSED = 0.02;
const STEP_MS = 100;
/** The more, the harder it is to talk to each other: G.114 calls 400 ms of one way the most for a conversation. */
const MOST_MS = 400;
/** Without anything missing for so long, a little less is tried, and again a little less after every report. */
const CALM_MS = 30_000;
const LESS_MS = 20;

/** What is missing in the second before nothing comes is missing for the same reason. */
const SAME_MS = 1500;
/** Milliseconds after a cut in which what was missed at its end is still counted. */
const MENDED_MS = 2500;

/** After one more report. Pure. */
export function nextSoundDelay(delay: SoundDelay, { at, down }: LineReport): SoundDelay {
  const { ms, missedAt, cutAt } = delay;
  // However long sound had waited, nothing would have come in time.
  if (down.sound === 0 && down.picture === 0) return { ...withoutLastMiss(delay, at), cutAt: at };
  if (cutAt !== undefined && at - cutAt < MENDED_MS) return delay;
  if ((down.concealed ?? 0) >= MISSED)
    return { ms: Math.min(MOST_MS, ms + STEP_MS), missedAt: at, beforeMs: ms };
  return { ms: at - missedAt >= CALM_MS ? Math.max(0, ms - LESS_MS) : ms, missedAt };
}

/** What was just now missing was for another reason than that sound waited too little: the line was gone. Pure. */
export function withoutLastMiss({ ms, missedAt, beforeMs = ms }: SoundDelay, at: number): SoundDelay {
  return { ms: at - missedAt < SAME_MS ? beforeMs : ms, missedAt };
}
