import { openRoom, roomOf, type Person } from '@relais/domain';
import type { Breakout, BreakoutRoom, BreakoutRound, ParticipantId, Place, RoomId } from '@relais/protocol';

/** A place of the round, and who is there. */
export interface Peopled {
  place: Place;
  /** Undefined: the plenary. */
  room: BreakoutRoom | undefined;
  people: Person[];
}

/** The plenary and each room of the round that is open, in its order, with who is there, in the order of `people`. */
export function byPlace(breakout: Breakout | undefined, people: readonly Person[]): Peopled[] {
  const open = breakout?.round?.rooms.filter(({ closed }) => !closed) ?? [];
  const places: Peopled[] = [
    { place: 'plenary', room: undefined, people: [] },
    ...open.map((room) => ({ place: room.roomId, room, people: [] })),
  ];
  const at = new Map(places.map((one) => [one.place, one]));
  for (const person of people) at.get(roomOf({ breakout }, person.participantId))?.people.push(person);
  return places;
}

/** One's own first, then as they stand. */
export function ownFirst(places: readonly Peopled[], here: Place): Peopled[] {
  return [...places].sort((a, b) => Number(b.place === here) - Number(a.place === here));
}

/** Where somebody is, or is to be once the rooms open. */
export function ownPlace(round: BreakoutRound, self: ParticipantId | undefined, here: Place): Place {
  if (round.phase !== 'opening') return here;
  const roomId = self && round.placements[self];
  return roomId && openRoom(round, roomId) ? roomId : 'plenary';
}

/** [BREAK-8] Whether one may move oneself there, as the hub decides it; null: to the plenary. */
export function mayGo(
  round: BreakoutRound,
  { own, isFacilitator }: { own: Place; isFacilitator: boolean },
  roomId: RoomId | null,
): boolean {
  if ((roomId ?? 'plenary') === own) return false;
  const room = roomId && openRoom(round, roomId);
  if (roomId && !room) return false;
  if (isFacilitator) return true;
  // One that is being closed is no place to go to.
  if (round.phase === 'closing' || (room && room.closesAt !== undefined)) return false;
  return round.mayChoose || (round.late === 'choose' && own === 'plenary' && roomId !== null);
}

/** Whether there is anything to choose. */
export function mayChoose(round: BreakoutRound, who: { own: Place; isFacilitator: boolean }): boolean {
  return round.rooms.some(({ roomId }) => mayGo(round, who, roomId));
}
