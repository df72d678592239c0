import { attempt } from '../storage.ts';

/** The right to run a meeting [ROLE-1], kept by this browser. */
const keyOf = (code: string) => `relais:facilitator:${code}`;
/** In the part of an address that no browser sends to a server, so that it stands in no log. */
const FRAGMENT = /^#animation=([A-Za-z0-9_-]{1,128})$/;

export function saveFacilitatorKey(code: string, key: string): void {
  attempt(() => localStorage.setItem(keyOf(code), key));
}

export function facilitatorKeyFor(code: string): string | undefined {
  return attempt(() => localStorage.getItem(keyOf(code))) ?? undefined;
}

/** The link by which somebody else runs the meeting, too. */
export function facilitatorLink(address: string, key: string): string {
  return `${address}#animation=${key}`;
}

/** Takes the key out of the address: it is not to be copied along with an invitation, nor to stay in sight. */
export function takeKeyFromAddress(code: string): void {
  const key = FRAGMENT.exec(location.hash)?.[1];
  if (!key) return;
  saveFacilitatorKey(code, key);
  history.replaceState(history.state, '', location.pathname + location.search);
}
