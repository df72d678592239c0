/** Four packets: the first says when they began to come. */
const BYTES = 6000;
/** Longer than they take on the thinnest line on which people talk. */
const TIMEOUT_MS = 4000;

/**
 * Bit/s at which some kilobytes come over the line beside all else that is on it [LINE-5]; 0 when they do not, infinite when it cannot be told. Few enough to
 * wait in a jitter buffer's patience at 64 kbit/s.
 */
export async function findRoom(): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`/api/check/download?bytes=${BYTES}`, { signal, cache: 'no-store' });
    // Too many have asked of late: the trial itself has to tell.
    if (response.status === 429) return Number.POSITIVE_INFINITY;
    if (!response.ok || !response.body) return 0;
    const reader = response.body.getReader();
    const first = await reader.read();
    const since = performance.now();
    let bytes = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
    // All in one piece: faster than can be told.
    if (bytes === 0) return first.done ? 0 : Number.POSITIVE_INFINITY;
    return (bytes * 8000) / Math.max(1, performance.now() - since);
  } catch {
    return 0;
  }
}
