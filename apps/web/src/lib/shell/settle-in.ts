import { install } from './install.svelte.ts';
import { keepProgram } from './keep.ts';

/** What makes a program of the page: kept on the device, and installed when the person wants it. */
export function settleIn(): void {
  install.listen();
  void keepProgram();
}
