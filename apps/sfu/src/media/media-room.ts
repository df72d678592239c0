import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import type { Result } from '@relais/kit';
import { producerId, ROUTER_CODECS } from '@relais/protocol';
import type {
  MediaFact,
  MediaRefusal,
  NodeId,
  OpenedPeer,
  OpenPeer,
  PeerId,
  ProducerId,
} from '@relais/protocol';
import { MediaPeer } from './media-peer.ts';
import type { ClosedBecause, PeerHost } from './media-peer.ts';
import type { HostedRoom, MediaWorker } from './media-worker.ts';

/** How loudness is measured: often enough for a ring around a tile, of no more than a screen can show. */
const LEVELS = { interval: 280, maxEntries: 6, threshold: -65 } as const;
/** A room whose worker dies while it opens is opened on another, this often. */
const MAX_ATTEMPTS = 3;

export interface RoomDeps {
  nodeId: NodeId;
  /** Gives the room a worker, and counts it there; undefined if none is up for too long. */
  place(room: HostedRoom): Promise<MediaWorker | undefined>;
  emit(fact: MediaFact): void;
  /** The room is closed, for whatever reason: the node forgets it. */
  gone(room: MediaRoom): void;
  logger: Logger;
}

interface Opened {
  worker: MediaWorker;
  router: types.Router;
  levels: types.AudioLevelObserver;
}

type RoomState = { is: 'opening' } | ({ is: 'open' } & Opened) | { is: 'closed' };

/**
 * The peers of one room and the router that they share. It exists from the first request on, before its router
 * does, so that two requests at once find the same one.
 */
export class MediaRoom implements HostedRoom {
  readonly roomId: string;
  readonly #deps: RoomDeps;
  readonly #peers = new Map<PeerId, MediaPeer>();
  readonly #owners = new Map<ProducerId, { peer: MediaPeer; kind: types.MediaKind }>();
  readonly #opened: Promise<Opened | undefined>;
  #state: RoomState = { is: 'opening' };

  constructor(roomId: string, deps: RoomDeps) {
    this.roomId = roomId;
    this.#deps = deps;
    this.#opened = this.#open();
  }

  get peerCount(): number {
    return this.#peers.size;
  }

  get producerCount(): number {
    return this.#owners.size;
  }

