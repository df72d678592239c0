/**
 * How still images cross a line that carries speech: in pieces, each answered before the next, so short that speech waits
 * no longer than its own buffer bears, and with rests between them.
 */

/** Milliseconds for which one piece may keep the line busy. */
const BUSY_MS = 120;
/**
 * On 64 kbit/s the rest after a short piece is 320 ms. An answer that came late for another reason (a busy computer, speech of
 * its own) must not make the next wait for seconds.
 */
const REST_AT_MOST_MS = 500;
/** Share of the line that images may take: on 64 kbit/s about 20 kbit/s, with all that is around a piece. */
const SHARE = 0.3;
/** What is around a piece on the wire, in bytes: two frames of the socket, their TCP and IP, the request for it. */
const AROUND = 320;
/** The first piece only shows how long an answer takes. */
const FIRST = 256;
const SHORTEST = 768;

export interface PiecePace {
  /** Bytes of the next piece. */
  length: number;
  /** Milliseconds to wait before it is sent, or asked for. */
  waitMs: number;
  /** The shortest time from a piece to its answer so far, in milliseconds: what the way itself takes. */
  wayMs: number;
}

export function firstPiece(): PiecePace {
  return { length: FIRST, waitMs: 0, wayMs: Infinity };
}

/** The pace after a piece of `bytes` that took `ms` milliseconds to its answer. Pure. */
export function nextPiece(
  pace: PiecePace,
  { bytes, ms, longest }: { bytes: number; ms: number; longest: number },
): PiecePace {
  const isFirst = pace.wayMs === Infinity;
  // The first says nothing of how thick the line is: what follows it is short.
  if (isFirst) return { length: SHORTEST, waitMs: 0, wayMs: ms };
  const wayMs = Math.min(pace.wayMs, ms);
  // What is as short as the first says nothing either.
  if (bytes <= FIRST) return { ...pace, wayMs };
  // What it took beyond the first, it took for being longer.
  const msPerByte = Math.max(ms - wayMs, 0.5) / (bytes - FIRST);
  const fitting = BUSY_MS / msPerByte - AROUND;
  // Not more than doubled at once: one answer that came soon by chance is no thick line.
  const length = Math.round(Math.min(longest, Math.max(SHORTEST, Math.min(fitting, pace.length * 2))));
  const busyMs = (bytes + AROUND) * msPerByte;
  const restMs = Math.min(REST_AT_MOST_MS, busyMs * (1 / SHARE - 1));
  return { length, waitMs: Math.round(restMs), wayMs };
}

/** [STILL-5] Whether an image that is no longer the newest is still brought to its end: more than half of it is there. */
export function isWorthFinishing(have: number, bytes: number): boolean {
  return have * 2 > bytes;
}
