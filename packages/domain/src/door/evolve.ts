import type { Door, MeetingEvent, MeetingState } from '@relais/protocol';
import { REMOVED_MAX } from '@relais/protocol/limits';
import { evolveWaiting, waitingRoomFor } from './waiting-evolve.ts';

const OPEN: Door = { locked: false, inside: [], removed: [] };

/** The meeting after an event that may concern its door; `before` is as it was before the event, `meeting` as the rest of it is after. */
export function evolveDoor(before: MeetingState, meeting: MeetingState, event: MeetingEvent): MeetingState {
  const door = changed(before, before.door ?? OPEN, event);
  return withDoor(meeting, evolveWaiting(before, door, event));
}

/**
 * [DOOR-2] [DOOR-3] [WAIT-3] Who does not run the meeting knows whether it is locked and whether there is a waiting room, and not who
 * was removed or waits.
 */
export function withoutDoorSecrets(meeting: MeetingState, runs: boolean): MeetingState {
  const { door } = meeting;
  if (!door || (runs && !door.waitingRoom)) return meeting;
  const waitingRoom = door.waitingRoom && waitingRoomFor(door.waitingRoom, runs);
  const shown = runs ? door : { ...OPEN, locked: door.locked };
  return withDoor(meeting, { ...shown, ...(waitingRoom && { waitingRoom }) });
}

function withDoor(meeting: MeetingState, door: Door): MeetingState {
  const { door: _, ...others } = meeting;
  const isOpen = !door.locked && door.removed.length === 0 && !door.waitingRoom;
  return isOpen ? others : { ...others, door };
}

function changed({ participants }: MeetingState, door: Door, event: MeetingEvent): Door {
  switch (event.type) {
    case 'doorLocked':
      return { ...door, locked: true, inside: participants.map(({ participantId }) => participantId) };
    case 'doorUnlocked':
      return { ...door, locked: false, inside: [] };
    case 'participantJoined': {
      const { participantId } = event;
      const isNew = door.locked && !door.inside.includes(participantId);
      const joined = isNew ? { ...door, inside: [...door.inside, participantId] } : door;
      // By the key: whoever runs the meeting is no longer kept out of it.
      return without(joined, participantId);
    }
    case 'participantLeft': {
      const { participantId, reason, at } = event;
      const seat = participants.find((one) => one.participantId === participantId);
      if (reason !== 'removed' || !seat) return door;
      const removed = [...door.removed, { participantId, name: seat.name, at }].slice(-REMOVED_MAX);
      return { ...door, inside: door.inside.filter((one) => one !== participantId), removed };
    }
    case 'participantLetBack': {
      const { participantId } = event;
      const after = without(door, participantId);
      // Through a locked door, too: that is what was said.
      return { ...after, inside: after.locked ? [...after.inside, participantId] : after.inside };
    }
    default:
      return door;
  }
}

function without(door: Door, id: string): Door {
  const removed = door.removed.filter(({ participantId }) => participantId !== id);
  return removed.length === door.removed.length ? door : { ...door, removed };
}
