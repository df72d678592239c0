import { z } from 'zod';
import { clientMessageId, meetingCode, meetingId, participantId } from './ids.ts';
import { MESSAGE_MAX_LENGTH, NAME_MAX_LENGTH, TITLE_MAX_LENGTH } from './limits.ts';

/** Milliseconds since 1970, by the hub's clock. */
export const instant = z.int().min(0);

/** Half of a surrogate pair alone: JSON carries it, PostgreSQL refuses it. */
const isWellFormed = (text: string) => text.isWellFormed();

/** A printable line: trimmed, no control characters, not empty. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    .trim()
    .min(1)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u)
    .refine(isWellFormed);

export const personName = line(NAME_MAX_LENGTH);
export const meetingTitle = line(TITLE_MAX_LENGTH);
/** [CHAT-5] Line breaks and tabs are kept; other control characters (the NUL that PostgreSQL refuses) are not taken. */
export const messageText = z
  .string()
  .max(MESSAGE_MAX_LENGTH)
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/)
  .refine((text) => text.trim().length > 0)
  .refine(isWellFormed);

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
    at: instant,
  }),
  z.strictObject({
    type: z.literal('participantLeft'),
    participantId,
    reason: z.enum(['left', 'graceExpired']),
    at: instant,
  }),
  z.strictObject({
    type: z.literal('messagePosted'),
    participantId,
    name: personName,
    clientMessageId,
    text: messageText,
    at: instant,
  }),
]);
export type MeetingEvent = z.infer<typeof meetingEvent>;
export type MessagePosted = Extract<MeetingEvent, { type: 'messagePosted' }>;

/** An event and its place in the meeting's log: 1 for the first, no gaps. */
export const versionedEvent = z.strictObject({ version: z.int().min(1), event: meetingEvent });
export type VersionedEvent = z.infer<typeof versionedEvent>;
