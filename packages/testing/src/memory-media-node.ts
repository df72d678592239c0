import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import { consumerId, MAX_PRODUCERS, nodeId, producerId, ROUTER_CODECS } from '@relais/protocol';
import type {
  ConsumerId,
  ConsumeRequest,
  IceParameters,
  MediaFact,
  MediaKind,
  MediaNode,
  MediaRefusal,
  NodeId,
  OpenedConsumer,
  OpenedPeer,
  OpenPeer,
  PeerId,
  PeerKey,
  ProducerId,
  ProducerRef,
  ProduceRequest,
  ReadyReceiver,
  RtpParameters,
  TransportParameters,
  Withdrawal,
} from '@relais/protocol';

export interface MemoryMediaNode extends MediaNode {
  /**
   * The worker of these peers of the room dies, by default of all: they are gone, and the fact is told. False if
   * none of them is there.
   */
  loseRoom(roomId: string, peerIds?: readonly PeerId[]): boolean;
  /** Tells a fact that the node would not come to by itself: `draining`, `nodesApart`. */
  emit(fact: MediaFact): void;
  /** Somebody is heard, loudest first; an empty list when all fell silent. */
  speak(roomId: string, levels: { producerId: ProducerId; level: number }[]): void;
  /** While true every `openPeer` answers `unavailable`, as when no worker is up. */
  setUnavailable(unavailable: boolean): void;
  /** What is open, sorted, for a test to look at. */
  peers(): PeerKey[];
  consumersOf(key: PeerKey): { consumerId: ConsumerId; producerId: ProducerId; paused: boolean }[];
}

export interface MemoryMediaNodeOptions {
  nodeId?: NodeId;
  /** The other nodes, from which producers can be had as if through pipes; asked each time. */
  others?: () => readonly MemoryMediaNode[];
}

interface Producer {
  id: ProducerId;
  kind: MediaKind;
  rtpParameters: RtpParameters;
  paused: boolean;
}

interface Consumer {
  id: ConsumerId;
  producer: Producer;
  paused: boolean;
  /** What it takes; undefined: all. */
  layer: number | undefined;
  /** Held back on purpose, and not only from the start. */
  held: boolean;
  /** False while it has been paused from the start: the smallest layer is enough for it then. */
  begun: boolean;
  /** Where the browser was ready for it, and for no other since. */
  at: ReadyReceiver | undefined;
}

interface Peer {
  peerId: PeerId;
  mimeTypes: ReadonlySet<string>;
  producers: Map<ProducerId, Producer>;
  consumers: Map<ConsumerId, Consumer>;
  everConsumed: Set<ConsumerId>;
}

type Room = Map<PeerId, Peer>;

const unknownPeer: { ok: false; error: MediaRefusal } = fail({ kind: 'unknownPeer' });
const unsupported = (reason: string): { ok: false; error: MediaRefusal } =>
  fail({ kind: 'unsupported', reason });

/** A media node without media: rooms, peers and ids, refusals and facts are those of the real one. */
export function createMemoryMediaNode(options: MemoryMediaNodeOptions = {}): MemoryMediaNode {
  return new MemoryNode(options);
}

class MemoryNode implements MemoryMediaNode {
  readonly nodeId: NodeId;
  readonly #others: () => readonly MemoryMediaNode[];
  readonly #rooms = new Map<string, Room>();
  /** Other nodes at which producers of this one were ever consumed: they are told when producers close. */
  readonly #sinks = new Set<MemoryNode>();
  readonly #listeners = new Set<(fact: MediaFact) => void>();
  #unavailable = false;
  #lastId = 0;

  constructor(options: MemoryMediaNodeOptions) {
    this.nodeId = options.nodeId ?? nodeId.parse(crypto.randomUUID());
    this.#others = options.others ?? (() => []);
  }

