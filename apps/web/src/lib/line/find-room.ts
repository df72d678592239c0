import { asRecord } from '../meeting/as-record.ts';

/**
 * Three packets: the first says when they began to come. Few enough to wait in a jitter buffer's patience at 64 kbit/s: half a
 * second of that line.
 */
const BYTES = 4000;
/** Longer than they take on the thinnest line on which people talk, by way of a satellite and a new connection. */
const TIMEOUT_MS = 6000;

/**
 * Bit/s at which some kilobytes pass beside all else that is on the line [LINE-5]; 0 when they do not, or too many on the same line
 * have asked of late; infinite when they came too fast to tell.
 */
export async function findRoom(way: 'down' | 'up'): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await (way === 'down' ? roomDown(signal) : roomUp(signal));
  } catch {
    return 0;
  }
}

async function roomDown(signal: AbortSignal): Promise<number> {
  const response = await fetch(`/api/check/download?bytes=${BYTES}`, { signal, cache: 'no-store' });
  if (!response.ok || !response.body) return 0;
  const reader = response.body.getReader();
  const first = await reader.read();
  const since = performance.now();
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
  // All in one piece: faster than can be told.
  if (bytes === 0) return first.done ? 0 : Number.POSITIVE_INFINITY;
  return (bytes * 8000) / Math.max(1, performance.now() - since);
}

/** Told by whom they came to: how long a new connection and the answer take is none of it. */
async function roomUp(signal: AbortSignal): Promise<number> {
  const body = new Blob([crypto.getRandomValues(new Uint8Array(BYTES))]);
  const response = await fetch('/api/check/upload', { method: 'POST', body, signal });
  if (!response.ok) return 0;
  const { kbps } = asRecord(asRecord(await response.json())['value']);
  return typeof kbps === 'number' ? kbps * 1000 : 0;
}
