import { nextProbeBytes, speedOf, type Arrival, type Probe, type ProbeLimits } from '@relais/domain';
import { CHECK_MAX_DOWN_BYTES, CHECK_MAX_UP_BYTES } from '@relais/protocol/limits';
import { asRecord } from '../meeting/as-record.ts';
import { firstOfSignals } from './signals.ts';

/** Milliseconds for one probe: what is not over then was as slow as that. */
const PROBE_TIMEOUT = 12_000;

const DOWN: ProbeLimits = {
  firstBytes: 24_000,
  maxBytes: CHECK_MAX_DOWN_BYTES,
  totalBytes: 1_000_000,
  enoughKbps: 4000,
};
const UP: ProbeLimits = {
  firstBytes: 12_000,
  maxBytes: CHECK_MAX_UP_BYTES,
  totalBytes: 500_000,
  enoughKbps: 2000,
};

/** One probe; undefined when the hub would not, or could not be reached. */
type TakeProbe = (bytes: number, signal: AbortSignal) => Promise<Probe | undefined>;

/** Kilobits per second down; undefined when it could not be measured. Never rejects. */
export function measureDown(roundTripMs: number, closed: AbortSignal): Promise<number | undefined> {
  return measure(DOWN, download, roundTripMs, closed);
}

export function measureUp(roundTripMs: number, closed: AbortSignal): Promise<number | undefined> {
  return measure(UP, upload, roundTripMs, closed);
}

/** The last probe says it: each is as large as the one before allows. */
export async function measure(
  limits: ProbeLimits,
  take: TakeProbe,
  roundTripMs: number,
  closed: AbortSignal,
): Promise<number | undefined> {
  const done: Probe[] = [];
  for (;;) {
    const bytes = nextProbeBytes(limits, done, roundTripMs);
    const probe =
      bytes === undefined || closed.aborted
        ? undefined
        : await take(bytes, firstOfSignals(closed, AbortSignal.timeout(PROBE_TIMEOUT)));
    if (!probe) return done.at(-1)?.kbps;
    done.push(probe);
  }
}

async function download(bytes: number, signal: AbortSignal): Promise<Probe | undefined> {
  const arrivals: Arrival[] = [];
  const began = performance.now();
  try {
    const response = await fetch(`/api/check/download?bytes=${bytes}`, { signal, cache: 'no-store' });
    if (!response.ok || !response.body) return undefined;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read())
      arrivals.push({ at: performance.now(), bytes: part.value.length });
  } catch {
    if (!isLate(signal)) return undefined;
  }
  const came = arrivals.reduce((sum, one) => sum + one.bytes, 0);
  return { bytes: came, ms: performance.now() - began, kbps: speedOf(arrivals, began) };
}

/** The hub says how fast it came in: what the browser has handed on may still wait in this machine. */
async function upload(bytes: number, signal: AbortSignal): Promise<Probe | undefined> {
  try {
    const body = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536)));
    const parts = Array.from({ length: Math.ceil(bytes / body.length) }, () => body);
    const noise = new Blob(parts).slice(0, bytes, 'application/octet-stream');
    const began = performance.now();
    const response = await fetch('/api/check/upload', { method: 'POST', body: noise, signal });
    if (!response.ok) return undefined;
    const { kbps } = asRecord(asRecord(await response.json())['value']);
    return typeof kbps === 'number' ? { bytes, ms: performance.now() - began, kbps } : undefined;
  } catch {
    // At most: it was not over by then.
    return isLate(signal) ? { bytes, ms: PROBE_TIMEOUT, kbps: (bytes * 8) / PROBE_TIMEOUT } : undefined;
  }
}

/** Its time was over, rather than the network or the page gone. */
function isLate(signal: AbortSignal): boolean {
  return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
}
