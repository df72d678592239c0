/** A file that came over the line: when its first and last byte came, in milliseconds, and how much it was. */
export interface Arrival {
  from: number;
  to: number;
  bytes: number;
}

/** Fewer bytes than these come in one piece, whatever the line. */
const ENOUGH_BYTES = 30_000;

/**
 * Bit/s at which files came: of the time in which any was coming, without what was waited for a server or a satellite.
 * Undefined: there was too little, or all of it was at hand already.
 */
export function arrivalRate(arrivals: readonly Arrival[]): number | undefined {
  const bytes = arrivals.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes < ENOUGH_BYTES) return undefined;
  const inOrder = arrivals.toSorted((a, b) => a.from - b.from);
  let busyMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of inOrder) {
    busyMs += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return (bytes * 8000) / Math.max(1, busyMs);
}

/** A page that came more slowly leaves no room for a picture beside sound: a small one takes 170 kbit/s of the line. */
const THIN_BPS = 250_000;

/** [LINE-6] Whether this very page came over a thin line; `entries` are the browser's of how it was loaded. */
export function isPageThin(entries: readonly PerformanceEntry[]): boolean {
  const rate = arrivalRate(
    entries
      .filter((one) => one instanceof PerformanceResourceTiming && one.transferSize > 0)
      .map((one) => one as PerformanceResourceTiming)
      .map(({ responseStart, responseEnd, transferSize }) => ({
        from: responseStart,
        to: responseEnd,
        bytes: transferSize,
      })),
  );
  return rate !== undefined && rate < THIN_BPS;
}
