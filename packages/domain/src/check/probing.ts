/** Bytes that were there at an instant, in milliseconds of any clock. */
export interface Arrival {
  at: number;
  bytes: number;
}

/** One download or upload of the check. */
export interface Probe {
  bytes: number;
  ms: number;
  kbps: number;
}

export interface ProbeLimits {
  /** Of the first probe: small, for it may be a line on which it takes seconds. */
  firstBytes: number;
  /** Of one probe. */
  maxBytes: number;
  /** Of all together. */
  totalBytes: number;
  /** A line that does this has more than enough: no more of its data is used up. */
  enoughKbps: number;
}

/** What a good probe takes: long enough to see past a burst, short enough for patience and for a data plan. */
const PROBE_MS = 2000;
/** A connection that is new sends ten packets and doubles with each round trip: before this many it shows itself, not the line. */
const WARM_ROUND_TRIPS = 4;
/** A next probe that is hardly larger would say the same. */
const WORTH = 1.5;
const MAX_PROBES = 4;
/** Less than this arrives in one burst, which some lines let through at a speed that they do not keep up. */
const BURST_BYTES = 100_000;

/**
 * The size of the next probe, each as large as the last one's speed allows; undefined when the last one said enough
 * [CHECK-4]. A line of 64 kbit/s is asked for 24 kB in all, a fast one for a few hundred.
 */
export function nextProbeBytes(
  limits: ProbeLimits,
  done: readonly Probe[],
  roundTripMs: number,
): number | undefined {
  const last = done.at(-1);
  if (!last) return limits.firstBytes;
  if (done.length >= MAX_PROBES) return undefined;
  if (last.kbps >= limits.enoughKbps && last.bytes >= BURST_BYTES) return undefined;
  const isCold = last.ms < WARM_ROUND_TRIPS * roundTripMs;
  const bySpeed = (last.kbps / 8) * PROBE_MS;
  const spent = done.reduce((sum, { bytes }) => sum + bytes, 0);
  const wanted = isCold ? Math.max(bySpeed, last.bytes * WARM_ROUND_TRIPS) : bySpeed;
  const bytes = Math.round(Math.min(wanted, limits.maxBytes, limits.totalBytes - spent));
  return bytes >= last.bytes * WORTH ? bytes : undefined;
}

/** A second half that came within this is one burst: the whole is measured instead. */
const SHORT_MS = 10;

/**
 * Kilobits per second at which the second half came in, so that a connection's slow beginning is left out. `began`: when
 * it was asked for.
 */
export function speedOf(arrivals: readonly Arrival[], began: number): number {
  const total = arrivals.reduce((sum, { bytes }) => sum + bytes, 0);
  const last = arrivals.at(-1);
  if (!last || total === 0) return 0;
  let before = 0;
  for (const { at, bytes } of arrivals) {
    before += bytes;
    if (before < total / 2) continue;
    if (last.at - at >= SHORT_MS && total > before) return ((total - before) * 8) / (last.at - at);
    break;
  }
  return (total * 8) / Math.max(1, last.at - began);
}
