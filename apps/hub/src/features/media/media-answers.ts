import { firstCameras, wantedProducers } from '@relais/domain';
import { unreachable } from '@relais/kit';
import type { ConsumerParameters, MediaRefusal, OpenedConsumer, ProducerId, Refusal } from '@relais/protocol';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';

/** [MEDIA-1] [MEDIA-4] What the first screen shows, before the browser has laid it out. */
export function firstProducers(meeting: LiveMeeting, occupant: Occupant, maxVideos: number): ProducerId[] {
  const self = occupant.participantId;
  const participantIds = meeting.state.participants
    .map((p) => p.participantId)
    .filter((participantId) => meeting.together(self, participantId)); // [BREAK-3]
  const camerasOf = firstCameras(self, participantIds, meeting.live, maxVideos);
  const view = { self, participantIds, live: meeting.live, camerasOf, screens: maxVideos > 0 };
  return wantedProducers(view).map((wanted) => wanted.producerId);
}

/** Says whose each consumer is; one whose producer closed meanwhile is left out. */
export function withOwners(meeting: LiveMeeting, consumers: readonly OpenedConsumer[]): ConsumerParameters[] {
  return consumers.flatMap((consumer) => {
    const participantId = meeting.ownerOf(consumer.producerId);
    const source = participantId
      ? meeting.live[participantId]?.producers.find((p) => p.producerId === consumer.producerId)?.source
      : undefined;
    return participantId && source ? [{ ...consumer, participantId, source }] : [];
  });
}

/** What of a node's refusal the browser is told. */
export function refusalOf(error: MediaRefusal): Refusal {
  switch (error.kind) {
    case 'unknownPeer':
      return { kind: 'mediaRefused', reason: 'no media is open' };
    case 'unknownId':
      return { kind: 'unknownId', id: error.id };
    case 'unsupported':
      return { kind: 'mediaRefused', reason: error.reason };
    case 'unavailable':
      return { kind: 'unavailable', what: 'media' };
    default:
      return unreachable(error);
  }
}
