import { fail, ok } from '@relais/kit';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers } from '../../socket/handlers.ts';
import type { ChatService } from './chat.service.ts';

/** Far above what a person writes, an outbox that empties after a long cut included. */
const MESSAGES_PER_PERSON = { limit: 60, windowMs: 10_000 };

/** Somebody who scrolls back fast. */
const PAGES_PER_PERSON = { limit: 60, windowMs: 10_000 };

export function chatHandlers(
  service: ChatService,
  limiter: RateLimiter,
): Pick<Handlers, 'chat:post' | 'chat:history'> {
  return {
    'chat:post': async ({ meeting, occupant }, request) => {
      const taken = await limiter.take(`post:${occupant.participantId}`, MESSAGES_PER_PERSON);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      const posted = await service.post(meeting, occupant.participantId, request);
      return posted.ok ? ok({}) : posted;
    },
    'chat:history': async ({ meeting, occupant }, request) => {
      const taken = await limiter.take(`history:${occupant.participantId}`, PAGES_PER_PERSON);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      return service.history(meeting, occupant.participantId, request);
    },
  };
}
