import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import { unreachable, withTimeout } from '@relais/kit';
import type { NodeId, PipedProducer, PipeFact, PipeSource, ProducerId } from '@relais/protocol';
import { isUnanswered } from '../media/refusal.ts';
import type { SfuSettings } from '../options.ts';
import { ownPipes } from '../options.ts';
import { LatestWord } from './latest-word.ts';
import { addressOf, connectPipe, openPipeTransport } from './pipe-transport.ts';
import type { PipeHost } from './pipe-transport.ts';

interface IncomingPipeDeps {
  settings: SfuSettings;
  host: PipeHost;
  source: PipeSource;
  far: { nodeId: NodeId; roomId: string; routerId: string };
  /** Whether it opened; not told of one that is needed no more, or whose far end is gone. */
  opened(done: boolean): void;
  /** These producers ended at their source, or with the pipe. */
  ended(ids: readonly ProducerId[]): void;
}

/** A producer that is wanted through the pipe, from the question on: `paused` is the last word of its source. */
interface Taken {
  paused?: boolean;
  producer?: types.Producer;
  /** Undefined: the source cannot be told what is wanted. */
  want?: LatestWord<number | null>;
}

/** The sink's end of one pipe: between one router here and one elsewhere. It closes with the last producer. */
export class IncomingPipe {
  readonly pipeId = randomUUID();
  readonly #deps: IncomingPipeDeps;
  readonly #taken = new Map<ProducerId, Taken>();
  readonly #opened: Promise<boolean>;
  readonly #stopHearing: (() => void)[];
  #transport: types.PipeTransport | undefined;
  #wasOpen = false;
  #closed = false;

  constructor(deps: IncomingPipeDeps) {
    this.#deps = deps;
    const { settings, source, far } = deps;
    this.#stopHearing = [
      source.subscribePipes((fact) => {
        if (fact.pipeId === this.pipeId) this.#hear(fact);
      }),
      settings.neighbours.onGone((nodeId) => {
        if (nodeId === far.nodeId) this.close();
      }),
    ];
    this.#opened = this.#open();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** False while it opens, and for one that never did. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }

