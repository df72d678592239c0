import { z } from 'zod';
import { meetingCode } from './ids.ts';
import { instant, meetingTitle } from './meeting-event.ts';

/** `POST /api/meetings` */
export const createMeetingBody = z.strictObject({ title: meetingTitle });
export type CreateMeetingBody = z.infer<typeof createMeetingBody>;

/** Proves that one runs a meeting; kept by who made it and by whom they give it to [ROLE-1]. */
export const facilitatorKey = z.string().min(1).max(128);

/** The answer to `GET /api/meetings/:code`. */
export const meetingSummary = z.strictObject({ code: meetingCode, title: z.string(), createdAt: instant });
export type MeetingSummary = z.infer<typeof meetingSummary>;

/** The answer to `POST /api/meetings`. */
export const createdMeeting = meetingSummary.extend({ facilitatorKey });
export type CreatedMeeting = z.infer<typeof createdMeeting>;
