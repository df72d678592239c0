import type { types } from 'mediasoup';
import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import type {
  NodeId,
  OpenPipe,
  PipeAddress,
  PipedProducer,
  PipeFact,
  PipeRefusal,
  PipeSource,
  ProducerId,
  RtpParameters,
} from '@relais/protocol';
import { ALL_LAYERS } from '../media/takers.ts';
import type { Taken } from '../media/takers.ts';
import type { SfuSettings } from '../options.ts';
import { ownPipes } from '../options.ts';
import { addressOf, connectPipe, openPipeTransport } from './pipe-transport.ts';
import type { PipeHost } from './pipe-transport.ts';
import { PipeWatch } from './pipe-watch.ts';
import type { PipeTraffic } from './pipe-watch.ts';

/** A router from which producers may be had: those of its own peers, never ones that were piped to it. */
export interface SourceRouter extends PipeHost {
  readonly routerId: string;
  ownsProducer(id: ProducerId): boolean;
  /** What goes through a pipe counts as taken by it; undefined: it takes it no more. */
  wants(id: ProducerId, taker: object, taken: Taken | undefined): void;
}

interface SourceDeps {
  settings: SfuSettings;
  /** The open routers of a room; none if there is no such room. */
  routersOf(roomId: string): readonly SourceRouter[];
  /** What is sent to that node is not answered: its packets, or ours, do not come through. */
  unanswered(sinkId: NodeId): void;
}

/** This end of one pipe. What is taken is noted before the worker is asked, so that its end is never missed. */
interface Outlet {
  readonly pipeId: string;
  readonly router: SourceRouter;
  readonly taken: Map<ProducerId, Promise<types.Consumer>>;
  transport?: types.PipeTransport;
  unwatch?: () => void;
}

const unavailable: { ok: false; error: PipeRefusal } = fail({ kind: 'unavailable' });
const unknownId = (id: string): { ok: false; error: PipeRefusal } => fail({ kind: 'unknownId', id });

/** What this node offers to its neighbours, and each of its routers to the others. */
export class NodePipes implements PipeSource {
  readonly nodeId: NodeId;
  readonly #deps: SourceDeps;
  readonly #outlets = new Map<string, Outlet>();
  readonly #byRouter = new Map<SourceRouter, Set<Outlet>>();
  readonly #listeners = new Set<(fact: PipeFact) => void>();
  readonly #watch = new PipeWatch();
  #closed = false;

  constructor(deps: SourceDeps) {
    this.#deps = deps;
    this.nodeId = deps.settings.nodeId;
  }

