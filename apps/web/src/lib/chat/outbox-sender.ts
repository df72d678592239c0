import type { ClientMessageId, ParticipantId } from '@relais/protocol';
import { isPassing, retryDelay } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import { nextToSend, postponed, refused, sending, stored, type Outbox } from './outbox.ts';

export interface OutboxSender {
  /** Something may be sent now: a line was written, or the seat is held again. */
  poke(): void;
  close(): void;
}

/** Sends the outbox, one line after another, while a seat is held. */
export function createOutboxSender(deps: {
  hub: HubClient;
  /** One's seat, while requests are accepted under it. */
  author: () => ParticipantId | undefined;
  outbox: () => Outbox;
  update: (outbox: Outbox) => void;
}): OutboxSender {
  const { hub, author, outbox, update } = deps;
  let isRunning = false;
  let isClosed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    clearTimeout(timer);
    try {
      for (;;) {
        const self = author();
        const next = nextToSend(outbox());
        if (isClosed || !self || !next) return;
        if (!(await post(next.clientMessageId, next.text, self))) return;
      }
    } finally {
      isRunning = false;
    }
  }

  /** Whether the next may follow at once. */
  async function post(clientMessageId: ClientMessageId, text: string, self: ParticipantId): Promise<boolean> {
    update(sending(outbox(), clientMessageId, self));
    const result = await hub.request('chat:post', { clientMessageId, text });
    if (result.ok) {
      failures = 0;
      update(stored(outbox(), clientMessageId));
      return true;
    }
    const { error } = result;
    // `notJoined`: the socket came back and the seat has not been taken again yet; joining pokes.
    if (!isPassing(error) && error.kind !== 'notJoined') {
      update(refused(outbox(), clientMessageId));
      return true;
    }
    update(postponed(outbox(), clientMessageId));
    timer = setTimeout(() => void run(), retryDelay(error, failures, Math.random()));
    failures += 1;
    return false;
  }

  return {
    poke() {
      failures = 0;
      void run();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
