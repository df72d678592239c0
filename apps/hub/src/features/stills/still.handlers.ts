import { fail, ok } from '@relais/kit';
import type { Handlers } from '../../socket/handlers.ts';
import type { StillService } from './still.service.ts';

export function stillHandlers(service: StillService): Pick<Handlers, 'still:put' | 'still:get'> {
  return {
    'still:put': async ({ meeting, occupant }, request) => {
      const done = await service.put(meeting, occupant, request);
      return done.ok ? ok({}) : done;
    },
    'still:get': async ({ meeting, occupant }, request) =>
      meeting.together(occupant.participantId, request.participantId)
        ? service.get(meeting, request)
        : fail({ kind: 'notInYourRoom' }), // [BREAK-3]
  };
}
