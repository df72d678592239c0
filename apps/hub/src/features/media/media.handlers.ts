import { ok, type Result } from '@relais/kit';
import type { Refusal } from '@relais/protocol';
import type { Handlers } from '../../socket/handlers.ts';
import type { MediaService } from './media.service.ts';

type MediaHandlers = Pick<Handlers, Extract<keyof Handlers, `media:${string}`>>;

export function mediaHandlers(service: MediaService): MediaHandlers {
  return {
    'media:open': ({ meeting, occupant }, offer) => service.open(meeting, occupant, offer),
    'media:produce': ({ meeting, occupant }, request) => service.produce(meeting, occupant, request),
    'media:pauseProducer': async ({ meeting, occupant }, request) =>
      accepted(await service.pauseProducer(meeting, occupant, request)),
    'media:closeProducer': async ({ meeting, occupant }, request) =>
      accepted(await service.closeProducer(meeting, occupant, request)),
    'media:consume': ({ meeting, occupant }, request) => service.consume(meeting, occupant, request),
    'media:pauseConsumers': async ({ meeting, occupant }, request) =>
      accepted(await service.pauseConsumers(meeting, occupant, request)),
    'media:closeConsumers': async ({ meeting, occupant }, request) =>
      accepted(await service.closeConsumers(meeting, occupant, request)),
    'media:preferLayer': async ({ meeting, occupant }, request) =>
      accepted(await service.preferLayer(meeting, occupant, request)),
    'media:restartIce': ({ meeting, occupant }, request) => service.restartIce(meeting, occupant, request),
  };
}

function accepted(result: Result<void, Refusal>): Result<Record<string, never>, Refusal> {
  return result.ok ? ok({}) : result;
}
