import { hasLeft, haveChanged, type OwnEnd } from '@relais/domain/line/elsewhere';
import { nextPulse, NO_PULSE } from '@relais/domain/line/pulse';
import { nextStandstill, NO_STANDSTILL } from '@relais/domain/line/standstill';
import type { Transport } from 'mediasoup-client/types';
import type { Flows } from '../media/media-session.ts';
import { connectionOf } from '../media/packet-time.ts';
import type { AskAddresses } from './own-addresses.ts';
import { byId, count, ofType, pairOf, text, type Stat } from './read-stats.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 300;
/** The same of connections that are bound to no address, where a look at one number each is enough to ask. */
const PULSE_MS = 100;
/** A look that comes so late says nothing of the line: the page itself, or the computer, stood still. */
const LATE_MS = 3 * LOOK_MS;
/** Having said it, it is not said again for so many milliseconds: what follows from it takes its time. */
const SAID_MS = 8000;
/** Milliseconds between two questions for the device's addresses, of which each costs a few milliseconds of work. */
const ASKED_MS = 900;
/** The same while it goes on standing still: the other network comes after the one that is gone. */
const STILL_ASKED_MS = 300;
/** For so long it is asked while everything stands still. */
const ASKING_MS = 20_000;
/** The same while one way goes on: by then a browser has found the other way's own again, or nobody speaks there. */
const ASKING_OF_ONE_MS = 3000;
/** Milliseconds after another network was taken in which the browser has better things to do than to tell its addresses. */
const SETTLED_MS = 1000;
const WAYS = ['send', 'recv'] as const;

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
  addresses: AskAddresses;
}

