import type {
  BreakoutRoom,
  BreakoutRound,
  MeetingState,
  ParticipantId,
  Place,
  RoomId,
} from '@relais/protocol';

/** [BREAK-2] Where somebody is: one place, always. Whoever asks who hears, sees or reads whom asks this. */
export function roomOf({ breakout }: Pick<MeetingState, 'breakout'>, participantId: ParticipantId): Place {
  const round = breakout?.round;
  const roomId = round && round.phase !== 'opening' && round.placements[participantId];
  return roomId && openRoom(round, roomId) ? roomId : 'plenary';
}

/** A room of the round that is not closed. */
export function openRoom(round: BreakoutRound, roomId: RoomId): BreakoutRoom | undefined {
  return round.rooms.find((room) => room.roomId === roomId && !room.closed);
}

/** Whether somebody holds a seat from which the meeting is run [ROLE-1]. */
export function isFacilitator({ participants }: MeetingState, participantId: ParticipantId): boolean {
  return participants.some((one) => one.participantId === participantId && one.role === 'facilitator');
}
