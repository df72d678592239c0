import { attempt } from '../storage.ts';
import { guestKeyOf } from './guest-token.ts';

/** The right to run a meeting [ROLE-1], kept by this browser. */
export const facilitatorKeyOf = (code: string) => `relais:facilitator:${code}`;
/** In the part of an address that no browser sends to a server, so that it stands in no log. */
const FRAGMENT = /^#(animation|invitation)=([\w.-]{1,128})$/;

export function facilitatorKeyFor(code: string): string | undefined {
  return attempt(() => localStorage.getItem(facilitatorKeyOf(code))) ?? undefined;
}

/**
 * Takes the key, or what a link for guests holds, out of the address: neither is to be copied along with an invitation, nor to stay in
 * sight. Where the browser keeps nothing, it stays there.
 */
export function takeKeyFromAddress(code: string): void {
  attempt(() => {
    const [, what, key] = FRAGMENT.exec(location.hash) ?? [];
    if (!key) return;
    if (what === 'animation') localStorage.setItem(facilitatorKeyOf(code), key);
    else sessionStorage.setItem(guestKeyOf(code), key);
    history.replaceState(history.state, '', location.pathname + location.search);
  });
}