/** Looks at what comes, and tells when all of it stands still, and when that is for being on another network [BACK-5]. */
export function createStandstillWatch(deps: StandstillDeps): StandstillWatch {
  let memory = NO_STANDSTILL;
  let pair: Flows | undefined;
  let tracks = '';
  let counts: ReadonlyMap<string, number> = new Map();
  let end: OwnEnd | undefined;
  /** Of connections that are bound to none: those that the device had when something came. */
  let before: Promise<readonly string[]> | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  /** Since when nothing has come; undefined: something does. */
  let pausedAt: number | undefined;
  /** What the addresses said last. */
  let hasMoved: boolean | undefined;
  let leftAt = Number.NEGATIVE_INFINITY;
  let lookedAt = performance.now();
  /**
   * Of each way apart: a browser asks of each, every 2.5 s, whether it still goes on. So the one that happens to be asked of just
   * after a change of network goes on, while the other stands still until its turn.
   */
  let pulses = { send: NO_PULSE, recv: NO_PULSE };
  /** Ways whose pulse has paused, and has not come back. */
  const still = new Set<(typeof WAYS)[number]>();
  let isClosed = false;

  async function look(): Promise<void> {
    const open = deps.flows();
    if (open?.send !== pair?.send) {
      forget();
      counts = new Map();
      if (open) deps.opened(open);
    }
    pair = open;
    if (!open) return;
    expect(open);
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
    if (came.length > 0) goesOn();
    else if (next.paused > 0) pausedAt = performance.now();
    if (isClosed) return;
    if (!(await askWhenDue()) && next.stopped > 0 && performance.now() - saidAt > SAID_MS) {
      saidAt = performance.now();
      deps.stands({ stopped: next.stopped, mayHaveLeft: hasMoved === undefined });
    }
  }

  /** What was received by our own doing ends with it, and says nothing of the line: one has gone to another room. */
  function expect(open: Flows): void {
    if (open.tracks === tracks) return;
    ({ tracks } = open);
    memory = NO_STANDSTILL;
    forgetPulses();
    pausedAt = undefined;
  }

  /** Between two looks: asks as soon as nothing comes. */
  async function feel(): Promise<void> {
    if (!pair?.isFree) return;
    const open = deps.flows();
    if (open?.send !== pair.send) return;
    expect(open);
    const bytes = await bytesOf(open);
    let hasPaused = false;
    for (const way of WAYS) {
      const next = nextPulse(pulses[way], bytes[way]);
      pulses[way] = next.memory;
      if (next.hasCome) still.delete(way);
      if (next.hasPaused) still.add(way);
      hasPaused ||= next.hasPaused;
    }
    if (hasPaused) pausedAt = performance.now();
    if (still.size > 0) await askWhenDue();
  }

  /** Whether the device has left, which is said. */
  async function askWhenDue(): Promise<boolean> {
    const of = pair?.send;
    if (isClosed || !isDue()) return false;
    const moved = await ask();
    if (of !== pair?.send) return false;
    hasMoved = moved;
    if (!moved || isClosed || (await hasComeAgain())) return false;
    if (of !== pair?.send) return false;
    forget();
    leftAt = performance.now();
    deps.left();
    return true;
  }

  /** What had paused has gone on meanwhile: the device has another address beside the one in use, or is slow. */
  async function hasComeAgain(): Promise<boolean> {
    const open = deps.flows();
    if (!open?.isFree || open.send !== pair?.send || still.size === 0) return false;
    const bytes = await bytesOf(open);
    return [...still].every((way) => bytes[way] > pulses[way].bytes);
  }

  function isDue(): boolean {
    const now = performance.now();
    const isAllStill = memory.still > 0;
    const isOfOne = still.size > 0 && !isAllStill;
    if (pausedAt === undefined || now - pausedAt > (isOfOne ? ASKING_OF_ONE_MS : ASKING_MS)) return false;
    const isNew = still.size > 0 && askedAt < pausedAt;
    const isSoon = pair?.isFree && (isNew || (isAllStill && askedAt >= pausedAt));
    return now - askedAt >= (isSoon ? STILL_ASKED_MS : ASKED_MS);
  }

  async function ask(): Promise<boolean | undefined> {
    askedAt = performance.now();
    if (!pair?.isFree) return end && hasLeft(end, await addresses());
    const known = (await before) ?? [];
    const isNew = (address: string) => haveChanged(known, [...known, address]) === true;
    return haveChanged(known, await addresses(isNew));
  }

  const addresses: AskAddresses = (isEnough) => deps.addresses(isEnough).catch(() => []);

  function goesOn(): void {
    // What this look found may have come before a pulse paused, or by the other way.
    if (still.size === 0) pausedAt = undefined;
    if (pair?.isFree && performance.now() - leftAt > SETTLED_MS) before ??= addresses(() => false);
  }

  function forget(): void {
    memory = NO_STANDSTILL;
    forgetPulses();
    end = undefined;
    before = undefined;
    pausedAt = undefined;
    hasMoved = undefined;
  }

  function forgetPulses(): void {
    pulses = { send: NO_PULSE, recv: NO_PULSE };
    still.clear();
  }

  const ends = [every(LOOK_MS, look), every(PULSE_MS, feel)];
  return {
    close() {
      isClosed = true;
      for (const end of ends) end();
    },
  };
}

/** Each after the end of the one before. Until the returned function is called. */
function every(ms: number, work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const later = () => {
    timer = setTimeout(() => {
      work()
        // A transport that closes meanwhile has no stats: the next one has.
        .catch(() => undefined)
        .finally(() => !isOver && later());
    }, ms);
  };
  later();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** All that has come by each: one thing sent, or received, tells of the whole of its connection, and is few numbers. */
async function bytesOf({ send, recv }: Flows): Promise<Record<(typeof WAYS)[number], number>> {
  const [sent, received] = await Promise.all([
    inUse(send, 'sendonly')?.sender.getStats(),
    inUse(recv, 'recvonly')?.receiver.getStats(),
  ]);
  return { send: bytesIn(sent), recv: bytesIn(received) };
}

const bytesIn = (stats: RTCStatsReport | undefined) =>
  stats ? ofType(byId(stats.values()), 'transport').reduce(sumOf, 0) : 0;

const inUse = (transport: Transport, direction: RTCRtpTransceiverDirection) =>
  connectionOf(transport)
    ?.getTransceivers()
    .find(({ currentDirection }) => currentDirection === direction);

const sumOf = (sum: number, transport: Stat) => sum + count(transport, 'bytesReceived');

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
