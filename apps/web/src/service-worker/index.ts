import { self } from '$app/service-worker';
import { bringAll, dropOutdated, file, offlinePage } from './keeping.ts';
import { partOf } from './rules.ts';

/**
 * Keeps the program, so that joining again fetches little more than the page itself [SHELL-2], and so that Relais opens
 * without a network and says so [SHELL-4]. Whatever fails here falls back on the network, as if there were no worker [SHELL-6].
 */

/** Milliseconds without a word from the server until a page that was asked for is taken for unreachable. */
const PAGE_SILENCE = 15_000;

self.addEventListener('install', (event) => event.waitUntil(bringAll()));

self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      await dropOutdated();
      // Waking this worker takes time, in which the page may be on its way already.
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  ),
);

/** A page that has just been loaded asks whether this version, which waits, may take over [SHELL-5]. */
self.addEventListener('message', (event) => {
  if (event.data !== 'take-over') return;
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      if (pages.length <= 1) await self.skipWaiting();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const part = partOf(event.request, self.location.origin);
  if (part === 'file') event.respondWith(file(event.request, (work) => event.waitUntil(work)));
  if (part === 'page') event.respondWith(page(event));
});

/** Pages come from the network, always: they are small, and what they say of a meeting is kept nowhere [SHELL-3]. */
async function page(event: FetchEvent): Promise<Response> {
  const answer = asked(event);
  event.waitUntil(answer.catch(() => undefined));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PAGE_SILENCE);
  });
  const first = await Promise.race([answer.catch(() => undefined), silence]);
  clearTimeout(timer);
  return first ?? (await offlinePage().catch(() => undefined)) ?? (await answer);
}

async function asked(event: FetchEvent): Promise<Response> {
  const preloaded = (await event.preloadResponse) as Response | undefined;
  return preloaded ?? (await fetch(event.request));
}
