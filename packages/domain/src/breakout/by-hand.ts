import type { HandPlacement, ParticipantId, RoomId } from '@relais/protocol';
import type { PersonToPlace, RoomToFill, Unplaced } from './assign.ts';

/** Case, accents, and how the blanks lie make no difference between two names. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

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
  const bearers = indexOf(people);
  for (const { roomId, people: listed = [] } of rooms) {
    for (const entry of listed) {
      // Somebody of that name who has a place already is not who is meant now.
      const meant = (bearers.get(folded(entry)) ?? []).filter((id) => !placed.has(id));
      const [one, another] = meant;
      if (one && !another) placed.set(one, roomId);
      else if (another) unplaced.push({ name: entry, why: 'ambiguous' });
      else unplaced.push({ name: entry, why: bearers.has(folded(entry)) ? 'placedAlready' : 'notHere' });
    }
  }
  return { placed, unplaced };
}

function indexOf(people: readonly PersonToPlace[]): Map<string, ParticipantId[]> {
  const bearers = new Map<string, ParticipantId[]>();
  for (const { participantId, name, email } of people) {
    for (const key of new Set([name, ...(email ? [email] : [])].map(folded)))
      bearers.set(key, [...(bearers.get(key) ?? []), participantId]);
  }
  return bearers;
}
