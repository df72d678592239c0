import type { RequestHandler, Response } from 'express';

/** Set by a page while its line is thin (apps/web/src/lib/line/spare-files.ts); its value is a chance one of that browser. */
const COOKIE = /(?:^|;\s*)thin=([a-z0-9]{8,32})(?:;|$)/;

/**
 * What files may take of a thin line, in bit/s: sound takes up to 25,000 of it and its answers some more, and the thinnest line on
 * which people talk has 64,000. One packet at a time: a queue is filled by many at once.
 */
const BPS = 24_000;
const SLICE_BYTES = 1200;
/** Of all lines at once on this process, for each keeps its file in memory meanwhile (at most 90 kB); the others are sent as ever. */
const MAX_AT_ONCE = 200;
/** A line that has asked for so much more than it can have gets the rest as ever: what is waited for so long was asked by a person. */
const LONGEST_MS = 60_000;

/**
 * Files of the program trickle over a thin line instead of coming in one burst, which would keep sound out of it for as long as it
 * lasts [SHELL-7]. To be used before anything that writes. All files of one browser share one trickle.
 */
export function spareThinLines({ bps = BPS, maxAtOnce = MAX_AT_ONCE } = {}): RequestHandler {
  const now = () => performance.now();
  /** When the next slice of each line may leave. */
  const due = new Map<string, number>();
  let running = 0;

  /** Milliseconds until the next slice of this line may leave; the one after it waits for that. */
  function waitFor(line: string): number {
    const at = Math.max(now(), due.get(line) ?? 0);
    due.set(line, at + (SLICE_BYTES * 8000) / bps);
    return Math.max(0, at - now());
  }

  function trickle(response: Response, line: string): void {
    const { write, end } = rawOf(response);
    const parts: Buffer[] = [];
    running += 1;
    let timer: NodeJS.Timeout | undefined;
    let isGone = false;
    response.once('close', () => {
      isGone = true;
      clearTimeout(timer);
      running -= 1;
      for (const [one, at] of due) if (at < now()) due.delete(one);
    });

    function slices(all: Buffer, from: number): void {
      const to = from + SLICE_BYTES;
      if (to >= all.length) return void end(all.subarray(from));
      write(all.subarray(from, to));
      timer = setTimeout(slices, waitFor(line), all, to);
    }

    const keep = (chunk: unknown, encoding: unknown) => {
      if (chunk === undefined || chunk === null || typeof chunk === 'function') return;
      parts.push(
        typeof chunk === 'string'
          ? Buffer.from(chunk, encodingOf(encoding))
          : Buffer.from(chunk as Uint8Array),
      );
    };
    response.write = (chunk: unknown, encoding?: unknown) => {
      keep(chunk, encoding);
      return true;
    };
    response.end = ((chunk?: unknown, encoding?: unknown) => {
      keep(chunk, encoding);
      // Who has gone already takes nothing of the line's time.
      const wait = isGone ? 0 : waitFor(line);
      const all = Buffer.concat(parts);
      if (isGone || wait > LONGEST_MS) end(all);
      else timer = setTimeout(slices, wait, all, 0);
      return response;
    }) as Response['end'];
  }

  return (request, response, next) => {
    const line = COOKIE.exec(request.headers.cookie ?? '')?.[1];
    if (line !== undefined && request.method === 'GET' && running < maxAtOnce) trickle(response, line);
    next();
  };
}

const rawOf = (response: Response) => ({
  write: response.write.bind(response) as (chunk: Buffer) => boolean,
  end: response.end.bind(response) as (chunk: Buffer) => Response,
});

const encodingOf = (encoding: unknown): BufferEncoding =>
  typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
