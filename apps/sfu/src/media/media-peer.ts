import type { types } from 'mediasoup';
import { MAX_PRODUCERS, producerId } from '@relais/protocol';
import type {
  ConsumerId,
  ConsumeRequest,
  IceParameters,
  MediaKind,
  MediaRefusal,
  OpenedConsumer,
  OpenedPeer,
  OpenPeer,
  PeerId,
  ProducerId,
  ProducerRef,
  ProduceRequest,
  Withdrawal,
} from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import type { Hold } from '../pipes/pipe-sink.ts';
import { both } from './both.ts';
import { Consumers } from './consumers.ts';
import type { MediaWorker } from './media-worker.ts';
import { connect, limitIncoming, openPeerTransport, parametersOf } from './peer-transport.ts';
import { producerParameters } from './producer-parameters.ts';
import { receiverCapabilities } from './receiver-capabilities.ts';
import { Receiving } from './receiving.ts';
import { isUnanswered, refusalOf } from './refusal.ts';
import type { Taken } from './takers.ts';

/** What a peer knows of its room. */
export interface PeerHost {
  readonly worker: MediaWorker;
  readonly router: types.Router;
  /** `here`: at this very router, so that it needs no pipe. `nowhere`: not where it is said to be. */
  whereIs(ref: ProducerRef): 'here' | 'away' | 'nowhere';
  /** The kind of a producer that can be consumed at this router now, its own or one that was brought. */
  kindOf(id: ProducerId): MediaKind | undefined;
  /** It began here so lately that the layers which it is sent in may still change. */
  isFresh(id: ProducerId): boolean;
  /** Has producers of other routers come in here, as far as they can be had; they stay until what it gives is called. */
  bring(refs: readonly ProducerRef[]): Promise<() => void>;
  /** Keeps one that can be consumed at this router now, until it is released; undefined if it is not there. */
  hold(id: ProducerId): Hold | undefined;
  produced(producer: types.Producer, by: PeerId): Promise<void>;
  /** What a consumer is to be given of a producer that can be consumed here; undefined: it is no more. */
  wants(id: ProducerId, consumer: types.Consumer, taken: Taken | undefined): void;
  /** A sound that comes in at this router, and in which nothing was heard of late. */
  isSilent(id: ProducerId): boolean;
  producerPaused(id: ProducerId, paused: boolean): void;
  producersClosed(ids: readonly ProducerId[]): void;
}

/**
 * Milliseconds between two requests for a key frame: many viewers ask at once when someone begins to speak, and the
 * second would wait for so long. Chromium passes over a request that comes within 300 ms of the last, which is then made
 * again only after a second: hence a little more than that.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 350;

type Direction = 'send' | 'recv';
/** `asked`: by the hub, or with its room's last peer. `lost`: for a reason on the node's own side. */
export type ClosedBecause = 'asked' | 'lost';
type Refused = { ok: false; error: MediaRefusal };

const unknownPeer: Refused = fail({ kind: 'unknownPeer' });
const unavailable: Refused = fail({ kind: 'unavailable' });
const unsupported = (reason: string): Refused => fail({ kind: 'unsupported', reason });

/** One participant's pair of transports with what goes through them. */
export class MediaPeer {
  readonly peerId: PeerId;
  readonly #request: OpenPeer;
  readonly #capabilities: types.RtpCapabilities;
  readonly #producers = new Map<ProducerId, types.Producer>();
  readonly #consumers = new Consumers();
  #host: PeerHost | undefined;
  #receiving: Receiving | undefined;
  #transports: Partial<Record<Direction, types.WebRtcTransport>> = {};
  #producing = 0;
  #closed: ClosedBecause | false = false;
  #unconnectedSince: number | undefined = Date.now();
  #wasConnected = false;

  constructor(request: OpenPeer) {
    this.peerId = request.peerId;
    this.#request = request;
    this.#capabilities = receiverCapabilities(request.rtpCapabilities);
  }

  get closed(): boolean {
    return this.#closed !== false;
  }

  /** No track has been opened either way, and no browser has connected: it has no reason to. */
  get isIdle(): boolean {
    return !this.#wasConnected && this.producerCount === 0 && this.consumerCount === 0;
  }

  /** Since when neither transport has a path to a browser, in milliseconds as of `Date.now()`. */
  get unconnectedSince(): number | undefined {
    return this.#unconnectedSince;
  }