  get consumerCount(): number {
    let total = 0;
    for (const peer of this.#peers.values()) total += peer.consumerCount;
    return total;
  }

  /** For tests that feed packets past the network. */
  get router(): types.Router | undefined {
    return this.#state.is === 'open' ? this.#state.router : undefined;
  }

  peer(id: PeerId): MediaPeer | undefined {
    return this.#peers.get(id);
  }

  /** A peer that is there already is closed first: whoever opens it again has lost it. */
  async openPeer(request: OpenPeer): Promise<Result<OpenedPeer, MediaRefusal>> {
    const peer = new MediaPeer(request);
    const former = this.#peers.get(request.peerId);
    this.#peers.set(request.peerId, peer);
    former?.close('asked');

    const opened = await this.#opened;
    if (!opened) return peer.gone();
    const result = await peer.open(this.#hostOf(opened));
    if (!result.ok) this.#closePeer(peer);
    return result;
  }

  closePeer(id: PeerId): void {
    const peer = this.#peers.get(id);
    if (peer) this.#closePeer(peer);
  }

  /** `lost`: not because its last peer left, but because its worker died, none was to be had, or the node closes. */
  close(why: ClosedBecause): void {
    if (this.#state.is === 'closed') return;
    const state = this.#state;
    this.#state = { is: 'closed' };
    for (const peer of this.#peers.values()) peer.close(why);
    this.#peers.clear();
    this.#owners.clear();
    if (state.is === 'open') {
      state.worker.rooms.delete(this);
      state.router.close();
      this.#deps.logger.info({ roomId: this.roomId, worker: state.worker.index }, 'room closed');
    }
    this.#deps.gone(this);
  }

  /** A room that has not opened yet opens elsewhere by itself; one that had is lost with all it held. */
  workerDied(): void {
    if (this.#state.is !== 'open') return;
    this.#deps.logger.warn({ roomId: this.roomId, peers: this.#peers.size }, 'room lost');
    const peerIds = [...this.#peers.keys()];
    this.close('lost');
    this.#deps.emit({ type: 'peersLost', roomId: this.roomId, peerIds });
  }

  #closePeer(peer: MediaPeer): void {
    peer.close('asked');
    if (this.#peers.get(peer.peerId) === peer) this.#peers.delete(peer.peerId);
    if (this.#peers.size === 0) this.close('asked');
  }

  async #open(): Promise<Opened | undefined> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS && this.#state.is === 'opening'; attempt += 1) {
      const worker = await this.#deps.place(this);
      if (!worker) break;
      const opened = await this.#openOn(worker);
      if (opened) return opened;
    }
    this.close('lost');
    return undefined;
  }

  async #openOn(worker: MediaWorker): Promise<Opened | undefined> {
    try {
      const router = await worker.createRouter(ROUTER_CODECS.map((codec) => ({ ...codec })));
      const levels = await worker.ask(router.createAudioLevelObserver(LEVELS), 'createAudioLevelObserver');
      if (this.#state.is === 'opening') return this.#becomeOpen({ worker, router, levels });
      router.close();
    } catch (error) {
      this.#deps.logger.warn({ roomId: this.roomId, worker: worker.index, err: error }, 'room did not open');
    }
    worker.rooms.delete(this);
    return undefined;
  }

  #becomeOpen(opened: Opened): Opened {
    this.#state = { is: 'open', ...opened };
    opened.levels.on('volumes', (volumes) => this.#tellLevels(volumes));
    opened.levels.on('silence', () => this.#tellLevels([]));
    this.#deps.logger.info({ roomId: this.roomId, worker: opened.worker.index }, 'room opened');
    return opened;
  }

  #tellLevels(volumes: types.AudioLevelObserverVolume[]): void {
    const levels = volumes.map(({ producer, volume }) => ({
      producerId: producerId.parse(producer.id),
      level: volume,
    }));
    this.#deps.emit({ type: 'levels', roomId: this.roomId, levels });
  }

  #hostOf({ worker, router, levels }: Opened): PeerHost {
    return {
      nodeId: this.#deps.nodeId,
      worker,
      router,
      kindFor: (peer, id) => {
        const owner = this.#owners.get(id);
        return owner && owner.peer !== peer ? owner.kind : undefined;
      },
      produced: async (peer, producer) => {
        this.#owners.set(producerId.parse(producer.id), { peer, kind: producer.kind });
        if (producer.kind === 'audio') await this.#measure(worker, levels, producer);
      },
      producersClosed: (_peer, ids) => this.#producersClosed(ids),
    };
  }

  /** Whoever is not measured is heard all the same, so a failure is only logged. */
  async #measure(
    worker: MediaWorker,
    levels: types.AudioLevelObserver,
    producer: types.Producer,
  ): Promise<void> {
    try {
      await worker.ask(levels.addProducer({ producerId: producer.id }), 'addProducer');
    } catch (error) {
      this.#deps.logger.debug({ roomId: this.roomId, err: error }, 'producer is not measured');
    }
  }

  /** One fact for each peer, however many of its consumers went. In a room that closes nobody is left to tell. */
  #producersClosed(ids: readonly ProducerId[]): void {
    for (const id of ids) this.#owners.delete(id);
    if (this.#state.is !== 'open') return;
    const gone = new Set(ids);
    for (const peer of this.#peers.values()) {
      const consumerIds = peer.dropConsumersOf(gone);
      if (consumerIds.length === 0) continue;
      this.#deps.emit({ type: 'consumersClosed', roomId: this.roomId, peerId: peer.peerId, consumerIds });
    }
  }
}
