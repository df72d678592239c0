import type { NodeLink } from '@relais/control';
import { type Certificate, WebRtcPeer } from '@relais/testing/webrtc-peer';
import type { ProducerId } from '@relais/protocol';
import { listenerRequest } from './ears.ts';
import type { Speakers } from './speakers.ts';
import { ticksOf } from './stream.ts';
import { valueOf } from './value-of.ts';

const CONSENT_MS = 3_000;

/** One listener who reads: what arrives, and how long after it was sent. */
export class Probe {
  readonly #ear: WebRtcPeer;
  readonly #consent: NodeJS.Timeout;
  /** Packets since the last `take`, and the milliseconds that each burst took. */
  #received = 0;
  #delays: number[] = [];

  static async open(
    link: NodeLink,
    given: { roomId: string; id: string; speakers: Speakers; certificate: Certificate },
  ): Promise<Probe> {
    const { roomId, id, speakers, certificate } = given;
    const request = listenerRequest(roomId, id, speakers.refs, certificate.fingerprint);
    const { recv, consumers } = valueOf(await link.openPeer(request));
    if (consumers.length !== speakers.refs.length)
      throw new Error('the probe did not get all that it asked for');
    const ear = await WebRtcPeer.connect(recv, certificate, 15_000);
    ear.endHandshake();
    const bySsrc = new Map(
      consumers.map(({ rtpParameters, producerId }) => [rtpParameters.encodings[0]?.ssrc ?? 0, producerId]),
    );
    return new Probe(ear, speakers, bySsrc);
  }

  private constructor(ear: WebRtcPeer, speakers: Speakers, bySsrc: ReadonlyMap<number, ProducerId>) {
    this.#ear = ear;
    this.#consent = setInterval(() => ear.consent(), CONSENT_MS);
    const ticks = ticksOf(speakers.shape);
    ear.onSrtp((packet) => {
      const producerId = bySsrc.get(packet.readUInt32BE(8));
      if (!producerId) return;
      this.#received += 1;
      const isLast = (packet.readUInt8(1) & 0x80) !== 0;
      const sentAt = speakers.sentAt(producerId, packet.readUInt32BE(4) / ticks);
      if (isLast && sentAt !== undefined) this.#delays.push(performance.now() - sentAt);
    });
  }

  take(): { received: number; delays: number[] } {
    const taken = { received: this.#received, delays: this.#delays };
    this.#received = 0;
    this.#delays = [];
    return taken;
  }

  close(): void {
    clearInterval(this.#consent);
    this.#ear.close();
  }
}
