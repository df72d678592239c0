import { nextStandstill, NO_STANDSTILL } from '@relais/domain';
import type { Flows } from '../media/media-session.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 300;
/** A look that comes so late says nothing of the line: the page itself, or the computer, stood still. */
const LATE_MS = 3 * LOOK_MS;
/** Having said it, it is not said again for so many milliseconds: what follows from it takes its time. */
const SAID_MS = 8000;

export interface StandstillWatch {
  close(): void;
}

type Stat = Readonly<Record<string, unknown>>;

/** Looks at what comes, and tells when all of it stands still; `stopped`: how many flows would have gone on [BACK-5]. */
export function createStandstillWatch(deps: {
  flows: () => Flows | undefined;
  stands: (stopped: number) => void;
}): StandstillWatch {
  let memory = NO_STANDSTILL;
  let pair: Pick<Flows, 'send' | 'recv'> | undefined;
  let counts: ReadonlyMap<string, number> = new Map();
  let saidAt = Number.NEGATIVE_INFINITY;
  let lookedAt = performance.now();
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    const open = deps.flows();
    if (open?.send !== pair?.send) {
      memory = NO_STANDSTILL;
      counts = new Map();
    }
    pair = open;
    if (!open) return;
    const [sent, received] = await Promise.all([open.send.getStats(), open.recv.getStats()]);
    const now = new Map([...feedback(sent.values()), ...streams(received.values())]);
    const came = [...now].flatMap(([id, count]) => (count > (counts.get(id) ?? 0) ? [id] : []));
    counts = now;
    const isLate = performance.now() - lookedAt > LATE_MS;
    lookedAt = performance.now();
    if (isLate) memory = NO_STANDSTILL;
    const next = nextStandstill(memory, came);
    memory = next.memory;
    if (isClosed || next.stopped === 0 || performance.now() - saidAt < SAID_MS) return;
    saidAt = performance.now();
    deps.stands(next.stopped);
  }

  function lookLater(): void {
    timer = setTimeout(() => {
      look()
        // A transport that closes meanwhile has no stats: the next one has.
        .catch(() => undefined)
        .finally(() => !isClosed && lookLater());
    }, LOOK_MS);
  }

  lookLater();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** What the node says of what is sent comes several times a second, whichever way it goes: one flow. */
function feedback(stats: Iterable<Stat>): [string, number][] {
  let bytes = 0;
  for (const stat of stats) if (stat['type'] === 'candidate-pair') bytes += numberOf(stat['bytesReceived']);
  return [['feedback', bytes]];
}

function streams(stats: Iterable<Stat>): [string, number][] {
  return [...stats].flatMap((stat): [string, number][] =>
    stat['type'] === 'inbound-rtp' ? [[String(stat['id']), numberOf(stat['packetsReceived'])]] : [],
  );
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : 0);
