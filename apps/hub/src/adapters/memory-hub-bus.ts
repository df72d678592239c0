import { randomUUID } from 'node:crypto';
import { hubId as hubIdSchema, type HubId } from '@relais/protocol';
import type { HubBus, HubBusListener, HubEnvelope } from '../ports/hub-bus.ts';

/** Joins hubs of one process: one alone as a rule, several in tests, which may hold messages back or cut a hub off. */
export class MemoryHubExchange {
  readonly #ends = new Map<HubId, End>();
  readonly #delivered: 'at once' | 'when asked';

  /** `at once`: in the next turn. `when asked`: by `deliver`, so that a test decides what overtakes what. */
  constructor(delivered: 'at once' | 'when asked' = 'at once') {
    this.#delivered = delivered;
  }

  connect(id: HubId = hubIdSchema.parse(randomUUID())): HubBus {
    const end = new End(id, (envelope) => this.#send(end, envelope));
    this.#ends.set(id, end);
    end.onClose = () => this.#ends.delete(id);
    return end;
  }

  /** Cuts a hub off from the others, or joins it again: what is said meanwhile is lost to it, and what it says to all. */
  setUp(id: HubId, isUp: boolean): void {
    this.#ends.get(id)?.setUp(isUp);
  }

  /** What is said to a hub waits until it stands still no more, as a process does that was stopped for a while. */
  setStill(id: HubId, isStill: boolean): void {
    const end = this.#ends.get(id);
    if (!end) return;
    end.isStill = isStill;
    if (!isStill) end.deliver(Infinity);
  }

  /** Hands over up to `count` of the messages that wait for a hub. */
  deliver(id: HubId, count = Infinity): void {
    this.#ends.get(id)?.deliver(count);
  }

  waiting(id: HubId): number {
    return this.#ends.get(id)?.inbox.length ?? 0;
  }

  #send(from: End, envelope: HubEnvelope): void {
    for (const end of this.#ends.values()) {
      if (end === from || !end.isUp) continue;
      end.inbox.push(structuredClone(envelope));
      if (this.#delivered === 'at once') queueMicrotask(() => !end.isStill && end.deliver(1));
    }
  }
}

class End implements HubBus {
  readonly hubId: HubId;
  readonly inbox: HubEnvelope[] = [];
  isUp = true;
  isStill = false;
  onClose: () => void = () => undefined;
  readonly #send: (envelope: HubEnvelope) => void;
  #listener: HubBusListener | undefined;

  constructor(id: HubId, send: (envelope: HubEnvelope) => void) {
    this.hubId = id;
    this.#send = send;
  }

  publish(envelope: HubEnvelope): void {
    if (this.isUp) this.#send(envelope);
  }

  subscribe(listener: HubBusListener): () => void {
    this.#listener = listener;
    this.inbox.length = 0;
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  setUp(isUp: boolean): void {
    if (isUp === this.isUp) return;
    this.isUp = isUp;
    if (!isUp) this.inbox.length = 0;
    this.#listener?.changed(isUp);
  }

  deliver(count: number): void {
    for (const envelope of this.inbox.splice(0, count)) this.#listener?.message(envelope);
  }

  async close(): Promise<void> {
    this.isUp = false;
    this.#listener = undefined;
    this.onClose();
  }
}
