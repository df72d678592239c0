/** Bytes that have come over one way in all, looked at often. */
export interface Pulse {
  bytes: number;
  /** Looks since it began, or began again, without more of them empty in a row than is usual. */
  looks: number;
  /** Looks since one was last empty. */
  sinceEmpty: number;
  /** Looks in a row, up to the last, that brought nothing. */
  empty: number;
  /** It was steady before its last pause, and has not been other since. */
  wasSteady: boolean;
}

export const NO_PULSE: Pulse = { bytes: 0, looks: 0, sinceEmpty: 0, empty: 0, wasSteady: false };

/** Looks after which what comes steadily would have gone on. */
const STEADY_LOOKS = 12;
/** The same of what was steady until a moment ago, and goes on. */
const AGAIN_LOOKS = 3;

export interface PulseLook {
  memory: Pulse;
  hasCome: boolean;
  /** What came steadily has paused. Said once. */
  hasPaused: boolean;
}

/**
 * The next look. Of a voice or a picture something comes at every look, or, where its packets are long, at every second one: as
 * many as are usual may be empty in a row, and no more. Of silence alone something comes at one of four: that is not steady. Pure.
 */
export function nextPulse(before: Pulse, bytes: number): PulseLook {
  const { looks, sinceEmpty, wasSteady } = before;
  if (bytes > before.bytes) {
    const again = before.empty > 0 ? 1 : sinceEmpty + 1;
    const memory = { bytes, looks: looks + 1, sinceEmpty: again, empty: 0, wasSteady };
    return { memory, hasCome: true, hasPaused: false };
  }
  const empty = before.empty + 1;
  const usual = sinceEmpty >= STEADY_LOOKS ? 0 : 1;
  if (empty <= usual) {
    const memory = { bytes, looks: looks + 1, sinceEmpty, empty, wasSteady };
    return { memory, hasCome: false, hasPaused: false };
  }
  // While it goes on pausing it was steady before; what pauses again too soon was not.
  const isGoingOn = looks === 0 && before.empty > 0;
  const hasPaused = looks >= (wasSteady ? AGAIN_LOOKS : STEADY_LOOKS);
  const memory = { ...NO_PULSE, bytes, empty, wasSteady: hasPaused || (isGoingOn && wasSteady) };
  return { memory, hasCome: false, hasPaused };
}
