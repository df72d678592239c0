import { fail, type Result } from '@relais/kit';
import type { Refusal, Request } from '@relais/protocol';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers, Seated } from '../../socket/handlers.ts';
import type { NotesService } from './notes.service.ts';

/** One writes at a time and waits for the answer: a browser sends two a second at most, and after an absence some more. */
const WRITES_PER_PERSON = { limit: 60, windowMs: 10_000 };
/** The harvest of fifty rooms, one after another. */
const READS_PER_PERSON = { limit: 80, windowMs: 10_000 };

type Name = Extract<keyof Handlers, `notes:${string}`>;

export function notesHandlers(service: NotesService, limiter: RateLimiter): Pick<Handlers, Name> {
  /** How often, for each person. */
  const bounded =
    <R, T>(
      key: string,
      bound: { limit: number; windowMs: number },
      handle: (seated: Seated, request: R) => Promise<Result<T, Refusal>>,
    ) =>
    async (seated: Seated, request: R): Promise<Result<T, Refusal>> => {
      const taken = await limiter.take(`${key}:${seated.occupant.participantId}`, bound);
      return taken.ok ? handle(seated, request) : fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    };
  const reading = <R, T>(handle: (seated: Seated, request: R) => Promise<Result<T, Refusal>>) =>
    bounded('notes-read', READS_PER_PERSON, handle);
  return {
    'notes:open': reading((seated, request: Request<'notes:open'>) => service.open(seated, request)),
    'notes:close': (seated) => service.unfollow(seated),
    'notes:write': bounded('notes-write', WRITES_PER_PERSON, (seated, request: Request<'notes:write'>) =>
      service.write(seated, request),
    ),
    'notes:read': reading((seated, request: Request<'notes:read'>) => service.read(seated, request)),
    'notes:harvest': reading((seated) => service.harvest(seated)),
    'notes:watch': reading((seated, request: Request<'notes:watch'>) => service.watch(seated, request)),
  };
}
