/** What befalls a page from outside, and matters to a meeting. */
export interface PageLife {
  /** The page goes away: closed, reloaded, or put aside by the browser. */
  hidden(): void;
  /** The browser has brought back a page that it had put aside. */
  shown(): void;
  /** The network has come back or is another. */
  networkChanged(): void;
  /** Somebody looks at the page again after a while. */
  looked(): void;
}

/** Away for this long, a computer may have slept: the socket may be dead without knowing. */
const AWAY_MS = 10_000;

/** Calls `life` until the returned function is called. */
export function watchPage(life: PageLife): () => void {
  let hiddenAt = 0;
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener('pagehide', () => life.hidden(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && life.shown(), { signal });
  addEventListener('online', () => life.networkChanged(), { signal });
  watchNetworkType(() => life.networkChanged(), signal);
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) hiddenAt = Date.now();
      else if (Date.now() - hiddenAt > AWAY_MS) life.looked();
    },
    { signal },
  );
  return () => stop.abort();
}

/** Phones tell of going from Wi-Fi to the mobile network; estimates of speed, told by the same event, are passed over. */
function watchNetworkType(changed: () => void, signal: AbortSignal): void {
  const connection = 'connection' in navigator ? navigator.connection : undefined;
  if (!(connection instanceof EventTarget) || !('type' in connection)) return;
  let type = connection.type;
  connection.addEventListener(
    'change',
    () => {
      if (connection.type === type) return;
      type = connection.type;
      if (type !== 'none') changed();
    },
    { signal },
  );
}
