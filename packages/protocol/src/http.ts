import { z } from 'zod';
import { meetingCode } from './ids.ts';
import { instant, meetingTitle } from './meeting-event.ts';
import { waitingMode } from './waiting.ts';

/** `POST /api/meetings` */
export const createMeetingBody = z.strictObject({ title: meetingTitle });
export type CreateMeetingBody = z.infer<typeof createMeetingBody>;

/** Proves that one runs a meeting; kept by who made it and by whom they give it to [ROLE-1]. */
export const facilitatorKey = z.string().min(1).max(128);

/** How many are in a meeting now, for who is before its door: numbers, and nobody's name [DATA-1]. */
export const meetingPresent = z.strictObject({
  people: z.int().min(0),
  /** How many of them send a picture, and share a screen. */
  cameras: z.int().min(0),
  screens: z.int().min(0),
});
export type MeetingPresent = z.infer<typeof meetingPresent>;

/** How the door stands, for who is before it; nothing of who is inside or waits [DOOR-7]. */
export const meetingDoor = z.strictObject({ locked: z.boolean(), waiting: waitingMode });
export type MeetingDoor = z.infer<typeof meetingDoor>;

/** The answer to `GET /api/meetings/:code`. */
export const meetingSummary = z.strictObject({
  code: meetingCode,
  /** Empty: kept from who asks, who may not enter by their account [ENTRY-5]. */
  title: z.string(),
  createdAt: instant,
  /** Not told of a meeting that was just made. */
  present: meetingPresent.optional(),
  /** Left out where it is open to all who have the code. */
  door: meetingDoor.optional(),
});
export type MeetingSummary = z.infer<typeof meetingSummary>;

/** The answer to `POST /api/meetings`. */
export const createdMeeting = meetingSummary.extend({ facilitatorKey });
export type CreatedMeeting = z.infer<typeof createdMeeting>;
