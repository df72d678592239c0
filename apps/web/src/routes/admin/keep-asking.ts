import { backoff } from '@relais/kit';
import type { Overview } from '@relais/protocol';

/** Milliseconds between two answers; and for one answer. */
const EVERY = 5000;
const TIMEOUT = 6000;
const MAX_WAIT = 30_000;

export interface AskingDeps {
  fetch: typeof globalThis.fetch;
  url: string;
  told: (overview: Overview) => void;
  /** No answer: it is asked again, less and less often. */
  away: () => void;
  /** The token counts no longer: the page is to ask for one. */
  refused: () => void;
  /** Nobody looks: nothing is asked until somebody does. */
  hidden: () => boolean;
}

/** Asks for the figures every five seconds until the returned function is called. */
export function keepAsking(deps: AskingDeps): { now: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let asking = false;
  let stopped = false;
  later(EVERY);
  return {
    now: () => void turn(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };

  function later(wait: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void turn(), wait);
  }

  async function turn(): Promise<void> {
    if (asking || stopped) return;
    if (deps.hidden()) return later(EVERY);
    asking = true;
    const next = await ask();
    asking = false;
    if (stopped) return;
    if (next === 'stop') return deps.refused();
    failures = next === 'told' ? 0 : failures + 1;
    later(failures === 0 ? EVERY : EVERY + backoff(failures - 1, Math.random(), 1000, MAX_WAIT));
  }

  async function ask(): Promise<'told' | 'away' | 'stop'> {
    try {
      const response = await deps.fetch(deps.url, { signal: AbortSignal.timeout(TIMEOUT) });
      if (response.status === 401 || response.status === 404) return 'stop';
      if (!response.ok) throw new Error(`status ${response.status}`);
      // Our own server has parsed it: its type is trusted, as everywhere in the browser.
      const overview = (await response.json()) as Overview;
      if (!stopped) deps.told(overview);
      return 'told';
    } catch {
      if (!stopped) deps.away();
      return 'away';
    }
  }
}
