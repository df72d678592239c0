import { randomUUID } from 'node:crypto';
import { evolveLive, mayReceive, roomOf } from '@relais/domain';
import type {
  Fact,
  LiveFact,
  LivePerson,
  LiveSnapshot,
  LiveState,
  MeetingId,
  MeetingRole,
  MeetingState,
  NodeId,
  ParticipantId,
  PersonId,
  PeerId,
  ProducerId,
  ProducerRef,
  Sign,
} from '@relais/protocol';
import type { HubPerson } from '../../ports/hub-bus.ts';
import type { StillKey } from '../../ports/still-store.ts';
import type { Connection, FanOut } from '../../socket/connection.ts';
import type { FloorTold, Neighbours, Placed } from '../presence/neighbours.ts';
import type { Aggregate } from './aggregate.ts';
import { factsBetween } from './facts-between.ts';

/** A pair of transports, and the node that it is on. */
export type OpenMedia = NonNullable<HubPerson['media']>;

/** Who sits in a seat at this moment, by way of this hub; or a seat that this hub holds for who is cut off. */
export interface Occupant {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly role: MeetingRole | undefined;
  /** The account that they came in with. */
  readonly personId: PersonId | undefined;
  /** [PRES-1] 0: this hub holds the seat only because nobody else has the person; the other hubs are not told. */
  claim: number;
  /** Undefined while the network is cut and the seat is held. */
  connection: Connection | undefined;
  /** Undefined while no media is open. */
  media: OpenMedia | undefined;
  /** What was closed of theirs and they could not be told [FLOOR-4]. */
  untold: Fact<'sendingClosed'>[];
  /** Gives the seat up when the grace period ends. */
  graceTimer: NodeJS.Timeout | undefined;
}

/** Who waits before the meeting by way of this hub [WAIT-2]. */
export interface Waiter {
  /** Undefined while their line is cut, or their page is loaded anew. */
  connection: Connection | undefined;
  /** When their place is given up; undefined while their line stands. */
  endsAt: number | undefined;
  /** What they were told last. */
  isAnimated: boolean;
}

export interface LiveMeetingDeps {
  fanOut: FanOut;
  neighbours: Neighbours;
  /** Somebody's still image is no longer their newest (`isReplaced`), or ended with their sharing [STILL-2]. */
  onStillOver: (id: StillKey, isReplaced: boolean) => void;
  /** Somebody does not speak to all rooms any more, for whatever reason [VOICE-2]. */
  onHushed: (meeting: LiveMeeting, participantId: ParticipantId) => void;
}

const ABSENT: LivePerson = { connected: false, producers: [] };

/** A meeting that somebody is in: its log, its present, and who sits where. */
export class LiveMeeting {
  readonly id: MeetingId;
  readonly occupants = new Map<ParticipantId, Occupant>();
  readonly waiters = new Map<ParticipantId, Waiter>();
  /** Whose leaving is not in the log yet. */
  readonly leaving = new Set<ParticipantId>();
  readonly #aggregate: Aggregate;
  readonly #fanOut: FanOut;
  readonly #neighbours: Neighbours;
  readonly #onStillOver: LiveMeetingDeps['onStillOver'];
  readonly #onHushed: LiveMeetingDeps['onHushed'];
  readonly #epoch = randomUUID();
  readonly #owners = new Map<ProducerId, ParticipantId>();
  #seq = 0;
  #live: LiveState = {};

