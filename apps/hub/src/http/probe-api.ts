import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { speedOf, type Arrival } from '@relais/domain';
import { CHECK_MAX_UP_BYTES, checkDownloadQuery, type CheckUpload } from '@relais/protocol';
import { Router, type Request, type Response } from 'express';
import { issuesOf } from '../issues-of.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { refuse } from './answers.ts';
import { clientAddress } from './client-address.ts';

/** A check asks at most eight times, four each way: fifty checks in ten minutes from the one address of a village hall. */
const PROBES_PER_ADDRESS = { limit: 400, windowMs: 600_000 };
/** At once on this hub: what is sent here is taken from the meetings. */
const MAX_AT_ONCE = 20;
/** A line of 16 kbit/s has its first 24 kB by then; what is not over is cut off. */
const LONGEST_MS = 15_000;
const BUSY = { kind: 'tooMany', retryAfterMs: 3000 } as const;
/** Chance cannot be compressed on the way. */
const NOISE = randomBytes(16 * 1024);

export interface ProbeApiDeps {
  limiter: RateLimiter;
  internalToken: string | undefined;
  /** Milliseconds of a clock that only goes forward. */
  clock?: () => number;
}

/**
 * The speed of a line is measured over HTTP, not over the media path [CHECK-4]: a media connection finds out what a line
 * carries by sending ever more video for ten seconds and longer, megabytes of somebody's data plan, and needs a camera
 * for it; TCP fills the same line with a few tens of kilobytes. What matters to sound (loss, delay, jitter) is measured
 * where sound goes.
 */
export function createProbeApi({
  limiter,
  internalToken,
  clock = () => performance.now(),
}: ProbeApiDeps): Router {
  const api = Router();
  let running = 0;

  /** Calls `run` when there is room for it, and refuses otherwise. */
  async function within(request: Request, response: Response, run: () => Promise<void>): Promise<void> {
    const taken = await limiter.take(`probe:${clientAddress(request, internalToken)}`, PROBES_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    if (running >= MAX_AT_ONCE) return refuse(response, BUSY);
    running += 1;
    try {
      await run();
    } finally {
      running -= 1;
    }
  }

  api.get('/check/download', async (request: Request, response: Response) => {
    const query = checkDownloadQuery.safeParse(request.query);
    if (!query.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(query.error) });
    await within(request, response, () => send(response, query.data.bytes));
  });

  api.post('/check/upload', async (request: Request, response: Response) => {
    if (Number(request.get('content-length') ?? 0) > CHECK_MAX_UP_BYTES)
      return refuse(response, { kind: 'tooLarge' });
    await within(request, response, async () => {
      const taken = await receive(request, clock);
      if (taken) response.json({ ok: true, value: taken });
      else refuse(response.set('connection', 'close'), { kind: 'tooLarge' });
    });
  });

  return api;
}

/** Resolves when it is sent, or cut off: whoever asked has gone, or was too slow. */
async function send(response: Response, bytes: number): Promise<void> {
  response.set({
    'content-type': 'application/octet-stream',
    'content-length': String(bytes),
    'cache-control': 'no-store, no-transform',
  });
  const signal = AbortSignal.timeout(LONGEST_MS);
  await pipeline(Readable.from(noise(bytes)), response, { signal }).catch(() => undefined);
}

function* noise(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= NOISE.length)
    yield NOISE.subarray(0, Math.min(left, NOISE.length));
}

/** What came within its time, kept nowhere; undefined when it is more than was agreed. */
async function receive(request: Request, clock: () => number): Promise<CheckUpload | undefined> {
  const arrivals: Arrival[] = [];
  let bytes = 0;
  const began = clock();
  const late = setTimeout(() => request.destroy(), LONGEST_MS);
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > CHECK_MAX_UP_BYTES) return undefined;
      arrivals.push({ at: clock(), bytes: chunk.length });
    }
  } catch {
    // Cut off, by them or by us: the answer goes nowhere.
  } finally {
    clearTimeout(late);
  }
  const ms = (arrivals.at(-1)?.at ?? began) - began;
  return { bytes, ms, kbps: speedOf(arrivals, began) };
}
