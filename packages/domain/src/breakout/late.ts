import type { BreakoutRound, MeetingRole, MeetingState, ParticipantId, RoomId } from '@relais/protocol';
import { smallest } from './assign.ts';
import { listMeaning } from './listed.ts';
import { openRoom, roomOf } from './place.ts';

interface Newcomer {
  participantId: ParticipantId;
  name: string;
  /** Of their account, where they have one. */
  email?: string | undefined;
  role?: MeetingRole | undefined;
}

/** [BREAK-8] [BREAK-9] Where somebody who joins while a round is open is to be placed; undefined: they stay where they are. */
export function lateRoom(
  meeting: MeetingState,
  { participantId, name, email, role }: Newcomer,
): RoomId | undefined {
  const round = meeting.breakout?.round;
  if (!round || round.phase === 'closing' || role === 'facilitator') return undefined;
  const before = round.placements[participantId];
  if (before && openRoom(round, before)) return undefined;
  const open = round.rooms.filter((room) => !room.closed && room.closesAt === undefined);
  if (open.length === 0 || round.late === 'choose') return undefined;
  const own = round.late === 'own' ? listMeaning(open, { name, email }) : undefined;
  if (own) return own.roomId;
  return smallest(open, here(meeting, round));
}

/** The rooms of those who hold a seat. */
function here(meeting: MeetingState, round: BreakoutRound): RoomId[] {
  return meeting.participants.flatMap(({ participantId }) => {
    if (round.phase === 'opening') return round.placements[participantId] ?? [];
    const place = roomOf(meeting, participantId);
    return place === 'plenary' ? [] : place;
  });
}
