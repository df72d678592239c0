import type { types } from 'mediasoup';
import { ROUTER_CAPABILITIES } from '@relais/protocol';
import type { RtpCapabilities } from '@relais/protocol';

const mimeTypes = new Set(ROUTER_CAPABILITIES.codecs.map((codec) => codec.mimeType.toLowerCase()));
const extensionUris = new Set(ROUTER_CAPABILITIES.headerExtensions.map((extension) => extension.uri));

function isKnownUri(uri: string): uri is types.RtpHeaderExtensionUri {
  return extensionUris.has(uri);
}

/**
 * The part of a browser's capabilities that a router of ours can make use of, and nothing else: it is kept as
 * long as the peer, cloned for each consumer, and its feedback lines go on to the worker.
 */
export function receiverCapabilities(given: RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: given.codecs.filter((codec) => mimeTypes.has(codec.mimeType.toLowerCase())).map(codecOf),
    headerExtensions: given.headerExtensions.flatMap(({ kind, uri, preferredId }) =>
      isKnownUri(uri) ? [{ kind, uri, preferredId }] : [],
    ),
  };
}

/** Codec parameters are left out: none of our router's codecs is matched by them. */
function codecOf(codec: RtpCapabilities['codecs'][number]): types.RtpCodecCapability {
  const { kind, mimeType, preferredPayloadType, clockRate, channels, rtcpFeedback = [] } = codec;
  return {
    kind,
    mimeType,
    preferredPayloadType,
    clockRate,
    ...(channels === undefined ? {} : { channels }),
    rtcpFeedback: rtcpFeedback.map(({ type, parameter }) => ({ type, parameter: parameter ?? '' })),
  };
}
