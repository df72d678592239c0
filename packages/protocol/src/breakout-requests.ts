import { z } from 'zod';
import {
  askKind,
  filling,
  label,
  lateRule,
  place,
  reason,
  roomDraft,
  roomRole,
  roundMinutes,
  seed,
} from './breakout.ts';
import { clientMessageId, participantId, planId, roomId, roundId } from './ids.ts';
import { BREAKOUT_MAX_ROOMS, COUNTDOWN_MAX_SECONDS, MEETING_MAX_SEATS, ROUND_MAX_MINUTES } from './limits.ts';
import { meetingTitle, messageText } from './text.ts';

const nothing = z.strictObject({});
const rooms = z.array(roomDraft).min(1).max(BREAKOUT_MAX_ROOMS);

/** Which rooms, and how they are to be filled. */
const draft = {
  rooms,
  filling,
  seed,
  /** Whether those who run the meeting are placed like everybody. */
  withFacilitators: z.boolean(),
};

const unplaced = z.strictObject({
  participantId: participantId.optional(),
  name: z.string(),
  why: z.enum(['notListed', 'chooses', 'notHere', 'ambiguous', 'placedAlready']),
});
const breach = z.strictObject({
  participantIds: z.tuple([participantId, participantId]),
  room: z.int(),
  why: z.enum(['label', 'last']),
});
const outcome = {
  /** Who has no room, and which entries of lists stand for nobody [BREAK-5]. */
  unplaced: z.array(unplaced),
  /** Pairs that are together though they were not to be, the first thousand [BREAK-7]. */
  breaches: z.array(breach),
};

/**
 * What is asked of sub-groups; what becomes true arrives as events [BREAK-12]. `notAllowed` to who does not run the meeting,
 * but for moving oneself where one may choose, asking, and stepping in [BREAK-4].
 */
export const breakoutRequests = {
  /** Keeps a plan; with the id of one, in its place [BREAK-1], if it is still the one of version `basedOn` [BREAK-31]. */
  'breakout:savePlan': {
    request: z.strictObject({
      planId: planId.optional(),
      basedOn: z.int().min(1).optional(),
      title: meetingTitle,
      rooms,
      minutes: roundMinutes,
    }),
    answer: z.strictObject({ planId }),
  },
  'breakout:removePlan': { request: z.strictObject({ planId }), answer: nothing },
  /** What opening would make of who is there now; nothing becomes true [BREAK-5]. `room`: its place among `rooms`. */
  'breakout:propose': {
    request: z.strictObject(draft),
    answer: z.strictObject({
      placements: z.array(z.strictObject({ participantId, room: z.int() })),
      ...outcome,
    }),
  },
  'breakout:open': {
    request: z.strictObject({
      ...draft,
      /** The round that runs: it is closed, with its countdown, and this one follows it [BREAK-37]. */
      after: roundId.optional(),
      countdownSeconds: z.int().min(0).max(COUNTDOWN_MAX_SECONDS),
      minutes: roundMinutes,
      late: lateRule,
      mayChoose: z.boolean(),
    }),
    answer: z.strictObject({ roundId, ...outcome }),
  },
  /** `roomId` null: to the plenary. */
  'breakout:move': {
    request: z.strictObject({
      moves: z
        .array(z.strictObject({ participantId, roomId: roomId.nullable() }))
        .min(1)
        .max(MEETING_MAX_SEATS),
    }),
    answer: nothing,
  },
  /** Without `roomId`: for all rooms. */
  'breakout:addTime': {
    request: z.strictObject({
      minutes: z.int().min(-ROUND_MAX_MINUTES).max(ROUND_MAX_MINUTES),
      roomId: roomId.optional(),
    }),
    answer: nothing,
  },
  /** What was to follow the present round does not; a closing that was begun for it is off [BREAK-37]. */
  'breakout:dropNext': { request: nothing, answer: nothing },
  'breakout:close': { request: z.strictObject({ roomId: roomId.optional() }), answer: nothing },
  /** Without `places`: everywhere [BREAK-15]. */
  'breakout:announce': {
    request: z.strictObject({
      clientMessageId,
      text: messageText,
      places: z
        .array(place)
        .min(1)
        .max(BREAKOUT_MAX_ROOMS + 1)
        .optional(),
    }),
    answer: nothing,
  },
  /** From the room where one is [BREAK-11] [BREAK-17]. */
  'breakout:ask': { request: z.strictObject({ kind: askKind, reason: reason.optional() }), answer: nothing },
  'breakout:takeAsk': { request: z.strictObject({ kind: askKind, roomId }), answer: nothing },
  'breakout:endAsk': { request: z.strictObject({ kind: askKind, roomId }), answer: nothing },
  'breakout:giveRole': {
    request: z.strictObject({ participantId, role: roomRole.nullable() }),
    answer: nothing,
  },
  'breakout:label': { request: z.strictObject({ participantId, label: label.nullable() }), answer: nothing },
  'breakout:nameSuccessor': {
    request: z.strictObject({ participantId: participantId.nullable() }),
    answer: nothing,
  },
  /** One's microphone is heard in all rooms, for three minutes at most [VOICE-1]; `notNow` while no rooms are open. */
  'breakout:speakToAll': { request: z.strictObject({ on: z.boolean() }), answer: nothing },
  'breakout:stepIn': { request: nothing, answer: nothing },
} as const;