  /** How many consumers it asks for from the start. */
  get wanted(): number {
    return this.#request.consume.length;
  }

  get consumerCount(): number {
    return this.#consumers.size;
  }

  get producerCount(): number {
    return this.#producers.size;
  }

  /** Both transports, told at once whom they will meet, and the first consumers: one round trip for the browser. */
  async open(host: PeerHost): Promise<Result<OpenedPeer, MediaRefusal>> {
    this.#host = host;
    if (this.#closed) return this.gone();
    const { fingerprints, consume } = this.#request;
    try {
      const [send, recv] = await both(this.#openTransport(host, 'send'), this.#openTransport(host, 'recv'));
      if (this.#closed) return this.gone();
      this.#receiving = this.#receiver(host, recv);
      const [consumers] = await both(
        this.consume({ producers: consume, paused: false }),
        both(connect(host.worker, send, fingerprints.send), connect(host.worker, recv, fingerprints.recv)),
        limitIncoming(host.worker, send),
      );
      if (this.#closed) return this.gone();
      if (!consumers.ok) return consumers;
      return ok({ send: parametersOf(send), recv: parametersOf(recv), consumers: consumers.value });
    } catch (error) {
      return this.#refused(error);
    }
  }

  async produce(
    request: Omit<ProduceRequest, 'roomId' | 'peerId'>,
  ): Promise<Result<{ producerId: ProducerId }, MediaRefusal>> {
    const host = this.#host;
    const transport = this.#transports.send;
    if (!host || !transport) return unknownPeer;
    if (this.#producers.size + this.#producing >= MAX_PRODUCERS) return unsupported('too many producers');
    const rtpParameters = producerParameters(request.kind, request.rtpParameters);
    if (!rtpParameters.ok) return unsupported(rtpParameters.error);
    this.#producing += 1;
    try {
      const { kind, paused } = request;
      const keyFrameRequestDelay = KEY_FRAME_REQUEST_DELAY_MS;
      const asked = transport.produce({
        kind,
        rtpParameters: rtpParameters.value,
        paused,
        keyFrameRequestDelay,
      });
      const producer = await host.worker.ask(asked, 'produce');
      return await this.admit(producer);
    } catch (error) {
      return this.#refused(error);
    } finally {
      this.#producing -= 1;
    }
  }

  /** Makes a producer known to the room. Apart from `produce` so that tests can feed packets from elsewhere. */
  async admit(producer: types.Producer): Promise<Result<{ producerId: ProducerId }, MediaRefusal>> {
    if (this.#closed || !this.#host) {
      producer.close();
      return this.gone();
    }
    const id = producerId.parse(producer.id);
    this.#producers.set(id, producer);
    await this.#host.produced(producer, this.peerId);
    return ok({ producerId: id });
  }

  async pauseProducer(id: ProducerId, paused: boolean): Promise<Result<void, MediaRefusal>> {
    const producer = this.#producers.get(id);
    if (!producer) return fail({ kind: 'unknownId', id });
    const told = await this.#told(paused ? producer.pause() : producer.resume(), 'pauseProducer');
    if (told.ok && this.#producers.has(id)) this.#host?.producerPaused(id, paused);
    return told;
  }

  closeProducer(id: ProducerId): Result<void, MediaRefusal> {
    const producer = this.#producers.get(id);
    if (!producer) return fail({ kind: 'unknownId', id });
    this.#producers.delete(id);
    producer.close();
    this.#host?.producersClosed([id]);
    return ok(undefined);
  }

  async consume(
    request: Pick<ConsumeRequest, 'producers' | 'paused' | 'ready'>,
  ): Promise<Result<OpenedConsumer[], MediaRefusal>> {
    const receiving = this.#receiving;
    if (!receiving) return unknownPeer;
    try {
      const opened = await receiving.consume(request);
      return this.#closed ? this.gone() : opened;
    } catch (error) {
      return this.#refused(error);
    }
  }

  async pauseConsumers(ids: readonly ConsumerId[], paused: boolean): Promise<Result<void, MediaRefusal>> {
    const stranger = this.#consumers.stranger(ids);
    if (stranger) return fail({ kind: 'unknownId', id: stranger });
    const receiving = this.#receiving;
    return receiving ? this.#told(receiving.pause(ids, paused), 'pauseConsumers') : unknownPeer;
  }

  closeConsumers(ids: readonly ConsumerId[]): Result<void, MediaRefusal> {
    const stranger = this.#consumers.stranger(ids);
    if (stranger) return fail({ kind: 'unknownId', id: stranger });
    this.#consumers.close(ids);
    return ok(undefined);
  }

  async withdraw({ kind, producerIds }: Withdrawal): Promise<Result<ConsumerId[], MediaRefusal>> {
    const named = new Set(producerIds);
    const isWithdrawn = (id: ProducerId) => named.has(id) === (kind === 'these');
    this.#receiving?.withdraw(isWithdrawn);
    const closed = await this.#consumers.closeOf(isWithdrawn);
    return this.#closed ? this.gone() : ok(closed);
  }

  async preferLayer(
    id: ConsumerId,
    spatialLayer: number,
    priority?: number,
  ): Promise<Result<void, MediaRefusal>> {
    const consumer = this.#consumers.get(id);
    if (!consumer) return fail({ kind: 'unknownId', id });
    if (!Number.isInteger(spatialLayer) || spatialLayer < 0 || spatialLayer > 7)
      return unsupported('no such layer');
    if (priority !== undefined && !(Number.isInteger(priority) && priority >= 1 && priority <= 255))
      return unsupported('no such priority');
    if (consumer.kind !== 'video') return unsupported('sound has no layers');
    const receiving = this.#receiving;
    return receiving
      ? this.#told(receiving.preferLayer(consumer, spatialLayer, priority), 'setPreferredLayers')
      : unknownPeer;
  }

  async restartIce(direction: Direction): Promise<Result<IceParameters, MediaRefusal>> {
    const host = this.#host;
    const transport = this.#transports[direction];
    if (!host || !transport) return unknownPeer;
    try {
      return ok(await host.worker.ask(transport.restartIce(), 'restartIce'));
    } catch (error) {
      return this.#refused(error);
    }
  }

  /** Forgets the consumers of producers that are gone, and says which they were. */
  dropConsumersOf(gone: ReadonlySet<ProducerId>): ConsumerId[] {
    return this.#consumers.drop(gone);
  }

  /** What a call that was under way when the peer closed is answered with. */
  gone(): Refused {
    return this.#closed === 'lost' ? unavailable : unknownPeer;
  }

  close(why: ClosedBecause): void {
    if (this.#closed) return;
    this.#closed = why;
    const gone = [...this.#producers.keys()];
    this.#producers.clear();
    this.#consumers.clear();
    this.#transports.send?.close();
    this.#transports.recv?.close();
    if (gone.length > 0) this.#host?.producersClosed(gone);
  }

  async #openTransport({ worker, router }: PeerHost, direction: Direction): Promise<types.WebRtcTransport> {
    const transport = await openPeerTransport(worker, router);
    this.#transports[direction] = transport;
    transport.on('icestatechange', () => this.#iceChanged());
    if (this.#closed) transport.close();
    return transport;
  }

  #receiver(host: PeerHost, transport: types.WebRtcTransport): Receiving {
    const deps = {
      host,
      transport,
      capabilities: this.#capabilities,
      isOwn: (id: ProducerId) => this.#producers.has(id),
      isClosed: () => this.closed,
    };
    return new Receiving(deps, this.#consumers);
  }

  /** A browser connects a transport when it first has something to send or to receive on it. */
  #iceChanged(): void {
    const states = [this.#transports.send?.iceState, this.#transports.recv?.iceState];
    const connected = states.some((state) => state === 'connected' || state === 'completed');
    this.#wasConnected ||= connected;
    this.#unconnectedSince = connected ? undefined : (this.#unconnectedSince ?? Date.now());
  }

  /** For what carries no parameters of a browser: no answer is the only failure there is. */
  async #told(asked: Promise<void>, what: string): Promise<Result<void, MediaRefusal>> {
    const host = this.#host;
    if (!host) return unknownPeer;
    try {
      await host.worker.ask(asked, what);
      return ok(undefined);
    } catch (error) {
      return this.#refused(error);
    }
  }

  /** A worker's "no such handler" means no more than that the peer was closed while the question was under way. */
  #refused(error: unknown): Refused {
    return this.#closed && !isUnanswered(error) ? this.gone() : fail(refusalOf(error));
  }
}
