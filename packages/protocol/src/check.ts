import { z } from 'zod';
import { CHECK_MAX_DOWN_BYTES } from './limits.ts';
import { iceServer, mediaOffer } from './media.ts';
import { instant, personName } from './meeting-event.ts';
import { mediaKind, rtpParameters, transportParameters } from './rtp.ts';

/** The shapes of the connection check, on the socket and over HTTP [CHECK-1]. */

/** What a browser says of itself to have a check's two transports opened. */
export const checkOffer = mediaOffer.pick({ rtpCapabilities: true, fingerprints: true });
export type CheckOffer = z.infer<typeof checkOffer>;

/** A way to a media node and the way back from it, for this socket alone and for a short while. */
export const checkMedia = z.strictObject({
  send: transportParameters,
  recv: transportParameters,
  /** Left out where no relay is run. */
  iceServers: z.array(iceServer).optional(),
  /** Milliseconds after which the hub closes both, whatever the browser does. */
  closesInMs: z.int().min(1),
});
export type CheckMedia = z.infer<typeof checkMedia>;

/** What comes back of what was sent. */
export const checkEcho = z.object({
  consumerId: z.string(),
  producerId: z.string(),
  kind: mediaKind,
  rtpParameters,
});
export type CheckEcho = z.infer<typeof checkEcho>;

/** `GET /api/check/download`: so many bytes that mean nothing. */
export const checkDownloadQuery = z.strictObject({
  bytes: z.coerce.number().int().min(1).max(CHECK_MAX_DOWN_BYTES),
});

/** The answer to `POST /api/check/upload`: how fast the bytes came in at the hub. */
export const checkUpload = z.strictObject({
  bytes: z.int().min(0),
  ms: z.number().min(0),
  kbps: z.number().min(0),
});
export type CheckUpload = z.infer<typeof checkUpload>;

/** What a check came to, in the three words that the animator plans with [CHECK-5]. */
export const checkVerdict = z.enum(['ready', 'lightMode', 'failed']);
export type CheckVerdict = z.infer<typeof checkVerdict>;

/** Made by the browser, and kept by it alone: who has it replaces or erases what was told [CHECK-7]. */
export const checkOwner = z.uuid();

/** `PUT /api/meetings/:code/checks`, by somebody who agreed to it. */
export const checkReportBody = z.strictObject({ name: personName, verdict: checkVerdict });
export type CheckReportBody = z.infer<typeof checkReportBody>;

export const checkReport = z.strictObject({ name: z.string(), verdict: checkVerdict, at: instant });
export type CheckReport = z.infer<typeof checkReport>;

/** The answer to `GET /api/meetings/:code/checks`, for who runs the meeting: the newest first. */
export const checkReportList = z.strictObject({ reports: z.array(checkReport) });
export type CheckReportList = z.infer<typeof checkReportList>;
