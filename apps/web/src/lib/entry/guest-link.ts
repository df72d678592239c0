import { guestKeyOf } from '#lib/meeting/guest-token.ts';
import { attempt } from '#lib/storage.ts';

/** The link by which people without an account come into one meeting [GUEST-1]. */
export function guestLinkTo(address: string, token: string): string {
  return `${address}#invitation=${token}`;
}

/** It lets nobody in: whoever may enter otherwise, or is given another link, is not to be stopped by it again. */
export function forgetGuestToken(code: string): void {
  attempt(() => sessionStorage.removeItem(guestKeyOf(code)));
}
