import { ROUTER_CAPABILITIES } from '@relais/protocol';
import type { MediaKind, RtpCapabilities, RtpParameters } from '@relais/protocol';
import { camera, microphone } from '@relais/testing';
import type { Seeded } from './seeded.ts';

/** What the schemas of packages/protocol let through, as bad as they let it be. */

type Codec = RtpParameters['codecs'][number];
type Encoding = RtpParameters['encodings'][number];
type Fmtp = NonNullable<Codec['parameters']>;

const URIS = [...new Set(ROUTER_CAPABILITIES.headerExtensions.map(({ uri }) => uri)), 'urn:x', ' '] as const;
const MIME_TYPES = [
  'audio/opus',
  'video/VP8',
  'video/rtx',
  'audio/rtx',
  'video/H264',
  'video/ulpfec',
  'audio/x',
];
const TEXTS = [
  '',
  '\0',
  '\r\na=candidate:1 1 udp 1 6.6.6.6 6 typ host',
  '🂡',
  '\ud800',
  '__proto__',
  '%s%n',
  '-1',
];

export function hostileProduction(random: Seeded): { kind: MediaKind; rtpParameters: RtpParameters } {
  const kind = random.pick<MediaKind>(['audio', 'video']);
  // Half are wholly made up; the others are sound but for some parts, and so come further.
  const made = madeUp(random);
  if (random.chance(0.4)) return { kind, rtpParameters: made };
  const sound = kind === 'audio' ? microphone(`${random.int(0, 9)}`, random.int(1, 9)) : camera('1', 2000);
  const rtpParameters = { ...sound };
  if (random.chance(0.2)) rtpParameters.codecs = made.codecs;
  if (random.chance(0.2)) rtpParameters.encodings = made.encodings;
  if (random.chance(0.2)) rtpParameters.headerExtensions = made.headerExtensions;
  if (random.chance(0.2)) rtpParameters.rtcp = made.rtcp;
  if (random.chance(0.2)) rtpParameters.mid = made.mid;
  if (random.chance(0.2)) rtpParameters.msid = made.msid;
  if (random.chance(0.2)) for (const codec of rtpParameters.codecs) codec.parameters = fmtp(random);
  return { kind, rtpParameters };
}

export function hostileCapabilities(random: Seeded): RtpCapabilities {
  return {
    codecs: random.list(0, 64, () => ({
      ...codec(random),
      kind: random.pick<MediaKind>(['audio', 'video']),
      preferredPayloadType: random.int(0, 127),
    })),
    headerExtensions: random.list(0, 64, () => ({
      kind: random.pick<MediaKind>(['audio', 'video']),
      uri: random.pick(URIS as unknown as [string, ...string[]]),
      preferredId: random.int(1, 255),
      preferredEncrypt: random.maybe(() => random.chance(0.5)),
      direction: random.maybe(() => random.pick(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
    })),
  };
}

function madeUp(random: Seeded): RtpParameters {
  return {
    mid: random.maybe(() => text(random, 32) || 'm'),
    msid: random.maybe(() => text(random, 256)),
    codecs: random.list(1, 16, () => codec(random)),
    headerExtensions: random.maybe(() =>
      random.list(0, 32, () => ({
        uri: random.pick(URIS as unknown as [string, ...string[]]),
        id: random.int(1, 255),
        encrypt: random.maybe(() => random.chance(0.5)),
        parameters: random.maybe(() => fmtp(random)),
      })),
    ),
    encodings: random.list(1, 4, () => encoding(random)),
    rtcp: random.maybe(() => ({
      cname: random.maybe(() => text(random, 256)),
      reducedSize: random.maybe(() => random.chance(0.5)),
      mux: random.maybe(() => random.chance(0.5)),
    })),
  };
}

function codec(random: Seeded): Codec {
  const mimeType = random.pick(MIME_TYPES as [string, ...string[]]);
  const sound = random.chance(0.7);
  return {
    mimeType,
    payloadType: random.pick([0, 96, 97, 100, 101, 127, random.int(0, 127)]),
    clockRate: sound ? (mimeType.startsWith('audio') ? 48000 : 90000) : random.int(1, 200_000),
    channels: sound && mimeType === 'audio/opus' ? 2 : random.maybe(() => random.int(1, 16)),
    parameters: random.maybe(() => fmtp(random)),
    rtcpFeedback: random.maybe(() =>
      random.list(0, 32, () => ({
        type: random.pick(['nack', 'ccm', 'transport-cc', 'goog-remb', text(random, 128) || 't']),
        parameter: random.maybe(() => random.pick(['', 'pli', 'fir', text(random, 64)])),
      })),
    ),
  };
}

function encoding(random: Seeded): Encoding {
  const ssrc = () => random.pick([0, 1, 2, 0xffffffff, random.int(0, 0xffffffff)]);
  return {
    ssrc: random.maybe(ssrc),
    rid: random.maybe(() => random.pick(['r', 'r0', 'r1', 'a'.repeat(16)])),
    codecPayloadType: random.maybe(() => random.pick([0, 96, 97, 111, 127])),
    rtx: random.maybe(() => ({ ssrc: ssrc() })),
    dtx: random.maybe(() => random.chance(0.5)),
    scalabilityMode: random.maybe(() => random.pick(['L1T1', 'L1T3', 'L3T3', 'L3T3_KEY', 'S3T3h', 'L2T1'])),
    scaleResolutionDownBy: random.maybe(() => random.int(1, 64)),
    maxBitrate: random.maybe(() => random.int(1, 50_000_000)),
    maxFramerate: random.maybe(() => random.int(1, 120)),
  };
}

function fmtp(random: Seeded): Fmtp {
  const values = [0, 1, 96, 97, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, -1e300, 5e-324, null] as const;
  const keys = ['apt', 'useinbandfec', 'usedtx', 'profile-id', 'packetization-mode', 'num_streams'] as const;
  const entries = random.list(0, random.chance(0.1) ? 2000 : 8, (index) => {
    const key = random.chance(0.7) ? random.pick([...keys]) : text(random, 64) + String(index).slice(0, 4);
    const value = random.chance(0.7) ? random.pick([...values]) : text(random, 256);
    return [key.slice(0, 64), value] as const;
  });
  return Object.fromEntries(entries);
}

function text(random: Seeded, max: number): string {
  const one = random.pick(TEXTS as [string, ...string[]]);
  return (random.chance(0.2) ? one.repeat(max) : one).slice(0, max);
}
