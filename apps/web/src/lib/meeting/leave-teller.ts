import { backoff } from '@relais/kit';
import type { Seat } from '@relais/protocol';
import { attempt } from '../storage.ts';

/** Leavings that the socket could not tell: kept by the browser, and told until the hub has taken them [LEAVE-5]. */
export interface LeaveTeller {
  tell(code: string, seat: Seat): void;
  /** The page goes away with its socket down: one packet, for which the browser waits. */
  lastWord(code: string, seat: Seat): void;
  /** The seat is taken again: what was not told yet is not to be told any more. */
  takeBack(seat: Seat | undefined): void;
  close(): void;
}

const LEAVING_KEY = 'relais:leaving';

interface Leaving extends Seat {
  code: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** After which nothing is held any more that could be given up, in milliseconds; and how many are kept. */
const KEPT_MS = 60 * 60_000;
const KEPT = 8;
const ANSWER_MS = 10_000;

export interface LeaveTellerDeps {
  /** Of all tabs of this browser. */
  storage: Storage | undefined;
  fetch: typeof fetch;
  beacon: (url: string, body: Blob) => boolean;
  now: () => number;
}

/** In a browser. `seated`: the seat that one sits in by now, of which nothing is to be told. */
export function beginTelling(storage: Storage | undefined, seated: Seat | undefined): LeaveTeller {
  return createLeaveTeller(
    {
      storage,
      now: () => Date.now(),
      fetch: (...args) => fetch(...args),
      beacon: (url, body) => navigator.sendBeacon(url, body),
    },
    seated,
  );
}

export function createLeaveTeller(
  { storage, fetch, beacon, now }: LeaveTellerDeps,
  seated?: Seat,
): LeaveTeller {
  let telling: AbortController | undefined;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  /** Where nothing can be kept, this page at least knows. */
  let unkept: Leaving[] = [];

  function kept(): Leaving[] {
    const text = attempt(() => storage?.getItem(LEAVING_KEY));
    const found = text ? attempt(() => JSON.parse(text) as unknown) : unkept;
    const isFresh = ({ at }: Leaving) => now() - at < KEPT_MS;
    return Array.isArray(found) ? found.filter(isLeaving).filter(isFresh) : [];
  }

  function keep(leavings: readonly Leaving[]): void {
    unkept = leavings.slice(-KEPT);
    if (unkept.length === 0) attempt(() => storage?.removeItem(LEAVING_KEY));
    else attempt(() => storage?.setItem(LEAVING_KEY, JSON.stringify(unkept)));
  }

  const without = (participantId: string) => kept().filter((one) => one.participantId !== participantId);

  function takeBack(seat: Seat | undefined): void {
    if (!seat || !kept().some(({ participantId }) => participantId === seat.participantId)) return;
    keep(without(seat.participantId));
    telling?.abort();
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    const [next] = kept();
    if (!next || telling || isClosed) return;
    telling = new AbortController();
    const isTold = await tellOne(next, telling.signal);
    const wasTakenBack = telling.signal.aborted;
    telling = undefined;
    if (isClosed) return;
    if (isTold) keep(without(next.participantId));
    if (isTold || wasTakenBack) {
      failures = 0;
      return run();
    }
    timer = setTimeout(() => void run(), backoff(failures, Math.random(), 1000, 30_000));
    failures += 1;
  }

  /** True: taken, or refused for good, so that nothing is left to tell. */
  async function tellOne(leaving: Leaving, signal: AbortSignal): Promise<boolean> {
    try {
      const response = await fetch(urlOf(leaving.code), {
        method: 'POST',
        keepalive: true,
        headers: { 'content-type': 'application/json' },
        body: bodyOf(leaving),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      });
      return response.ok || (response.status < 500 && response.status !== 429);
    } catch {
      return false;
    }
  }

  const lineIsBack = () => void run();
  globalThis.addEventListener?.('online', lineIsBack);
  if (seated) takeBack(seated);
  void run();

  return {
    tell(code, { participantId, token }) {
      keep([...without(participantId), { code, participantId, token, at: now() }]);
      void run();
    },
    lastWord(code, seat) {
      attempt(() => beacon(urlOf(code), new Blob([bodyOf(seat)], { type: 'application/json' })));
    },
    takeBack,
    close() {
      isClosed = true;
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', lineIsBack);
    },
  };
}

const urlOf = (code: string) => `/api/meetings/${encodeURIComponent(code)}/leave`;
const bodyOf = ({ participantId, token }: Seat) => JSON.stringify({ participantId, token });

function isLeaving(value: unknown): value is Leaving {
  if (typeof value !== 'object' || value === null) return false;
  const { code, participantId, token, at } = value as Record<string, unknown>;
  return [code, participantId, token].every((one) => typeof one === 'string') && typeof at === 'number';
}
