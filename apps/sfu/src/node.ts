import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import type {
  ConsumerId,
  ConsumeRequest,
  IceParameters,
  MediaFact,
  MediaNode,
  MediaRefusal,
  NodeAnnouncement,
  NodeId,
  OpenedConsumer,
  OpenedPeer,
  OpenPeer,
  PeerKey,
  PipeSource,
  ProducerId,
  ProduceRequest,
  Withdrawal,
} from '@relais/protocol';
import { Drain } from './drain.ts';
import type { MediaPeer } from './media/media-peer.ts';
import { MediaRoom } from './media/media-room.ts';
import { WorkerPool } from './media/worker-pool.ts';
import { hookMediasoupLogs } from './observe/mediasoup-logs.ts';
import { statsOf } from './observe/stats.ts';
import type { SfuStats } from './observe/stats.ts';
import { settingsOf } from './options.ts';
import type { SfuOptions, SfuSettings } from './options.ts';
import { NodePipes } from './pipes/pipe-source.ts';
import { Reach } from './pipes/reach.ts';

export interface SfuNode extends MediaNode {
  /** What its neighbours are offered. */
  readonly pipes: PipeSource;
  readonly draining: boolean;
  /** Consumers that one of its workers is to carry. */
  readonly budget: number;
  /** What the node announces of itself. */
  load(): NodeAnnouncement['load'];
  /**
   * Tells `draining` and refuses new peers from then on. Resolves when the last peer has left, at the latest after
   * `withinMs`; what is left then is closed by `close`.
   */
  drain(withinMs: number): Promise<void>;
  /** What each worker carries and costs, for metrics; the pids let a test kill one. */
  stats(): Promise<SfuStats>;
}

/** A media node on mediasoup. Throws if its workers cannot start: no binary, or a port that is taken. */
export function createSfuNode(options: SfuOptions): Promise<SfuNode> {
  return MediasoupNode.create(options);
}

/** How often within the time after which a peer is an orphan it is looked for. */
const SWEEPS = 6;

const unknownPeer: { ok: false; error: MediaRefusal } = fail({ kind: 'unknownPeer' });

/** The port's face: finds the room and the peer that are named, and hands on. */
export class MediasoupNode implements SfuNode {
  readonly #settings: SfuSettings;
  readonly #pool: WorkerPool;
  readonly #rooms = new Map<string, MediaRoom>();
  readonly #listeners = new Set<(fact: MediaFact) => void>();
  readonly #reach: Reach;
  readonly #drain = new Drain(() => this.#peerCount === 0);
  readonly #sweep: ReturnType<typeof setInterval>;
  readonly pipes: NodePipes;
  #closing: Promise<void> | undefined;

  static async create(options: SfuOptions): Promise<MediasoupNode> {
    const settings = settingsOf(options);
    hookMediasoupLogs(settings.logger);
    return new MediasoupNode(settings, await WorkerPool.create(settings));
  }

  private constructor(settings: SfuSettings, pool: WorkerPool) {
    this.#settings = settings;
    this.#pool = pool;
    const routersOf = (roomId: string) => this.#rooms.get(roomId)?.routers ?? [];
    const unanswered = (nodeId: NodeId) => this.#reach.noPipe(nodeId);
    this.pipes = new NodePipes({ settings, routersOf, unanswered });
    this.#reach = new Reach({ settings, own: this.pipes, emit: (fact) => this.#emit(fact) });
    this.#sweep = setInterval(() => this.#closeOrphans(), settings.orphanMs / SWEEPS);
    this.#sweep.unref();
  }

  get nodeId(): NodeId {
    return this.#settings.nodeId;
  }

