import { openPeerRequest } from '@relais/testing';
import { type Certificate, WebRtcPeer } from '@relais/testing/webrtc-peer';
import type { NodeLink } from '@relais/control';
import { MAX_PRODUCERS, type ProducerId, type ProducerRef } from '@relais/protocol';
import { valueOf } from './value-of.ts';
import { burstOf, packetsPerSecond, parametersOf, ssrcOf, type StreamShape } from './stream.ts';

/** How often it is looked what is due. */
const LOOK_MS = 2;
/** What is late is sent at most so many times as fast as it ought to be. */
const CATCH_UP = 2;
const CONSENT_MS = 3_000;

interface Stream {
  ref: ProducerRef;
  mouth: WebRtcPeer;
  ssrc: number;
  /** Number of the burst that is next. */
  burst: number;
  /** When each burst was sent, in milliseconds; the last of a picture's packets. */
  sentAt: number[];
}

export interface SpeakersOptions {
  link: NodeLink;
  roomId: string;
  shape: StreamShape;
  count: number;
  certificate: Certificate;
}

/** Producers of one room that send real RTP over DTLS and SRTP, at an even pace. */
export class Speakers {
  readonly shape: StreamShape;
  readonly refs: readonly ProducerRef[];
  readonly #streams: readonly Stream[];
  readonly #byProducer: ReadonlyMap<ProducerId, Stream>;
  #timer: NodeJS.Timeout | undefined;
  readonly #mouths: ReadonlySet<WebRtcPeer>;
  readonly #consent: NodeJS.Timeout;
  /** Packets that were sent. */
  sent = 0;

  static async open(options: SpeakersOptions): Promise<Speakers> {
    const streams: Stream[] = [];
    for (let peer = 0; streams.length < options.count; peer += 1) {
      const left = Math.min(MAX_PRODUCERS, options.count - streams.length);
      streams.push(...(await openSpeaker(options, peer, left)));
    }
    return new Speakers(options.shape, streams);
  }

  private constructor(shape: StreamShape, streams: readonly Stream[]) {
    this.shape = shape;
    this.#streams = streams;
    this.#byProducer = new Map(streams.map((stream) => [stream.ref.producerId, stream]));
    this.refs = streams.map(({ ref }) => ref);
    this.#mouths = new Set(streams.map(({ mouth }) => mouth));
    this.#consent = setInterval(() => this.#mouths.forEach((mouth) => mouth.consent()), CONSENT_MS);
  }

  /** Packets that all of them send in a second. */
  get packetsPerSecond(): number {
    return this.#streams.length * packetsPerSecond(this.shape);
  }

  /** When a burst of a producer was sent. */
  sentAt(producerId: ProducerId, burst: number): number | undefined {
    return this.#byProducer.get(producerId)?.sentAt[burst];
  }

  /**
   * Each at its own moment of the interval, as they are when nobody knows of the others: what was late is not made up
   * for in one go, which would be more than a socket holds.
   */
  start(): void {
    const { everyMs } = this.shape;
    const began = performance.now();
    const due = this.#streams.map((_, i) => began + (i * everyMs) / this.#streams.length);
    const atOnce = Math.ceil((CATCH_UP * this.#streams.length * LOOK_MS) / everyMs);
    let next = 0;
    this.#timer = setInterval(() => {
      const now = performance.now();
      for (let said = 0; said < atOnce && due[next]! <= now; said += 1) {
        this.#say(this.#streams[next]!);
        due[next] = Math.max(due[next]! + everyMs, now - everyMs);
        next = (next + 1) % due.length;
      }
    }, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  close(): void {
    this.stop();
    clearInterval(this.#consent);
    for (const mouth of this.#mouths) mouth.close();
  }

  #say(stream: Stream): void {
    const { burst, ssrc, mouth } = stream;
    stream.burst += 1;
    const packets = burstOf(this.shape, { burst, ssrc }).map((rtp) => mouth.protect(rtp));
    for (const packet of packets) mouth.sendRaw(packet);
    stream.sentAt[burst] = performance.now();
    this.sent += packets.length;
  }
}

async function openSpeaker(
  { link, roomId, shape, certificate }: SpeakersOptions,
  peer: number,
  count: number,
): Promise<Stream[]> {
  const request = {
    ...openPeerRequest(roomId, `speaker-${peer}`),
    fingerprints: { send: [certificate.fingerprint], recv: [certificate.fingerprint] },
  };
  const { send } = valueOf(await link.openPeer(request));
  const mouth = await WebRtcPeer.connect(send, certificate, 15_000);
  mouth.endHandshake();
  const streams: Stream[] = [];
  for (let index = 0; index < count; index += 1) {
    const { kind } = shape;
    const rtpParameters = parametersOf(shape, index);
    const produced = await link.produce({ ...request, kind, rtpParameters, paused: false });
    const ref = { producerId: valueOf(produced).producerId, nodeId: link.nodeId };
    streams.push({ ref, mouth, ssrc: ssrcOf(index), burst: 1, sentAt: [] });
  }
  return streams;
}
