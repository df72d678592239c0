/** Of the names of our caches. */
export const PREFIX = 'relais-';

/** What is in a file of the program never changes under its name. */
const IMMUTABLE = /^\/_app\/immutable\//;
const OTHERS = ['/favicon.svg'];
/** Answered by the hub: none of our business, not even when a browser opens them as pages. */
const HUB = /^\/(api|socket\.io|metrics|healthz|readyz)(\/|$)/;

export type Part = 'file' | 'page' | 'other';

/** What is asked for, as far as this worker is concerned: `other` goes its way as if there were none [SHELL-3]. */
export function partOf(request: Pick<Request, 'method' | 'mode' | 'url'>, origin: string): Part {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || HUB.test(url.pathname)) return 'other';
  if (IMMUTABLE.test(url.pathname) || OTHERS.includes(url.pathname)) return 'file';
  return request.mode === 'navigate' ? 'page' : 'other';
}

/**
 * The caches to delete when `current` takes over: all former ones but the last, so that a page of that version which is
 * still open finds what it has not fetched yet. In the order in which they were made.
 */
export function outdated(names: readonly string[], current: string): string[] {
  return names.filter((name) => name.startsWith(PREFIX) && name !== current).slice(0, -1);
}

/** Milliseconds to rest after a file that took so long: two thirds of the line are for others [SHELL-7]. */
export function restAfter(ms: number): number {
  return Math.min(2 * ms, 4000);
}
