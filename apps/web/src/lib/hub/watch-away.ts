import type { HubClient } from './hub-client.ts';

/** Milliseconds without a socket after which the line may be what is wrong: a hub that stops is replaced sooner. */
const AWAY_MS = 3000;

/** Tells when a socket that was there has been gone for a while, and when it is back. Gives how to stop. */
export function watchAway(hub: Pick<HubClient, 'onConnection'>, tell: (isAway: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAway = false;
  let wasThere = false;
  const off = hub.onConnection((connected) => {
    clearTimeout(timer);
    if (connected) {
      wasThere = true;
      if (isAway) tell((isAway = false));
    } else if (wasThere && !isAway) timer = setTimeout(() => tell((isAway = true)), AWAY_MS);
  });
  return () => {
    clearTimeout(timer);
    off();
  };
}
