import { may, roleIn, seatOf } from '@relais/domain';
import { fail, ok } from '@relais/kit';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers } from '../../socket/handlers.ts';

/** Somebody who helps a hall full of people, one after another. */
const OFFERS_PER_PERSON = { limit: 30, windowMs: 60_000 };

/** [ROLE-2] [ROLE-3] */
export function helpHandlers(
  limiter: RateLimiter,
  telephone: string | undefined,
): Pick<Handlers, 'help:offer'> {
  return {
    'help:offer': async ({ meeting, occupant }, { participantId, help }) => {
      const from = seatOf(meeting.state, occupant.participantId);
      if (!from || !may(roleIn(meeting.state, from.participantId), 'help:offer'))
        return fail({ kind: 'notAllowed' });
      if (help === 'telephone' && !telephone) {
        return fail({ kind: 'invalidInput', issues: ['help: there is no telephone number'] });
      }
      const isThere = seatOf(meeting.state, participantId) && meeting.live[participantId]?.connected;
      if (!isThere) return fail({ kind: 'unknownId', id: participantId });
      const taken = await limiter.take(`help:${occupant.participantId}`, OFFERS_PER_PERSON);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      meeting.tellHelp(participantId, { help, from: from.name });
      return ok({});
    },
  };
}
