import { z } from 'zod';
import { breakoutAsk, breakoutRound, keptPlan, nextRound, pastRound, stay } from './breakout.ts';
import { door } from './door.ts';
import { meetingCode, meetingId, participantId, personId, roomId } from './ids.ts';
import { instant, meetingEvent, meetingRole } from './meeting-event.ts';

const messagePosted = meetingEvent.options[3];

export const message = messagePosted.omit({ type: true }).extend({ version: z.int().min(1) });
export type Message = z.infer<typeof message>;

export const participant = z.strictObject({
  participantId,
  name: z.string(),
  role: meetingRole.optional(),
  guest: z.literal(true).optional(),
  joinedAt: instant,
});
export type Participant = z.infer<typeof participant>;

/** What was said in one room, as far as the state holds it: the last messages, oldest first, and how many there are. */
export const talk = z.strictObject({ messages: z.array(message), messageCount: z.int().min(0) });
export type Talk = z.infer<typeof talk>;

/**
 * Sub-groups. In the view of somebody who does not run the meeting there is only what they may know [BREAK-12]: of the
 * whole there are no plans, labels, lists and past rounds, and of what is said and asked that of their own room alone.
 */
export const breakout = z.strictObject({
  /** Rounds that have been opened. */
  number: z.int().min(0),
  plans: z.array(keptPlan),
  /** Organisation or group of a person, for mixing. */
  labels: z.record(participantId, z.string()),
  round: breakoutRound.optional(),
  /** What is opened when the round is over [BREAK-37]. */
  next: nextRound.optional(),
  asks: z.array(breakoutAsk),
  /** Of rounds that are over, oldest first. */
  past: z.array(pastRound),
  /** Who was where at the end of the last round. */
  last: z.array(z.strictObject({ participantId, name: z.string(), roomId })),
  talk: z.record(roomId, talk),
  /** Since when people have been where they are; who was never elsewhere than in the plenary is not named. */
  stays: z.record(participantId, stay),
  /** Who may run the meeting when nobody who does is there [BREAK-19]. */
  successor: participantId.optional(),
});
export type Breakout = z.infer<typeof breakout>;

/** A meeting as its events made it; this is also the snapshot that a newcomer gets. */
export const meetingState = z.strictObject({
  version: z.int().min(0),
  meetingId,
  code: meetingCode,
  title: z.string(),
  createdAt: instant,
  /** Who holds a seat, in the order of joining. */
  participants: z.array(participant),
  /** The last messages, oldest first. */
  messages: z.array(message),
  /** How many messages there are in all. Of a viewer who came back to the plenary: since then. */
  messageCount: z.int().min(0),
  /** Nothing before there were plans or rounds. */
  breakout: breakout.optional(),
  /** Left out while the door is open and nobody is removed [DOOR-1]. */
  door: door.optional(),
  /** Accounts of those who have come in with one, and may be asked about: in nobody's view [ACCOUNT-2]. */
  accounts: z.record(participantId, personId).optional(),
  /** Whose view of the meeting this is; left out: it is the whole. */
  viewer: participantId.optional(),
});
export type MeetingState = z.infer<typeof meetingState>;

/**
 * An event as one person is told of it. `veiled`: something that is not theirs to know became true; only the version counts.
 * `viewRenewed`: what they may know is more than events can tell, hence the whole.
 */
export const shownEvent = z.discriminatedUnion('type', [
  ...meetingEvent.options,
  z.strictObject({ type: z.literal('veiled') }),
  z.strictObject({ type: z.literal('viewRenewed'), meeting: meetingState }),
]);
export type ShownEvent = z.infer<typeof shownEvent>;

export const shownVersioned = z.strictObject({ version: z.int().min(1), event: shownEvent });
export type ShownVersioned = z.infer<typeof shownVersioned>;
