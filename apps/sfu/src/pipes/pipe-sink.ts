import type { MediaKind, NodeId, ProducerId, ProducerRef } from '@relais/protocol';
import type { Taken } from '../media/takers.ts';
import type { SfuSettings } from '../options.ts';
import { IncomingPipe } from './incoming-pipe.ts';
import type { PipeHost } from './pipe-transport.ts';
import type { Located, Reach } from './reach.ts';

/** A producer that nobody consumes is kept this long, as who scrolls past a face is often back at once. */
const LINGER_MS = 2000;
/** How long those that asked wait for pipes; what comes later is there for the next who ask. */
const BRING_TIMEOUT_MS = 3000;

interface PipeSinkDeps {
  settings: SfuSettings;
  roomId: string;
  host: PipeHost;
  reach: Reach;
  /** These are no longer to be had; told once for all that went at the same time. */
  ended(ids: ReadonlySet<ProducerId>): void;
}

export interface Hold {
  /** False once the producer has ended, also if it was brought again meanwhile. */
  isGood: () => boolean;
  release: () => void;
}

/** One producer of another router that is wanted here, from the first question on. */
interface Inlet {
  readonly id: ProducerId;
  holders: number;
  ready: Promise<void>;
  /** Set once it comes in here. */
  brought?: { kind: MediaKind; pipe: IncomingPipe };
  linger?: ReturnType<typeof setTimeout>;
}

/** The producers of other routers, here or on other nodes, that somebody on this router consumes. */
export class PipeSink {
  readonly #deps: PipeSinkDeps;
  readonly #inlets = new Map<ProducerId, Inlet>();
  readonly #pipes = new Map<string, IncomingPipe>();
  #ended = new Set<ProducerId>();
  #closed = false;

  constructor(deps: PipeSinkDeps) {
    this.#deps = deps;
  }

  /** The kind of a producer that comes in here through a pipe. */
  kindOf(id: ProducerId): MediaKind | undefined {
    return this.#inlets.get(id)?.brought?.kind;
  }

  /**
   * Has these producers piped to this router, each once, whoever asks and however often at the same time. Those that
   * can be had are there when it resolves, and stay until the returned function is called; it never rejects.
   */
  async bring(refs: readonly ProducerRef[]): Promise<() => void> {
    this.#begin(refs.filter(({ producerId }) => !this.#inlets.has(producerId)));
    const inlets = refs.flatMap(({ producerId }) => this.#inlets.get(producerId) ?? []);
    const releases = inlets.map((inlet) => this.#hold(inlet));
    await settledWithin(
      inlets.map((inlet) => inlet.ready),
      BRING_TIMEOUT_MS,
    );
    return () => {
      for (const release of releases) release();
    };
  }

  /** Keeps one that was brought, until it is released; undefined if it is not here. */
  hold(id: ProducerId): Hold | undefined {
    const inlet = this.#inlets.get(id);
    if (!inlet?.brought) return undefined;
    return { isGood: () => this.#inlets.get(id) === inlet, release: this.#hold(inlet) };
  }

  /** [DEMAND-3] The best layer of a piped producer that is taken here; null: none at this moment. */
  want(id: ProducerId, taken: Taken): void {
    this.#inlets.get(id)?.brought?.pipe.want(id, taken);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { linger } of this.#inlets.values()) clearTimeout(linger);
    this.#inlets.clear();
    for (const pipe of [...this.#pipes.values()]) pipe.close();
  }

  /** One question to each node for all that come in there. */
  #begin(refs: readonly ProducerRef[]): void {
    const byNode = new Map<NodeId, ProducerId[]>();
    for (const { nodeId, producerId } of refs)
      byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), producerId]);
    for (const [nodeId, ids] of byNode) {
      const locating = this.#deps.reach.locate(nodeId, this.#deps.roomId, ids);
      for (const id of ids) {
        const inlet: Inlet = { id, holders: 0, ready: Promise.resolve() };
        this.#inlets.set(id, inlet);
        inlet.ready = this.#fill(inlet, nodeId, locating);
      }
    }
  }

  async #fill(inlet: Inlet, nodeId: NodeId, locating: Promise<Located | undefined>): Promise<void> {
    const located = await locating;
    const routerId = located?.routerOf.get(inlet.id);
    // A second attempt is for a pipe that its source had closed without our having heard of it.
    for (let attempt = 0; attempt < 2 && located && routerId !== undefined; attempt += 1) {
      if (this.#inlets.get(inlet.id) !== inlet) return;
      const pipe = this.#pipeTo(nodeId, routerId, located);
      const producer = await pipe.take(inlet.id);
      // It may have ended between the worker's word and this one.
      if (producer && !producer.closed) {
        inlet.brought = { kind: producer.kind, pipe };
        this.#lingerIfUnused(inlet);
        return;
      }
      if (!pipe.closed || !pipe.wasOpen) break;
    }
    if (this.#inlets.get(inlet.id) === inlet) this.#inlets.delete(inlet.id);
  }

  /** The one pipe from that router to this one. */
  #pipeTo(nodeId: NodeId, routerId: string, { source }: Located): IncomingPipe {
    const key = `${nodeId} ${routerId}`;
    const known = this.#pipes.get(key);
    if (known && !known.closed) return known;
    const { settings, roomId, host, reach } = this.#deps;
    const pipe = new IncomingPipe({
      settings,
      host,
      source,
      far: { nodeId, roomId, routerId },
      opened: (done) => reach.pipeOpened(nodeId, done),
      ended: (ids) => {
        if (this.#closed) return;
        if (pipe.closed && this.#pipes.get(key) === pipe) this.#pipes.delete(key);
        this.#endedAtSource(pipe, ids);
        // A link that was lost while it was in use: if it does not come back, that is told without being asked for.
        if (ids.length > 0) void reach.source(nodeId);
      },
    });
    this.#pipes.set(key, pipe);
    return pipe;
  }

  #endedAtSource(pipe: IncomingPipe, ids: readonly ProducerId[]): void {
    for (const id of ids) {
      const inlet = this.#inlets.get(id);
      if (inlet?.brought?.pipe !== pipe) continue;
      clearTimeout(inlet.linger);
      this.#inlets.delete(id);
      if (this.#ended.size === 0) queueMicrotask(() => this.#tellEnded());
      this.#ended.add(id);
    }
  }

  #tellEnded(): void {
    const ended = this.#ended;
    this.#ended = new Set();
    if (!this.#closed) this.#deps.ended(ended);
  }

  #hold(inlet: Inlet): () => void {
    inlet.holders += 1;
    clearTimeout(inlet.linger);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      inlet.holders -= 1;
      this.#lingerIfUnused(inlet);
    };
  }

  #lingerIfUnused(inlet: Inlet): void {
    if (inlet.holders > 0 || !inlet.brought || this.#inlets.get(inlet.id) !== inlet) return;
    const { pipe } = inlet.brought;
    inlet.linger = setTimeout(() => {
      this.#inlets.delete(inlet.id);
      pipe.letGo(inlet.id);
    }, LINGER_MS);
    inlet.linger.unref();
  }
}

async function settledWithin(promises: readonly Promise<void>[], ms: number): Promise<void> {
  if (promises.length === 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(promises), over]);
  clearTimeout(timer);
}
