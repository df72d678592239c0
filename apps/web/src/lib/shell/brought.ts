/** The channel on which the service worker tells what it has fetched to keep. */
export const BROUGHT_CHANNEL = 'relais:brought';

/** What came over the line, as `transferSize` tells it: with the answers' headers. */
export interface Brought {
  answers: number;
  bytes: number;
}

let sum: Brought = { answers: 0, bytes: 0 };

/** What the service worker has brought since this page counts it [DATA-2]. */
export const brought = (): Brought => sum;

/**
 * Counts from now on. One page of the browser counts at a time, so that nothing is counted twice: the first that asks, and when
 * it is gone the next.
 */
export function countBrought(): void {
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return;
  // The channel is kept as long as the lock: until the page goes.
  const counting = navigator.locks.request(BROUGHT_CHANNEL, () => new Promise<never>(() => listen()));
  counting.catch((error: unknown) => console.warn('shell: what is kept is not counted', error));
}

function listen(): void {
  new BroadcastChannel(BROUGHT_CHANNEL).addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isBrought(data)) sum = { answers: sum.answers + data.answers, bytes: sum.bytes + data.bytes };
  });
}

const isBrought = (data: unknown): data is Brought =>
  typeof data === 'object' &&
  data !== null &&
  'answers' in data &&
  'bytes' in data &&
  typeof data.answers === 'number' &&
  typeof data.bytes === 'number';
