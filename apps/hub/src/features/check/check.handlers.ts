import { fail, ok } from '@relais/kit';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers } from '../../socket/handlers.ts';
import type { CheckService } from './check.service.ts';

/**
 * A check opens four, one for each path and one for the measuring: a hundred checks in ten minutes from the one address
 * of a village hall.
 */
const OPENED_PER_ADDRESS = { limit: 400, windowMs: 600_000 };

type CheckHandlers = Pick<Handlers, 'check:open' | 'check:loop' | 'check:close'>;

export function checkHandlers(service: CheckService, limiter: RateLimiter): CheckHandlers {
  return {
    'check:open': async (connection, offer) => {
      const taken = await limiter.take(`check:${connection.address}`, OPENED_PER_ADDRESS);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      return service.open(connection, offer);
    },
    'check:loop': async (connection, { rtpParameters }) => service.loop(connection, rtpParameters),
    'check:close': async (connection) => {
      service.close(connection);
      return ok({});
    },
  };
}
