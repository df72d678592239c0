import type { DoorCommand, WaitingCommand } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { Refusal } from '@relais/protocol';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers, Seated } from '../../socket/handlers.ts';

/** Somebody who clears a hall of people that nobody invited, one after another. */
const REQUESTS_PER_PERSON = { limit: 120, windowMs: 10_000 };

type Name = Exclude<Extract<keyof Handlers, `door:${string}`>, 'door:wait' | 'door:stopWaiting'>;
/** A command without who asks and when, which the hub says. */
type Asked<C = DoorCommand | Extract<WaitingCommand, { by: unknown }>> = C extends unknown
  ? Omit<C, 'by' | 'at'>
  : never;

/** What who runs the meeting asks of its door [DOOR-1] [DOOR-3] [DOOR-5] [WAIT-1] [WAIT-4] [WAIT-5]; who may, and what becomes true, is decided by `decide`. */
export function doorHandlers(limiter: RateLimiter, now: () => number): Pick<Handlers, Name> {
  async function ask(
    { meeting, occupant: { participantId: by } }: Seated,
    asked: Asked,
  ): Promise<Result<Record<string, never>, Refusal>> {
    const taken = await limiter.take(`door:${by}`, REQUESTS_PER_PERSON);
    if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const done = await meeting.aggregate.execute({ ...asked, by, at: now() });
    return done.ok ? ok({}) : done;
  }
  return {
    'door:lock': (seated, { locked }) => ask(seated, { type: 'lockDoor', locked }),
    'door:remove': (seated, { participantId }) => ask(seated, { type: 'removeParticipant', participantId }),
    'door:setWaiting': (seated, { mode }) => ask(seated, { type: 'setWaitingRoom', mode }),
    'door:admit': (seated, { participantIds }) => ask(seated, { type: 'admit', participantIds }),
    'door:refuse': (seated, refused) => ask(seated, { type: 'refuseEntry', ...refused }),
    'door:letBack': (seated, { participantId }) => ask(seated, { type: 'letBack', participantId }),
  };
}
