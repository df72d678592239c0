import { peerId, ROUTER_CAPABILITIES } from '@relais/protocol';
import type {
  DtlsFingerprint,
  NodeId,
  OpenPeer,
  ProducerId,
  ProducerRef,
  RtpParameters,
} from '@relais/protocol';

/** What a browser would say of itself to a media node. Numbers are only unlike each other, not meaningful. */

export const someFingerprint: DtlsFingerprint = {
  algorithm: 'sha-256',
  value: Array.from({ length: 32 }, () => 'AB').join(':'),
};

export function openPeerRequest(roomId: string, id: string, consume: readonly ProducerRef[] = []): OpenPeer {
  return {
    roomId,
    peerId: peerId.parse(id),
    rtpCapabilities: ROUTER_CAPABILITIES,
    fingerprints: { send: [someFingerprint], recv: [someFingerprint] },
    consume,
  };
}

/** Producers that come in at one node. */
export function refsTo({ nodeId }: { nodeId: NodeId }, ids: readonly ProducerId[]): ProducerRef[] {
  return ids.map((producerId) => ({ producerId, nodeId }));
}

/** A microphone. Two of one peer need another `mid` and another `ssrc`. */
export function microphone(mid = '0', ssrc = 1000): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
      { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 },
    ],
    encodings: [{ ssrc }],
    rtcp: { cname: 'someone' },
  };
}

/** A camera in three layers, with retransmission. */
export function camera(mid = '1', ssrc = 2000): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90000,
        rtcpFeedback: [
          { type: 'nack', parameter: '' },
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
          { type: 'transport-cc', parameter: '' },
        ],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90000, parameters: { apt: 96 } },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
    encodings: [0, 1, 2].map((layer) => ({
      ssrc: ssrc + 2 * layer,
      rtx: { ssrc: ssrc + 2 * layer + 1 },
      scalabilityMode: 'L1T3',
      maxBitrate: 100_000 * 4 ** layer,
    })),
    rtcp: { cname: 'someone' },
  };
}
