import type { types } from 'mediasoup';
import { consumerId, producerId } from '@relais/protocol';
import type { ConsumerId, OpenedConsumer, ProducerId, ReadyReceiver, RtpParameters } from '@relais/protocol';

/**
 * Opens one consumer; undefined when its producer is gone or cannot be consumed by this peer. It calls `keep` in the turn
 * in which it sees that the producer is still there, so that an end of it is never missed.
 */
export type Open = (
  id: ProducerId,
  keep: (consumer: types.Consumer) => void,
) => Promise<types.Consumer | undefined>;

/** Closed ids that are remembered, so that a late word about one is not taken for a stranger's. */
const REMEMBERED = 2000;

/** One peer's consumers: at most one for each producer, whoever asks and however often at the same time. */
export class Consumers {
  readonly #byId = new Map<ConsumerId, types.Consumer>();
  readonly #closed = new Set<ConsumerId>();
  readonly #byProducer = new Map<ProducerId, Promise<types.Consumer | undefined>>();

  get size(): number {
    return this.#byId.size;
  }

  get(id: ConsumerId): types.Consumer | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<types.Consumer> {
    return this.#byId.values();
  }

  /** Whether one of them is sent there, or what it is sent with would be taken for it. */
  isAt({ mid, ssrc }: Pick<ReadyReceiver, 'mid' | 'ssrc'>): boolean {
    return [...this.#byId.values()].some(
      ({ rtpParameters }) => rtpParameters.mid === mid || rtpParameters.encodings?.[0]?.ssrc === ssrc,
    );
  }

  /** The first id that is not, and never was, one of this peer's. */
  stranger(ids: readonly ConsumerId[]): ConsumerId | undefined {
    return ids.find((id) => !this.#byId.has(id) && !this.#closed.has(id));
  }

  /** How many there would be, had each of `ids` one. */
  sizeWith(ids: readonly ProducerId[]): number {
    return this.#byProducer.size + ids.filter((id) => !this.#byProducer.has(id)).length;
  }

  of(id: ProducerId, open: Open): Promise<types.Consumer | undefined> {
    const known = this.#byProducer.get(id);
    if (known) return known;
    const opening = this.#open(id, open);
    this.#byProducer.set(id, opening);
    return opening;
  }

  async #open(id: ProducerId, open: Open): Promise<types.Consumer | undefined> {
    let consumer: types.Consumer | undefined;
    try {
      consumer = await open(id, (kept) => void this.#byId.set(consumerId.parse(kept.id), kept));
    } finally {
      if (!consumer) this.#byProducer.delete(id);
    }
    return consumer;
  }

  close(ids: readonly ConsumerId[]): void {
    for (const id of ids) {
      const consumer = this.#byId.get(id);
      if (!consumer) continue;
      this.#forget(id, consumer);
      consumer.close();
    }
  }

  /** Closes those of producers that are named so, also what is being opened; answers their ids. */
  async closeOf(isNamed: (id: ProducerId) => boolean): Promise<ConsumerId[]> {
    const named = [...this.#byProducer].filter(([id]) => isNamed(id));
    // One whose opening fails closes nothing, and says so to who asked for it.
    const settled = await Promise.allSettled(named.map(([, opening]) => opening));
    const ids = settled.flatMap((one) =>
      one.status === 'fulfilled' && one.value && this.has(one.value) ? consumerId.parse(one.value.id) : [],
    );
    this.close(ids);
    return ids;
  }

  /** Forgets those of producers that are gone: mediasoup closes them by itself. Returns their ids. */
  drop(gone: ReadonlySet<ProducerId>): ConsumerId[] {
    const dropped: ConsumerId[] = [];
    for (const [id, consumer] of this.#byId) {
      if (!gone.has(producerId.parse(consumer.producerId))) continue;
      this.#forget(id, consumer);
      dropped.push(id);
    }
    return dropped;
  }

  has(consumer: types.Consumer): boolean {
    return this.#byId.has(consumerId.parse(consumer.id));
  }

  clear(): void {
    this.#byId.clear();
    this.#byProducer.clear();
  }

  #forget(id: ConsumerId, consumer: types.Consumer): void {
    this.#byId.delete(id);
    this.#byProducer.delete(producerId.parse(consumer.producerId));
    this.#closed.add(id);
    // A set keeps the order of adding: the first is the oldest.
    for (const oldest of this.#closed) {
      if (this.#closed.size <= REMEMBERED) break;
      this.#closed.delete(oldest);
    }
  }
}

export function openedConsumer(consumer: types.Consumer): OpenedConsumer {
  return {
    consumerId: consumerId.parse(consumer.id),
    producerId: producerId.parse(consumer.producerId),
    kind: consumer.kind,
    // Made by mediasoup from parameters that were parsed and cleaned when they came in; parsing all of it again
    // for each of some hundred consumers would be felt at every join.
    rtpParameters: consumer.rtpParameters as RtpParameters,
    producerPaused: consumer.producerPaused,
  };
}
