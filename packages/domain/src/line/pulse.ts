/** Bytes that have come over a line in all, looked at often. */
export interface Pulse {
  bytes: number;
  /** Looks in a row that each found more. */
  steady: number;
}

export const NO_PULSE: Pulse = { bytes: 0, steady: 0 };

/** Of a voice, or a picture, something comes at every look; of silence alone at one of three. */
const STEADY_LOOKS = 8;

/** The next look: whether the line that brought something at every look has paused. Said once. Pure. */
export function nextPulse(
  before: Pulse,
  bytes: number,
): {
  memory: Pulse;
  hasPaused: boolean;
} {
  const hasCome = bytes > before.bytes;
  const memory = { bytes, steady: hasCome ? before.steady + 1 : 0 };
  return { memory, hasPaused: !hasCome && before.steady >= STEADY_LOOKS };
}
