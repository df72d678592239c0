import type { AnswerValue, MediaOffer, PeerId, PeerMedia, Seat } from '@relais/protocol';
import { PROTOCOL_VERSION } from '@relais/protocol/limits';
import { isInside, type StandingFact } from '../hub/connection-state.ts';
import { isPassing, retryDelay, type CallFailure } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import { facilitatorKeyFor, takeKeyFromAddress } from './facilitator-key.ts';
import { guestTokenFor } from './guest-token.ts';
import type { LeaveTeller } from './leave-teller.ts';
import type { Whole } from './log-follower.ts';
import type { SeatMemory } from './seat-memory.ts';
import type { Standing } from './view-model.ts';

/** What joining needs of the media, and tells it. */
export interface MediaGate {
  /** What to have media opened with; undefined when this browser cannot: one joins in writing. */
  offer(): Promise<MediaOffer | undefined>;
  /** The transports that still stand, if any. */
  keepPeerId(): PeerId | undefined;
  /** `offer`: what it was opened with; the certificates of that offer belong to it. */
  opened(media: PeerMedia, offer: MediaOffer): void;
  kept(): void;
  /** Media was not opened with the joining; the media tries by itself. */
  unavailable(): void;
}

/** What joining needs of the meeting's state. */
export interface MeetingKeeper {
  readonly standing: Standing;
  readonly version: number | undefined;
  move(fact: StandingFact): void;
  /** `telephone`: where one takes part by voice, if the organisation has such a number. */
  seated(seat: Seat, given: Pick<AnswerValue<'meeting:join'>, 'telephone' | 'seatHeldMs'>): void;
  apply(whole: Whole): void;
}

/** Somebody whom the door refused with `mustWait` [WAIT-2]. */
export interface AtDoor {
  name: string;
  /** They may come in. */
  enter: () => Promise<void>;
}

export interface Membership {
  /** Takes a seat, or comes back to one's own. Resolves when it is taken or refused. */
  join(name: string): Promise<void>;
  leave(): Promise<void>;
  close(): void;
}

/** Times that a first join is tried while something behind the hub is away, but for the log: about 15 s in all. */
const FIRST_JOIN_ATTEMPTS = 7;
/** Milliseconds that a leaving may take by the socket. */
const LEAVE_MS = 2000;
/** Milliseconds that the log may be away without being spoken of. */
const A_HICCUP = 1000;

