import type { ParticipantId } from '@relais/protocol';
import { isPassing, retryDelay, type CallFailure } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import {
  misplaced,
  nextToSend,
  postponed,
  refused,
  sending,
  stored,
  type Outbox,
  type OutboxEntry,
} from './outbox.ts';

export interface OutboxSender {
  /** Something may be sent now: a line was written, or the seat is held again. */
  poke(): void;
  close(): void;
}

/** Milliseconds that a message may take before it is spoken of: refused because the log is away, or not answered. */
const REFUSED_MS = 1000;
const UNANSWERED_MS = 2000;

/** Sends the outbox, one line after another, while a seat is held. */
export function createOutboxSender(deps: {
  hub: HubClient;
  /** One's seat, while requests are accepted under it. */
  author: () => ParticipantId | undefined;
  outbox: () => Outbox;
  update: (outbox: Outbox) => void;
  /** The hub is there and does not store what it is sent; told again when it does, or when the line falls. */
  storeAway: (isAway: boolean) => void;
}): OutboxSender {
  const { hub, author, outbox, update, storeAway } = deps;
  let isRunning = false;
  let isClosed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the message that is tried now was first sent, in milliseconds; undefined: none is. */
  let triedSince: number | undefined;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    clearTimeout(timer);
    try {
      for (;;) {
        const self = author();
        const next = nextToSend(outbox());
        if (isClosed || !self || !next) return;
        if (!(await post(next, self))) return;
      }
    } finally {
      isRunning = false;
    }
  }

  /** Whether the next may follow at once. */
  async function post({ clientMessageId, text, place }: OutboxEntry, self: ParticipantId): Promise<boolean> {
    update(sending(outbox(), clientMessageId, self));
    speakAfter(UNANSWERED_MS);
    const result = await hub.request('chat:post', { clientMessageId, text, place });
    if (result.ok) {
      failures = 0;
      notLate();
      update(stored(outbox(), clientMessageId));
      return true;
    }
    const { error } = result;
    if (isClosed || !isStoreAway(error)) notLate();
    else speakAfter(REFUSED_MS);
    // `notJoined`: the socket came back and the seat has not been taken again yet; joining pokes.
    if (!isPassing(error) && error.kind !== 'notJoined') {
      // [BREAK-22] What was written for one place is not posted in another: the person says what becomes of it.
      const given = error.kind === 'notInYourRoom' ? misplaced : refused;
      update(given(outbox(), clientMessageId));
      return true;
    }
    update(postponed(outbox(), clientMessageId));
    timer = setTimeout(() => void run(), retryDelay(error, failures, Math.random()));
    failures += 1;
    return false;
  }

  /** Without an answer on a socket that stands, as when the log is away: a socket that fell is another matter. */
  const isStoreAway = ({ kind }: CallFailure) =>
    kind === 'unavailable' || (kind === 'noAnswer' && hub.connected);

  function speakAfter(ms: number): void {
    const now = performance.now();
    triedSince ??= now;
    clearTimeout(lateTimer);
    lateTimer = setTimeout(() => storeAway(true), Math.max(0, triedSince + ms - now));
  }

  function notLate(): void {
    clearTimeout(lateTimer);
    triedSince = undefined;
    storeAway(false);
  }

  return {
    poke() {
      failures = 0;
      void run();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(lateTimer);
    },
  };
}
