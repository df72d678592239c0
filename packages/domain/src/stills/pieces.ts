/**
 * How still images cross a line that carries speech: in pieces, each answered before the next, so short that speech waits
 * no longer than its own buffer bears, and with rests between them.
 */

/** Milliseconds for which one piece may keep the line busy. */
const BUSY_MS = 120;
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
  const wayMs = Math.min(pace.wayMs, ms);
  const busyMs = Math.max(1, ms - wayMs);
  // The first says nothing of how thick the line is: what follows it is short.
  const isFirst = pace.wayMs === Infinity;
  const bytesPerMs = (bytes + AROUND) / busyMs;
  const fitting = isFirst ? SHORTEST : bytesPerMs * BUSY_MS - AROUND;
  // Not more than doubled at once: one answer that came soon by chance is no thick line.
  const length = Math.round(Math.min(longest, Math.max(SHORTEST, Math.min(fitting, pace.length * 2))));
  return { length, waitMs: isFirst ? 0 : Math.round(busyMs * (1 / SHARE - 1)), wayMs };
}

/** [STILL-5] Whether an image that is no longer the newest is still brought to its end: more than half of it is there. */
export function isWorthFinishing(have: number, bytes: number): boolean {
  return have * 2 > bytes;
}
