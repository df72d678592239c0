/** Thrown by `withTimeout`. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * The promise's outcome, or a `TimeoutError` after `ms` milliseconds. The work itself goes on: pass it an
 * AbortSignal as well where it can take one.
 */
export async function withTimeout<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`${what} took more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Milliseconds to wait before attempt number `attempt` (0 is the first retry): doubling from `baseMs` up to
 * `maxMs`, and by `random` (0 to 1) between half and the whole of that, so that many clients do not come back
 * in step.
 */
export function backoff(attempt: number, random: number, baseMs = 250, maxMs = 8000): number {
  const full = Math.min(maxMs, baseMs * 2 ** attempt);
  return full / 2 + (full / 2) * random;
}
