import type { types } from 'mediasoup';
import { MEETING_MAX_SEATS, producerId, ROUTER_CODECS } from '@relais/protocol';
import type { MediaFact, MediaKind, PeerId, ProducerId, ProducerRef } from '@relais/protocol';
import type { SfuSettings } from '../options.ts';
import { PipeSink } from '../pipes/pipe-sink.ts';
import type { Hold } from '../pipes/pipe-sink.ts';
import type { NodePipes, SourceRouter } from '../pipes/pipe-source.ts';
import type { Reach } from '../pipes/reach.ts';
import { Demand } from './demand.ts';
import type { ClosedBecause, MediaPeer, PeerHost } from './media-peer.ts';
import type { HostedRoom, MediaWorker } from './media-worker.ts';
import { Takers } from './takers.ts';
import type { Taken } from './takers.ts';

/**
 * How loudness is measured: often enough for a ring around a tile, of everybody who is heard. Only the hub knows who is with whom:
 * of the loudest alone, those of a quiet room would be missing [VOICE-5]. Where few are heard few are told.
 */
const LEVELS = { interval: 280, maxEntries: MEETING_MAX_SEATS, threshold: -65 } as const;

export type Levels = Extract<MediaFact, { type: 'levels' }>['levels'];

export interface RouterDeps {
  settings: SfuSettings;
  pipes: NodePipes;
  reach: Reach;
  room: {
    readonly roomId: string;
    readonly peerCount: number;
    emit(fact: MediaFact): void;
    /** Levels of the router's own producers: what is piped to it is measured where it comes in. */
    heard(router: RoomRouter, levels: Levels): void;
    /** The worker died: these peers went with it. */
    lost(router: RoomRouter, peers: readonly MediaPeer[]): void;
    /** It is closed, for whatever reason: the room forgets it. */
    gone(router: RoomRouter): void;
  };
}

interface Opened {
  router: types.Router;
  levels: types.AudioLevelObserver;
  sink: PipeSink;
}

/** Milliseconds since a sound was heard after which whoever makes it does not speak: a pause between two sentences. */
const SILENT_MS = 2000;
/** Decibels below full scale under which there is a room and nobody speaks in it: speech is at -20 to -40. */
const SPOKEN_DB = -50;

/** Milliseconds after which a browser that sends has found out what its line carries, and the worker which layers it sends. */
const FRESH_MS = 4000;

type RouterState = { is: 'opening' } | ({ is: 'open' } & Opened) | { is: 'closed' };

/** A room's router on one worker, with the peers whose media goes through it. A room has at most one on a worker. */
export class RoomRouter implements HostedRoom, SourceRouter, PeerHost {
  readonly worker: MediaWorker;
  /** False if it could not be opened: its peers go to another one. */
  readonly opened: Promise<boolean>;
  readonly #deps: RouterDeps;
  readonly #peers = new Set<MediaPeer>();
  /** `since`: milliseconds as of `Date.now()`. */
  readonly #producers = new Map<ProducerId, { kind: MediaKind; since: number }>();
  /** When something was last heard in a sound, in milliseconds as of `Date.now()`. */
  readonly #heard = new Map<ProducerId, number>();
  readonly #takers = new Takers((id) => this.#takenChanged(id));
  readonly #demand: Demand;
  #state: RouterState = { is: 'opening' };

