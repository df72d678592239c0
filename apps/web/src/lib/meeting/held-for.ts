/** Milliseconds before the end from which on one is told how long one's seat is held still. */
const NEAR_MS = 60_000;
/** The hub may have noticed the fall so much before: the browser does not promise more than is kept. */
const NOTICED_MS = 5000;

/**
 * How it stands with the seat of somebody who is cut off since `since` [LEAVE-3]; `seconds` are told when they are few. Times
 * in milliseconds since 1970.
 */
export function heldFor(
  since: number,
  heldMs: number | undefined,
  now: number,
): 'held' | 'gone' | { seconds: number } {
  if (heldMs === undefined) return 'held';
  const left = since + heldMs - NOTICED_MS - now;
  if (left <= 0) return 'gone';
  return left < Math.min(NEAR_MS, heldMs / 2) ? { seconds: Math.ceil(left / 1000) } : 'held';
}