  constructor(aggregate: Aggregate, deps: LiveMeetingDeps) {
    this.id = aggregate.state.meetingId;
    this.#aggregate = aggregate;
    this.#fanOut = deps.fanOut;
    this.#neighbours = deps.neighbours;
    this.#onStillOver = deps.onStillOver;
    this.#onHushed = deps.onHushed;
    for (const participantId of this.#neighbours.of(this.id).keys()) this.neighbourChanged(participantId);
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

  get everybody(): LivePerson[] {
    return Object.values(this.#live);
  }

  get liveSnapshot(): LiveSnapshot {
    return { epoch: this.#epoch, seq: this.#seq, state: this.#live };
  }

  /** [LIVE-1] Makes it so, and tells everybody in the meeting, on this hub and on the others. */
  change(fact: LiveFact): void {
    this.#evolve(fact);
    this.tellNeighbours(fact.participantId);
  }

  /** Says to the other hubs how it stands with one of this hub's people. */
  tellNeighbours(participantId: ParticipantId): void {
    const occupant = this.occupants.get(participantId);
    if (occupant && occupant.claim > 0) this.#neighbours.tellPerson(this.#placed(occupant));
  }

  /** For one person alone, on whichever hub they are. */
  tellHelp(participantId: ParticipantId, fact: Fact<'helpOffered'>): void {
    const occupant = this.occupants.get(participantId);
    if (occupant) occupant.connection?.tell('helpOffered', fact);
    else this.#neighbours.tellHelp(this.id, participantId, fact);
  }

  /** [FLOOR-1] To the hub that has the person. */
  tellFloor(participantId: ParticipantId, told: FloorTold): void {
    this.#neighbours.tellFloor(this.id, participantId, told);
  }

  /** [HAND-3] To the hub that has the person. */
  askHandLowered(participantId: ParticipantId): void {
    this.#neighbours.tellHandLowered(this.id, participantId);
  }

  /** Another hub has the person now, differently from before, or has them no more [LIVE-1]. */
  neighbourChanged(participantId: ParticipantId): void {
    const elsewhere = this.#neighbours.person(this.id, participantId) ?? ABSENT;
    const { connected, producers, line, light, still, hand, toAll } = elsewhere;
    const then: LivePerson = {
      connected,
      producers,
      ...(line && { line }),
      ...(light && { light }),
      ...(still && { still }),
      ...(hand && { hand }),
      ...(toAll && connected && { toAll }),
    };
    const now = this.#live[participantId] ?? ABSENT;
    for (const fact of factsBetween(participantId, now, then)) this.#evolve(fact);
  }

  /** This hub's own people, as the other hubs are told of them. */
  ownPeople(): Placed[] {
    return [...this.occupants.values()].filter(({ claim }) => claim > 0).map((one) => this.#placed(one));
  }

  /** [LIVE-4] */
  closeProducersOf(participantId: ParticipantId): void {
    for (const { producerId } of this.#live[participantId]?.producers ?? []) {
      this.change({ type: 'producerClosed', participantId, producerId });
    }
  }

  ownerOf(producerId: ProducerId): ParticipantId | undefined {
    return this.#owners.get(producerId);
  }

  /** These producers with the nodes they come in at; without those whose owner's media is not known here. */
  refsOf(producerIds: readonly ProducerId[]): ProducerRef[] {
    return producerIds.flatMap((producerId) => {
      const owner = this.#owners.get(producerId);
      const nodeId = owner && this.#mediaOf(owner)?.nodeId;
      return nodeId ? [{ producerId, nodeId }] : [];
    });
  }

  /** On which nodes the meeting's people are, and how many on each; without one of them. */
  nodesInUse(except?: ParticipantId): Map<NodeId, number> {
    const counts = new Map<NodeId, number>();
    const ids = new Set([...this.occupants.keys(), ...this.#neighbours.of(this.id).keys()]);
    for (const participantId of ids) {
      const nodeId = participantId === except ? undefined : this.#mediaOf(participantId)?.nodeId;
      if (nodeId) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
    }
    return counts;
  }

  /** [BREAK-3] Whether one may hear and see what the other sends. */
  together(one: ParticipantId, other: ParticipantId): boolean {
    return roomOf(this.state, one) === roomOf(this.state, other);
  }

  /** [BREAK-3] [VOICE-1] Whether one may have that of what is sent here; nothing of who is not known. */
  mayReceive(self: ParticipantId, producerId: ProducerId): boolean {
    const from = this.ownerOf(producerId);
    if (!from) return false;
    const source = this.#live[from]?.producers.find((one) => one.producerId === producerId)?.source;
    return mayReceive(this.state, this.#live, { self, from, source });
  }

  /** Takes somebody's sign away, if they have it. */
  endSign(participantId: ParticipantId, sign: Sign): void {
    if (this.#live[participantId]?.[sign])
      this.change({ type: 'signChanged', participantId, sign, since: null });
  }

  /** False once they have left, or another hub has them, while something was under way for them here. */
  sits(occupant: Occupant): boolean {
    return this.occupants.get(occupant.participantId) === occupant;
  }

  occupantOfPeer(peerId: PeerId): Occupant | undefined {
    for (const occupant of this.occupants.values()) if (occupant.media?.peerId === peerId) return occupant;
    return undefined;
  }

  #mediaOf(participantId: ParticipantId): OpenMedia | undefined {
    const own = this.occupants.get(participantId);
    return own ? own.media : this.#neighbours.person(this.id, participantId)?.media;
  }

  #placed({ participantId, claim, connection, media, untold }: Occupant): Placed {
    const { producers, line, light, still, hand, toAll } = this.#live[participantId] ?? ABSENT;
    const person: HubPerson = {
      claim,
      connected: connection !== undefined,
      producers: [...producers],
      ...(line && { line }),
      ...(light && { light }),
      ...(still && { still }),
      ...(hand && { hand }),
      ...(toAll && { toAll }),
      ...(untold.length > 0 && { untold }),
      ...(media && { media }),
    };
    return { meetingId: this.id, participantId, person };
  }

  #evolve(fact: LiveFact): void {
    this.#seq += 1;
    if (fact.type === 'producerOpened') this.#owners.set(fact.producerId, fact.participantId);
    if (fact.type === 'producerClosed') this.#owners.delete(fact.producerId);
    const before = this.#live[fact.participantId]?.producers;
    const still = this.#live[fact.participantId]?.still;
    const wasToAll = this.#live[fact.participantId]?.toAll;
    this.#live = evolveLive(this.#live, fact);
    if (wasToAll && !this.#live[fact.participantId]?.toAll) this.#onHushed(this, fact.participantId);
    const now = this.#live[fact.participantId]?.still;
    if (still && still.stillId !== now?.stillId)
      this.#onStillOver(
        { meetingId: this.id, participantId: fact.participantId, stillId: still.stillId },
        !!now,
      );
    // [LIVE-2] One that stands in the place of another takes its id away, too.
    if (fact.type === 'producerOpened') {
      for (const { producerId, source } of before ?? []) {
        if (source === fact.source && producerId !== fact.producerId) this.#owners.delete(producerId);
      }
    }
    this.#fanOut.tellMeeting(this.id, 'liveChanged', { epoch: this.#epoch, seq: this.#seq, fact });
  }
}
