import { fail, ok } from '@relais/kit';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers } from '../../socket/handlers.ts';
import type { MeetingService } from './meeting.service.ts';

/** Generous, for a village hall joins from one address; enough to make guessing codes hopeless. */
const JOINS_PER_ADDRESS = { limit: 600, windowMs: 60_000 };

/** A browser asks again after a gap: seldom, and each answer may be the whole meeting. */
const CATCH_UPS_PER_PERSON = { limit: 30, windowMs: 10_000 };

type MeetingHandlers = Pick<Handlers, 'meeting:join' | 'meeting:leave' | 'meeting:catchUp'>;

export function meetingHandlers(service: MeetingService, limiter: RateLimiter): MeetingHandlers {
  return {
    'meeting:join': async (connection, request) => {
      const taken = await limiter.take(`join:${connection.address}`, JOINS_PER_ADDRESS);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      return service.join(connection, request);
    },
    'meeting:leave': async ({ connection, meeting, occupant }) => {
      await service.leave(connection, meeting, occupant);
      return ok({});
    },
    'meeting:catchUp': async ({ meeting, occupant }, { sinceVersion }) => {
      const taken = await limiter.take(`catchUp:${occupant.participantId}`, CATCH_UPS_PER_PERSON);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      return ok(service.catchUp(meeting, occupant.participantId, sinceVersion));
    },
  };
}
