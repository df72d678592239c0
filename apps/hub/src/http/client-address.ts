import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/**
 * Whose request this is, for rate limits. The pages' server asks for a meeting in a person's place: it proves itself by
 * the token that only it has, and says whose address it saw. Everybody else's is what the connection says (and the
 * proxies that are trusted).
 */
export function clientAddress(request: Request, internalToken: string | undefined): string {
  const claimed = request.get('x-relais-client-address');
  if (claimed && isInternal(request, internalToken)) return claimed.slice(0, 64);
  return request.ip ?? '';
}

/** Whether it is the pages' server that asks. */
export function isInternal(request: Request, internalToken: string | undefined): boolean {
  const token = request.get('x-relais-internal-token');
  return Boolean(token && internalToken && isSame(token, internalToken));
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