  async openPeer(request: OpenPeer): Promise<Result<OpenedPeer, MediaRefusal>> {
    if (this.#unavailable) return fail({ kind: 'unavailable' });
    const { roomId, peerId, rtpCapabilities, consume } = request;
    const room = this.#rooms.get(roomId) ?? new Map<PeerId, Peer>();
    this.#rooms.set(roomId, room);
    const former = room.get(peerId);
    const mimeTypes = new Set(rtpCapabilities.codecs.map((codec) => codec.mimeType.toLowerCase()));
    room.set(peerId, {
      peerId,
      mimeTypes,
      producers: new Map(),
      consumers: new Map(),
      everConsumed: new Set(),
    });
    if (former) this.#producersClosed(roomId, [...former.producers.keys()]);
    const consumers = await this.consume({ roomId, peerId, producers: consume, paused: false });
    if (!consumers.ok) return consumers;
    return ok({ send: this.#transport(), recv: this.#transport(), consumers: consumers.value });
  }

  async isReady(): Promise<boolean> {
    return !this.#unavailable;
  }

  async closePeer({ roomId, peerId }: PeerKey): Promise<void> {
    const room = this.#rooms.get(roomId);
    const peer = room?.get(peerId);
    if (!room || !peer) return;
    room.delete(peerId);
    if (room.size === 0) this.#rooms.delete(roomId);
    this.#producersClosed(roomId, [...peer.producers.keys()]);
  }

  async produce(request: ProduceRequest): Promise<Result<{ producerId: ProducerId }, MediaRefusal>> {
    const peer = this.#peer(request);
    if (!peer) return unknownPeer;
    const reason = refusalToProduce(peer, request);
    if (reason) return unsupported(reason);
    const { kind, rtpParameters, paused } = request;
    const producer = { id: producerId.parse(this.#newId('producer')), kind, rtpParameters, paused };
    peer.producers.set(producer.id, producer);
    return ok({ producerId: producer.id });
  }

  async pauseProducer(key: PeerKey, id: ProducerId, paused: boolean): Promise<Result<void, MediaRefusal>> {
    const peer = this.#peer(key);
    if (!peer) return unknownPeer;
    const producer = peer.producers.get(id);
    if (!producer) return fail({ kind: 'unknownId', id });
    producer.paused = paused;
    return ok(undefined);
  }

  async closeProducer(key: PeerKey, id: ProducerId): Promise<Result<void, MediaRefusal>> {
    const peer = this.#peer(key);
    if (!peer) return unknownPeer;
    if (!peer.producers.delete(id)) return fail({ kind: 'unknownId', id });
    this.#producersClosed(key.roomId, [id]);
    return ok(undefined);
  }

  async consume(request: ConsumeRequest): Promise<Result<OpenedConsumer[], MediaRefusal>> {
    const peer = this.#peer(request);
    if (!peer) return unknownPeer;
    const refs = new Map(request.producers.map((ref) => [ref.producerId, ref]));
    const wanted = [...refs.values()].flatMap((ref) => this.#producerFor(request.roomId, peer, ref) ?? []);
    const sorted = [
      ...wanted.filter(({ kind }) => kind === 'audio'),
      ...wanted.filter(({ kind }) => kind === 'video'),
    ];
    const ready = new Map(request.ready?.map((one) => [one.producerId, one]));
    const isPaused = ({ kind }: Producer) => request.paused && kind === 'video';
    return ok(
      sorted.map((producer) =>
        opened(this.#consumerOf(peer, producer, isPaused(producer), ready.get(producer.id))),
      ),
    );
  }

  async pauseConsumers(
    key: PeerKey,
    ids: readonly ConsumerId[],
    paused: boolean,
  ): Promise<Result<void, MediaRefusal>> {
    const peer = this.#peer(key);
    if (!peer) return unknownPeer;
    const stranger = ids.find((id) => !peer.everConsumed.has(id));
    if (stranger) return fail({ kind: 'unknownId', id: stranger });
    for (const id of ids) {
      const consumer = peer.consumers.get(id);
      if (!consumer) continue;
      consumer.paused = consumer.held = paused;
      consumer.begun ||= !paused;
    }
    return ok(undefined);
  }

  async closeConsumers(key: PeerKey, ids: readonly ConsumerId[]): Promise<Result<void, MediaRefusal>> {
    const peer = this.#peer(key);
    if (!peer) return unknownPeer;
    const stranger = ids.find((id) => !peer.everConsumed.has(id));
    if (stranger) return fail({ kind: 'unknownId', id: stranger });
    for (const id of ids) peer.consumers.delete(id);
    return ok(undefined);
  }

  async withdraw(key: PeerKey, what: Withdrawal): Promise<Result<ConsumerId[], MediaRefusal>> {
    const peer = this.#peer(key);
    if (!peer) return unknownPeer;
    const named = new Set(what.producerIds);
    const closed = [...peer.consumers.values()].filter(
      ({ producer }) => named.has(producer.id) === (what.kind === 'these'),
    );
    for (const { id } of closed) peer.consumers.delete(id);
    return ok(closed.map(({ id }) => id));
  }

  async preferLayer(
    key: PeerKey,
    id: ConsumerId,
    spatialLayer: number,
    priority = 1,
  ): Promise<Result<void, MediaRefusal>> {
    const peer = this.#peer(key);
    if (!peer) return unknownPeer;
    const consumer = peer.consumers.get(id);
    if (!consumer) return fail({ kind: 'unknownId', id });
    if (!Number.isInteger(spatialLayer) || spatialLayer < 0 || spatialLayer > 7)
      return unsupported('no such layer');
    if (!Number.isInteger(priority) || priority < 1 || priority > 255) return unsupported('no such priority');
    if (consumer.producer.kind !== 'video') return unsupported('sound has no layers');
    consumer.layer = spatialLayer;
    return ok(undefined);
  }

  /** Told when asked for alone: a test of the hub that wants a fact of its own has `emit`. */
  async tellDemand(keys: readonly PeerKey[]): Promise<Result<void, MediaRefusal>> {
    for (const { roomId, peerId } of keys) {
      const producers = [...(this.#peer({ roomId, peerId })?.producers.values() ?? [])];
      const demands = producers.map((producer) => ({
        producerId: producer.id,
        spatialLayer: this.#demandFor(roomId, producer),
      }));
      if (demands.length > 0) this.emit({ type: 'demandChanged', roomId, peerId, demands });
    }
    return ok(undefined);
  }

  #demandFor(roomId: string, producer: Producer): number | null {
    const top = producer.rtpParameters.encodings.length - 1;
    if (producer.paused) return top;
    const rooms = [this, ...this.#sinks].flatMap((node) => [...(node.#rooms.get(roomId)?.values() ?? [])]);
    const taking = rooms
      .flatMap(({ consumers }) => [...consumers.values()])
      .filter((consumer) => consumer.producer === producer && !consumer.held);
    return taking.length === 0
      ? null
      : Math.max(...taking.map(({ layer, begun }) => Math.min(layer ?? (begun ? top : 0), top)));
  }

  async missing(keys: readonly PeerKey[]): Promise<Result<PeerKey[], MediaRefusal>> {
    return ok(keys.filter((key) => !this.#peer(key)));
  }

  async restartIce(key: PeerKey): Promise<Result<IceParameters, MediaRefusal>> {
    return this.#peer(key) ? ok(this.#iceParameters()) : unknownPeer;
  }

  subscribe(listener: (fact: MediaFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#unavailable = true;
    this.#listeners.clear();
    const rooms = [...this.#rooms];
    this.#rooms.clear();
    for (const [roomId, room] of rooms) this.#producersClosed(roomId, producersOf(room.values()));
  }

  loseRoom(roomId: string, peerIds?: readonly PeerId[]): boolean {
    const room = this.#rooms.get(roomId);
    const lost = [...(room?.values() ?? [])].filter(({ peerId }) => peerIds?.includes(peerId) ?? true);
    if (!room || lost.length === 0) return false;
    for (const { peerId } of lost) room.delete(peerId);
    if (room.size === 0) this.#rooms.delete(roomId);
    this.#producersClosed(roomId, producersOf(lost));
    this.emit({ type: 'peersLost', roomId, peerIds: lost.map(({ peerId }) => peerId) });
    return true;
  }

  speak(roomId: string, levels: { producerId: ProducerId; level: number }[]): void {
    this.emit({ type: 'levels', roomId, levels });
  }

  setUnavailable(unavailable: boolean): void {
    this.#unavailable = unavailable;
  }

  peers(): PeerKey[] {
    const keys = [...this.#rooms].flatMap(([roomId, room]) =>
      [...room.keys()].map((peerId) => ({ roomId, peerId })),
    );
    return keys.sort((a, b) => a.roomId.localeCompare(b.roomId) || a.peerId.localeCompare(b.peerId));
  }

  consumersOf(key: PeerKey): { consumerId: ConsumerId; producerId: ProducerId; paused: boolean }[] {
    return [...(this.#peer(key)?.consumers.values() ?? [])].map(({ id, producer, paused }) => ({
      consumerId: id,
      producerId: producer.id,
      paused,
    }));
  }

  emit(fact: MediaFact): void {
    for (const listener of [...this.#listeners]) listener(fact);
  }

  #peer({ roomId, peerId }: PeerKey): Peer | undefined {
    return this.#rooms.get(roomId)?.get(peerId);
  }

  /** A producer of the room that is not the peer's own, if the peer can take its codec. */
  #producerFor(roomId: string, peer: Peer, ref: ProducerRef): Producer | undefined {
    const source = this.#nodeOf(ref);
    if (!source) return undefined;
    for (const other of source.#rooms.get(roomId)?.values() ?? []) {
      const producer = other.producers.get(ref.producerId);
      if (!producer || other === peer) continue;
      const takes = producer.rtpParameters.codecs.some((codec) =>
        peer.mimeTypes.has(codec.mimeType.toLowerCase()),
      );
      if (source !== this) source.#sinks.add(this);
      return takes ? producer : undefined;
    }
    return undefined;
  }

  #nodeOf({ nodeId }: ProducerRef): MemoryNode | undefined {
    if (nodeId === this.nodeId) return this;
    const other = this.#others().find((each) => each.nodeId === nodeId);
    return other instanceof MemoryNode ? other : undefined;
  }

  #consumerOf(peer: Peer, producer: Producer, mayWait: boolean, ready?: ReadyReceiver): Consumer {
    const others = [...peer.consumers.values()];
    const known = others.find((consumer) => consumer.producer === producer);
    if (known) return known;
    const isTaken = others.some(({ at }) => at && (at.mid === ready?.mid || at.ssrc === ready?.ssrc));
    const at = isTaken ? undefined : ready;
    const paused = mayWait && !at;
    const layer = producer.kind === 'video' ? at?.spatialLayer : undefined;
    const id = consumerId.parse(this.#newId('consumer'));
    const consumer: Consumer = { id, producer, paused, layer, held: false, begun: !paused, at };
    peer.consumers.set(consumer.id, consumer);
    peer.everConsumed.add(consumer.id);
    return consumer;
  }

  #producersClosed(roomId: string, ids: readonly ProducerId[]): void {
    for (const node of [this, ...this.#sinks]) node.#dropConsumersOf(roomId, ids);
  }

  #dropConsumersOf(roomId: string, ids: readonly ProducerId[]): void {
    for (const { peerId, consumers } of this.#rooms.get(roomId)?.values() ?? []) {
      const gone = [...consumers.values()].filter(({ producer }) => ids.includes(producer.id));
      for (const { id } of gone) consumers.delete(id);
      const consumerIds = gone.map(({ id }) => id);
      if (consumerIds.length > 0) this.emit({ type: 'consumersClosed', roomId, peerId, consumerIds });
    }
  }

  #newId(of: string): string {
    this.#lastId += 1;
    return `${of}-${this.#lastId}-${this.nodeId}`;
  }

  #iceParameters(): IceParameters {
    return { usernameFragment: this.#newId('ufrag'), password: this.#newId('password'), iceLite: true };
  }

  #transport(): TransportParameters {
    const address = '127.0.0.1';
    return {
      id: this.#newId('transport'),
      iceParameters: this.#iceParameters(),
      iceCandidates: [
        { foundation: 'udp', priority: 1, address, ip: address, protocol: 'udp', port: 9, type: 'host' },
      ],
      dtlsParameters: {
        role: 'server',
        fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => '00').join(':') }],
      },
    };
  }
}

function producersOf(peers: Iterable<Peer>): ProducerId[] {
  return [...peers].flatMap(({ producers }) => [...producers.keys()]);
}

/** The refusals that a test of the hub may want to provoke; the real node knows many more. */
function refusalToProduce(peer: Peer, { kind, rtpParameters }: ProduceRequest): string | undefined {
  if (peer.producers.size >= MAX_PRODUCERS) return 'too many producers';
  const [codec] = rtpParameters.codecs;
  const mimeType = codec?.mimeType.toLowerCase();
  if (!ROUTER_CODECS.some((own) => own.kind === kind && own.mimeType.toLowerCase() === mimeType))
    return `unsupported codec for ${kind}: ${codec?.mimeType}`;
  const others = [...peer.producers.values()].map((producer) => producer.rtpParameters);
  const { mid } = rtpParameters;
  if (mid !== undefined && others.some((other) => other.mid === mid)) return 'MID already exists';
  const taken = new Set(others.flatMap(ssrcsOf));
  if (ssrcsOf(rtpParameters).some((ssrc) => taken.has(ssrc))) return 'ssrc already exists';
  return undefined;
}

function ssrcsOf({ encodings }: RtpParameters): number[] {
  return encodings.flatMap(({ ssrc, rtx }) => [ssrc, rtx?.ssrc].filter((each) => each !== undefined));
}

function opened({ id, producer, at }: Consumer): OpenedConsumer {
  return {
    consumerId: id,
    producerId: producer.id,
    kind: producer.kind,
    rtpParameters: {
      ...producer.rtpParameters,
      mid: at?.mid ?? id,
      ...(at && { encodings: [{ ssrc: at.ssrc }] }),
    },
    producerPaused: producer.paused,
  };
}
