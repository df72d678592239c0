/** How often a screen is looked at, in milliseconds. */
export const LOOK_EVERY_MS = 2000;
/** On a thin line up of one's own. */
export const LOOK_SELDOM_MS = 4000;
/** What moves all the time (a page that scrolls, a film) is sent after this long all the same. */
const MOVES_AT_MOST_MS = 6000;

/**
 * Bytes of still images that one sharer sends in the long run, each second, and at once: 16 kbit/s is what a line of
 * 64 kbit/s has beside speech, and 7 MB in an hour of a screen that changes all the time. Three images at once are three
 * slides turned quickly.
 */
const BYTES_PER_SECOND = 2000;
const BYTES_AT_ONCE = 120_000;

/** What a sharer remembers between two looks at its screen. Times are milliseconds of one clock. */
export interface StillPace {
  /** Bytes that may be sent now, as of `at`. */
  allowance: number;
  at: number;
  /** Since when the screen has been different from the last image that was sent; undefined: it is the same. */
  changedSince: number | undefined;
}

export function newPace(now: number): StillPace {
  return { allowance: BYTES_AT_ONCE, at: now, changedSince: undefined };
}

export interface Look {
  now: number;
  /** Different from the last image that was sent; true before the first one. */
  isNews: boolean;
  /** Different from the last look, too: it still moves. */
  isMoving: boolean;
}

/** [STILL-4] After one look at the screen: whether an image is to be made of it now. Pure. */
export function afterLook(
  pace: StillPace,
  { now, isNews, isMoving }: Look,
): { pace: StillPace; take: boolean } {
  const allowance = Math.min(BYTES_AT_ONCE, pace.allowance + ((now - pace.at) / 1000) * BYTES_PER_SECOND);
  const changedSince = isNews ? (pace.changedSince ?? now) : undefined;
  const isSettled = !isMoving || (changedSince !== undefined && now - changedSince >= MOVES_AT_MOST_MS);
  return { pace: { allowance, at: now, changedSince }, take: isNews && isSettled && allowance > 0 };
}

/** An image of so many bytes was sent: what it took beyond the allowance is waited for. */
export function afterSending(pace: StillPace, bytes: number): StillPace {
  return { ...pace, allowance: pace.allowance - bytes, changedSince: undefined };
}
