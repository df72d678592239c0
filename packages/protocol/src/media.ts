import { z } from 'zod';
import { consumerId, participantId, peerId, producerId } from './ids.ts';
import { dtlsFingerprints, mediaKind, rtpCapabilities, rtpParameters, transportParameters } from './rtp.ts';

/** What a producer carries: it decides where the picture goes, and what a mark on a tile says. */
export const mediaSource = z.enum(['microphone', 'camera', 'screen', 'screenAudio']);
export type MediaSource = z.infer<typeof mediaSource>;

/** What is sent of one source. */
export const sentMedia = z.strictObject({
  source: mediaSource,
  kind: mediaKind,
  rtpParameters,
  paused: z.boolean(),
});
export type SentMedia = z.infer<typeof sentMedia>;

/**
 * What a browser says of itself to have media opened: `fingerprints` are those of the certificates that its
 * two transports will use, told beforehand so that DTLS needs no further signalling (the browser is always
 * the DTLS client). `maxVideos` is how many pictures its screen will show at first. `sending`, when media is opened
 * again, is what it will send: as on the former transports, so that it is known before it is negotiated [MEDIA-9].
 */
export const mediaOffer = z.strictObject({
  rtpCapabilities,
  fingerprints: z.strictObject({ send: dtlsFingerprints, recv: dtlsFingerprints }),
  maxVideos: z.int().min(0).max(64),
  sending: z.array(sentMedia).min(1).max(mediaSource.options.length).optional(),
});
export type MediaOffer = z.infer<typeof mediaOffer>;

export const consumerParameters = z.object({
  consumerId,
  producerId,
  participantId,
  source: mediaSource,
  kind: mediaKind,
  rtpParameters,
  /** Whether the producer is paused (the person is muted), not whether this consumer is. */
  producerPaused: z.boolean(),
});
export type ConsumerParameters = z.infer<typeof consumerParameters>;

/** A relay for networks that let nothing else through, with a right to it that ends by itself. */
export const iceServer = z.object({
  urls: z.array(z.string().regex(/^turns?:/)).min(1),
  username: z.string(),
  credential: z.string(),
});
export type IceServer = z.infer<typeof iceServer>;

/** A participant's pair of transports and the first consumers on it. */
export const peerMedia = z.object({
  peerId,
  send: transportParameters,
  recv: transportParameters,
  consumers: z.array(consumerParameters),
  /** Of what the offer said is `sending`: those that the hub has taken, and told the others of. */
  producers: z.array(z.object({ source: mediaSource, producerId })).optional(),
  /** Left out where no relay is run: the media nodes' own addresses are then the only ones tried. */
  iceServers: z.array(iceServer).optional(),
});
export type PeerMedia = z.infer<typeof peerMedia>;
