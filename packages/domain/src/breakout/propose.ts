import { fail, ok, type Result } from '@relais/kit';
import type { MeetingState, ParticipantId, PlannedRoom, Refusal, RoomId } from '@relais/protocol';
import { assign, type Breach, type Unplaced } from './assign.ts';
import type { RoundDraft } from './commands.ts';
import { resolveRooms } from './rooms.ts';

/** Who would be where, by the index of the room as it was asked for: a room that is new has no id yet. */
export interface Proposal {
  placements: { participantId: ParticipantId; room: number }[];
  unplaced: Unplaced[];
  breaches: (Omit<Breach, 'roomId'> & { room: number })[];
}

/** [BREAK-5] What a round would be, of those who are there now; nothing becomes true. `emails`: of those who have an account. */
export function propose(
  meeting: MeetingState,
  draft: RoundDraft,
  emails: ReadonlyMap<ParticipantId, string> = new Map(),
): Result<Proposal, Refusal> {
  // Ids that are nobody's stand for rooms that are new.
  const standIns = draft.rooms.map((_, index) => `new.${index}` as RoomId);
  const resolved = resolveRooms(meeting, draft.rooms, standIns);
  if (!resolved.ok) return fail(resolved.error);
  return ok(proposeFor(meeting, { ...draft, rooms: resolved.value }, emails));
}

/** The same, of rooms that have their ids already: whether the meeting has ever known them is not asked. */
export function proposeFor(
  meeting: MeetingState,
  draft: Omit<RoundDraft, 'rooms'> & { rooms: readonly PlannedRoom[] },
  emails: ReadonlyMap<ParticipantId, string> = new Map(),
): Proposal {
  const { rooms } = draft;
  const indexOf = new Map(rooms.map(({ roomId }, index) => [roomId, index]));
  const labels: Partial<Record<ParticipantId, string>> = meeting.breakout?.labels ?? {};
  const people = meeting.participants
    .filter(({ role }) => draft.withFacilitators || role !== 'facilitator')
    .map(({ participantId, name }) => ({
      participantId,
      name,
      label: labels[participantId],
      email: emails.get(participantId),
    }));
  const { filling, seed } = draft;
  const found = assign({ people, rooms, filling, seed, last: meeting.breakout?.last });
  return {
    placements: found.placements.map(({ participantId, roomId }) => ({
      participantId,
      room: indexOf.get(roomId)!,
    })),
    unplaced: found.unplaced,
    breaches: found.breaches.map(({ roomId, ...breach }) => ({ ...breach, room: indexOf.get(roomId)! })),
  };
}
