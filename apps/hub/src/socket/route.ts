import { randomUUID } from 'node:crypto';
import { isOfWaiting, isSeatless, may, roleIn } from '@relais/domain';
import { fail, type Result } from '@relais/kit';
import { up, type Answer, type Refusal, type RequestName } from '@relais/protocol';
import type { Logger } from 'pino';
import type { MeetingRegistry } from '../features/meeting/meeting-registry.ts';
import { issuesOf } from '../issues-of.ts';
import type { Connection } from './connection.ts';
import type { Handlers, Seated } from './handlers.ts';

/** The largest request there is (media:produce, join) takes a few kilobytes; a message of 4,000 emoji 24. */
export const MAX_REQUEST_BYTES = 128 * 1024;

export interface RouteDeps {
  handlers: Handlers;
  registry: MeetingRegistry;
  logger: Logger;
}

/**
 * The one way in from a socket: name, schema, seat, handler. Answers every request, once [REF-2]; a defect in a
 * handler is answered too, with the number under which the log has it.
 */
export function createRoute({ handlers, registry, logger }: RouteDeps) {
  return async (
    connection: Connection,
    name: string,
    payload: unknown,
    bytes: number,
  ): Promise<Answer<unknown>> => {
    try {
      const result = await dispatch(connection, name, payload, bytes);
      return result.ok ? result : { ok: false, refusal: result.error };
    } catch (error) {
      const incident = randomUUID();
      logger.error({ err: error, incident, request: name }, 'request failed');
      return { ok: false, refusal: { kind: 'internal', incident } };
    }
  };

  async function dispatch(
    connection: Connection,
    name: string,
    payload: unknown,
    bytes: number,
  ): Promise<Result<unknown, Refusal>> {
    if (bytes > MAX_REQUEST_BYTES) return fail({ kind: 'tooLarge' });
    if (!isRequestName(name)) return fail({ kind: 'unknownRequest' });
    const parsed = up[name].request.safeParse(payload);
    if (!parsed.success) return fail({ kind: 'invalidInput', issues: issuesOf(parsed.error) }); // [REF-1]
    if (isSeatless(name)) return handlers[name](connection, parsed.data as never);
    const seated = seatOf(connection);
    if (isOfWaiting(name) && !seated) return handlers[name](connection, parsed.data as never);
    if (!seated) return fail({ kind: 'notJoined' }); // [REF-3]
    // [RIGHTS-1] Once for all; what is their own alone is for each feature to see.
    if (!may(roleIn(seated.meeting.state, seated.occupant.participantId), name))
      return fail({ kind: 'notAllowed' });
    if (isOfWaiting(name)) return fail({ kind: 'notAllowed' });
    // The schema of this very name has just parsed the data: the compiler cannot follow that correlation.
    return handlers[name](seated, parsed.data as never);
  }

  function seatOf(connection: Connection): Seated | undefined {
    const { session } = connection;
    if (session.kind !== 'joined') return undefined;
    const meeting = registry.get(session.meetingId);
    const occupant = meeting?.occupants.get(session.participantId);
    if (!meeting || occupant?.connection !== connection) return undefined;
    return { meeting, occupant, connection };
  }
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(up, name);
}
