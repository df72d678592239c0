import { z } from 'zod';

/**
 * What WebRTC sides tell each other, as mediasoup names it. Every list and number is bounded: these values go
 * on to a C++ process, and an unbounded or empty one has ended it before (mediasoup #537).
 *
 * @see https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/
 */
const token = z.string().min(1).max(128);
const uint32 = z.int().min(0).max(0xffffffff);
const payloadType = z.int().min(0).max(127);

/** Names a receiver that a browser makes ahead of need: of at most eight letters, and none of those that a media node counts up itself. */
export const readyMid = z.string().regex(/^[a-z]\d{1,7}$/);

/**
 * What is sent to such a receiver comes under this, and what was lost, sent again, under the next. Those that a media node draws
 * itself are below 10^9.
 */
export const readySsrc = z
  .int()
  .min(2 ** 31)
  .max(2 ** 32 - 2)
  .multipleOf(2);

export const mediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof mediaKind>;

const codecParameters = z.record(z.string().max(64), z.union([z.string().max(256), z.number(), z.null()]));

const rtcpFeedback = z.object({ type: token, parameter: z.string().max(64).optional() });

const mimeType = z
  .string()
  .max(64)
  .regex(/^(audio|video)\/[A-Za-z0-9._-]+$/);

const codecCapability = z.object({
  kind: mediaKind,
  mimeType,
  preferredPayloadType: payloadType,
  clockRate: z.int().min(1).max(200_000),
  channels: z.int().min(1).max(16).optional(),
  parameters: codecParameters.optional(),
  rtcpFeedback: z.array(rtcpFeedback).max(32).optional(),
});

const headerExtensionUri = z.string().min(1).max(256);

const headerExtension = z.object({
  kind: mediaKind,
  uri: headerExtensionUri,
  preferredId: z.int().min(1).max(255),
  preferredEncrypt: z.boolean().optional(),
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
});

export const rtpCapabilities = z.object({
  codecs: z.array(codecCapability).max(64),
  headerExtensions: z.array(headerExtension).max(64),
});
export type RtpCapabilities = z.infer<typeof rtpCapabilities>;

const codec = z.object({
  mimeType,
  payloadType,
  clockRate: z.int().min(1).max(200_000),
  channels: z.int().min(1).max(16).optional(),
  parameters: codecParameters.optional(),
  rtcpFeedback: z.array(rtcpFeedback).max(32).optional(),
});

const encoding = z.object({
  ssrc: uint32.optional(),
  rid: z
    .string()
    .regex(/^[A-Za-z0-9]{1,16}$/)
    .optional(),
  codecPayloadType: payloadType.optional(),
  rtx: z.object({ ssrc: uint32 }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z
    .string()
    .regex(/^[LS][1-3]T[1-3](_KEY)?h?$/)
    .optional(),
  scaleResolutionDownBy: z.number().min(1).max(64).optional(),
  maxBitrate: z.int().min(1).max(50_000_000).optional(),
  maxFramerate: z.number().min(1).max(120).optional(),
  adaptivePtime: z.boolean().optional(),
  priority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
  networkPriority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
});

export const rtpParameters = z.object({
  mid: z.string().min(1).max(32).optional(),
  msid: z.string().max(256).optional(),
  codecs: z.array(codec).min(1).max(16),
  headerExtensions: z
    .array(
      z.object({
        uri: headerExtensionUri,
        id: z.int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: codecParameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z.array(encoding).min(1).max(4),
  rtcp: z
    .object({
      cname: z.string().max(256).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
});
export type RtpParameters = z.infer<typeof rtpParameters>;

/** A certificate's fingerprint, upper-case hexadecimal pairs as in SDP (RFC 8122). */
export const dtlsFingerprint = z.object({
  algorithm: z.enum(['sha-256', 'sha-384', 'sha-512']),
  value: z.string().regex(/^([0-9A-Fa-f]{2}:){31,63}[0-9A-Fa-f]{2}$/),
});
export const dtlsFingerprints = z.array(dtlsFingerprint).min(1).max(4);
export type DtlsFingerprint = z.infer<typeof dtlsFingerprint>;

export const iceParameters = z.object({
  usernameFragment: z.string().max(256),
  password: z.string().max(256),
  iceLite: z.boolean().optional(),
});
export type IceParameters = z.infer<typeof iceParameters>;

const iceCandidate = z.object({
  foundation: z.string(),
  priority: z.number(),
  address: z.string(),
  ip: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number(),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['active', 'passive', 'so']).optional(),
});

/** What a browser needs to make one transport, as mediasoup gives it. */
export const transportParameters = z.object({
  id: z.string(),
  iceParameters,
  iceCandidates: z.array(iceCandidate),
  dtlsParameters: z.object({
    role: z.enum(['auto', 'client', 'server']).optional(),
    fingerprints: z.array(z.object({ algorithm: z.string(), value: z.string() })),
  }),
});
export type TransportParameters = z.infer<typeof transportParameters>;
