import { z } from 'zod';
import { participantId, planId, roomId, roundId } from './ids.ts';
import {
  BREAKOUT_MAX_ROOMS,
  COUNTDOWN_MAX_SECONDS,
  DOCUMENT_URL_MAX_LENGTH,
  INSTRUCTIONS_MAX_LENGTH,
  LABEL_MAX_LENGTH,
  LISTED_MAX_LENGTH,
  MEETING_MAX_SEATS,
  REASON_MAX_LENGTH,
  ROUND_MAX_MINUTES,
} from './limits.ts';
import { instant, line, meetingTitle, paragraphs, personName } from './text.ts';

/** Where somebody is: with all, or in a room of sub-groups. No room has that id: the hub makes them. */
export const place = z.union([z.literal('plenary'), roomId]);
export type Place = z.infer<typeof place>;

export const label = line(LABEL_MAX_LENGTH);
export const reason = paragraphs(REASON_MAX_LENGTH);

/** Of the web only: an address that would run as a program has no place here. */
const documentUrl = z
  .url({ protocol: /^https?$/, hostname: /./ })
  .max(DOCUMENT_URL_MAX_LENGTH)
  .refine((url) => url.isWellFormed());

/** A room as who prepares it writes it. */
const roomText = {
  name: personName,
  instructions: paragraphs(INSTRUCTIONS_MAX_LENGTH).optional(),
  documentUrl: documentUrl.optional(),
  /** Who belongs there, by name or email address; known to those who run the meeting alone [BREAK-12]. */
  people: z.array(line(LISTED_MAX_LENGTH)).max(MEETING_MAX_SEATS).optional(),
};

export const plannedRoom = z.strictObject({ roomId, ...roomText });
export type PlannedRoom = z.infer<typeof plannedRoom>;

/** A room that is asked for; with the id of one that this meeting had before, it is that one again [BREAK-16]. */
export const roomDraft = z.strictObject({ roomId: roomId.optional(), ...roomText });
export type RoomDraft = z.infer<typeof roomDraft>;

export const roundMinutes = z.int().min(1).max(ROUND_MAX_MINUTES).nullable();

export const plan = z.strictObject({
  planId,
  title: meetingTitle,
  rooms: z.array(plannedRoom).min(1).max(BREAKOUT_MAX_ROOMS),
  /** How long a round of it takes; null: until it is closed. */
  minutes: roundMinutes,
});
export type Plan = z.infer<typeof plan>;

/** As a meeting keeps it. */
export const keptPlan = plan.extend({
  /** Of the event that saved it: who changes a plan says which one they read [BREAK-31]. */
  version: z.int().min(1).optional(),
});
export type KeptPlan = z.infer<typeof keptPlan>;

/** What becomes of who comes in while a round runs [BREAK-8]. */
export const lateRule = z.enum(['own', 'choose', 'smallest']);
export type LateRule = z.infer<typeof lateRule>;

export const roomRole = z.enum(['host', 'noteTaker', 'timekeeper']);
export type RoomRole = z.infer<typeof roomRole>;

/** By the place of the room among those that are asked for: one that is new has no id yet. */
export const handPlacement = z.strictObject({
  participantId,
  room: z
    .int()
    .min(0)
    .max(BREAKOUT_MAX_ROOMS - 1),
});
export type HandPlacement = z.infer<typeof handPlacement>;

/** How rooms are filled [BREAK-6] [BREAK-7]. */
export const filling = z.discriminatedUnion('kind', [
  /** As `placements` say; for people whom they do not name, by the rooms' lists. */
  z.strictObject({
    kind: z.literal('byHand'),
    placements: z.array(handPlacement).max(MEETING_MAX_SEATS).optional(),
  }),
  z.strictObject({ kind: z.literal('even') }),
  /** Rooms of about so many people, as many rooms as that takes. */
  z.strictObject({ kind: z.literal('size'), size: z.int().min(2).max(MEETING_MAX_SEATS) }),
  z.strictObject({ kind: z.literal('choice') }),
  z.strictObject({ kind: z.literal('mixing') }),
  z.strictObject({ kind: z.literal('same') }),
]);
export type Filling = z.infer<typeof filling>;

/** The same seed, rooms and people make the same filling: what was previewed is what is opened. */
export const seed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

export const breakoutRoom = plannedRoom.extend({
  /** In the place of the round's, which it may outlast; null: until it is closed. */
  endsAt: instant.nullable().optional(),
  /** It is being closed, and is closed then. */
  closesAt: instant.optional(),
  closed: z.literal(true).optional(),
});
export type BreakoutRoom = z.infer<typeof breakoutRoom>;

export const breakoutRound = z.strictObject({
  roundId,
  number: z.int().min(1),
  rooms: z.array(breakoutRoom).min(1).max(BREAKOUT_MAX_ROOMS),
  /** `opening`: announced, everybody is still where they were. */
  phase: z.enum(['opening', 'running', 'closing']),
  opensAt: instant,
  /** Null: until it is closed. */
  endsAt: instant.nullable(),
  closesAt: instant.optional(),
  late: lateRule,
  mayChoose: z.boolean(),
  /** Who is not named is in the plenary. */
  placements: z.record(participantId, roomId),
  /** In the room in which they are. */
  roles: z.record(participantId, roomRole),
  /** Of those who run the meeting and went to another room by themselves: where they belong meanwhile, null: in the plenary. */
  homes: z.record(participantId, roomId.nullable()).optional(),
  /** Who last moved somebody else; known to those who run the meeting alone [BREAK-27]. */
  movers: z.record(participantId, participantId).optional(),
});
export type BreakoutRound = z.infer<typeof breakoutRound>;

