import { ok } from '@relais/kit';
import type { Handlers } from '../../socket/handlers.ts';
import type { StillService } from './still.service.ts';

export function stillHandlers(service: StillService): Pick<Handlers, 'still:put' | 'still:get'> {
  return {
    'still:put': async ({ meeting, occupant }, request) => {
      const done = await service.put(meeting, occupant, request);
      return done.ok ? ok({}) : done;
    },
    'still:get': ({ meeting }, request) => service.get(meeting, request),
  };
}
