import { z } from 'zod';
import { participantId } from './ids.ts';
import { personName } from './text.ts';

/** What of somebody may be closed by who runs the meeting [FLOOR-1]; a screen goes with its sound. */
export const closable = z.enum(['microphone', 'camera', 'screen']);
export type Closable = z.infer<typeof closable>;

/** Who runs the meeting has closed this of one's own, which is paused or gone at the media node; one may open it again. */
export const sendingClosed = z.strictObject({ source: closable, from: personName });

const nothing = z.strictObject({});

export const floorRequests = {
  /** Closes what somebody sends; what is closed already stays so. `unknownParticipant`. */
  'floor:close': { request: z.strictObject({ participantId, source: closable }), answer: nothing },
  /** Closes the microphones of all who are where one is, but of those who run the meeting [FLOOR-2]. */
  'floor:closeAll': { request: nothing, answer: nothing },
  /** Asks somebody to open their microphone, which nobody else can; `unknownId` of who is cut off [FLOOR-3]. */
  'floor:invite': { request: z.strictObject({ participantId }), answer: nothing },
} as const;

export const floorFacts = {
  sendingClosed,
  /** Who runs the meeting would like to hear one [FLOOR-3]. */
  invitedToSpeak: z.strictObject({ from: personName }),
} as const;
