import { attempt } from '../storage.ts';

/**
 * Where what a link for guests holds is kept [GUEST-1]: by this tab alone, so that whoever sits at this computer next does not come by it.
 */
export const guestKeyOf = (code: string) => `relais:guest:${code}`;

export function guestTokenFor(code: string): string | undefined {
  return attempt(() => sessionStorage.getItem(guestKeyOf(code))) ?? undefined;
}
