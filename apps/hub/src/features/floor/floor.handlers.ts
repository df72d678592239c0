import { fail, type Result } from '@relais/kit';
import type { Refusal } from '@relais/protocol';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers, Seated } from '../../socket/handlers.ts';
import type { FloorService } from './floor.service.ts';

/** A hall whose microphones are closed one by one. */
const REQUESTS_PER_PERSON = { limit: 120, windowMs: 10_000 };

type Done = Result<Record<string, never>, Refusal>;

export function floorHandlers(
  service: FloorService,
  limiter: RateLimiter,
): Pick<Handlers, Extract<keyof Handlers, `floor:${string}`>> {
  const bounded = async ({ occupant }: Seated, handle: () => Promise<Done>): Promise<Done> => {
    const taken = await limiter.take(`floor:${occupant.participantId}`, REQUESTS_PER_PERSON);
    return taken.ok ? handle() : fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
  };
  return {
    'floor:close': (seated, request) => bounded(seated, () => service.close(seated, request)),
    'floor:closeAll': (seated) => bounded(seated, () => service.closeAll(seated)),
    'floor:invite': (seated, request) => bounded(seated, () => service.invite(seated, request)),
  };
}
