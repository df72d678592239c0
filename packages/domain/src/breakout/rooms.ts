import { fail, ok, type Result } from '@relais/kit';
import type { MeetingState, PlannedRoom, Refusal, RoomDraft, RoomId } from '@relais/protocol';

/**
 * [BREAK-4] [BREAK-16] Rooms with their ids: those of before that this meeting knows, and fresh ones, made by the hub, for the
 * others. `unknownRoom`: an id that is not of this meeting, or one for two rooms.
 */
export function resolveRooms(
  meeting: MeetingState,
  drafts: readonly RoomDraft[],
  freshIds: readonly RoomId[],
): Result<PlannedRoom[], Refusal> {
  const known = knownRooms(meeting);
  const fresh = [...freshIds];
  const rooms: PlannedRoom[] = [];
  for (const draft of drafts) {
    if (draft.roomId !== undefined && !known.delete(draft.roomId))
      return fail({ kind: 'unknownRoom', roomId: draft.roomId });
    const roomId = draft.roomId ?? fresh.shift();
    if (roomId === undefined) throw new Error('There are fewer fresh ids than rooms without one');
    rooms.push({ ...draft, roomId });
  }
  return ok(rooms);
}

/** Of plans and of rounds, as far as the meeting remembers them. */
function knownRooms({ breakout }: MeetingState): Set<RoomId> {
  const all = [
    ...(breakout?.plans ?? []),
    ...(breakout?.past ?? []),
    ...(breakout?.round ? [breakout.round] : []),
  ];
  return new Set(all.flatMap(({ rooms }) => rooms.map(({ roomId }) => roomId)));
}
