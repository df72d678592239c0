import { BROUGHT_CHANNEL, type Brought } from '../lib/shell/brought.ts';
import { paths, version } from 'virtual:kept-files';
import { outdated, PREFIX, restAfter } from './rules.ts';

const CACHE = PREFIX + version;
/** The page that says that there is no network; the server makes it in the person's language. */
const OFFLINE_PAGE = '/hors-ligne';
/** Milliseconds for one file: nobody waits for it. */
const FILE_TIMEOUT = 60_000;

/**
 * Brings over what is not yet here, one file after another with rests, so that a meeting that runs keeps most of its line.
 * What came stays when it is cut: the next try goes on from there. Throws when something did not come.
 */
export async function bringAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const path of [OFFLINE_PAGE, ...paths]) {
    if (await cache.match(path, { ignoreVary: true })) continue;
    const known = path === OFFLINE_PAGE ? undefined : await caches.match(path, { ignoreVary: true });
    const from = performance.now();
    await cache.put(path, known ?? (await fetched(path)));
    await new Promise((resolve) => setTimeout(resolve, restAfter(performance.now() - from)));
    tellBrought();
  }
}

/** What came since the last time is told to the page that counts what its person's line carries [DATA-2]. */
function tellBrought(): void {
  const sizes = performance
    .getEntriesByType('resource')
    .map((entry) =>
      'transferSize' in entry && typeof entry.transferSize === 'number' ? entry.transferSize : 0,
    )
    .filter((size) => size > 0);
  // The list has an end, after which nothing is noted.
  performance.clearResourceTimings();
  if (sizes.length === 0) return;
  const brought: Brought = { answers: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  const channel = new BroadcastChannel(BROUGHT_CHANNEL);
  channel.postMessage(brought);
  channel.close();
}

async function fetched(path: string): Promise<Response> {
  const options = path === OFFLINE_PAGE ? ({ cache: 'no-cache' } as const) : {};
  const answer = await fetch(path, { ...options, signal: AbortSignal.timeout(FILE_TIMEOUT) });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** Files of versions that no page needs any more. */
export async function dropOutdated(): Promise<void> {
  await Promise.all(outdated(await caches.keys(), CACHE).map((name) => caches.delete(name)));
}

/** A file of the program: as it is kept, from the network where it is not. */
export async function file(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
  const kept = await caches.match(request.url, { ignoreVary: true }).catch(() => undefined);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    later(caches.open(CACHE).then((cache) => cache.put(request.url, copy)));
  }
  return answer;
}

export async function offlinePage(): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  return await cache.match(OFFLINE_PAGE, { ignoreVary: true });
}