  /** The producer as it comes in here, under the id that it has at its source; undefined if it cannot be had. */
  async take(id: ProducerId): Promise<types.Producer | undefined> {
    const taken: Taken = {};
    this.#taken.set(id, taken);
    const producer = await this.#take(id, taken).catch((error: unknown) => {
      this.#deps.settings.logger.warn({ producerId: id, err: error }, 'a producer did not come through');
    });
    if (!producer && this.#taken.get(id) === taken) this.letGo(id);
    return producer ?? undefined;
  }

  /** What is taken of it here; the source hears the last word, however many come while it is told. */
  want(id: ProducerId, spatialLayer: number | null): void {
    this.#taken.get(id)?.want?.say(spatialLayer);
  }

  /** Nobody here needs it any more. */
  letGo(id: ProducerId): void {
    const taken = this.#taken.get(id);
    if (!taken) return;
    this.#taken.delete(id);
    taken.producer?.close();
    if (this.#taken.size === 0) this.close();
    else this.#say(this.#deps.source.letProducerGo(this.pipeId, id));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stop of this.#stopHearing) stop();
    const ids = [...this.#taken.keys()];
    this.#taken.clear();
    this.#transport?.close();
    this.#say(this.#deps.source.closePipe(this.pipeId));
    this.#deps.ended(ids);
  }

  async #open(): Promise<boolean> {
    const { settings, host, source, far } = this.#deps;
    const between = far.nodeId === settings.nodeId ? 'workers' : 'nodes';
    try {
      const listen = between === 'workers' ? ownPipes : settings.pipeListen;
      const transport = await openPipeTransport(host, listen, between);
      this.#transport = transport;
      if (this.#closed) transport.close();
      if (this.#closed) return false;
      const { roomId, routerId } = far;
      const { pipeId } = this;
      const request = { pipeId, roomId, routerId, sinkId: settings.nodeId, sink: addressOf(transport) };
      const address = await withTimeout(source.openPipe(request), settings.callTimeoutMs, 'opening a pipe');
      if (address.ok && !this.#closed) {
        await connectPipe(host, transport, address.value);
        this.#wasOpen = true;
        this.#deps.opened(true);
        return !this.#closed;
      }
      if (!address.ok && address.error.kind === 'unavailable' && !this.#closed) this.#deps.opened(false);
    } catch (error) {
      if (!isUnanswered(error) && !this.#closed) this.#deps.opened(false);
      settings.logger.warn({ otherId: far.nodeId, roomId: far.roomId, err: error }, 'a pipe did not open');
    }
    this.close();
    return false;
  }

  async #take(id: ProducerId, taken: Taken): Promise<types.Producer | undefined> {
    const { settings, host, source } = this.#deps;
    if (!(await this.#opened) || !this.#isWanted(id, taken)) return undefined;
    const asked = source.takeProducer(this.pipeId, id);
    const piped = await withTimeout(asked, settings.callTimeoutMs, 'taking a producer');
    if (!piped.ok) {
      // The source closed the pipe without our having heard of it, as after a break: the next one is opened anew.
      if (piped.error.kind === 'unknownId' && piped.error.id === this.pipeId) this.close();
      return undefined;
    }
    if (!this.#transport || !this.#isWanted(id, taken)) return undefined;
    const paused = taken.paused ?? piped.value.paused;
    const producer = await host.worker.ask(this.#transport.produce(optionsOf(piped.value, paused)), 'pipe');
    if (!this.#isWanted(id, taken)) {
      producer.close();
      return undefined;
    }
    taken.producer = producer;
    if (piped.value.heedsWant) taken.want = this.#wordOf(id, taken);
    if (taken.paused !== undefined && taken.paused !== paused) setPaused(producer, taken.paused);
    return producer;
  }

  #wordOf(id: ProducerId, taken: Taken): LatestWord<number | null> {
    return new LatestWord({
      say: async (spatialLayer) => {
        const told = await this.#deps.source.wantProducer(this.pipeId, id, spatialLayer);
        // What the source does not know any more has ended, or will be told to have.
        return told.ok || told.error.kind === 'unknownId';
      },
      isOver: () => !this.#isWanted(id, taken),
    });
  }

  /** False once it ended at its source, was let go or the pipe closed. */
  #isWanted(id: ProducerId, taken: Taken): boolean {
    return this.#taken.get(id) === taken;
  }

  #hear(fact: PipeFact): void {
    switch (fact.type) {
      case 'pipedProducerPaused':
        return this.#paused(fact.producerId, fact.paused);
      case 'pipedProducerClosed':
        return this.#producerEnded(fact.producerId);
      case 'pipeClosed':
        return this.close();
      default:
        return unreachable(fact);
    }
  }

  #paused(id: ProducerId, paused: boolean): void {
    const taken = this.#taken.get(id);
    if (!taken) return;
    taken.paused = paused;
    if (taken.producer) setPaused(taken.producer, paused);
  }

  #producerEnded(id: ProducerId): void {
    const taken = this.#taken.get(id);
    if (!taken) return;
    this.#taken.delete(id);
    taken.producer?.close();
    this.#deps.ended([id]);
    if (this.#taken.size === 0) this.close();
  }

  /** The source closes what is ours by itself when the link is gone. */
  #say(told: Promise<void>): void {
    told.catch((error: unknown) => {
      this.#deps.settings.logger.debug({ pipeId: this.pipeId, err: error }, 'a pipe was not told');
    });
  }
}

/** From a node of ours over a link that checks its shape; the producer itself was cleaned where it came in. */
function optionsOf({ producerId, kind, rtpParameters }: PipedProducer, paused: boolean) {
  return {
    id: producerId,
    kind,
    paused,
    rtpParameters: rtpParameters as types.RtpParameters,
  } satisfies types.ProducerOptions;
}

/** One that closes meanwhile is refused by the worker, and is closed then. */
function setPaused(producer: types.Producer, paused: boolean): void {
  (paused ? producer.pause() : producer.resume()).catch(() => undefined);
}