  async locate(
    roomId: string,
    producerIds: readonly ProducerId[],
  ): Promise<Result<{ producerId: ProducerId; routerId: string }[], PipeRefusal>> {
    if (this.#closed) return unavailable;
    const routers = this.#deps.routersOf(roomId);
    return ok(
      producerIds.flatMap((producerId) => {
        const router = routers.find((each) => each.ownsProducer(producerId));
        return router ? [{ producerId, routerId: router.routerId }] : [];
      }),
    );
  }

  async openPipe(request: OpenPipe): Promise<Result<PipeAddress, PipeRefusal>> {
    const { pipeId, sinkId, roomId, routerId, sink } = request;
    if (this.#closed) return unavailable;
    const router = this.#deps.routersOf(roomId).find((each) => each.routerId === routerId);
    if (!router) return unknownId(routerId);
    if (this.#outlets.has(pipeId)) return unknownId(pipeId);
    const outlet: Outlet = { pipeId, router, taken: new Map() };
    this.#note(outlet);
    try {
      const between = sinkId === this.nodeId ? 'workers' : 'nodes';
      const listen = between === 'workers' ? ownPipes : this.#deps.settings.pipeListen;
      outlet.transport = await openPipeTransport(router, listen, between);
      await connectPipe(router, outlet.transport, sink);
      if (this.#outlets.get(pipeId) === outlet) {
        if (between === 'nodes') this.#watchOver(outlet, outlet.transport, sinkId);
        return ok(addressOf(outlet.transport));
      }
      outlet.transport.close();
    } catch (error) {
      this.#deps.settings.logger.warn({ roomId, sinkId, err: error }, 'a pipe did not open');
      outlet.transport?.close();
      this.#forget(outlet);
    }
    return unavailable;
  }

  async takeProducer(pipeId: string, id: ProducerId): Promise<Result<PipedProducer, PipeRefusal>> {
    const outlet = this.#outlets.get(pipeId);
    if (!outlet?.transport) return unknownId(pipeId);
    if (!outlet.router.ownsProducer(id)) return unknownId(id);
    const known = outlet.taken.get(id);
    const asked = known ?? outlet.router.worker.ask(outlet.transport.consume({ producerId: id }), 'pipe');
    outlet.taken.set(id, asked);
    if (!known) outlet.router.wants(id, outlet, ALL_LAYERS);
    try {
      const consumer = await asked;
      if (outlet.taken.get(id) === asked) return ok(pipedProducer(id, consumer));
      consumer.close();
      return unknownId(id);
    } catch {
      if (outlet.taken.get(id) === asked) this.#untake(outlet, id);
      return unavailable;
    }
  }

  async wantProducer(
    pipeId: string,
    id: ProducerId,
    spatialLayer: number | null,
  ): Promise<Result<void, PipeRefusal>> {
    const outlet = this.#outlets.get(pipeId);
    if (!outlet) return unknownId(pipeId);
    if (!outlet.taken.has(id)) return unknownId(id);
    outlet.router.wants(id, outlet, spatialLayer);
    return ok(undefined);
  }

  async letProducerGo(pipeId: string, id: ProducerId): Promise<void> {
    const outlet = this.#outlets.get(pipeId);
    const asked = outlet?.taken.get(id);
    if (outlet) this.#untake(outlet, id);
    asked?.then((consumer) => consumer.close()).catch(() => undefined);
  }

  async closePipe(pipeId: string): Promise<void> {
    const outlet = this.#outlets.get(pipeId);
    if (!outlet) return;
    this.#forget(outlet);
    outlet.transport?.close();
  }

  subscribePipes(listener: (fact: PipeFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Consumers of this router's that feed pipes: they cost its worker as much as any other. */
  feedsFrom(router: SourceRouter): number {
    let total = 0;
    for (const outlet of this.#byRouter.get(router) ?? []) total += outlet.taken.size;
    return total;
  }

  producerPaused(router: SourceRouter, producerId: ProducerId, paused: boolean): void {
    for (const { pipeId, taken } of this.#outletsOf(router)) {
      if (taken.has(producerId)) this.#tell({ type: 'pipedProducerPaused', pipeId, producerId, paused });
    }
  }

  /** The worker closes their consumers by itself. */
  producersClosed(router: SourceRouter, ids: readonly ProducerId[]): void {
    for (const outlet of this.#outletsOf(router)) {
      for (const producerId of ids) {
        if (this.#untake(outlet, producerId))
          this.#tell({ type: 'pipedProducerClosed', pipeId: outlet.pipeId, producerId });
      }
    }
  }

  routerClosed(router: SourceRouter): void {
    for (const outlet of this.#outletsOf(router)) this.#end(outlet);
  }

  close(): void {
    this.#closed = true;
    for (const outlet of [...this.#outlets.values()]) this.#end(outlet);
    this.#listeners.clear();
  }

  #end(outlet: Outlet): void {
    this.#forget(outlet);
    outlet.transport?.close();
    this.#tell({ type: 'pipeClosed', pipeId: outlet.pipeId });
  }

  #watchOver(outlet: Outlet, transport: types.PipeTransport, sinkId: NodeId): void {
    const { worker } = outlet.router;
    outlet.unwatch = this.#watch.add({
      traffic: () => worker.ask(transport.getStats(), 'pipe stats').then(trafficOf, () => undefined),
      unanswered: () => this.#deps.unanswered(sinkId),
    });
  }

  #note(outlet: Outlet): void {
    this.#outlets.set(outlet.pipeId, outlet);
    const others = this.#byRouter.get(outlet.router);
    if (others) others.add(outlet);
    else this.#byRouter.set(outlet.router, new Set([outlet]));
  }

  #forget(outlet: Outlet): void {
    if (this.#outlets.get(outlet.pipeId) === outlet) this.#outlets.delete(outlet.pipeId);
    for (const id of [...outlet.taken.keys()]) this.#untake(outlet, id);
    outlet.unwatch?.();
    const others = this.#byRouter.get(outlet.router);
    others?.delete(outlet);
    if (others?.size === 0) this.#byRouter.delete(outlet.router);
  }

  #untake(outlet: Outlet, id: ProducerId): boolean {
    outlet.router.wants(id, outlet, undefined);
    return outlet.taken.delete(id);
  }

  #outletsOf(router: SourceRouter): Outlet[] {
    return [...(this.#byRouter.get(router) ?? [])];
  }

  #tell(fact: PipeFact): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(fact);
      } catch (error) {
        this.#deps.settings.logger.error({ err: error, fact: fact.type }, 'a listener of pipe facts threw');
      }
    }
  }
}

function trafficOf([stat]: types.PipeTransportStat[]): PipeTraffic | undefined {
  return stat && { rtpBytesSent: stat.rtpBytesSent, bytesReceived: stat.bytesReceived };
}

function pipedProducer(producerId: ProducerId, consumer: types.Consumer): PipedProducer {
  return {
    producerId,
    kind: consumer.kind,
    // Made by mediasoup from parameters that were parsed and cleaned when they came in.
    rtpParameters: consumer.rtpParameters as RtpParameters,
    paused: consumer.producerPaused,
    heedsWant: true,
  };
}
