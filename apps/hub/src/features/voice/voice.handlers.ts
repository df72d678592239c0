import { fail, Serial, type Result } from '@relais/kit';
import type { Refusal } from '@relais/protocol';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers, Seated } from '../../socket/handlers.ts';
import type { Occupant } from '../meeting/live-meeting.ts';
import type { VoiceService } from './voice.service.ts';

type Name = 'breakout:speakToAll' | 'hand:raise' | 'hand:lower';
type Done = Result<Record<string, never>, Refusal>;

/** What begins is told to everybody: a word here and there, each held for; hands; a hall whose hands are taken down one by one. */
const LIMITS = {
  toAll: { limit: 40, windowMs: 60_000 },
  hand: { limit: 40, windowMs: 60_000 },
  lower: { limit: 120, windowMs: 10_000 },
};

/** Of one person: their socket's budget of requests lets no more through. */
const MOST_WAITING = 100;

export function voiceHandlers(service: VoiceService, limiter: RateLimiter): Pick<Handlers, Name> {
  /** What ends may not overtake what begins while that waits for the limiter: a key that was let go of would be held. */
  const turns = new WeakMap<Occupant, Serial>();
  const inTurn = (occupant: Occupant, handle: () => Done | Promise<Done>): Promise<Done> => {
    const turn = turns.get(occupant) ?? new Serial(MOST_WAITING);
    turns.set(occupant, turn);
    return turn.run(async () => handle());
  };
  const bounded = async (seated: Seated, what: keyof typeof LIMITS, handle: () => Done): Promise<Done> => {
    const { meeting, occupant, connection } = seated;
    const taken = await limiter.take(`${what}:${occupant.participantId}`, LIMITS[what]);
    if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    // Gone meanwhile: nothing of theirs begins any more.
    return meeting.sits(occupant) && occupant.connection === connection
      ? handle()
      : fail({ kind: 'notJoined' });
  };
  return {
    // What ends is never held up for its number.
    'breakout:speakToAll': (seated, { on }) =>
      inTurn(seated.occupant, () =>
        on
          ? bounded(seated, 'toAll', () => service.speakToAll(seated, true))
          : service.speakToAll(seated, false),
      ),
    'hand:raise': (seated, { up }) =>
      inTurn(seated.occupant, () =>
        up ? bounded(seated, 'hand', () => service.raise(seated, true)) : service.raise(seated, false),
      ),
    'hand:lower': (seated, { participantId }) =>
      bounded(seated, 'lower', () => service.lower(seated, participantId)),
  };
}
