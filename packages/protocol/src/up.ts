import { z } from 'zod';
import { breakoutRequests } from './breakout-requests.ts';
import { place } from './breakout.ts';
import { checkEcho, checkMedia, checkOffer } from './check.ts';
import { doorRequests } from './door.ts';
import {
  clientMessageId,
  consumerId,
  meetingCode,
  participantId,
  peerId,
  producerId,
  stillId,
} from './ids.ts';
import { help } from './down.ts';
import { guestToken } from './entry.ts';
import { facilitatorKey } from './http.ts';
import { FORMER_SEATS, HISTORY_PAGE, MAX_IDS, STILL_MAX_BYTES, STILL_PIECE_MAX_BYTES } from './limits.ts';
import { lineQuality, liveSnapshot } from './live-fact.ts';
import { consumerParameters, mediaOffer, peerMedia, sentMedia } from './media.ts';
import { floorRequests } from './floor.ts';
import { instant, messageText, personName } from './meeting-event.ts';
import { meetingState, message, shownVersioned } from './meeting-state.ts';
import { notesRequests } from './notes.ts';
import { iceParameters, readyMid, readySsrc, rtpParameters } from './rtp.ts';
import { seat } from './seat.ts';
import { stillPiece, stillPieceRead, stillType } from './still.ts';
import { waitingRequests } from './waiting.ts';

/**
 * All that a browser may ask of the hub: a request's schema and its answer's, by name. Every request is
 * acknowledged with an `Answer`. The acknowledgement says accepted, or why not; the change itself arrives as an
 * event (down.ts), for the sender as for everyone.
 */
const nothing = z.strictObject({});
const version = z.int().min(0);
/** The hub's clock as it answers: deadlines of sub-groups are instants of it [BREAK-10]. */
const hubNow = instant;

