import type { types } from 'mediasoup';
import { MAX_PRODUCERS, producerId } from '@relais/protocol';
import type {
  ConsumerId,
  ConsumeRequest,
  DtlsFingerprint,
  IceParameters,
  MediaRefusal,
  OpenedConsumer,
  OpenedPeer,
  NodeId,
  OpenPeer,
  PeerId,
  ProducerId,
  ProduceRequest,
  TransportParameters,
} from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import { Consumers, openedConsumer } from './consumers.ts';
import type { MediaWorker } from './media-worker.ts';
import { producerParameters } from './producer-parameters.ts';
import { receiverCapabilities } from './receiver-capabilities.ts';
import { isUnanswered, refusalOf } from './refusal.ts';

/** What a peer knows of its room. */
export interface PeerHost {
  readonly nodeId: NodeId;
  readonly worker: MediaWorker;
  readonly router: types.Router;
  /** The kind of a producer of this room that is not the peer's own; undefined if there is no such one. */
  kindFor(peer: MediaPeer, id: ProducerId): 'audio' | 'video' | undefined;
  produced(peer: MediaPeer, producer: types.Producer): Promise<void>;
  producersClosed(peer: MediaPeer, ids: readonly ProducerId[]): void;
}

/** Every other microphone of the largest meeting, and a screen full of pictures. */
const MAX_CONSUMERS = 512;
/** Bits per second that a browser may send: three layers of camera, or a screen, and a voice. */
const MAX_INCOMING_BITRATE = 2_500_000;
/** Bits per second assumed of a network that nothing is known of yet. */
const INITIAL_OUTGOING_BITRATE = 600_000;
/** Seconds without an answer to a consent check after which a path is given up. */
const ICE_CONSENT_TIMEOUT_S = 20;
/** Milliseconds between two requests for a key frame: many viewers ask at once when someone begins to speak. */
const KEY_FRAME_REQUEST_DELAY_MS = 800;

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
  #transports: Partial<Record<Direction, types.WebRtcTransport>> = {};
  #producing = 0;
  #closed: ClosedBecause | false = false;

  constructor(request: OpenPeer) {
    this.peerId = request.peerId;
    this.#request = request;
    this.#capabilities = receiverCapabilities(request.rtpCapabilities);
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
      const [consumers] = await both(
        this.consume({ producers: consume, paused: false }),
        both(this.#prepare(host, send, fingerprints.send), this.#prepare(host, recv, fingerprints.recv)),
        host.worker.ask(send.setMaxIncomingBitrate(MAX_INCOMING_BITRATE), 'setMaxIncomingBitrate'),
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
    await this.#host.produced(this, producer);
    return ok({ producerId: id });
  }

  async pauseProducer(id: ProducerId, paused: boolean): Promise<Result<void, MediaRefusal>> {
    const producer = this.#producers.get(id);
    if (!producer) return fail({ kind: 'unknownId', id });
    return this.#told(paused ? producer.pause() : producer.resume(), 'pauseProducer');
  }

  closeProducer(id: ProducerId): Result<void, MediaRefusal> {
    const producer = this.#producers.get(id);
    if (!producer) return fail({ kind: 'unknownId', id });
    this.#producers.delete(id);
    producer.close();
    this.#host?.producersClosed(this, [id]);
    return ok(undefined);
  }

  /** Sound first: what is asked for first is set up first, by the worker and by the browser. */
  async consume(
    request: Pick<ConsumeRequest, 'producers' | 'paused'>,
  ): Promise<Result<OpenedConsumer[], MediaRefusal>> {
    const host = this.#host;
    const transport = this.#transports.recv;
    if (!host || !transport) return unknownPeer;
    const here = request.producers.filter(({ nodeId }) => nodeId === host.nodeId);
    const ids = new Set(here.map(({ producerId: id }) => id));
    const known = [...ids].filter((id) => host.kindFor(this, id));
    const wanted = [
      ...known.filter((id) => host.kindFor(this, id) === 'audio'),
      ...known.filter((id) => host.kindFor(this, id) === 'video'),
    ];
    if (this.#consumers.sizeWith(wanted) > MAX_CONSUMERS) return unsupported('too many consumers');
    const open = (id: ProducerId) => this.#openConsumer(host, transport, id, request.paused);
    try {
      const opened = await both(...wanted.map((id) => this.#consumers.of(id, open)));
      if (this.#closed) return this.gone();
      const there = opened.filter((consumer) => consumer !== undefined && this.#consumers.has(consumer));
      return ok(there.flatMap((consumer) => (consumer ? [openedConsumer(consumer)] : [])));
    } catch (error) {
      return this.#refused(error);
    }
  }

  async pauseConsumers(ids: readonly ConsumerId[], paused: boolean): Promise<Result<void, MediaRefusal>> {
    const stranger = this.#consumers.stranger(ids);
    if (stranger) return fail({ kind: 'unknownId', id: stranger });
    const consumers = ids.flatMap((id) => this.#consumers.get(id) ?? []);
    const told = consumers.map((consumer) => (paused ? consumer.pause() : consumer.resume()));
    // One that goes with its producer meanwhile is refused by the worker, and was to be passed over.
    const outcomes = Promise.allSettled(told).then((all) => {
      const unanswered = all.find((one) => one.status === 'rejected' && isUnanswered(one.reason));
      if (unanswered?.status === 'rejected') throw unanswered.reason;
    });
    return this.#told(outcomes, 'pauseConsumers');
  }

  closeConsumers(ids: readonly ConsumerId[]): Result<void, MediaRefusal> {
    const stranger = this.#consumers.stranger(ids);
    if (stranger) return fail({ kind: 'unknownId', id: stranger });
    this.#consumers.close(ids);
    return ok(undefined);
  }

  async preferLayer(id: ConsumerId, spatialLayer: number): Promise<Result<void, MediaRefusal>> {
    const consumer = this.#consumers.get(id);
    if (!consumer) return fail({ kind: 'unknownId', id });
    if (!Number.isInteger(spatialLayer) || spatialLayer < 0 || spatialLayer > 7)
      return unsupported('no such layer');
    if (consumer.kind !== 'video') return unsupported('sound has no layers');
    return this.#told(consumer.setPreferredLayers({ spatialLayer }), 'setPreferredLayers');
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
    if (gone.length > 0) this.#host?.producersClosed(this, gone);
  }

  async #openTransport({ worker, router }: PeerHost, direction: Direction): Promise<types.WebRtcTransport> {
    const opening = router.createWebRtcTransport({
      webRtcServer: worker.webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
      iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
    });
    const transport = await worker.ask(opening, 'createWebRtcTransport');
    this.#transports[direction] = transport;
    if (this.#closed) transport.close();
    return transport;
  }

  /** The worker compares with capitals and looks at the first fingerprint alone. */
  #prepare(host: PeerHost, transport: types.WebRtcTransport, given: DtlsFingerprint[]): Promise<void> {
    const fingerprints = given.map(({ algorithm, value }) => ({ algorithm, value: value.toUpperCase() }));
    const connecting = transport.connect({ dtlsParameters: { role: 'client', fingerprints } });
    return host.worker.ask(connecting, 'connect');
  }

  async #openConsumer(
    host: PeerHost,
    transport: types.WebRtcTransport,
    id: ProducerId,
    paused: boolean,
  ): Promise<types.Consumer | undefined> {
    try {
      const asked = transport.consume({ producerId: id, rtpCapabilities: this.#capabilities, paused });
      const consumer = await host.worker.ask(asked, 'consume');
      if (!this.#closed && host.kindFor(this, id)) return consumer;
      consumer.close();
    } catch (error) {
      if (isUnanswered(error)) throw error;
    }
    return undefined;
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

function parametersOf(transport: types.WebRtcTransport): TransportParameters {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  // The worker gives its one certificate's fingerprint five times over; every browser takes this one.
  const fingerprints = dtlsParameters.fingerprints.filter(({ algorithm }) => algorithm === 'sha-256');
  return { id, iceParameters, iceCandidates, dtlsParameters: { role: 'server', fingerprints } };
}

/** `Promise.all` that settles only when all have: nothing is left running behind a failure. */
async function both<T extends readonly unknown[]>(
  ...promises: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  const outcomes = await Promise.allSettled(promises);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(promises);
}
