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

/** Joining, and trying one's line, are all that needs no seat [REF-3]. */
export const SEATLESS = ['meeting:join', 'check:open', 'check:loop', 'check:close'] as const;
export type Seatless = (typeof SEATLESS)[number];

export type Handlers = {
  [N in Seatless]: (connection: Connection, request: Request<N>) => Outcome<N>;
} & {
  [N in Exclude<RequestName, Seatless>]: (seated: Seated, request: Request<N>) => Outcome<N>;
};
