import { fail } from '@relais/kit';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers } from '../../socket/handlers.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** As joining: a village hall comes from one address. */
const WAITS_PER_ADDRESS = { limit: 600, windowMs: 60_000 };

/** What who is at the door asks [WAIT-2]; what who runs the meeting asks of it is with the door's. */
export function waitingHandlers(
  room: WaitingRoom,
  limiter: RateLimiter,
): Pick<Handlers, 'door:wait' | 'door:stopWaiting'> {
  return {
    'door:wait': async (connection, request) => {
      const taken = await limiter.take(`wait:${connection.address}`, WAITS_PER_ADDRESS);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      return room.wait(connection, request);
    },
    'door:stopWaiting': (connection) => room.stop(connection),
  };
}
