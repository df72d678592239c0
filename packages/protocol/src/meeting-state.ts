import { z } from 'zod';
import { meetingCode, meetingId, participantId } from './ids.ts';
import { instant, meetingEvent, meetingRole } from './meeting-event.ts';

const messagePosted = meetingEvent.options[3];

export const message = messagePosted.omit({ type: true }).extend({ version: z.int().min(1) });
export type Message = z.infer<typeof message>;

export const participant = z.strictObject({
  participantId,
  name: z.string(),
  role: meetingRole.optional(),
  joinedAt: instant,
});
export type Participant = z.infer<typeof participant>;

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
  /** How many messages there are in all. */
  messageCount: z.int().min(0),
});
export type MeetingState = z.infer<typeof meetingState>;
