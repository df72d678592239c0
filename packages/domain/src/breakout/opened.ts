import type {
  LateRule,
  MeetingEvent,
  MeetingState,
  ParticipantId,
  PlannedRoom,
  RoundId,
} from '@relais/protocol';

interface Opening {
  roundId: RoundId;
  rooms: PlannedRoom[];
  /** By the index of the room. */
  placements: readonly { participantId: ParticipantId; room: number }[];
  countdownMs: number;
  minutes: number | null;
  late: LateRule;
  mayChoose: boolean;
  by: ParticipantId;
  at: number;
}

/** [BREAK-2] [BREAK-10] A round begins to be. Who has left since they were placed is passed over. */
export function openedAt(meeting: MeetingState, opening: Opening): MeetingEvent[] {
  const { roundId, rooms, countdownMs, minutes, late, mayChoose, by, at } = opening;
  const seated = new Set(meeting.participants.map(({ participantId }) => participantId));
  const placements = Object.fromEntries(
    opening.placements.flatMap(({ participantId, room }) => {
      const roomId = seated.has(participantId) && rooms[room]?.roomId;
      return roomId ? [[participantId, roomId]] : [];
    }),
  );
  const opensAt = at + countdownMs;
  const endsAt = minutes === null ? null : opensAt + minutes * 60_000;
  const round = { roundId, rooms, opensAt, endsAt, late, mayChoose, placements };
  const opened: MeetingEvent = { type: 'breakoutOpened', ...round, by, at };
  return countdownMs > 0 ? [opened] : [opened, { type: 'breakoutStarted', roundId, at }];
}