export const up = {
  /**
   * Takes a seat, or comes back to one (`seat`). `sinceVersion` is the last version of the log that the browser
   * has: the answer then carries `events` since, or a whole `meeting` when there are too many. `media`: open
   * media anew; `keepPeerId`: the transports that still stand, so that a socket that fell and came back leaves
   * them alone. The answer's `media` is absent when they were kept or not asked for.
   */
  'meeting:join': {
    request: z.strictObject({
      protocolVersion: z.int(),
      code: meetingCode,
      name: personName,
      seat: seat.optional(),
      /** One that is not this meeting's is passed over: the seat is then like everyone's. */
      facilitatorKey: facilitatorKey.optional(),
      /** Seats of this meeting that this browser has held, the newest last: who was removed is known by them [DOOR-4]. */
      formerSeats: z.array(participantId).max(FORMER_SEATS).optional(),
      /** What the link for guests held by which they come [GUEST-2]. */
      guestToken: guestToken.optional(),
      sinceVersion: version.optional(),
      media: mediaOffer.optional(),
      keepPeerId: peerId.optional(),
    }),
    answer: z.strictObject({
      seat,
      version,
      meeting: meetingState.optional(),
      events: z.array(shownVersioned).optional(),
      live: liveSnapshot,
      now: hubNow,
      media: peerMedia.optional(),
      /** Milliseconds that this seat is held should the line fall [LEAVE-3]. */
      seatHeldMs: z.int().min(0),
      /** Where one takes part by telephone, if the organisation has such a number. */
      telephone: z.string().optional(),
      /** Media was asked for and could not be opened: the meeting goes on in writing, try `media:open`. */
      mediaUnavailable: z.boolean(),
    }),
  },
  /** Gives the seat up, at once. */
  'meeting:leave': { request: nothing, answer: nothing },
  /** What was missed since a version, after a gap was seen; and the whole live state. */
  'meeting:catchUp': {
    request: z.strictObject({ sinceVersion: version }),
    answer: z.strictObject({
      version,
      meeting: meetingState.optional(),
      events: z.array(shownVersioned).optional(),
      live: liveSnapshot,
      now: hubNow,
    }),
  },
  /** Posts a message; the same `clientMessageId` again changes nothing and is accepted. */
  'chat:post': {
    request: z.strictObject({
      clientMessageId,
      text: messageText,
      /** Where it is meant to be read: `notInYourRoom` to who was moved elsewhere meanwhile. Left out: where one is [BREAK-14]. */
      place: place.optional(),
    }),
    answer: nothing,
  },
  /** Suggests something to somebody whose line is in trouble; `notAllowed` to who does not run the meeting. */
  'help:offer': { request: z.strictObject({ participantId, help }), answer: nothing },
  /** How one's own line is, for the others: the animator helps, and senders spare a thin line [LINE-3]. */
  'line:tell': { request: z.strictObject({ line: lineQuality, light: z.boolean() }), answer: nothing },
  /**
   * One piece of a still image of the screen that one shares, in order from `offset` 0; the next is sent when this one is
   * acknowledged. `bytes` is the whole. With the last piece it is told to everybody (`stillTaken`) [STILL-1].
   */
  'still:put': {
    request: z.strictObject({
      stillId,
      type: stillType,
      bytes: z.int().min(1).max(STILL_MAX_BYTES),
      offset: z.int().min(0).max(STILL_MAX_BYTES),
      piece: stillPiece,
    }),
    answer: nothing,
  },
  /** `length` bytes, or what is left, of somebody's still image; `unknownId` when another has come in its place long since. */
  'still:get': {
    request: z.strictObject({
      participantId,
      stillId,
      offset: z.int().min(0).max(STILL_MAX_BYTES),
      length: z.int().min(1).max(STILL_PIECE_MAX_BYTES),
    }),
    answer: z.strictObject({ type: stillType, bytes: z.int(), piece: stillPieceRead }),
  },
  ...breakoutRequests,
  ...notesRequests,
  ...doorRequests,
  ...waitingRequests,
  ...floorRequests,
  /** Raises or lowers one's own hand [HAND-1]. */
  'hand:raise': { request: z.strictObject({ up: z.boolean() }), answer: nothing },
  /** Lowers somebody's hand; `notAllowed` to who does not run the meeting, `unknownParticipant` [HAND-3]. */
  'hand:lower': { request: z.strictObject({ participantId }), answer: nothing },
  /** Whether the line to the hub still stands: an answer, even a refusal, says so [BACK-2]. */
  'line:probe': { request: nothing, answer: nothing },
  /** Messages older than a version, oldest first, of a place, by default of where one is; `notInYourRoom` [BREAK-14]. */
  'chat:history': {
    request: z.strictObject({
      beforeVersion: z.int().min(1),
      limit: z.int().min(1).max(HISTORY_PAGE),
      place: place.optional(),
    }),
    answer: z.strictObject({ messages: z.array(message), hasMore: z.boolean() }),
  },
  /** Opens media again, after `mediaLost` or a failed transport. Former transports are closed. */
  'media:open': { request: mediaOffer, answer: peerMedia },
  'media:produce': {
    request: sentMedia.extend({ peerId }),
    answer: z.strictObject({ producerId }),
  },
  'media:pauseProducer': {
    request: z.strictObject({ producerId, paused: z.boolean() }),
    answer: nothing,
  },
  'media:closeProducer': { request: z.strictObject({ producerId }), answer: nothing },
  /** Consumers for what one's screen now shows; pictures start paused. Producers that are gone are left out; `unknownId` when none is left. */
  'media:consume': {
    request: z.strictObject({
      peerId,
      producerIds: z.array(producerId).min(1).max(MAX_IDS),
      /** Those for which the browser has a receiver ready, and which flow at once [MEDIA-11]. */
      ready: z
        .array(
          z.strictObject({
            producerId,
            mid: readyMid,
            ssrc: readySsrc,
            spatialLayer: z.int().min(0).max(3).optional(),
          }),
        )
        .max(MAX_IDS)
        .optional(),
    }),
    answer: z.strictObject({ consumers: z.array(consumerParameters) }),
  },
  /** Lets packets of these consumers flow, or holds them. */
  'media:pauseConsumers': {
    request: z.strictObject({ consumerIds: z.array(consumerId).min(1).max(MAX_IDS), paused: z.boolean() }),
    answer: nothing,
  },
  'media:closeConsumers': {
    request: z.strictObject({ consumerIds: z.array(consumerId).min(1).max(MAX_IDS) }),
    answer: nothing,
  },
  /**
   * The highest simulcast layer wanted: 0 is the smallest picture. `priority`: what is served first while the line carries
   * not all, the highest first; as it was, or 1, when it is left out.
   */
  'media:preferLayer': {
    request: z.strictObject({
      consumerId,
      spatialLayer: z.int().min(0).max(3),
      priority: z.int().min(1).max(255).optional(),
    }),
    answer: nothing,
  },
  'media:restartIce': {
    request: z.strictObject({ peerId, direction: z.enum(['send', 'recv']) }),
    answer: z.strictObject({ iceParameters }),
  },
  /**
   * The connection check: a way to a media node and back, apart from every meeting [CHECK-2]. Needs no seat; one at a
   * time for each socket, and a new one closes the former. With its socket it goes, too.
   */
  'check:open': { request: checkOffer, answer: checkMedia },
  /** Sends a sound on the check's way to the node, and has it back on the other. */
  'check:loop': { request: z.strictObject({ rtpParameters }), answer: checkEcho },
  'check:close': { request: nothing, answer: nothing },
} as const;

export type Up = typeof up;
export type RequestName = keyof Up;
export type Request<N extends RequestName> = z.infer<Up[N]['request']>;
/** A request as a browser may write it, before its schema has trimmed and branded it. */
export type RequestInput<N extends RequestName> = z.input<Up[N]['request']>;
export type AnswerValue<N extends RequestName> = z.infer<Up[N]['answer']>;
