import { z } from 'zod';
import { participantId } from './ids.ts';
import { instant } from './text.ts';
import { waitingRoom } from './waiting.ts';

/** What became true of the door of a meeting [DOOR-1] [DOOR-5]; a removal is a leaving, with its reason. */
export const doorEvents = [
  z.strictObject({ type: z.literal('doorLocked'), by: participantId, at: instant }),
  z.strictObject({ type: z.literal('doorUnlocked'), by: participantId, at: instant }),
  z.strictObject({ type: z.literal('participantLetBack'), participantId, by: participantId, at: instant }),
] as const;

/** Somebody who does not come in again until they are let back in. */
export const removedPerson = z.strictObject({ participantId, name: z.string(), at: instant });
export type RemovedPerson = z.infer<typeof removedPerson>;

/** The door as it stands; left out of a meeting whose door is open, without a waiting room and from which nobody is removed. */
export const door = z.strictObject({
  locked: z.boolean(),
  /** Who was in when it was locked, or came in since: they come back by their seat. In nobody's view who does not run the meeting. */
  inside: z.array(participantId),
  /** The first removed first; in nobody's view who does not run the meeting. */
  removed: z.array(removedPerson),
  /** Left out while nobody has to wait [WAIT-1]. */
  waitingRoom: waitingRoom.optional(),
});
export type Door = z.infer<typeof door>;

const nothing = z.strictObject({});

/** What may be asked of the door, by who runs the meeting. */
export const doorRequests = {
  /** Locks the meeting or opens it again; what is so already changes nothing. */
  'door:lock': { request: z.strictObject({ locked: z.boolean() }), answer: nothing },
  /** Ends somebody's seat; `unknownParticipant`, and `runsMeeting` of who runs it too [DOOR-4]. */
  'door:remove': { request: z.strictObject({ participantId }), answer: nothing },
  /** Somebody who was removed may come in again; `unknownParticipant` of who was not. */
  'door:letBack': { request: z.strictObject({ participantId }), answer: nothing },
} as const;
