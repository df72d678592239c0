import type { MeetingId } from '@relais/protocol';
import type { Logger } from 'pino';
import type { LiveMeeting } from '../meeting/live-meeting.ts';
import type { MeetingRegistry } from '../meeting/meeting-registry.ts';
import type { Seats } from '../meeting/seats.ts';
import type { FloorService } from '../floor/floor.service.ts';
import type { NotesService } from '../notes/notes.service.ts';
import type { WaitingRoom } from '../waiting/waiting-room.ts';
import type { Neighbours, NeighboursListener } from './neighbours.ts';

export interface PresenceDeps {
  registry: MeetingRegistry;
  seats: Seats;
  neighbours: Neighbours;
  notes: NotesService;
  floor: FloorService;
  waiting: WaitingRoom;
  overview: NeighboursListener['ownOverview'];
  /** Whom a hub had that is gone may have been moved without its having heard of it [BREAK-3]. */
  keepToRooms: (meeting: LiveMeeting) => void;
  logger: Logger;
}

export interface Presence extends NeighboursListener {
  /** To be called every second: does what could not be done before. */
  look(): void;
}

/** Meetings of a hub that is gone that are brought into memory at the same time. */
const ADOPTED_AT_ONCE = 20;

/** What this hub's meetings make of what the other hubs say. */
export function createPresence(deps: PresenceDeps): Presence {
  const { registry, seats, neighbours, notes, logger } = deps;
  const adopting = new Set<MeetingId>();
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
    helpOffered: (meetingId, participantId, fact) =>
      registry.get(meetingId)?.occupants.get(participantId)?.connection?.tell('helpOffered', fact),
    notesWritten(written) {
      const meeting = registry.get(written.meetingId);
      if (meeting) notes.heard(meeting, written);
    },
    waitersHeard: (meetingId, participantIds) => deps.waiting.heard(meetingId, participantIds),
    handLowered(meetingId, participantId) {
      const meeting = registry.get(meetingId);
      if (meeting?.occupants.has(participantId)) meeting.endSign(participantId, 'hand');
    },
    floorTold(meetingId, participantId, told) {
      const meeting = registry.get(meetingId);
      const occupant = meeting?.occupants.get(participantId);
      if (meeting && occupant) void deps.floor.carryOut(meeting, occupant, told);
    },
    eventsAppended: (meetingId, events) => registry.get(meetingId)?.aggregate.hear(events),
    mayHaveMissed() {
      for (const meeting of registry.all()) {
        void meeting.aggregate.refresh();
        notes.lookAgain(meeting);
      }
    },
    hubGone() {
      for (const meeting of registry.all()) {
        seats.holdUnoccupied(meeting);
        deps.keepToRooms(meeting);
      }
      adoptOrphans();
    },
    look() {
      deps.waiting.look();
      // [PRES-4] While the hubs do not hear each other, and where the log was away when it should have been read on.
      for (const meeting of registry.all()) {
        const { aggregate } = meeting;
        if (!neighbours.isUp || aggregate.isBehind) void aggregate.refresh();
        if (!neighbours.isUp) notes.lookAgain(meeting);
      }
      for (const meetingId of neighbours.orphanedMeetingIds) {
        const meeting = registry.get(meetingId);
        if (meeting && !meeting.aggregate.isBehind) seats.forgetUnseated(meeting);
      }
      adoptOrphans();
    },
  };

  /** One of the hubs that are left brings in the meetings that none of them has. */
  function adoptOrphans(): void {
    if (!neighbours.isUp || !isFirst()) return;
    for (const meetingId of neighbours.orphanedMeetingIds) {
      if (adopting.size >= ADOPTED_AT_ONCE) return;
      if (!registry.get(meetingId) && !adopting.has(meetingId)) void adopt(meetingId);
    }
  }

  function isFirst(): boolean {
    return neighbours.hubIds.every((hubId) => neighbours.hubId < hubId);
  }

  async function adopt(meetingId: MeetingId): Promise<void> {
    adopting.add(meetingId);
    try {
      await registry.adopt(meetingId);
    } catch (error) {
      logger.error({ err: error, meetingId }, 'holding the seats of a hub that is gone failed');
    } finally {
      adopting.delete(meetingId);
    }
  }
}
