import type { ProducerId, RtpParameters, SentMedia } from '@relais/protocol';

/** Something that the hub has taken before the browser negotiated it. */
export interface Foreseen {
  sent: SentMedia;
  producerId: ProducerId;
}

/**
 * What a browser that sent this on one transport will send on its next, in the `place`th track there: all but the numbers
 * that it draws anew each time (SSRC), without which a producer is known by its place (MID).
 */
export function foresee(sent: SentMedia, place: number): SentMedia {
  const { rtpParameters } = sent;
  const encodings = rtpParameters.encodings.map(({ ssrc: _ssrc, rtx: _rtx, ...same }) => same);
  return { ...sent, rtpParameters: { ...rtpParameters, mid: String(place), encodings } };
}

/** Whether what was negotiated is what was foreseen: packets will be understood. */
export function isAsForeseen(foreseen: RtpParameters, negotiated: RtpParameters): boolean {
  return essence(foreseen) === essence(negotiated);
}

/** What decides how a packet is read; the same browser lists it in the same order each time. */
function essence({ mid, codecs, headerExtensions = [], encodings }: RtpParameters): string {
  return JSON.stringify([
    mid,
    codecs.map(({ mimeType, payloadType, clockRate, channels, parameters }) => [
      mimeType,
      payloadType,
      clockRate,
      channels,
      parameters,
    ]),
    headerExtensions.map(({ uri, id }) => [uri, id]),
    encodings.map(({ rid }) => rid),
  ]);
}
