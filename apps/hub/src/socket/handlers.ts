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

/** Joining is the only request that needs no seat [REF-3]. */
export type Handlers = {
  'meeting:join': (connection: Connection, request: Request<'meeting:join'>) => Outcome<'meeting:join'>;
} & {
  [N in Exclude<RequestName, 'meeting:join'>]: (seated: Seated, request: Request<N>) => Outcome<N>;
};
