import { fail, ok, unreachable, type Result } from '@relais/kit';
import type { MeetingEvent, MeetingState, ParticipantId, Refusal } from '@relais/protocol';
import { isFacilitator } from '../breakout/place.ts';
import { may } from '../rights/rights.ts';
import { roleIn } from '../rights/roles.ts';
import type { DoorCommand } from './commands.ts';

const ASKED_BY = {
  lockDoor: 'door:lock',
  removeParticipant: 'door:remove',
  letBack: 'door:letBack',
} as const;

/** May this be done with the door, and what then is true? No events: accepted, and true already. */
export function decideDoor(meeting: MeetingState, command: DoorCommand): Result<MeetingEvent[], Refusal> {
  const { by, at } = command;
  if (!hasSeat(meeting, by)) return fail({ kind: 'notJoined' });
  if (!may(roleIn(meeting, by), ASKED_BY[command.type])) return fail({ kind: 'notAllowed' });
  switch (command.type) {
    case 'lockDoor': {
      const { locked } = command;
      if (locked === (meeting.door?.locked ?? false)) return ok([]);
      return ok([{ type: locked ? 'doorLocked' : 'doorUnlocked', by, at }]);
    }
    case 'removeParticipant':
      return remove(meeting, command);
    case 'letBack': {
      const { participantId } = command;
      if (!isRemoved(meeting, participantId)) return fail({ kind: 'unknownParticipant', participantId });
      return ok([{ type: 'participantLetBack', participantId, by, at }]);
    }
    default:
      return unreachable(command);
  }
}

/**
 * [DOOR-4] Who runs the meeting is not removed, oneself neither: those are equals, of whom otherwise the quicker would have the
 * meeting; and the key by which they run it would let them in again.
 */
function remove(
  meeting: MeetingState,
  { participantId, by, at }: Extract<DoorCommand, { type: 'removeParticipant' }>,
): Result<MeetingEvent[], Refusal> {
  if (isFacilitator(meeting, participantId)) return fail({ kind: 'runsMeeting', participantId });
  if (hasSeat(meeting, participantId)) {
    const removed = { type: 'participantLeft', participantId, reason: 'removed', by, at } as const;
    // Who was to run it when nobody else is there is not that any more [BREAK-19].
    const isSuccessor = meeting.breakout?.successor === participantId;
    return ok(isSuccessor ? [{ type: 'successorNamed', participantId: null, by, at }, removed] : [removed]);
  }
  // Two who run it have done the same at once.
  return isRemoved(meeting, participantId) ? ok([]) : fail({ kind: 'unknownParticipant', participantId });
}

const hasSeat = ({ participants }: MeetingState, id: ParticipantId) =>
  participants.some(({ participantId }) => participantId === id);

const isRemoved = ({ door }: MeetingState, id: ParticipantId) =>
  !!door?.removed.some(({ participantId }) => participantId === id);
