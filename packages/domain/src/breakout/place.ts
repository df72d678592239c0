import type {
  BreakoutRoom,
  BreakoutRound,
  LiveState,
  MediaSource,
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

/** [BREAK-35] Where somebody belongs who is elsewhere as a guest; undefined: they are where they belong. */
export function homeOf(
  { breakout }: Pick<MeetingState, 'breakout'>,
  participantId: ParticipantId,
): Place | undefined {
  const round = breakout?.round;
  const home = round?.homes?.[participantId];
  if (!round || home === undefined) return undefined;
  const place = home && openRoom(round, home) ? home : 'plenary';
  return place === roomOf({ breakout }, participantId) ? undefined : place;
}

/**
 * [BREAK-3] Whether one may receive what another sends: all of it from those with whom one is, and from elsewhere the
 * microphone of who speaks to all rooms [VOICE-1].
 */
export function mayReceive(
  meeting: MeetingState,
  live: LiveState,
  { self, from, source }: { self: ParticipantId; from: ParticipantId; source: MediaSource | undefined },
): boolean {
  if (roomOf(meeting, self) === roomOf(meeting, from)) return true;
  return source === 'microphone' && live[from]?.toAll !== undefined;
}

/** [VOICE-1] Whether rooms of sub-groups are open, so that there is somebody elsewhere to speak to. */
export function hasOpenRooms({ breakout }: MeetingState): boolean {
  const round = breakout?.round;
  return !!round && round.phase !== 'opening' && round.rooms.some(({ closed }) => !closed);
}

/** A room of the round that is not closed. */
export function openRoom(round: BreakoutRound, roomId: RoomId): BreakoutRoom | undefined {
  return round.rooms.find((room) => room.roomId === roomId && !room.closed);
}

/** Whether somebody holds a seat from which the meeting is run [ROLE-1]. */
export function isFacilitator({ participants }: MeetingState, participantId: ParticipantId): boolean {
  return participants.some((one) => one.participantId === participantId && one.role === 'facilitator');
}
