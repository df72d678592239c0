import type { ParticipantId, PersonId, WaitingMode } from '@relais/protocol';

/** What is asked of a waiting room, by who runs the meeting, by who waits, and by the hub that has the line of who waits. */
export type WaitingCommand =
  | { type: 'setWaitingRoom'; by: ParticipantId; mode: WaitingMode; at: number }
  | { type: 'admit'; by: ParticipantId; participantIds: readonly ParticipantId[]; at: number }
  | {
      type: 'refuseEntry';
      by: ParticipantId;
      participantId: ParticipantId;
      word?: string | undefined;
      at: number;
    }
  | ({ type: 'wait' } & Waiter)
  | { type: 'stopWaiting'; participantIds: readonly ParticipantId[]; at: number };

export interface Waiter {
  participantId: ParticipantId;
  name: string;
  /** They come by a link for guests [GUEST-4]. */
  guest?: true | undefined;
  /** The account that they come with, as the hub knows it. */
  personId?: PersonId | undefined;
  /** Seats that their browser has held, as it says [DOOR-4]. */
  formerSeats?: readonly ParticipantId[] | undefined;
  /** They know that they were not let in, and ask once more. */
  again?: boolean | undefined;
  at: number;
}
