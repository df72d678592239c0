import type { Result } from '@relais/kit';
import type { ConsumerId, NodeId, PeerId, ProducerId } from './ids.ts';
import type {
  DtlsFingerprint,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportParameters,
} from './rtp.ts';

/**
 * What the hub asks of a media node. The node knows rooms, peers and ids, never people or rules: the hub has
 * decided before it asks. Every id is looked up within the room or the peer that the hub names, so that one
 * peer's ids are nothing in another's mouth. No call throws for a reason that a caller could expect.
 */
export interface MediaNode {
  readonly nodeId: NodeId;
  /**
   * Opens the room if need be, the peer's two transports (on a worker that has budget left, one that carries the room
   * first), and consumers. A peer that
   * is there already is closed first, so that asking again is harmless. Closed while it opens, it is `unknownPeer`.
   */
  openPeer(request: OpenPeer): Promise<Result<OpenedPeer, MediaRefusal>>;
  /** Closes a peer with all it has. Closing what is not there is no error. The room goes with its last peer. */
  closePeer(key: PeerKey): Promise<void>;
  produce(request: ProduceRequest): Promise<Result<{ producerId: ProducerId }, MediaRefusal>>;
  pauseProducer(key: PeerKey, producerId: ProducerId, paused: boolean): Promise<Result<void, MediaRefusal>>;
  closeProducer(key: PeerKey, producerId: ProducerId): Promise<Result<void, MediaRefusal>>;
  /**
   * Sound first. What comes in at another worker or node is piped here, once for each pair of routers, for as long as
   * somebody here consumes it. Producers that are gone, cannot be had from their node, are the peer's own or in another room, or whose codec the peer cannot
   * take, are left out of the answer. One that is consumed already is answered with the consumer it has, as that is.
   */
  consume(request: ConsumeRequest): Promise<Result<OpenedConsumer[], MediaRefusal>>;
  /**
   * Ids of the peer's that are no longer there are passed over: a consumer goes with its producer at any moment. One
   * that never was the peer's is refused as `unknownId`, and then nothing is changed.
   */
  pauseConsumers(
    key: PeerKey,
    ids: readonly ConsumerId[],
    paused: boolean,
  ): Promise<Result<void, MediaRefusal>>;
  /** Passes over ids, and refuses, in the same way. */
  closeConsumers(key: PeerKey, ids: readonly ConsumerId[]): Promise<Result<void, MediaRefusal>>;
  /**
   * Takes from the peer what it may no longer hear and see, with what is just being opened of it: its consumers of these
   * producers, or of all but these. Answers which were closed; there is no fact of it.
   */
  withdraw(key: PeerKey, what: Withdrawal): Promise<Result<ConsumerId[], MediaRefusal>>;
  /**
   * The best layer that is to be sent, from 0; lower ones follow when the network cannot carry it. Of several pictures those of
   * a higher `priority` (1 to 255) are served first then; it stays as it was when it is left out.
   */
  preferLayer(
    key: PeerKey,
    id: ConsumerId,
    spatialLayer: number,
    priority?: number,
  ): Promise<Result<void, MediaRefusal>>;
  /** Tells `demandChanged` of all that these peers send, for those who may have missed it. Passes over who is not there. */
  tellDemand(keys: readonly PeerKey[]): Promise<Result<void, MediaRefusal>>;
  restartIce(key: PeerKey, direction: 'send' | 'recv'): Promise<Result<IceParameters, MediaRefusal>>;
  /** Which of these peers it does not have: asked after a break, in which facts may have been missed. */
  missing(keys: readonly PeerKey[]): Promise<Result<PeerKey[], MediaRefusal>>;
  /** Whether a room could be opened now: false once it is closed, or while no worker is up. */
  isReady(): Promise<boolean>;
  /** Calls `listener` with every fact until the returned function is called. */
  subscribe(listener: (fact: MediaFact) => void): () => void;
  /** Closes all, without a fact for each. Every call after it is `unavailable` or `unknownPeer`. */
  close(): Promise<void>;
}

