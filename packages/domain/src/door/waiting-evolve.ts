import type { Door, MeetingEvent, MeetingState, ParticipantId, WaitingRoom } from '@relais/protocol';
import { KNOWN_MAX, REFUSED_MAX, WAITING_MAX } from '@relais/protocol/limits';

/** The door after an event that may concern its waiting room; `before` is the meeting as it was. */
export function evolveWaiting(before: MeetingState, door: Door, event: MeetingEvent): Door {
  if (event.type === 'waitingRoomSet') return set(before, door, event.mode);
  const room = door.waitingRoom;
  if (!room) return door;
  switch (event.type) {
    case 'participantsAdmitted':
      return admitted(door, room, event.participantIds);
    case 'doorLocked':
      // Who was let in and is on the way comes in all the same.
      return { ...door, inside: [...door.inside, ...ids(room.admitted)] };
    default: {
      const next = changed(room, event);
      return next === room ? door : { ...door, waitingRoom: next };
    }
  }
}

/** [WAIT-3] Who runs the meeting has what they act upon, the others only whether there is a waiting room. */
export function waitingRoomFor(room: WaitingRoom, runs: boolean): WaitingRoom {
  return { ...room, known: [], refused: [], ...(!runs && { waiting: [], admitted: [] }) };
}

/** [WAIT-7] Those for whom it no longer is are let in. */
function set(before: MeetingState, door: Door, mode: WaitingRoom['mode'] | 'off'): Door {
  const { waitingRoom: room, ...rest } = door;
  if (mode === 'off') {
    const waited = room ? [...ids(room.waiting), ...ids(room.admitted)] : [];
    const late = waited.filter((id) => !door.inside.includes(id));
    return door.locked ? { ...rest, inside: [...door.inside, ...late] } : rest;
  }
  const known = before.participants.map(({ participantId }) => participantId);
  if (!room) return { ...rest, waitingRoom: { mode, waiting: [], admitted: [], known, refused: [] } };
  const free = mode === 'guests' ? room.waiting.filter(({ isGuest }) => !isGuest) : [];
  return admitted(door, { ...room, mode }, ids(free));
}

function admitted(door: Door, room: WaitingRoom, participantIds: readonly ParticipantId[]): Door {
  const some = new Set(participantIds);
  const newly = room.waiting.filter(({ participantId }) => some.has(participantId));
  const named = newly.map(({ participantId, name }) => ({ participantId, name }));
  return {
    ...door,
    // Through a locked door, too: that is what was said.
    inside: door.locked ? [...door.inside, ...ids(newly)] : door.inside,
    waitingRoom: {
      ...room,
      waiting: without(room.waiting, some),
      admitted: [...room.admitted, ...named].slice(-WAITING_MAX),
    },
  };
}

function changed(room: WaitingRoom, event: MeetingEvent): WaitingRoom {
  switch (event.type) {
    case 'waitingBegan': {
      const { participantId, name, isGuest, at } = event;
      const refused = without(room.refused, new Set([participantId]));
      return { ...room, refused, waiting: [...room.waiting, { participantId, name, isGuest, since: at }] };
    }
    case 'waitingEnded':
      return { ...room, waiting: without(room.waiting, new Set(event.participantIds)) };
    case 'participantRefused': {
      const { participantId, word, at } = event;
      const refused = [...room.refused, { participantId, ...(word !== undefined && { word }), at }];
      return {
        ...room,
        waiting: without(room.waiting, new Set([participantId])),
        refused: refused.slice(-REFUSED_MAX),
      };
    }
    case 'participantJoined': {
      const own = new Set([event.participantId]);
      return {
        ...withKnown(room, event.participantId),
        waiting: without(room.waiting, own),
        admitted: without(room.admitted, own),
        refused: without(room.refused, own),
      };
    }
    case 'participantLetBack':
      return withKnown(room, event.participantId);
    case 'participantLeft':
      if (event.reason !== 'removed') return room;
      return { ...room, known: room.known.filter((id) => id !== event.participantId) };
    default:
      return room;
  }
}

function withKnown(room: WaitingRoom, id: ParticipantId): WaitingRoom {
  return room.known.includes(id) ? room : { ...room, known: [...room.known, id].slice(-KNOWN_MAX) };
}

const without = <T extends { participantId: ParticipantId }>(
  people: readonly T[],
  some: ReadonlySet<ParticipantId>,
): T[] => people.filter(({ participantId }) => !some.has(participantId));

const ids = (people: readonly { participantId: ParticipantId }[]): ParticipantId[] =>
  people.map(({ participantId }) => participantId);
