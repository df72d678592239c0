import { unreachable } from '@relais/kit';
import type { PeopleRefusal } from '@relais/protocol/people';
import type { Request, Response } from 'express';
import type { Caller } from '../features/people/sign-in.service.ts';
import { clientAddress } from './client-address.ts';

/** Only what the library needs to know of a request. */
export function readCaller(request: Request, internalToken: string | undefined): Caller {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = request.get(name);
    if (value) headers.set(name, value);
  }
  return { headers, address: clientAddress(request, internalToken) };
}

export function setCookies(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.append('set-cookie', cookie);
}

/** A photo of somebody, for whoever may see it alone. */
export function sendPhoto(response: Response, photo: Uint8Array): void {
  response.set({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'inline; filename="photo.webp"',
    'cache-control': 'private, max-age=86400, immutable',
  });
  response.send(Buffer.from(photo));
}

/** What was refused of an account, in HTTP's terms. */
export function statusOf(refusal: PeopleRefusal): number {
  switch (refusal.kind) {
    case 'invalidInput':
    case 'linkInvalid':
      return 400;
    case 'notSignedIn':
    case 'wrongCredentials':
      return 401;
    case 'foreignOrigin':
    case 'wrongToken':
    case 'notAllowed':
    case 'signInAgain':
      return 403;
    case 'lastAdministrator':
      return 409;
    case 'notOpen':
    case 'unknownId':
      return 404;
    case 'tooLarge':
      return 413;
    case 'notAPhoto':
      return 415;
    case 'tooMany':
      return 429;
    case 'unavailable':
      return 503;
    default:
      return unreachable(refusal);
  }
}
