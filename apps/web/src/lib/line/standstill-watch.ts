import { hasLeft, type OwnEnd } from '@relais/domain/line/elsewhere';
import { nextStandstill, NO_STANDSTILL } from '@relais/domain/line/standstill';
import type { Flows } from '../media/media-session.ts';
import { byId, count, ofType, pairOf, text, type Stat } from './read-stats.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 300;
/** A look that comes so late says nothing of the line: the page itself, or the computer, stood still. */
const LATE_MS = 3 * LOOK_MS;
/** Having said it, it is not said again for so many milliseconds: what follows from it takes its time. */
const SAID_MS = 8000;
/** Milliseconds between two questions for the device's addresses, of which each costs a few milliseconds of work. */
const ASKED_MS = 900;
/** For so long it is asked while everything stands still: the other network may come after the one that is gone. */
const ASKING_MS = 20_000;

export interface StandstillWatch {
  close(): void;
}

export interface StandstillDeps {
  flows: () => Flows | undefined;
  /** These are looked at from now on. */
  opened: (flows: Flows) => void;
  /** Everything stands still; `stopped`: how many flows would have gone on; `mayHaveLeft`: its addresses do not tell. */
  stands: (of: { stopped: number; mayHaveLeft: boolean }) => void;
  /** The network in use is left, and the device is on another. */
  left: () => void;
  /** The device's addresses, asked anew. */
  addresses: () => Promise<readonly string[]>;
}

/** Looks at what comes, and tells when all of it stands still, and when that is for being on another network [BACK-5]. */
export function createStandstillWatch(deps: StandstillDeps): StandstillWatch {
  let memory = NO_STANDSTILL;
  let pair: Pick<Flows, 'send' | 'recv'> | undefined;
  let counts: ReadonlyMap<string, number> = new Map();
  let end: OwnEnd | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  /** Since when nothing has come; undefined: something does. */
  let pausedAt: number | undefined;
  /** What the addresses said last. */
  let hasMoved: boolean | undefined;
  let lookedAt = performance.now();
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    const open = deps.flows();
    if (open?.send !== pair?.send) forget();
    if (open && open.send !== pair?.send) deps.opened(open);
    pair = open;
    if (!open) return;
    const [sent, received] = (await Promise.all([open.send.getStats(), open.recv.getStats()])).map((stats) =>
      byId(stats.values()),
    ) as [ReadonlyMap<string, Stat>, ReadonlyMap<string, Stat>];
    const now = new Map([...feedback(sent), ...streams(received)]);
    const came = [...now].flatMap(([id, so]) => (so > (counts.get(id) ?? 0) ? [id] : []));
    counts = now;
    // A way that is gone is named no more: what it was is kept.
    end = ownEnd(received) ?? ownEnd(sent) ?? end;
    const isLate = performance.now() - lookedAt > LATE_MS;
    lookedAt = performance.now();
    if (isLate) memory = NO_STANDSTILL;
    await judge(came);
  }

  async function judge(came: readonly string[]): Promise<void> {
    const next = nextStandstill(memory, came);
    memory = next.memory;
    if (came.length > 0) pausedAt = undefined;
    else if (next.paused > 0) pausedAt = performance.now();
    if (isClosed) return;
    if (isDue()) hasMoved = await ask();
    if (hasMoved) {
      forget();
      if (!isClosed) deps.left();
    } else if (next.stopped > 0 && performance.now() - saidAt > SAID_MS) {
      saidAt = performance.now();
      deps.stands({ stopped: next.stopped, mayHaveLeft: hasMoved === undefined });
    }
  }

  function isDue(): boolean {
    const now = performance.now();
    return pausedAt !== undefined && now - pausedAt <= ASKING_MS && now - askedAt >= ASKED_MS;
  }

  async function ask(): Promise<boolean | undefined> {
    askedAt = performance.now();
    return end && hasLeft(end, await deps.addresses().catch(() => []));
  }

  function forget(): void {
    memory = NO_STANDSTILL;
    counts = new Map();
    end = undefined;
    pausedAt = undefined;
    hasMoved = undefined;
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
function feedback(stats: ReadonlyMap<string, Stat>): [string, number][] {
  const pairs = ofType(stats, 'candidate-pair');
  return [['feedback', pairs.reduce((bytes, pair) => bytes + count(pair, 'bytesReceived'), 0)]];
}

function streams(stats: ReadonlyMap<string, Stat>): [string, number][] {
  return ofType(stats, 'inbound-rtp').map((stat) => [text(stat, 'id'), count(stat, 'packetsReceived')]);
}

function ownEnd(stats: ReadonlyMap<string, Stat>): OwnEnd | undefined {
  const local = stats.get(text(pairOf(stats), 'localCandidateId'));
  return (
    local && {
      type: text(local, 'candidateType') || undefined,
      address: text(local, 'address') || undefined,
      relatedAddress: text(local, 'relatedAddress') || undefined,
    }
  );
}
