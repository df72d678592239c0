import type { Logger } from 'pino';
import type { MeetingRegistry } from '../meeting/meeting-registry.ts';
import type { Seats } from '../meeting/seats.ts';
import type { Neighbours, NeighboursListener } from './neighbours.ts';

export interface PresenceDeps {
  registry: MeetingRegistry;
  seats: Seats;
  neighbours: Neighbours;
  overview: NeighboursListener['ownOverview'];
  logger: Logger;
}

/** What this hub's meetings make of what the other hubs say. */
export function createPresence(deps: PresenceDeps): NeighboursListener {
  const { registry, seats, neighbours, logger } = deps;
  return {
    ownClaim: (meetingId, participantId) => registry.get(meetingId)?.occupants.get(participantId)?.claim,
    ownPeople: () => [...registry.all()].flatMap((meeting) => meeting.ownPeople()),
    ownOverview: deps.overview,
    personChanged(meetingId, participantId) {
      const meeting = registry.get(meetingId);
      if (!meeting) return;
      const elsewhere = neighbours.person(meetingId, participantId);
      if (elsewhere && !elsewhere.isOrphan) seats.yield(meeting, participantId);
      // Whom this hub has itself is not another's to change.
      if (!meeting.occupants.has(participantId)) meeting.neighbourChanged(participantId);
    },
    eventsAppended: (meetingId, events) => registry.get(meetingId)?.aggregate.hear(events),
    mayHaveMissed() {
      for (const meeting of registry.all()) void meeting.aggregate.refresh();
    },
    orphaned(meetingIds) {
      for (const meetingId of meetingIds) {
        const meeting = registry.get(meetingId);
        if (meeting) seats.holdUnoccupied(meeting);
        else if (isFirst()) void adopt(meetingId);
      }
    },
  };

  /** One of the hubs that are left brings in the meetings that none of them has. */
  function isFirst(): boolean {
    return neighbours.hubIds.every((hubId) => neighbours.hubId < hubId);
  }

  async function adopt(meetingId: Parameters<MeetingRegistry['adopt']>[0]): Promise<void> {
    try {
      await registry.adopt(meetingId);
    } catch (error) {
      logger.error({ err: error, meetingId }, 'holding the seats of a hub that is gone failed');
    }
  }
}
