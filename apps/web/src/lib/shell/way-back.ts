import { LANG_COOKIE, readLang, type Lang } from '../i18n/lang.ts';
import { pauseBefore } from './pause-before.ts';

export interface WayBack {
  /** Does not wait for its turn. */
  now(): void;
  close(): void;
}

/** Milliseconds for one try. */
const TRY_TIMEOUT = 10_000;

/**
 * Asks the server again and again, with longer and longer pauses, and at once when the browser says that there is a network
 * or the person looks again; `there` is called once, when it answers.
 */
export function createWayBack(deps: {
  there: () => void;
  moved: (state: 'trying' | 'away') => void;
}): WayBack {
  const gone = new AbortController();
  const { signal } = gone;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let isTrying = false;

  async function attempt(): Promise<void> {
    if (isTrying || signal.aborted) return;
    isTrying = true;
    clearTimeout(timer);
    deps.moved('trying');
    const isThere = await answers(signal);
    isTrying = false;
    if (signal.aborted) return;
    if (isThere) {
      close();
      return deps.there();
    }
    deps.moved('away');
    later();
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void attempt(), pauseBefore((tries += 1), Math.random()));
  }

  function close(): void {
    gone.abort();
    clearTimeout(timer);
  }

  addEventListener('online', () => void attempt(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || void attempt(), { signal });
  later();
  return { now: () => void attempt(), close };
}

async function answers(gone: AbortSignal): Promise<boolean> {
  try {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(TRY_TIMEOUT)]);
    return (await fetch('/healthz', { cache: 'no-store', signal })).status < 500;
  } catch {
    return false;
  }
}

/** What the person chose last in this browser; undefined: nothing. */
export function chosenLang(cookies: string): Lang | undefined {
  const value = new RegExp(`(?:^|; )${LANG_COOKIE}=([^;]*)`).exec(cookies)?.[1];
  return value === undefined ? undefined : readLang(value);
}
