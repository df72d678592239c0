import { attempt } from '../storage.ts';
import { facilitatorKeyOf } from './facilitator-key.ts';

/** Of a meeting that was made here. */
export function saveFacilitatorKey(code: string, key: string): void {
  attempt(() => localStorage.setItem(facilitatorKeyOf(code), key));
}

/** The link by which somebody else runs the meeting, too. */
export function facilitatorLink(address: string, key: string): string {
  return `${address}#animation=${key}`;
}
