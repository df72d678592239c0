import { z } from 'zod';
import { breakoutEvents, place } from './breakout.ts';
import { doorEvents } from './door.ts';
import { clientMessageId, meetingCode, meetingId, participantId, personId } from './ids.ts';
import { BREAKOUT_MAX_ROOMS } from './limits.ts';
import { instant, meetingTitle, messageText, personName } from './text.ts';
import { waitingEvents } from './waiting.ts';

export { instant, meetingTitle, messageText, personName } from './text.ts';

/** Runs the meeting: forms sub-groups, passes the floor, sees who has trouble. Left out: takes part like everyone [ROLE-1]. */
export const meetingRole = z.literal('facilitator');
export type MeetingRole = z.infer<typeof meetingRole>;

/** What became true in a meeting, in the past tense: the log's rows and what `evolve` takes. */
export const meetingEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('meetingCreated'),
    meetingId,
    code: meetingCode,
    title: meetingTitle,
    at: instant,
  }),
  z.strictObject({
    type: z.literal('participantJoined'),
    participantId,
    name: personName,
    role: meetingRole.optional(),
    /** Came by a link for guests [GUEST-4]. */
    guest: z.literal(true).optional(),
    /** The account that they came in with; told to no browser [ACCOUNT-2]. */
    personId: personId.optional(),
    at: instant,
  }),
  z.strictObject({
    type: z.literal('participantLeft'),
    participantId,
    /** `removed`: by who runs the meeting, whom `by` names [DOOR-3]. Others are told that they left. */
    reason: z.enum(['left', 'graceExpired', 'removed']),
    by: participantId.optional(),
    at: instant,
  }),
  z.strictObject({
    type: z.literal('messagePosted'),
    participantId,
    name: personName,
    clientMessageId,
    text: messageText,
    at: instant,
    /** Where it can be read [BREAK-14]; left out: in the plenary. */
    to: z
      .array(place)
      .min(1)
      .max(BREAKOUT_MAX_ROOMS + 1)
      .optional(),
    /** Said to whole rooms by who runs the meeting [BREAK-15]. */
    announcement: z.literal(true).optional(),
  }),
  ...breakoutEvents,
  ...doorEvents,
  ...waitingEvents,
  /** By who runs it, in the calendar [CAL-11]. */
  z.strictObject({ type: z.literal('meetingRenamed'), title: meetingTitle, at: instant }),
]);
export type MeetingEvent = z.infer<typeof meetingEvent>;
export type MessagePosted = Extract<MeetingEvent, { type: 'messagePosted' }>;

/** An event and its place in the meeting's log: 1 for the first, no gaps. */
export const versionedEvent = z.strictObject({ version: z.int().min(1), event: meetingEvent });
export type VersionedEvent = z.infer<typeof versionedEvent>;
