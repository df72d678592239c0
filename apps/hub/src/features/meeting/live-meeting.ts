import { randomUUID } from 'node:crypto';
import { evolveLive } from '@relais/domain';
import type {
  LiveFact,
  LiveSnapshot,
  LiveState,
  MeetingId,
  MeetingState,
  ParticipantId,
  PeerId,
  ProducerId,
} from '@relais/protocol';
import type { Connection, FanOut } from '../../socket/connection.ts';
import type { Aggregate } from './aggregate.ts';

/** Who sits in a seat at this moment, on this hub. */
export interface Occupant {
  readonly participantId: ParticipantId;
  /** Undefined while the network is cut and the seat is held. */
  connection: Connection | undefined;
  /** The open pair of transports on the media node. */
  peerId: PeerId | undefined;
  /** Gives the seat up when the grace period ends. */
  graceTimer: NodeJS.Timeout | undefined;
}

/** A meeting that somebody is in: its log, its present, and who sits where. */
export class LiveMeeting {
  readonly id: MeetingId;
  readonly occupants = new Map<ParticipantId, Occupant>();
  /** Whose leaving is not in the log yet. */
  readonly leaving = new Set<ParticipantId>();
  readonly #aggregate: Aggregate;
  readonly #fanOut: FanOut;
  readonly #epoch = randomUUID();
  #seq = 0;
  #live: LiveState = {};

  constructor(aggregate: Aggregate, fanOut: FanOut) {
    this.id = aggregate.state.meetingId;
    this.#aggregate = aggregate;
    this.#fanOut = fanOut;
  }

  get state(): MeetingState {
    return this.#aggregate.state;
  }

  get aggregate(): Aggregate {
    return this.#aggregate;
  }

  get live(): LiveState {
    return this.#live;
  }

  get liveSnapshot(): LiveSnapshot {
    return { epoch: this.#epoch, seq: this.#seq, state: this.#live };
  }

  /** [LIVE-1] Makes it so, and tells everybody in the meeting. */
  change(fact: LiveFact): void {
    this.#seq += 1;
    this.#live = evolveLive(this.#live, fact);
    this.#fanOut.tellMeeting(this.id, 'liveChanged', { epoch: this.#epoch, seq: this.#seq, fact });
  }

  /** [LIVE-4] */
  closeProducersOf(participantId: ParticipantId): void {
    for (const { producerId } of this.#live[participantId]?.producers ?? []) {
      this.change({ type: 'producerClosed', participantId, producerId });
    }
  }

  ownerOf(producerId: ProducerId): ParticipantId | undefined {
    const entry = Object.entries(this.#live).find(([, person]) =>
      person.producers.some((p) => p.producerId === producerId),
    );
    return entry?.[0] as ParticipantId | undefined;
  }

  occupantOfPeer(peerId: PeerId): Occupant | undefined {
    for (const occupant of this.occupants.values()) if (occupant.peerId === peerId) return occupant;
    return undefined;
  }
}
