import type { BreakoutRoom, BreakoutRound, MeetingEvent, MeetingState } from '@relais/protocol';

/** Milliseconds from the word that rooms are to close to their being closed [BREAK-10]. */
export const CLOSING_MS = 30_000;

/** When a room is closed, as it stands; null: not before somebody says so. */
export function endOf(round: BreakoutRound, room: BreakoutRoom): number | null {
  const own = room.endsAt === undefined ? round.endsAt : room.endsAt;
  const ends = [room.closesAt, round.closesAt, own].filter((end) => typeof end === 'number');
  return ends.length > 0 ? Math.min(...ends) : null;
}

/** [BREAK-10] The next instant at which something becomes true by itself; undefined: none. */
export function nextDeadline({ breakout }: MeetingState): number | undefined {
  const round = breakout?.round;
  if (!round) return undefined;
  if (round.phase === 'opening') return round.opensAt;
  const ends = round.rooms.filter(({ closed }) => !closed).map((room) => endOf(round, room));
  const known = ends.filter((end) => end !== null);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** [BREAK-10] What is true since the deadlines that have passed at `at`; nothing when none has. */
export function overdue({ breakout }: MeetingState, at: number): MeetingEvent[] {
  const round = breakout?.round;
  if (!round) return [];
  const { roundId } = round;
  if (round.phase === 'opening') return at >= round.opensAt ? [{ type: 'breakoutStarted', roundId, at }] : [];
  const open = round.rooms.filter(({ closed }) => !closed);
  const due = open.filter((room) => (endOf(round, room) ?? Infinity) <= at);
  if (due.length === open.length) return [{ type: 'breakoutEnded', roundId, at }];
  return due.map(({ roomId }) => ({ type: 'breakoutRoomClosed', roundId, roomId, at }));
}
