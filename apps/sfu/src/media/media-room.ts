import type { Result } from '@relais/kit';
import type { MediaFact, MediaRefusal, OpenedPeer, OpenPeer, PeerId } from '@relais/protocol';
import type { SfuSettings } from '../options.ts';
import type { NodePipes } from '../pipes/pipe-source.ts';
import type { Reach } from '../pipes/reach.ts';
import { MediaPeer } from './media-peer.ts';
import type { ClosedBecause } from './media-peer.ts';
import type { MediaWorker } from './media-worker.ts';
import { chooseWorker } from './placement.ts';
import { RoomRouter } from './room-router.ts';
import type { Levels } from './room-router.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A peer whose worker dies while its router opens is opened on another, this often. */
const MAX_ATTEMPTS = 3;
export interface RoomDeps {
  settings: SfuSettings;
  pool: WorkerPool;
  pipes: NodePipes;
  reach: Reach;
  node: {
    emit(fact: MediaFact): void;
    /** The room is closed, for whatever reason: the node forgets it. */
    gone(room: MediaRoom): void;
  };
}

interface Placed {
  peer: MediaPeer;
  router?: RoomRouter;
}

/** How much longer than others a peer is waited for that has nothing to connect for: at six minutes an hour. */
const IDLE_FACTOR = 10;

/**
 * The peers of one room and the routers that they share, one on each worker that carries some of them. It exists from
 * the first request on, before its routers do, so that two requests at once find the same one.
 */
export class MediaRoom {
  readonly roomId: string;
  readonly #deps: RoomDeps;
  readonly #peers = new Map<PeerId, Placed>();
  readonly #routers = new Map<MediaWorker, RoomRouter>();
  readonly #levels = new Map<RoomRouter, Levels>();

  constructor(roomId: string, deps: RoomDeps) {
    this.roomId = roomId;
    this.#deps = deps;
  }

  get peerCount(): number {
    return this.#peers.size;
  }

  /** Those that are open. */
  get routers(): RoomRouter[] {
    return [...this.#routers.values()].filter((router) => router.isOpen);
  }

  peer(id: PeerId): MediaPeer | undefined {
    return this.#peers.get(id)?.peer;
  }

  /** For tests that feed packets past the network, or end a worker: where the peer's media goes through. */
  routerOf(id: PeerId): RoomRouter | undefined {
    return this.#peers.get(id)?.router;
  }

  /** A peer that is there already is closed first: whoever opens it again has lost it. */
  async openPeer(request: OpenPeer): Promise<Result<OpenedPeer, MediaRefusal>> {
    const placed: Placed = { peer: new MediaPeer(request) };
    const former = this.#peers.get(request.peerId);
    this.#peers.set(request.peerId, placed);
    // The new one has its place before the former leaves, so that a router which both use stays.
    const opening = this.#open(placed);
    if (former) this.#end(former, 'asked');
    const result = await opening;
    if (!result.ok) this.#end(placed, 'asked');
    return result;
  }

  closePeer(id: PeerId): void {
    const placed = this.#peers.get(id);
    if (placed) this.#end(placed, 'asked');
  }

  tellDemand(id: PeerId): void {
    this.#peers.get(id)?.router?.tellDemand(id);
  }

  /**
   * Closes those to whom no browser has been connected for so many milliseconds, and tells of them as lost. A browser
   * connects with the first track that it sends or receives: who has had none yet is waited for much longer.
   */
  closeOrphans(orphanMs: number): void {
    const now = Date.now();
    const orphans = [...this.#peers.values()].filter(
      ({ peer }) => now - (peer.unconnectedSince ?? now) >= (peer.isIdle ? IDLE_FACTOR * orphanMs : orphanMs),
    );
    if (orphans.length === 0) return;
    for (const placed of orphans) this.#end(placed, 'lost');
    this.#tellLost(orphans.map(({ peer }) => peer));
  }

  /** Because the node closes. */
  close(): void {
    for (const placed of [...this.#peers.values()]) placed.peer.close('lost');
    this.#peers.clear();
    for (const router of [...this.#routers.values()]) router.close('lost');
    this.#deps.node.gone(this);
  }

  async #open(placed: Placed): Promise<Result<OpenedPeer, MediaRefusal>> {
    const { peer } = placed;
    const { pool, settings } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !peer.closed; attempt += 1) {
      const router = await pool.place((up) => this.#enter(placed, up), settings.callTimeoutMs);
      if (!router) break;
      if (await router.opened) return peer.open(router);
    }
    this.#end(placed, 'lost');
    return peer.gone();
  }

  /** Counted on its worker from this moment on, so that many who come at once are spread. */
  #enter(placed: Placed, up: readonly MediaWorker[]): RoomRouter | undefined {
    if (placed.peer.closed) return undefined;
    const worker = chooseWorker(up, {
      routers: this.#routers,
      budget: this.#deps.settings.budget,
      wanted: placed.peer.wanted,
      others: this.peerCount - 1,
    });
    if (!worker) return undefined;
    const router = this.#routers.get(worker) ?? this.#newRouter(worker);
    placed.router = router;
    router.enter(placed.peer);
    return router;
  }

  #newRouter(worker: MediaWorker): RoomRouter {
    const router = new RoomRouter(worker, { ...this.#deps, room: this.#face });
    this.#routers.set(worker, router);
    return router;
  }

  /** The peer has left the table when others are told, and its router, and the room, if it was the last one there. */
  #end(placed: Placed, why: ClosedBecause): void {
    const { peer, router } = placed;
    if (this.#peers.get(peer.peerId) === placed) this.#peers.delete(peer.peerId);
    peer.close(why);
    router?.leave(peer);
    if (this.#peers.size === 0) this.#deps.node.gone(this);
  }

  /** What a router may ask of its room. */
  get #face() {
    const count = () => this.peerCount;
    return {
      roomId: this.roomId,
      get peerCount() {
        return count();
      },
      emit: (fact: MediaFact) => this.#deps.node.emit(fact),
      heard: (router: RoomRouter, levels: Levels) => this.#heard(router, levels),
      lost: (_router: RoomRouter, peers: readonly MediaPeer[]) => this.#lost(peers),
      gone: (router: RoomRouter) => this.#routerGone(router),
    };
  }

  #routerGone(router: RoomRouter): void {
    this.#levels.delete(router);
    if (this.#routers.get(router.worker) === router) this.#routers.delete(router.worker);
  }

  /** Those at other workers stay; what they consumed of these ends with its pipes. */
  #lost(peers: readonly MediaPeer[]): void {
    for (const peer of peers) {
      if (this.#peers.get(peer.peerId)?.peer === peer) this.#peers.delete(peer.peerId);
    }
    if (this.#peers.size === 0) this.#deps.node.gone(this);
    this.#tellLost(peers);
  }

  #tellLost(peers: readonly MediaPeer[]): void {
    const peerIds = peers.map(({ peerId }) => peerId);
    this.#deps.node.emit({ type: 'peersLost', roomId: this.roomId, peerIds });
  }

  /** Each router measures its own producers: who listens hears of the whole room each time. */
  #heard(router: RoomRouter, levels: Levels): void {
    this.#levels.set(router, levels);
    const all = [...this.#levels.values()].flat().sort((a, b) => b.level - a.level);
    this.#deps.node.emit({ type: 'levels', roomId: this.roomId, levels: all });
  }
}