  constructor(worker: MediaWorker, deps: RouterDeps) {
    this.worker = worker;
    this.#deps = deps;
    const { roomId } = deps.room;
    this.#demand = new Demand({
      best: (id) => this.#takers.best(id),
      tell: (peerId, demands) => deps.room.emit({ type: 'demandChanged', roomId, peerId, demands }),
    });
    worker.rooms.add(this);
    this.opened = this.#open();
  }

  get isOpen(): boolean {
    return this.#state.is === 'open';
  }

  get router(): types.Router {
    if (this.#state.is !== 'open') throw new Error('a router that is not open was asked for');
    return this.#state.router;
  }

  get routerId(): string {
    return this.router.id;
  }

  get peerCount(): number {
    return this.#peers.size;
  }

  get producerCount(): number {
    return this.#producers.size;
  }

  get consumerCount(): number {
    let total = 0;
    for (const peer of this.#peers) total += peer.consumerCount;
    return total;
  }

  /**
   * Consumers that its worker carries for it or soon will: a peer that has just come has none yet, but will take at
   * least everybody's sound.
   */
  get load(): number {
    const expected = this.#deps.room.peerCount - 1;
    let total = this.#deps.pipes.feedsFrom(this);
    for (const peer of this.#peers) total += Math.max(peer.consumerCount, peer.wanted, expected);
    return total;
  }

  enter(peer: MediaPeer): void {
    this.#peers.add(peer);
  }

  /** With its last peer it closes. */
  leave(peer: MediaPeer): void {
    this.#peers.delete(peer);
    if (this.#peers.size === 0) this.close('asked');
  }

  close(why: ClosedBecause): void {
    if (this.#state.is === 'closed') return;
    const state = this.#state;
    const { roomId } = this.#deps.room;
    this.#state = { is: 'closed' };
    this.worker.rooms.delete(this);
    for (const peer of this.#peers) peer.close(why);
    this.#peers.clear();
    this.#producers.clear();
    this.#heard.clear();
    this.#demand.close();
    if (state.is === 'open') {
      state.sink.close();
      this.#deps.pipes.routerClosed(this);
      state.router.close();
      this.#deps.settings.logger.info({ roomId, worker: this.worker.index }, 'router closed');
    }
    this.#deps.room.gone(this);
  }

  /** One that has not opened yet is given up by its opening; one that had is lost with all it held. */
  workerDied(): void {
    if (this.#state.is !== 'open') return;
    const { room, settings } = this.#deps;
    const peers = [...this.#peers];
    settings.logger.warn({ roomId: room.roomId, peers: peers.length }, 'router lost');
    this.close('lost');
    room.lost(this, peers);
  }

  whereIs({ producerId: id, nodeId }: ProducerRef): 'here' | 'away' | 'nowhere' {
    if (!this.#producers.has(id)) return 'away';
    return nodeId === this.#deps.settings.nodeId ? 'here' : 'nowhere';
  }

  ownsProducer(id: ProducerId): boolean {
    return this.#producers.has(id);
  }

  kindOf(id: ProducerId): MediaKind | undefined {
    const own = this.#producers.get(id);
    return own?.kind ?? (this.#state.is === 'open' ? this.#state.sink.kindOf(id) : undefined);
  }

  isFresh(id: ProducerId): boolean {
    return Date.now() - (this.#producers.get(id)?.since ?? 0) < FRESH_MS;
  }

  async bring(refs: readonly ProducerRef[]): Promise<() => void> {
    return this.#state.is === 'open' ? this.#state.sink.bring(refs) : () => undefined;
  }

  hold(id: ProducerId): Hold | undefined {
    if (this.#producers.has(id)) return { isGood: () => this.#producers.has(id), release: () => undefined };
    return this.#state.is === 'open' ? this.#state.sink.hold(id) : undefined;
  }

  async produced(producer: types.Producer, by: PeerId): Promise<void> {
    const id = producerId.parse(producer.id);
    this.#producers.set(id, { kind: producer.kind, since: Date.now() });
    this.#demand.opened(id, by, producer.rtpParameters.encodings?.length ?? 1, producer.paused);
    // Of what comes in one layer the worker does not notice whether it comes.
    if (producer.type === 'simulcast')
      producer.on('score', (scores) =>
        this.#demand.silent(
          id,
          scores.every(({ score }) => score === 0),
        ),
      );
    if (producer.kind === 'audio') await this.#measure(producer);
  }

  wants(id: ProducerId, taker: object, taken: Taken | undefined): void {
    if (taken === undefined) this.#takers.gone(id, taker);
    else this.#takers.want(id, taker, taken);
  }

  isSilent(id: ProducerId): boolean {
    if (this.#producers.get(id)?.kind !== 'audio') return false;
    return Date.now() - (this.#heard.get(id) ?? 0) > SILENT_MS;
  }

  /** To those of its peers who may have missed what was told. */
  tellDemand(peerId: PeerId): void {
    this.#demand.tellAgain(peerId);
  }

  producerPaused(id: ProducerId, paused: boolean): void {
    this.#demand.paused(id, paused);
    this.#deps.pipes.producerPaused(this, id, paused);
  }

  /** In a router that closes nobody is left to tell here; those at other routers hear that their pipe is closed. */
  producersClosed(ids: readonly ProducerId[]): void {
    for (const id of ids) {
      this.#producers.delete(id);
      this.#heard.delete(id);
    }
    this.#demand.ended(ids);
    if (this.#state.is !== 'open') return;
    this.#deps.pipes.producersClosed(this, ids);
    this.#drop(new Set(ids));
  }

  /** Of its own it tells the sender; of what comes through a pipe the source. */
  #takenChanged(id: ProducerId): void {
    if (this.#producers.has(id)) return this.#demand.look(id);
    const taken = this.#takers.best(id);
    // Without any taker it is let go in a moment.
    if (taken !== undefined && this.#state.is === 'open') this.#state.sink.want(id, taken);
  }

  /** One fact for each peer, however many of its consumers went. */
  #drop(gone: ReadonlySet<ProducerId>): void {
    if (this.#state.is !== 'open') return;
    const { room } = this.#deps;
    for (const peer of [...this.#peers]) {
      const consumerIds = peer.dropConsumersOf(gone);
      const { roomId } = room;
      if (consumerIds.length > 0)
        room.emit({ type: 'consumersClosed', roomId, peerId: peer.peerId, consumerIds });
    }
  }

  async #open(): Promise<boolean> {
    const { worker } = this;
    const { settings, room } = this.#deps;
    let router: types.Router | undefined;
    try {
      router = await worker.createRouter(ROUTER_CODECS.map((codec) => ({ ...codec })));
      const levels = await worker.ask(router.createAudioLevelObserver(LEVELS), 'createAudioLevelObserver');
      if (this.#state.is === 'opening') this.#becomeOpen(router, levels);
      else router.close();
      return this.isOpen;
    } catch (error) {
      settings.logger.warn({ roomId: room.roomId, worker: worker.index, err: error }, 'router did not open');
    }
    router?.close();
    this.#giveUp();
    return false;
  }

  #becomeOpen(router: types.Router, levels: types.AudioLevelObserver): void {
    const { settings, reach, room } = this.#deps;
    const { roomId } = room;
    const host = { worker: this.worker, router };
    const sink = new PipeSink({ settings, roomId, host, reach, ended: (ids) => this.#drop(ids) });
    this.#state = { is: 'open', router, levels, sink };
    levels.on('volumes', (volumes) => {
      const loud = volumes.map(levelOf);
      for (const { producerId: id, level } of loud) if (level >= SPOKEN_DB) this.#heard.set(id, Date.now());
      room.heard(this, loud);
    });
    levels.on('silence', () => room.heard(this, []));
    settings.logger.info({ roomId, worker: this.worker.index }, 'router opened');
  }

  /** Its peers are not closed: each goes on to another router by itself. */
  #giveUp(): void {
    this.#state = { is: 'closed' };
    this.#peers.clear();
    this.worker.rooms.delete(this);
    this.#deps.room.gone(this);
  }

  /** Whoever is not measured is heard all the same, so a failure is only logged. */
  async #measure(producer: types.Producer): Promise<void> {
    if (this.#state.is !== 'open') return;
    const { levels } = this.#state;
    try {
      await this.worker.ask(levels.addProducer({ producerId: producer.id }), 'addProducer');
    } catch (error) {
      const { room, settings } = this.#deps;
      settings.logger.debug({ roomId: room.roomId, err: error }, 'producer is not measured');
    }
  }
}

function levelOf({ producer, volume }: types.AudioLevelObserverVolume): Levels[number] {
  return { producerId: producerId.parse(producer.id), level: volume };
}
