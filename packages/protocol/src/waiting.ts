import { z } from 'zod';
import { guestToken } from './entry.ts';
import { meetingCode, participantId } from './ids.ts';
import { FORMER_SEATS, REFUSAL_WORD_MAX_LENGTH, WAITING_MAX } from './limits.ts';
import { instant, line, personName } from './text.ts';
import { seat } from './seat.ts';

/** Who waits before they come in: nobody, everybody, or guests alone [WAIT-1]. */
export const waitingMode = z.enum(['off', 'on', 'guests']);
export type WaitingMode = z.infer<typeof waitingMode>;

/** What somebody who is not let in is told, in one line. */
export const refusalWord = line(REFUSAL_WORD_MAX_LENGTH);

const several = z.array(participantId).min(1).max(WAITING_MAX);

/** What became true of the waiting room; who waits, and what became of them, is told to who runs the meeting alone [WAIT-3]. */
export const waitingEvents = [
  z.strictObject({ type: z.literal('waitingRoomSet'), mode: waitingMode, by: participantId, at: instant }),
  z.strictObject({
    type: z.literal('waitingBegan'),
    participantId,
    name: personName,
    isGuest: z.boolean(),
    at: instant,
  }),
  /** They went, or were not heard of any more. */
  z.strictObject({ type: z.literal('waitingEnded'), participantIds: several, at: instant }),
  z.strictObject({
    type: z.literal('participantsAdmitted'),
    participantIds: several,
    by: participantId,
    at: instant,
  }),
  z.strictObject({
    type: z.literal('participantRefused'),
    participantId,
    word: refusalWord.optional(),
    by: participantId,
    at: instant,
  }),
] as const;

/** Somebody who waits. */
export const waitingPerson = z.strictObject({
  participantId,
  name: z.string(),
  /** Without an account, or come by a guest link. */
  isGuest: z.boolean(),
  since: instant,
});
export type WaitingPerson = z.infer<typeof waitingPerson>;

/** The waiting room as it stands; in the view of who does not run the meeting there is `mode` alone. */
export const waitingRoom = z.strictObject({
  mode: waitingMode.exclude(['off']),
  /** Who has waited longest first. */
  waiting: z.array(waitingPerson),
  /** Who was let in, and has not come yet: under the name that was let in. */
  admitted: z.array(z.strictObject({ participantId, name: z.string() })),
  /** Who was in when it was set, or came in since: they come back by their seat. In nobody's view. */
  known: z.array(participantId),
  /** Who was not let in, the newest last; in nobody's view. */
  refused: z.array(z.strictObject({ participantId, word: z.string().optional(), at: instant })),
});
export type WaitingRoom = z.infer<typeof waitingRoom>;

const nothing = z.strictObject({});

export const waitingRequests = {
  /** Sets the waiting room; what is so already changes nothing. Off: all who wait are let in. */
  'door:setWaiting': { request: z.strictObject({ mode: waitingMode }), answer: nothing },
  /** Lets in those of these who wait still; `unknownParticipant` when none of them ever did. */
  'door:admit': { request: z.strictObject({ participantIds: several }), answer: nothing },
  /** Does not let somebody in who waits, with a word that they read. */
  'door:refuse': {
    request: z.strictObject({ participantId, word: refusalWord.optional() }),
    answer: nothing,
  },
  /**
   * Asks to be let in, after `mustWait`, or comes back to one's place with `seat`. `again`: after `refusedEntry`. What becomes of it
   * is told (`waitingTold`); who is let in joins with the seat.
   */
  'door:wait': {
    request: z.strictObject({
      code: meetingCode,
      name: personName,
      seat: seat.optional(),
      formerSeats: z.array(participantId).max(FORMER_SEATS).optional(),
      guestToken: guestToken.optional(),
      again: z.literal(true).optional(),
    }),
    answer: z.strictObject({
      seat,
      /** `admitted`: join. */
      entry: z.enum(['waiting', 'admitted']),
      waitedMs: z.int().min(0),
      /** Whether somebody who runs the meeting is there. */
      isAnimated: z.boolean(),
    }),
  },
  /** Waits no more. */
  'door:stopWaiting': { request: nothing, answer: nothing },
} as const;

export const waitingFacts = {
  /** To who waits, alone. `ended`: the place is lost, ask for another. */
  waitingTold: z.discriminatedUnion('entry', [
    z.strictObject({ entry: z.literal('waiting'), isAnimated: z.boolean() }),
    z.strictObject({ entry: z.literal('admitted') }),
    z.strictObject({ entry: z.literal('refused'), word: z.string().optional() }),
    z.strictObject({ entry: z.literal('ended') }),
  ]),
} as const;