/** What a room asks of those who run the meeting: help [BREAK-17], or more time [BREAK-11]. One of a kind at a time. */
export const askKind = z.enum(['help', 'time']);
export const breakoutAsk = z.strictObject({
  /** Of its event. */
  version: z.int().min(1),
  kind: askKind,
  roomId,
  participantId,
  name: z.string(),
  reason: z.string().optional(),
  at: instant,
  /** Who comes. */
  taken: z.strictObject({ participantId, name: z.string(), at: instant }).optional(),
});
export type BreakoutAsk = z.infer<typeof breakoutAsk>;

export const pastRound = z.strictObject({
  roundId,
  number: z.int().min(1),
  /** Of the last one all that was written for them, of former ones their names. */
  rooms: z.array(plannedRoom),
  openedAt: instant,
  endedAt: instant,
  /** Of the last one, as it was to be at its end: how the next one may be [BREAK-29]. */
  minutes: roundMinutes.optional(),
  late: lateRule.optional(),
  mayChoose: z.boolean().optional(),
});
export type PastRound = z.infer<typeof pastRound>;

/** Of one person: the version at which they came where they are, the messages that were there already, and up to where they may read the plenary's. */
export const stay = z.strictObject({
  since: z.int().min(1),
  before: z.int().min(0),
  plenaryUntil: z.int().min(1).optional(),
});
export type Stay = z.infer<typeof stay>;

/** A round that is opened when the present one is over [BREAK-37]: its rooms have their ids, who is in them is found then. */
export const nextRound = z.strictObject({
  roundId,
  rooms: z.array(plannedRoom).min(1).max(BREAKOUT_MAX_ROOMS),
  filling,
  seed,
  withFacilitators: z.boolean(),
  countdownMs: z
    .int()
    .min(0)
    .max(COUNTDOWN_MAX_SECONDS * 1000),
  minutes: roundMinutes,
  late: lateRule,
  mayChoose: z.boolean(),
  /** Who asked for it. */
  by: participantId,
});
export type NextRound = z.infer<typeof nextRound>;

const by = participantId;
const at = instant;
const type = <T extends string>(name: T) => z.literal(name);
const ended = instant.nullable();

/** What becomes true of sub-groups. Deadlines are instants of the hub's clock, so that every screen counts the same. */
export const breakoutEvents = [
  /** Without `by`: by who has the meeting's key and no seat in it [BREAK-30]. */
  plan.extend({ type: type('breakoutPlanSaved'), by: by.optional(), at }),
  z.strictObject({ type: type('breakoutPlanRemoved'), planId, by: by.optional(), at }),
  breakoutRound
    .omit({ number: true, phase: true, closesAt: true, roles: true, homes: true, movers: true })
    .extend({ type: type('breakoutOpened'), by, at }),
  z.strictObject({ type: type('breakoutStarted'), roundId, at }),
  /** `roomId` null: to the plenary. */
  z.strictObject({
    type: type('participantsMoved'),
    roundId,
    moves: z
      .array(z.strictObject({ participantId, roomId: roomId.nullable() }))
      .min(1)
      .max(MEETING_MAX_SEATS),
    by,
    at,
  }),
  /** The ends that hold from now on: of the round, and of rooms that have their own. A closing that had begun is off. */
  z.strictObject({
    type: type('breakoutTimed'),
    roundId,
    endsAt: ended.optional(),
    rooms: z.array(z.strictObject({ roomId, endsAt: ended })).max(BREAKOUT_MAX_ROOMS),
    by,
    at,
  }),
  /** Without `roomId`: all of them. */
  z.strictObject({
    type: type('breakoutClosing'),
    roundId,
    roomId: roomId.optional(),
    closesAt: instant,
    by,
    at,
  }),
  /** What follows the round; null: nothing, any more. Only who runs the meeting is told [BREAK-12]. */
  z.strictObject({ type: type('nextRoundSet'), roundId, next: nextRound.nullable(), by, at }),
  z.strictObject({ type: type('breakoutRoomClosed'), roundId, roomId, at }),
  z.strictObject({ type: type('breakoutEnded'), roundId, at }),
  z.strictObject({
    type: type('roomAsked'),
    kind: askKind,
    roomId,
    participantId,
    name: personName,
    reason: reason.optional(),
    at,
  }),
  z.strictObject({ type: type('askTaken'), kind: askKind, roomId, participantId, name: personName, at }),
  z.strictObject({ type: type('askEnded'), kind: askKind, roomId, by, at }),
  z.strictObject({ type: type('roomRoleGiven'), participantId, role: roomRole.nullable(), by, at }),
  z.strictObject({ type: type('participantLabelled'), participantId, label: label.nullable(), by, at }),
  z.strictObject({ type: type('successorNamed'), participantId: participantId.nullable(), by, at }),
  /** The successor runs the meeting from now on, like those who did before. */
  z.strictObject({ type: type('successorStepped'), participantId, at }),
] as const;
