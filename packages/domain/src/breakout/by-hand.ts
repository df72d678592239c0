import type { HandPlacement, ParticipantId, RoomId } from '@relais/protocol';
import type { PersonToPlace, RoomToFill, Unplaced } from './assign.ts';
import { bearersOf } from './listed.ts';

type Placed = Map<ParticipantId, RoomId>;

/**
 * [BREAK-7] What `placements` say first, then the rooms' lists, in the order of the rooms: an entry is an email address or a
 * name. A name that two people bear places nobody: who decides is told.
 */
export function byHand(
  people: readonly PersonToPlace[],
  rooms: readonly RoomToFill[],
  placements: readonly HandPlacement[],
): { placed: Placed; unplaced: Unplaced[] } {
  const ids = new Set(people.map(({ participantId }) => participantId));
  const placed: Placed = new Map();
  for (const { participantId, room } of placements) {
    const roomId = rooms[room]?.roomId;
    if (roomId && ids.has(participantId)) placed.set(participantId, roomId);
  }
  const unplaced: Unplaced[] = [];
  const bearers = bearersOf(people);
  for (const { roomId, people: listed = [] } of rooms) {
    for (const entry of listed) {
      // Somebody of that name who has a place already is not who is meant now.
      const meant = bearers(entry).filter((id) => !placed.has(id));
      const [one, another] = meant;
      if (one && !another) placed.set(one, roomId);
      else if (another) unplaced.push({ name: entry, why: 'ambiguous' });
      else unplaced.push({ name: entry, why: bearers(entry).length > 0 ? 'placedAlready' : 'notHere' });
    }
  }
  return { placed, unplaced };
}
