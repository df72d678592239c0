import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

/**
 * Lets only those on who send `Authorization: Bearer <token>`: 401 otherwise, and 404 when no token is set, as if
 * nothing were there.
 */
export function adminOnly(token: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (!token) {
      response.status(404).json({ ok: false });
    } else if (!isSame(bearerOf(request.get('authorization')), token)) {
      response.status(401).set('www-authenticate', 'Bearer realm="Relais"').json({ ok: false });
    } else {
      next();
    }
  };
}

function bearerOf(header: string | undefined): string {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
}

/** Digests have one length: neither the time nor the length that is compared tells of the token. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