/** Takes the seat, and takes it again after each fall of the socket [JOIN-2, JOIN-6, JOIN-7]. */
export function createMembership(deps: {
  hub: HubClient;
  code: string;
  seats: SeatMemory;
  media: MediaGate;
  keeper: MeetingKeeper;
  leavings: Pick<LeaveTeller, 'tell' | 'takeBack'>;
  /** Its code comes when somebody has to wait. */
  waitAtDoor: (asked: AtDoor) => void;
}): Membership {
  const { hub, code, seats, media, keeper, leavings, waitAtDoor } = deps;
  let name = '';
  /** Each entering has a number; a later one, leaving and being displaced make the former give up. */
  let entering = 0;
  let isEntering = false;

  async function enter(): Promise<void> {
    entering += 1;
    const mine = entering;
    const since = performance.now();
    isEntering = true;
    try {
      for (let attempt = 0; mine === entering; attempt += 1) {
        const offer = await media.offer();
        await untilConnected(hub);
        if (mine !== entering) return;
        const answered = await ask(offer);
        if (mine !== entering || answered.done) return;
        if (answered.failure.kind === 'mustWait') return waitAtDoor({ name, enter });
        const isLong = performance.now() - since >= A_HICCUP;
        if (isLong && isLogAway(answered.failure)) keeper.move({ type: 'joinDelayed' });
        await pause(answered.failure, attempt);
        if (mine === entering && isHopeless(answered.failure, attempt)) return;
      }
    } finally {
      if (mine === entering) isEntering = false;
    }
  }

  async function ask(offer: MediaOffer | undefined): Promise<{ done: true } | Failed> {
    const mine = entering;
    const seat = await seats.find(name);
    if (mine !== entering) return { done: true };
    leavings.takeBack(seat);
    const keepPeerId = media.keepPeerId();
    // Another link that somebody opens in a tab that is here already loads nothing anew.
    takeKeyFromAddress(code);
    const facilitatorKey = facilitatorKeyFor(code);
    const guestToken = guestTokenFor(code);
    const result = await hub.request('meeting:join', {
      protocolVersion: PROTOCOL_VERSION,
      code,
      name,
      ...(seat && { seat }),
      formerSeats: seats.former(),
      ...(facilitatorKey && { facilitatorKey }),
      ...(guestToken && { guestToken }),
      ...(keeper.version !== undefined && { sinceVersion: keeper.version }),
      ...(offer && { media: offer }),
      ...(keepPeerId && { keepPeerId }),
    });
    if (mine !== entering) return { done: true };
    if (!result.ok) return { done: false, failure: result.error };
    accept(result.value, offer, keepPeerId);
    return { done: true };
  }

  function accept(
    answer: AnswerValue<'meeting:join'>,
    offer: MediaOffer | undefined,
    keptPeerId: PeerId | undefined,
  ): void {
    seats.save(answer.seat, name);
    keeper.seated(answer.seat, answer);
    keeper.apply(answer);
    keeper.move({ type: 'joinAccepted' });
    if (answer.media && offer) media.opened(answer.media, offer);
    else if (keptPeerId && !answer.mediaUnavailable) media.kept();
    else media.unavailable();
  }

  /** What a failure asks for before the next attempt. */
  async function pause(failure: CallFailure, attempt: number): Promise<void> {
    const { kind } = failure;
    // [JOIN-5] Not ours any more: the next attempt takes another.
    if (kind === 'seatUnknown') seats.forget();
    // An answer was lost, though the seat may be taken: a fresh socket has joined nothing.
    else if (kind === 'alreadyJoined' || (kind === 'noAnswer' && hub.connected)) startAfresh();
    else if (kind !== 'noAnswer' && isPassing(failure))
      await wait(retryDelay(failure, attempt, Math.random()));
  }

  /** A seat that one cannot come back to, its token being lost with the answer, is left; another is held. */
  function startAfresh(): void {
    if (seats.load()) return hub.reconnect();
    hub.disconnect();
    hub.connect();
  }

  /**
   * Tells of a refusal that no further attempt would change. Coming back to a seat is tried for as long as it takes, and
   * so is coming in while the log is away, which is told meanwhile.
   */
  function isHopeless(failure: CallFailure, attempt: number): boolean {
    if (failure.kind === 'noAnswer' || isLogAway(failure)) return false;
    const mayRetry = isPassing(failure) || failure.kind === 'seatUnknown' || failure.kind === 'alreadyJoined';
    if (mayRetry && (keeper.standing.kind === 'reconnecting' || attempt < FIRST_JOIN_ATTEMPTS)) return false;
    keeper.move({ type: 'joinRefused', refusal: failure });
    return true;
  }

  function giveUp(): void {
    entering += 1;
    isEntering = false;
  }

  const offConnection = hub.onConnection((connected) => {
    if (connected) return;
    keeper.move({ type: 'socketLost', at: Date.now() });
    if (keeper.standing.kind === 'reconnecting' && !isEntering) void enter();
  });
  const out = (type: 'seatTaken' | 'removed') => () => {
    giveUp();
    keeper.move({ type });
    hub.disconnect();
  };
  const offTaken = hub.on('seatTakenOver', out('seatTaken'));
  const offRemoved = hub.on('removed', out('removed'));

  return {
    async join(given) {
      if (isEntering || isInside(keeper.standing)) return;
      name = given;
      keeper.move({ type: 'joinAsked' });
      hub.connect();
      await enter();
    },
    async leave() {
      giveUp();
      const seat = seats.load();
      seats.left();
      keeper.move({ type: 'left' });
      const mine = entering;
      const told = await Promise.race([hub.request('meeting:leave', {}), wait(LEAVE_MS)]);
      // Back already, in the same seat.
      if (mine !== entering) return;
      hub.disconnect();
      // [LEAVE-5] Nobody heard it, and closing a dead socket says nothing either: no ghost is to stay for that.
      if (seat && !told?.ok) leavings.tell(code, seat);
    },
    close() {
      giveUp();
      offConnection();
      offTaken();
      offRemoved();
    },
  };
}

interface Failed {
  done: false;
  failure: CallFailure;
}

const isLogAway = (failure: CallFailure) => failure.kind === 'unavailable' && failure.what === 'log';

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function untilConnected(hub: HubClient): Promise<void> {
  return new Promise((resolve) => {
    const off = hub.onConnection((connected) => {
      if (!connected) return;
      resolve();
      // Called at once when it stands already, before there is anything to take off.
      queueMicrotask(() => off());
    });
  });
}
