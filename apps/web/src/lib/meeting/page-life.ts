/** What befalls a page from outside, and matters to a meeting. */
export interface PageLife {
  /** The page goes away: closed, reloaded, or put aside by the browser. */
  hidden(): void;
  /** The browser has brought back a page that it had put aside. */
  shown(): void;
  /** The network has come back or is another, or the device has slept: what stood may stand no more. */
  networkChanged(): void;
  /** Something may have happened to the line: it is gone, looked at again after a while, or estimated anew by the browser. */
  doubted(): void;
}

/** Away for this long, a computer may have slept: the socket may be dead without knowing. */
const AWAY_MS = 10_000;
/** How often the clock is looked at, and from which jump on the device has slept: a page that is heard is never so late. */
const TICK_MS = 2000;
const SLEPT_MS = 15_000;

/** Calls `life` until the returned function is called. */
export function watchPage(life: PageLife): () => void {
  let hiddenAt = 0;
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener('pagehide', () => life.hidden(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && life.shown(), { signal });
  addEventListener('online', () => life.networkChanged(), { signal });
  addEventListener('offline', () => life.doubted(), { signal });
  document.addEventListener('resume', () => life.networkChanged(), { signal });
  watchConnection(life, signal);
  watchSleep(() => life.networkChanged(), signal);
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) hiddenAt = Date.now();
      else if (Date.now() - hiddenAt > AWAY_MS) life.doubted();
    },
    { signal },
  );
  return () => stop.abort();
}

/**
 * Phones tell of going from Wi-Fi to the mobile network. Elsewhere only estimates of speed are told, which are made anew
 * when the network is another, too: a reason to ask.
 */
function watchConnection(life: PageLife, signal: AbortSignal): void {
  const connection = 'connection' in navigator ? navigator.connection : undefined;
  if (!(connection instanceof EventTarget)) return;
  const typeNow = () => ('type' in connection ? connection.type : undefined);
  let type = typeNow();
  const changed = () => {
    const before = type;
    type = typeNow();
    if (type === before) life.doubted();
    else if (type !== 'none') life.networkChanged();
  };
  connection.addEventListener('change', changed, { signal });
}

/** No clock of a page runs while the device sleeps. */
function watchSleep(woken: () => void, signal: AbortSignal): void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > SLEPT_MS) woken();
    last = now;
  }, TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
}
