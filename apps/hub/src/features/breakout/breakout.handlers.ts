import { fail, type Result } from '@relais/kit';
import type { Refusal, Request } from '@relais/protocol';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Handlers, Seated } from '../../socket/handlers.ts';
import type { BreakoutService } from './breakout.service.ts';

/** Somebody who drags a hall full of people from room to room, one after another. */
const REQUESTS_PER_PERSON = { limit: 120, windowMs: 10_000 };

type Name = Exclude<Extract<keyof Handlers, `breakout:${string}`>, 'breakout:speakToAll'>;

export function breakoutHandlers(service: BreakoutService, limiter: RateLimiter): Pick<Handlers, Name> {
  /** How often, for each alike. */
  const bounded =
    <R, T>(handle: (seated: Seated, request: R) => Result<T, Refusal> | Promise<Result<T, Refusal>>) =>
    async (seated: Seated, request: R): Promise<Result<T, Refusal>> => {
      const taken = await limiter.take(`breakout:${seated.occupant.participantId}`, REQUESTS_PER_PERSON);
      return taken.ok ? handle(seated, request) : fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    };
  return {
    'breakout:savePlan': bounded((seated, request: Request<'breakout:savePlan'>) =>
      service.savePlan(seated, request),
    ),
    'breakout:removePlan': bounded((seated, { planId }: Request<'breakout:removePlan'>) =>
      service.ask(seated, { type: 'removePlan', planId }),
    ),
    'breakout:propose': bounded((seated, request: Request<'breakout:propose'>) =>
      service.propose(seated, request),
    ),
    'breakout:open': bounded((seated, request: Request<'breakout:open'>) => service.open(seated, request)),
    'breakout:dropNext': bounded((seated) => service.ask(seated, { type: 'dropNextRound' })),
    'breakout:move': bounded((seated, { moves }: Request<'breakout:move'>) =>
      service.ask(seated, { type: 'movePeople', moves }),
    ),
    'breakout:addTime': bounded((seated, request: Request<'breakout:addTime'>) =>
      service.addTime(seated, request),
    ),
    'breakout:close': bounded((seated, { roomId }: Request<'breakout:close'>) =>
      service.ask(seated, { type: 'closeRooms', roomId }),
    ),
    'breakout:announce': bounded((seated, request: Request<'breakout:announce'>) =>
      service.ask(seated, { type: 'announce', ...request }),
    ),
    'breakout:ask': bounded((seated, request: Request<'breakout:ask'>) =>
      service.ask(seated, { type: 'askForRoom', ...request }),
    ),
    'breakout:takeAsk': bounded((seated, request: Request<'breakout:takeAsk'>) =>
      service.ask(seated, { type: 'takeAsk', ...request }),
    ),
    'breakout:endAsk': bounded((seated, request: Request<'breakout:endAsk'>) =>
      service.ask(seated, { type: 'endAsk', ...request }),
    ),
    'breakout:giveRole': bounded((seated, request: Request<'breakout:giveRole'>) =>
      service.ask(seated, { type: 'giveRoomRole', ...request }),
    ),
    'breakout:label': bounded((seated, request: Request<'breakout:label'>) =>
      service.ask(seated, { type: 'labelParticipant', ...request }),
    ),
    'breakout:nameSuccessor': bounded((seated, request: Request<'breakout:nameSuccessor'>) =>
      service.ask(seated, { type: 'nameSuccessor', ...request }),
    ),
    'breakout:stepIn': bounded((seated) => service.stepIn(seated)),
  };
}
