import type { Handshake } from '../ports/accounts.ts';
import type { Fact, FactName, MeetingId, ParticipantId } from '@relais/protocol';

/** What the hub sees of one browser's socket: the rules know no Socket.IO. */
export interface Connection {
  readonly id: string;
  /** The client's address, for rate limits only. */
  readonly address: string;
  /** What it came with: what it says is not proved yet. */
  readonly handshake: Handshake;
  /** Replaced whole at each transition. */
  session: Session;
  tell<N extends FactName>(name: N, fact: Fact<N>): void;
  /** For what the next telling replaces: dropped when the socket cannot take it now. */
  tellVolatile<N extends FactName>(name: N, fact: Fact<N>): void;
  /** Begins to receive what is told to the meeting. */
  enter(meetingId: MeetingId): void;
  exit(meetingId: MeetingId): void;
  disconnect(): void;
}

export type Session =
  | { kind: 'outside' }
  /** Between the request to join and its answer. */
  | { kind: 'joining' }
  | { kind: 'joined'; meetingId: MeetingId; participantId: ParticipantId }
  /** At the door [WAIT-2]. */
  | { kind: 'waiting'; meetingId: MeetingId; participantId: ParticipantId }
  /** Displaced by a newer socket, or closed: nothing is done for it any more. */
  | { kind: 'gone' };

/** Tells everybody in a meeting. */
export interface FanOut {
  tellMeeting<N extends FactName>(meetingId: MeetingId, name: N, fact: Fact<N>): void;
  /** For what the next telling replaces: dropped for a socket that cannot take it now. */
  tellMeetingVolatile<N extends FactName>(meetingId: MeetingId, name: N, fact: Fact<N>): void;
}
