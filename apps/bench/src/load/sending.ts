import type { ProducerOptions } from 'mediasoup-client/types';

/**
 * What every participant sends, on both servers: two layers as Relais does, of a picture small enough that two
 * cores encode and decode for all and leave the servers room; and silence too, for a steady flow.
 */
export const CAPTURE: MediaStreamConstraints = {
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
  video: { width: 320, height: 180, frameRate: 15 },
};

export const AUDIO: ProducerOptions = {
  encodings: [{ maxBitrate: 40_000, priority: 'high', networkPriority: 'high' }],
  codecOptions: { opusStereo: false, opusFec: true, opusDtx: false, opusMaxAverageBitrate: 32_000 },
};

export const VIDEO: ProducerOptions = {
  encodings: [
    { scaleResolutionDownBy: 2, maxBitrate: 150_000 },
    { scaleResolutionDownBy: 1, maxBitrate: 600_000 },
  ],
  codecOptions: { videoGoogleStartBitrate: 400 },
};

/**
 * mediasoup, mediasoup-client and the protocol name the same shapes with types of their own, some of which narrow a
 * string to a union: only the compiler has to be told.
 */
export const toClient = <T>(value: unknown) => value as T;

export interface Participant {
  /** Totals of all that it receives. */
  received(): Promise<Received>;
  /** Resolves when the server has been told. */
  leave(): Promise<void>;
}

export interface Received {
  consumers: number;
  packets: number;
  bytes: number;
  framesDecoded: number;
}

/** Adds up what a receiving transport says of its streams. */
export function totalsOf(stats: Iterable<unknown>, consumers: number): Received {
  const total: Received = { consumers, packets: 0, bytes: 0, framesDecoded: 0 };
  for (const stat of stats) {
    if (typeof stat !== 'object' || stat === null) continue;
    const inbound = stat as Partial<RTCInboundRtpStreamStats>;
    if (inbound.type !== 'inbound-rtp') continue;
    total.packets += inbound.packetsReceived ?? 0;
    total.bytes += inbound.bytesReceived ?? 0;
    total.framesDecoded += inbound.framesDecoded ?? 0;
  }
  return total;
}
