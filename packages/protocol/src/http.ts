import { z } from 'zod';
import { meetingCode } from './ids.ts';
import { instant, meetingTitle } from './meeting-event.ts';

/** `POST /api/meetings` */
export const createMeetingBody = z.strictObject({ title: meetingTitle });
export type CreateMeetingBody = z.infer<typeof createMeetingBody>;

/** The answer to `POST /api/meetings` and to `GET /api/meetings/:code`. */
export const meetingSummary = z.strictObject({ code: meetingCode, title: z.string(), createdAt: instant });
export type MeetingSummary = z.infer<typeof meetingSummary>;
