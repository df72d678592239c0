import { fail, ok, type Result } from '@relais/kit';
import type { BreakoutRound, MeetingEvent, MeetingState, ParticipantId, Refusal } from '@relais/protocol';
import { CLOSING_MS } from './clock.ts';
import { unknownTo, type Of } from './decide.ts';
import { mayToAll } from '../rights/rights.ts';
import { roleIn } from '../rights/roles.ts';
import { openRoom, roomOf } from './place.ts';

type Decision = Result<MeetingEvent[], Refusal>;

const NO_ROUND: Refusal = { kind: 'notNow', why: 'noRound' };

/** [BREAK-4] All or none. Where somebody is already they are not moved to; the last of two moves of one person counts. */
export function movePeople(meeting: MeetingState, { by, at, moves }: Of<'movePeople'>): Decision {
  const round = meeting.breakout?.round;
  if (!round) return fail(NO_ROUND);
  const isAnimator = mayToAll(roleIn(meeting, by), 'breakout:move');
  if (!isAnimator && !moves.every((move) => maySelf(meeting, round, by, move)))
    return fail({ kind: 'notAllowed' });
  for (const { participantId, roomId } of moves) {
    const refused = unknownTo(meeting, participantId);
    if (refused) return fail(refused);
    if (roomId && !openRoom(round, roomId)) return fail({ kind: 'unknownRoom', roomId });
  }
  const last = new Map(moves.map(({ participantId, roomId }) => [participantId, roomId]));
  const real = [...last]
    .filter(([participantId, roomId]) => (round.placements[participantId] ?? null) !== roomId)
    .map(([participantId, roomId]) => ({ participantId, roomId }));
  if (real.length === 0) return ok([]);
  return ok([{ type: 'participantsMoved', roundId: round.roundId, moves: real, by, at }]);
}

/** [BREAK-8] By free choice, or because who comes late may choose: from the plenary, once. */
function maySelf(
  meeting: MeetingState,
  round: BreakoutRound,
  by: ParticipantId,
  move: Of<'movePeople'>['moves'][number],
): boolean {
  if (move.participantId !== by) return false;
  return round.mayChoose || (round.late === 'choose' && roomOf(meeting, by) === 'plenary' && !!move.roomId);
}

/**
 * [BREAK-10] More time or less. Where there was no end there is one from now. Never less than a closing takes. For all: rooms
 * that have an end of their own keep their distance.
 */
export function addTime(meeting: MeetingState, { by, at, byMs, roomId }: Of<'addTime'>): Decision {
  const round = meeting.breakout?.round;
  if (!round) return fail(NO_ROUND);
  const { roundId } = round;
  const from = round.phase === 'opening' ? round.opensAt : at;
  const later = (end: number | null) => Math.max((end ?? from) + byMs, from + CLOSING_MS);
  if (roomId === undefined) {
    const own = round.rooms.filter((room) => !room.closed && room.endsAt !== undefined);
    const rooms = own.map((room) => ({ roomId: room.roomId, endsAt: later(room.endsAt ?? null) }));
    return ok([{ type: 'breakoutTimed', roundId, endsAt: later(round.endsAt), rooms, by, at }]);
  }
  const room = openRoom(round, roomId);
  if (!room) return fail({ kind: 'unknownRoom', roomId });
  // While all are being closed, one alone cannot be kept open.
  if (round.phase === 'closing') return fail(NO_ROUND);
  const end = room.endsAt === undefined ? round.endsAt : room.endsAt;
  return ok([{ type: 'breakoutTimed', roundId, rooms: [{ roomId, endsAt: later(end) }], by, at }]);
}

/** [BREAK-10] With a countdown; what has not begun is called off at once. Again it changes nothing. */
export function closeRooms(meeting: MeetingState, { by, at, roomId }: Of<'closeRooms'>): Decision {
  const round = meeting.breakout?.round;
  const room = roomId && round && openRoom(round, roomId);
  if (roomId && !room) return fail({ kind: 'unknownRoom', roomId });
  if (!round) return ok([]);
  const { roundId } = round;
  if (round.phase === 'opening' && !roomId) return ok([{ type: 'breakoutEnded', roundId, at }]);
  const closesAt = at + CLOSING_MS;
  if (round.phase === 'closing' || room?.closesAt !== undefined) return ok([]);
  return ok([{ type: 'breakoutClosing', roundId, ...(roomId && { roomId }), closesAt, by, at }]);
}
