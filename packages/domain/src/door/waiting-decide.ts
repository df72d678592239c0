import { fail, ok, unreachable, type Result } from '@relais/kit';
import type { MeetingEvent, MeetingState, ParticipantId, Refusal, WaitingRoom } from '@relais/protocol';
import { ASK_AGAIN_MS, WAITING_MAX } from '@relais/protocol/limits';
import { may } from '../rights/rights.ts';
import { roleIn } from '../rights/roles.ts';
import { isGuest, refusedAtDoor } from './at-door.ts';
import type { Waiter, WaitingCommand } from './waiting-commands.ts';

const ASKED_BY = {
  setWaitingRoom: 'door:setWaiting',
  admit: 'door:admit',
  refuseEntry: 'door:refuse',
} as const;

/** May this be done with the waiting room, and what then is true? No events: accepted, and true already. */
export function decideWaiting(
  meeting: MeetingState,
  command: WaitingCommand,
): Result<MeetingEvent[], Refusal> {
  if (command.type === 'wait') return wait(meeting, command);
  if (command.type === 'stopWaiting') return stop(meeting, command);
  const { by, at } = command;
  if (!hasSeat(meeting, by)) return fail({ kind: 'notJoined' });
  if (!may(roleIn(meeting, by), ASKED_BY[command.type])) return fail({ kind: 'notAllowed' });
  switch (command.type) {
    case 'setWaitingRoom': {
      const { mode } = command;
      if (mode === (meeting.door?.waitingRoom?.mode ?? 'off')) return ok([]);
      return ok([{ type: 'waitingRoomSet', mode, by, at }]);
    }
    case 'admit':
      return admit(meeting, command);
    case 'refuseEntry':
      return refuse(meeting, command);
    default:
      return unreachable(command);
  }
}

/** What became of somebody who asked to be let in. */
export type Entry =
  | { entry: 'waiting'; since: number }
  | { entry: 'admitted' }
  | { entry: 'refused'; word?: string }
  /** Their place was given up. */
  | { entry: 'ended' };

/** How it stands with somebody who waits, or has waited, before this meeting. */
export function entryOf(meeting: MeetingState, participantId: ParticipantId): Entry {
  const room = meeting.door?.waitingRoom;
  if (!room) return { entry: 'admitted' };
  const waits = room.waiting.find((one) => one.participantId === participantId);
  if (waits) return { entry: 'waiting', since: waits.since };
  if (hasSeat(meeting, participantId) || isLetIn(room, participantId)) return { entry: 'admitted' };
  const refused = room.refused.find((one) => one.participantId === participantId);
  if (!refused) return { entry: 'ended' };
  return { entry: 'refused', ...(refused.word !== undefined && { word: refused.word }) };
}

function wait(meeting: MeetingState, waiter: Waiter): Result<MeetingEvent[], Refusal> {
  const { participantId, name, again, at } = waiter;
  const room = meeting.door?.waitingRoom;
  // [WAIT-6] One's place is kept, also when the meeting was locked meanwhile.
  if (room?.waiting.some((one) => one.participantId === participantId)) return ok([]);
  if (hasSeat(meeting, participantId)) return ok([]);
  const refused = refusedAtDoor(meeting, waiter);
  if (!refused) return ok([]);
  if (refused.kind !== 'mustWait' || !room) return fail(refused);
  const before = room.refused.find((one) => one.participantId === participantId);
  if (before && !again) {
    return fail({ kind: 'refusedEntry', ...(before.word !== undefined && { word: before.word }) });
  }
  const retryAfterMs = before ? before.at + ASK_AGAIN_MS - at : 0;
  if (retryAfterMs > 0) return fail({ kind: 'tooMany', retryAfterMs });
  if (room.waiting.length >= WAITING_MAX) return fail({ kind: 'waitingFull' });
  return ok([{ type: 'waitingBegan', participantId, name, isGuest: isGuest(waiter), at }]);
}

function stop(
  meeting: MeetingState,
  { participantIds, at }: Extract<WaitingCommand, { type: 'stopWaiting' }>,
): Result<MeetingEvent[], Refusal> {
  const gone = stillWaiting(meeting, participantIds);
  return ok(gone.length > 0 ? [{ type: 'waitingEnded', participantIds: gone, at }] : []);
}

/** [WAIT-4] Who is let in by two at once is let in once. */
function admit(
  meeting: MeetingState,
  { participantIds, by, at }: Extract<WaitingCommand, { type: 'admit' }>,
): Result<MeetingEvent[], Refusal> {
  const admitted = stillWaiting(meeting, participantIds);
  if (admitted.length > 0) {
    return ok([{ type: 'participantsAdmitted', participantIds: admitted, by, at }]);
  }
  const room = meeting.door?.waitingRoom;
  if (participantIds.some((id) => hasSeat(meeting, id) || (room && isLetIn(room, id)))) return ok([]);
  return fail({ kind: 'unknownParticipant', participantId: participantIds[0] ?? '' });
}

function refuse(
  meeting: MeetingState,
  { participantId, word, by, at }: Extract<WaitingCommand, { type: 'refuseEntry' }>,
): Result<MeetingEvent[], Refusal> {
  if (stillWaiting(meeting, [participantId]).length > 0)
    return ok([{ type: 'participantRefused', participantId, ...(word !== undefined && { word }), by, at }]);
  // Two who run it have done the same at once: the word of the first was read.
  const isRefused = meeting.door?.waitingRoom?.refused.some((one) => one.participantId === participantId);
  return isRefused ? ok([]) : fail({ kind: 'unknownParticipant', participantId });
}

function stillWaiting(meeting: MeetingState, ids: readonly ParticipantId[]): ParticipantId[] {
  const waiting = meeting.door?.waitingRoom?.waiting ?? [];
  const asked = new Set(ids);
  return waiting.flatMap(({ participantId }) => (asked.has(participantId) ? [participantId] : []));
}

const isLetIn = ({ known, admitted }: WaitingRoom, id: ParticipantId) =>
  known.includes(id) || admitted.some(({ participantId }) => participantId === id);

const hasSeat = ({ participants }: MeetingState, id: ParticipantId) =>
  participants.some(({ participantId }) => participantId === id);
