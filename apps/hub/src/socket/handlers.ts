import type { SeatlessRequest, WaitingRequest } from '@relais/domain';
import type { Result } from '@relais/kit';
import type { AnswerValue, Refusal, Request, RequestName } from '@relais/protocol';
import type { LiveMeeting, Occupant } from '../features/meeting/live-meeting.ts';
import type { Connection } from './connection.ts';

/** One's own place, looked up from the socket's session: never from what the client says of itself. */
export interface Seated {
  meeting: LiveMeeting;
  occupant: Occupant;
  connection: Connection;
}

type Outcome<N extends RequestName> = Promise<Result<AnswerValue<N>, Refusal>>;

export type Handlers = {
  /** By the table of rights what needs no seat: joining, waiting, and trying one's line [REF-3]. */
  [N in SeatlessRequest | WaitingRequest]: (connection: Connection, request: Request<N>) => Outcome<N>;
} & {
  [N in Exclude<RequestName, SeatlessRequest | WaitingRequest>]: (
    seated: Seated,
    request: Request<N>,
  ) => Outcome<N>;
};
