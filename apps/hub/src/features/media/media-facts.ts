import { unreachable } from '@relais/kit';
import type { MediaFact, MeetingId } from '@relais/protocol';
import type { Logger } from 'pino';
import type { FanOut } from '../../socket/connection.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';
import type { MeetingRegistry } from '../meeting/meeting-registry.ts';

export interface MediaFactsDeps {
  registry: MeetingRegistry;
  fanOut: FanOut;
  logger: Logger;
}

/** Carries what a media node reports to those whom it concerns. */
export function createMediaFacts({ registry, fanOut, logger }: MediaFactsDeps) {
  return (fact: MediaFact): void => {
    const meeting = registry.get(fact.roomId as MeetingId);
    if (!meeting) return;
    switch (fact.type) {
      case 'roomLost':
        logger.info({ meetingId: meeting.id }, 'media lost, to be opened again');
        return loseRoom(meeting);
      case 'consumersClosed':
        meeting
          .occupantOfPeer(fact.peerId)
          ?.connection?.tell('consumersClosed', { consumerIds: fact.consumerIds });
        return;
      case 'levels':
        fanOut.tellMeetingVolatile(meeting.id, 'speakersChanged', {
          speakers: fact.levels.flatMap(({ producerId, level }) => {
            const participantId = meeting.ownerOf(producerId);
            return participantId ? [{ participantId, level }] : [];
          }),
        });
        return;
      default:
        unreachable(fact);
    }
  };
}

/** [MEDIA-7] Everybody opens media again by themselves; seats and messages are untouched. */
function loseRoom(meeting: LiveMeeting): void {
  for (const occupant of meeting.occupants.values()) {
    if (!occupant.peerId) continue;
    occupant.peerId = undefined;
    meeting.closeProducersOf(occupant.participantId);
    occupant.connection?.tell('mediaLost', {});
  }
}