  async openPeer(request: OpenPeer): Promise<Result<OpenedPeer, MediaRefusal>> {
    if (this.#closing || this.draining) return fail({ kind: 'unavailable' });
    return this.#roomOf(request.roomId).openPeer(request);
  }

  async closePeer({ roomId, peerId }: PeerKey): Promise<void> {
    this.#rooms.get(roomId)?.closePeer(peerId);
    this.#drain.look();
  }

  async produce(request: ProduceRequest): Promise<Result<{ producerId: ProducerId }, MediaRefusal>> {
    return this.#peer(request)?.produce(request) ?? unknownPeer;
  }

  async pauseProducer(key: PeerKey, id: ProducerId, paused: boolean): Promise<Result<void, MediaRefusal>> {
    return this.#peer(key)?.pauseProducer(id, paused) ?? unknownPeer;
  }

  async closeProducer(key: PeerKey, id: ProducerId): Promise<Result<void, MediaRefusal>> {
    return this.#peer(key)?.closeProducer(id) ?? unknownPeer;
  }

  async consume(request: ConsumeRequest): Promise<Result<OpenedConsumer[], MediaRefusal>> {
    return this.#peer(request)?.consume(request) ?? unknownPeer;
  }

  async pauseConsumers(
    key: PeerKey,
    ids: readonly ConsumerId[],
    paused: boolean,
  ): Promise<Result<void, MediaRefusal>> {
    return this.#peer(key)?.pauseConsumers(ids, paused) ?? unknownPeer;
  }

  async closeConsumers(key: PeerKey, ids: readonly ConsumerId[]): Promise<Result<void, MediaRefusal>> {
    return this.#peer(key)?.closeConsumers(ids) ?? unknownPeer;
  }

  async withdraw(key: PeerKey, what: Withdrawal): Promise<Result<ConsumerId[], MediaRefusal>> {
    return this.#peer(key)?.withdraw(what) ?? unknownPeer;
  }

  async preferLayer(
    key: PeerKey,
    id: ConsumerId,
    spatialLayer: number,
    priority?: number,
  ): Promise<Result<void, MediaRefusal>> {
    return this.#peer(key)?.preferLayer(id, spatialLayer, priority) ?? unknownPeer;
  }

  async tellDemand(keys: readonly PeerKey[]): Promise<Result<void, MediaRefusal>> {
    for (const { roomId, peerId } of keys) this.#rooms.get(roomId)?.tellDemand(peerId);
    return ok(undefined);
  }

  async restartIce(key: PeerKey, direction: 'send' | 'recv'): Promise<Result<IceParameters, MediaRefusal>> {
    return this.#peer(key)?.restartIce(direction) ?? unknownPeer;
  }

  async missing(keys: readonly PeerKey[]): Promise<Result<PeerKey[], MediaRefusal>> {
    return ok(keys.filter((key) => !this.#peer(key)));
  }

  subscribe(listener: (fact: MediaFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async isReady(): Promise<boolean> {
    return !this.draining && this.#pool.slots.some((slot) => slot.state === 'up');
  }

  get budget(): number {
    return this.#settings.budget;
  }

  get draining(): boolean {
    return this.#drain.begun;
  }

  async drain(withinMs: number): Promise<void> {
    if (!this.draining) {
      this.#settings.logger.info({ peers: this.#peerCount }, 'draining');
      this.#drain.begin();
      this.#emit({ type: 'draining' });
    }
    await this.#drain.over(withinMs);
  }

  load(): NodeAnnouncement['load'] {
    const { up } = this.#pool;
    return {
      workers: up.length,
      capacity: up.length * this.#settings.budget,
      consumers: up.reduce((sum, worker) => sum + worker.load, 0),
      peers: this.#peerCount,
    };
  }

  stats(): Promise<SfuStats> {
    return statsOf(this.#pool.slots, this.#rooms.size);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#sweep);
    for (const room of [...this.#rooms.values()]) room.close();
    this.pipes.close();
    this.#drain.look();
    await this.#pool.close();
    this.#listeners.clear();
  }

  /** For this package's own tests: the mediasoup objects behind a room, and the workers. */
  internals(): { pool: WorkerPool; room(roomId: string): MediaRoom | undefined } {
    return { pool: this.#pool, room: (roomId) => this.#rooms.get(roomId) };
  }

  get #peerCount(): number {
    let total = 0;
    for (const room of this.#rooms.values()) total += room.peerCount;
    return total;
  }

  #closeOrphans(): void {
    for (const room of [...this.#rooms.values()]) room.closeOrphans(this.#settings.orphanMs);
    this.#drain.look();
  }

  #peer({ roomId, peerId }: PeerKey): MediaPeer | undefined {
    return this.#rooms.get(roomId)?.peer(peerId);
  }

  #roomOf(roomId: string): MediaRoom {
    const known = this.#rooms.get(roomId);
    if (known) return known;
    const room = new MediaRoom(roomId, {
      settings: this.#settings,
      pool: this.#pool,
      pipes: this.pipes,
      reach: this.#reach,
      node: {
        emit: (fact) => this.#emit(fact),
        gone: (closed) => this.#roomGone(closed),
      },
    });
    this.#rooms.set(roomId, room);
    return room;
  }

  #roomGone(room: MediaRoom): void {
    if (this.#rooms.get(room.roomId) === room) this.#rooms.delete(room.roomId);
    this.#drain.look();
  }

  /** A listener's defect is its own: it must not keep the others, or a room that closes, from going on. */
  #emit(fact: MediaFact): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(fact);
      } catch (error) {
        this.#settings.logger.error({ err: error, fact: fact.type }, 'a listener of media facts threw');
      }
    }
  }
}
