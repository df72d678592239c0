import type { Request } from 'express';
import { isInternal } from './client-address.ts';

/**
 * [PEOPLE-5] Whether a page of ours asks. Browsers name the page in `Origin` with whatever changes something; one that is not
 * named is refused. What the pages' server hands on it has checked itself, and it proves that it is the one.
 */
export function isOwnOrigin(
  request: Request,
  { publicUrl, internalToken }: { publicUrl: string; internalToken: string | undefined },
): boolean {
  if (isInternal(request, internalToken)) return true;
  const origin = request.get('origin');
  if (!origin) return false;
  // Where the product is reached by another name than the set one, the browser itself writes both headers.
  return origin === new URL(publicUrl).origin || origin === `${request.protocol}://${request.get('host')}`;
}
