import type { NodeLink } from '../src/index.ts';

/** Waits for what a link comes to by itself. */
export function until(link: NodeLink, wanted: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!wanted()) return;
      stop();
      resolve();
    };
    const stop = link.onChange(look);
    look();
  });
}
