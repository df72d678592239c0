import { countBrought } from './brought.ts';
import { install } from './install.svelte.ts';
import { keepProgram } from './keep.ts';

/** What makes a program of the page: kept on the device, and installed when the person wants it. */
export function settleIn(): void {
  install.listen();
  // Before anything is fetched to be kept.
  countBrought();
  void keepProgram();
}
