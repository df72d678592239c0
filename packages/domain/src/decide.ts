import type {
  ClientMessageId,
  MeetingEvent,
  MeetingRole,
  MeetingState,
  ParticipantId,
  Refusal,
} from '@relais/protocol';
import { MEETING_MAX_SEATS } from '@relais/protocol/limits';
import { fail, ok, unreachable, type Result } from '@relais/kit';

/** What somebody asks of a meeting. Time and ids come in as data: nothing here reads a clock or a die. */
export type Command =
  | { type: 'join'; participantId: ParticipantId; name: string; role?: MeetingRole; at: number }
  | { type: 'leave'; participantId: ParticipantId; reason: 'left' | 'graceExpired'; at: number }
  | {
      type: 'postMessage';
      participantId: ParticipantId;
      clientMessageId: ClientMessageId;
      text: string;
      at: number;
    };

/**
 * May this happen, and what then is true? No events means: accepted, and true already.
 * Refusals: `meetingFull` [JOIN-3], `notJoined` [CHAT-1].
 */
export function decide(meeting: MeetingState, command: Command): Result<MeetingEvent[], Refusal> {
  switch (command.type) {
    case 'join':
      return decideJoin(meeting, command);
    case 'leave': {
      const { participantId, reason, at } = command;
      // [LEAVE-2]
      return ok(
        seatOf(meeting, participantId) ? [{ type: 'participantLeft', participantId, reason, at }] : [],
      );
    }
    case 'postMessage':
      return decidePost(meeting, command);
    default:
      return unreachable(command);
  }
}

type JoinCommand = Extract<Command, { type: 'join' }>;
type PostCommand = Extract<Command, { type: 'postMessage' }>;

function decideJoin(meeting: MeetingState, command: JoinCommand): Result<MeetingEvent[], Refusal> {
  const { participantId, name, role, at } = command;
  if (seatOf(meeting, participantId)) return ok([]); // [JOIN-2]
  if (meeting.participants.length >= MEETING_MAX_SEATS) return fail({ kind: 'meetingFull' }); // [JOIN-3]
  // [JOIN-4] The name is not compared: people may share it.
  return ok([{ type: 'participantJoined', participantId, name, ...(role && { role }), at }]);
}

function decidePost(meeting: MeetingState, command: PostCommand): Result<MeetingEvent[], Refusal> {
  const { participantId, clientMessageId, text, at } = command;
  const seat = seatOf(meeting, participantId);
  if (!seat) return fail({ kind: 'notJoined' }); // [CHAT-1]
  const known = meeting.messages.some(
    (m) => m.participantId === participantId && m.clientMessageId === clientMessageId,
  );
  if (known) return ok([]); // [CHAT-2]
  return ok([{ type: 'messagePosted', participantId, name: seat.name, clientMessageId, text, at }]);
}

/** The seat that a participant holds, if any. */
export function seatOf(meeting: MeetingState, participantId: ParticipantId) {
  return meeting.participants.find((p) => p.participantId === participantId);
}
