import type { types } from 'mediasoup';
import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import { ROUTER_CAPABILITIES, ROUTER_CODECS } from '@relais/protocol';
import type { MediaKind, RtpParameters } from '@relais/protocol';

/**
 * What a browser says of a track it sends, made anew from the parts that are known to be harmless. It goes to a
 * C++ process that aborts on what it holds to be impossible, and parts of it (codec parameters, cname, msid) go
 * on into the SDP of everybody else's browser, where a line break would be a line of SDP. The rest of the
 * validation is mediasoup's own.
 */
export function producerParameters(
  kind: MediaKind,
  given: RtpParameters,
): Result<types.RtpParameters, string> {
  const codecs = codecsOf(kind, given);
  if (!codecs.ok) return codecs;
  const encodings = encodingsOf(kind, given, codecs.value[0]?.payloadType);
  if (!encodings.ok) return encodings;
  const headerExtensions = headerExtensionsOf(given);
  if (!headerExtensions.ok) return headerExtensions;
  const texts = [given.mid, given.msid, given.rtcp?.cname];
  if (texts.some((text) => text !== undefined && !PRINTABLE.test(text))) return fail('unprintable text');

  return ok({
    ...(given.mid === undefined ? {} : { mid: given.mid }),
    ...(given.msid === undefined ? {} : { msid: given.msid }),
    codecs: codecs.value,
    headerExtensions: headerExtensions.value,
    encodings: encodings.value,
    rtcp: given.rtcp?.cname === undefined ? {} : { cname: given.rtcp.cname },
  });
}

/** ASCII without control characters: nothing in it ends a line of SDP. */
const PRINTABLE = /^[ -~]*$/;
/** What a value in an `a=fmtp` line is made of; `;` and blanks would begin another one. */
const FMTP_VALUE = /^[A-Za-z0-9.,:_/+-]*$/;
const FMTP_KEY = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_FMTP = 32;
const MAX_SIMULCAST_LAYERS = 3;

const feedbackTypes = new Set(['nack', 'ccm', 'goog-remb', 'transport-cc']);
const extensionUris = new Set(ROUTER_CAPABILITIES.headerExtensions.map((extension) => extension.uri));

function isKnownUri(uri: string): uri is types.RtpHeaderExtensionUri {
  return extensionUris.has(uri);
}

function isRtx(codec: { mimeType: string }): boolean {
  return codec.mimeType.toLowerCase().endsWith('/rtx');
}

type Codec = RtpParameters['codecs'][number];

/** The router's codec of that kind first, then its retransmission codec, if any. Anything more is refused. */
function codecsOf(kind: MediaKind, given: RtpParameters): Result<types.RtpCodecParameters[], string> {
  const media = given.codecs.filter((codec) => !isRtx(codec));
  const rtx = given.codecs.filter(isRtx);
  const [codec] = media;
  if (!codec || media.length > 1 || rtx.length > 1) return fail('one codec is wanted, with at most one rtx');
  if (!isRoutersCodec(kind, codec)) return fail(`unsupported codec for ${kind}: ${codec.mimeType}`);
  const retransmits = rtx.every(({ parameters }) => parameters?.['apt'] === codec.payloadType);
  if (!retransmits) return fail('rtx codec for another payload type');
  if (rtx.some(({ payloadType }) => payloadType === codec.payloadType)) return fail('duplicated payloadType');

  const made: types.RtpCodecParameters[] = [];
  for (const each of [codec, ...rtx]) {
    const parameters = fmtpOf(each.parameters ?? {});
    if (!parameters) return fail('invalid codec parameter');
    made.push(codecOf(each, parameters));
  }
  return ok(made);
}

function isRoutersCodec(kind: MediaKind, codec: Codec): boolean {
  const mimeType = codec.mimeType.toLowerCase();
  return ROUTER_CODECS.some((own) => own.kind === kind && own.mimeType.toLowerCase() === mimeType);
}

function codecOf(codec: Codec, parameters: Record<string, string | number>): types.RtpCodecParameters {
  const { mimeType, payloadType, clockRate, channels, rtcpFeedback = [] } = codec;
  return {
    mimeType,
    payloadType,
    clockRate,
    ...(channels === undefined ? {} : { channels }),
    parameters,
    rtcpFeedback: rtcpFeedback
      .filter(({ type, parameter }) => feedbackTypes.has(type) && PRINTABLE.test(parameter ?? ''))
      .map(({ type, parameter }) => ({ type, parameter: parameter ?? '' })),
  };
}

function fmtpOf(given: NonNullable<Codec['parameters']>): Record<string, string | number> | undefined {
  const entries = Object.entries(given);
  if (entries.length > MAX_FMTP) return undefined;
  const made: Record<string, string | number> = {};
  for (const [key, value] of entries) {
    if (!FMTP_KEY.test(key) || value === null) return undefined;
    if (typeof value === 'number' ? !isInt32(value) : !FMTP_VALUE.test(value)) return undefined;
    made[key] = value;
  }
  return made;
}

/** Integers travel to the worker in 32 bits. */
function isInt32(value: number): boolean {
  return (value | 0) === value;
}

type Encoding = RtpParameters['encodings'][number];

function encodingsOf(
  kind: MediaKind,
  given: RtpParameters,
  payloadType: number | undefined,
): Result<types.RtpEncodingParameters[], string> {
  const { encodings } = given;
  if (encodings.length > (kind === 'video' ? MAX_SIMULCAST_LAYERS : 1)) return fail('too many encodings');
  const ssrcs = encodings.flatMap(({ ssrc, rtx }) => [ssrc ?? [], rtx?.ssrc ?? []].flat());
  if (ssrcs.includes(0) || new Set(ssrcs).size < ssrcs.length) return fail('zero or duplicated ssrc');
  const rids = encodings.flatMap(({ rid }) => rid ?? []);
  if (new Set(rids).size < rids.length) return fail('duplicated rid');
  if (encodings.some(({ codecPayloadType: own }) => own !== undefined && own !== payloadType))
    return fail('encoding for another payload type');
  if (encodings.some(({ scalabilityMode }) => scalabilityMode && !/^L1T/.test(scalabilityMode)))
    return fail('several spatial layers in one encoding');
  return ok(encodings.map((encoding) => encodingOf(kind, encoding)));
}

function encodingOf(kind: MediaKind, encoding: Encoding): types.RtpEncodingParameters {
  const { ssrc, rid, rtx, dtx, scalabilityMode, maxBitrate } = encoding;
  return {
    ...(ssrc === undefined ? {} : { ssrc }),
    ...(rid === undefined ? {} : { rid }),
    ...(rtx === undefined ? {} : { rtx: { ssrc: rtx.ssrc } }),
    ...(dtx === undefined ? {} : { dtx }),
    ...(maxBitrate === undefined ? {} : { maxBitrate }),
    ...(scalabilityMode === undefined || kind === 'audio' ? {} : { scalabilityMode }),
  };
}

/** Those that the router knows; others mean nothing to it and are left out. */
function headerExtensionsOf(given: RtpParameters): Result<types.RtpHeaderExtensionParameters[], string> {
  const made: types.RtpHeaderExtensionParameters[] = [];
  for (const { uri, id } of given.headerExtensions ?? []) {
    if (isKnownUri(uri)) made.push({ uri, id });
  }
  if (new Set(made.map(({ id }) => id)).size < made.length) return fail('duplicated header extension id');
  if (new Set(made.map(({ uri }) => uri)).size < made.length) return fail('duplicated header extension');
  return ok(made);
}