export interface PeerKey {
  roomId: string;
  peerId: PeerId;
}

export interface OpenPeer extends PeerKey {
  rtpCapabilities: RtpCapabilities;
  fingerprints: { send: DtlsFingerprint[]; recv: DtlsFingerprint[] };
  /** Consumed at once and not paused: packets wait for the transport to be connected. */
  consume: readonly ProducerRef[];
}

/** A producer, and the node at which it comes in. */
export interface ProducerRef {
  producerId: ProducerId;
  nodeId: NodeId;
}

export interface OpenedPeer {
  send: TransportParameters;
  recv: TransportParameters;
  consumers: OpenedConsumer[];
}

export interface ProduceRequest extends PeerKey {
  kind: MediaKind;
  rtpParameters: RtpParameters;
  paused: boolean;
}

export interface ConsumeRequest extends PeerKey {
  producers: readonly ProducerRef[];
  /**
   * Pictures wait until they are resumed: the key frame that each begins with would come before its browser knows of it. Sound
   * flows at once: it needs no such beginning, and on a line of 600 ms would otherwise come so much later [MEDIA-10].
   */
  paused: boolean;
  /** Those of the producers for which the browser has a receiver ready: these flow at once, pictures too. */
  ready?: readonly ReadyReceiver[] | undefined;
}

/** A part of the connection that the browser has negotiated ahead of need, which nothing is sent to yet [MEDIA-11]. */
export interface ReadyReceiver {
  producerId: ProducerId;
  /** What packets for it are marked with (RFC 9143); one that is in use already is passed over. */
  mid: string;
  /** What they come under; it is passed over as well where this is in use. */
  ssrc: number;
  /** The picture's layer that its place on the screen has a use for; undefined: the best. Of sound it says nothing. */
  spatialLayer?: number | undefined;
}

/** `allBut`: where fewer stay than go. */
export interface Withdrawal {
  kind: 'these' | 'allBut';
  producerIds: readonly ProducerId[];
}

export interface OpenedConsumer {
  consumerId: ConsumerId;
  producerId: ProducerId;
  kind: MediaKind;
  rtpParameters: RtpParameters;
  producerPaused: boolean;
}

/** [DEMAND-1] The best layer of a producer that anybody takes, from 0 (which is all of a sound); null: nobody takes it. */
export interface ProducerDemand {
  producerId: ProducerId;
  spatialLayer: number | null;
}

export type MediaRefusal =
  | { kind: 'unknownPeer' }
  | { kind: 'unknownId'; id: string }
  /** The parameters are not ones that the router can take. */
  | { kind: 'unsupported'; reason: string }
  /** No worker is up, or it did not answer in time. */
  | { kind: 'unavailable' };

export type MediaFact =
  /**
   * A worker died: these peers of a room are gone with their producers and consumers (all of the room's, or those that
   * were on that worker). A new `openPeer` opens them elsewhere.
   */
  | { type: 'peersLost'; roomId: string; peerIds: PeerId[] }
  /** Consumers closed because their producers did: one fact for each peer, however many went at once. */
  | { type: 'consumersClosed'; roomId: string; peerId: PeerId; consumerIds: ConsumerId[] }
  /**
   * What others take of what a peer sends: those that have changed. Until it is told all is wanted, and what is paused is
   * wanted always. A rise is told at once, a fall when it has lasted some seconds.
   */
  | { type: 'demandChanged'; roomId: string; peerId: PeerId; demands: ProducerDemand[] }
  /** Loudest first; empty when all fell silent. `level` in dBov, -127 to 0. */
  | { type: 'levels'; roomId: string; levels: { producerId: ProducerId; level: number }[] }
  /** No pipe holds between this node and another one: people of one meeting are not to be spread over both. */
  | { type: 'nodesApart'; otherId: NodeId }
  /** The node is about to stop: its people are to be opened elsewhere, nobody new is to be placed here. */
  | { type: 'draining' };
