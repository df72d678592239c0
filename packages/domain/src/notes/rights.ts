import type { MeetingState, ParticipantId, Place } from '@relais/protocol';
import { roomOf } from '../breakout/place.ts';
import { mayToAll } from '../rights/rights.ts';
import { roleIn } from '../rights/roles.ts';

/** Rooms of a round, as the harvest shows them. */
export interface NotedRound {
  number: number;
  openedAt: number;
  endedAt?: number;
  rooms: { roomId: Exclude<Place, 'plenary'>; name: string }[];
}

/** [NOTE-3] Who is in a place writes its notes, and who runs the meeting those of every place that it has had. */
export function mayWriteNotes(state: MeetingState, who: ParticipantId, place: Place): boolean {
  if (mayToAll(roleIn(state, who), 'notes:write')) return isPlace(state, place);
  return isSeated(state, who) && roomOf(state, who) === place;
}

/** [NOTE-6] Whoever may write them, and, once a round is over, who is in the plenary; not those of a room that is open again. */
export function mayReadNotes(state: MeetingState, who: ParticipantId, place: Place): boolean {
  if (mayWriteNotes(state, who, place)) return true;
  if (place === 'plenary' || !isSeated(state, who) || roomOf(state, who) !== 'plenary') return false;
  return wasRoom(state, place) && !runs(state, place);
}

/** [NOTE-7] The rounds whose notes somebody may read, oldest first; a room that came back stands with its last round. */
export function notedRounds(state: MeetingState, who: ParticipantId): NotedRound[] {
  const { breakout } = state;
  if (!breakout) return [];
  const { past, round } = breakout;
  const rounds: NotedRound[] = past.map(({ number, openedAt, endedAt, rooms }) => ({
    number,
    openedAt,
    endedAt,
    rooms,
  }));
  if (round && round.phase !== 'opening')
    rounds.push({ number: round.number, openedAt: round.opensAt, rooms: round.rooms });
  const seen = new Set<Place>();
  return rounds
    .reverse()
    .map((one) => ({
      ...one,
      rooms: one.rooms
        .filter(({ roomId }) => !seen.has(roomId) && seen.add(roomId) && mayReadNotes(state, who, roomId))
        .map(({ roomId, name }) => ({ roomId, name })),
    }))
    .filter(({ rooms }) => rooms.length > 0)
    .reverse();
}

function isPlace(state: MeetingState, place: Place): boolean {
  return place === 'plenary' || runs(state, place) || wasRoom(state, place);
}

/** A room of the round that is there now, be it closed already: until the round is over it is theirs who were in it. */
function runs({ breakout }: MeetingState, place: Exclude<Place, 'plenary'>): boolean {
  return !!breakout?.round?.rooms.some(({ roomId }) => roomId === place);
}

function wasRoom({ breakout }: MeetingState, place: Exclude<Place, 'plenary'>): boolean {
  return !!breakout?.past.some(({ rooms }) => rooms.some(({ roomId }) => roomId === place));
}

function isSeated({ participants }: MeetingState, who: ParticipantId): boolean {
  return participants.some(({ participantId }) => participantId === who);
}
