/**
 * Whether a microphone has something to say. Codecs leave out what is silent, but take a room's noise for sound until
 * somebody has spoken, and again some minutes later (Opus 1.5, `decide_dtx_mode` and `peak_signal_energy`; measured: five
 * listeners who had not spoken yet cost 22 kbit/s each). On a thin line that is more than the one who speaks.
 */
export interface Silence {
  /** The room's noise, in decibels below full scale. */
  floor: number;
  /** When something was last heard above it, in milliseconds. */
  heardAt: number;
  /** When this was last looked at. */
  at: number;
}

/** Above the room's noise by so many decibels is a voice. */
const ABOVE_FLOOR_DB = 8;
/** Quieter than this is nobody's voice, however still the room; louder is always let through, be it a lasting tone. */
const QUIETEST_DB = -64;
const LOUDEST_DB = -42;
/** The noise is what was quietest of late: a voice has gaps. Decibels a second by which it is believed to rise. */
const RISE_DB_PER_S = 2;
/** After the last of a voice, in milliseconds: words end softly. */
const HOLD_MS = 700;

/** As one begins: taken for a voice, until it is known what the room sounds like. */
export const freshSilence = (at: number): Silence => ({ floor: LOUDEST_DB, heardAt: at, at });

/** After some milliseconds of sound so loud (dBFS; -127 is nothing at all). Pure. */
export function nextSilence({ floor, heardAt, at: before }: Silence, decibels: number, at: number): Silence {
  const risen = Math.min(LOUDEST_DB, floor + (RISE_DB_PER_S * (at - before)) / 1000);
  const now = Math.min(risen, decibels);
  return { floor: now, heardAt: decibels >= thresholdOf(now) ? at : heardAt, at };
}

export const isSilent = ({ heardAt, at }: Silence): boolean => at - heardAt > HOLD_MS;

const thresholdOf = (floor: number) => Math.min(LOUDEST_DB, Math.max(QUIETEST_DB, floor + ABOVE_FLOOR_DB));
