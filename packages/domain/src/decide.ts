import type {
  ClientMessageId,
  MeetingEvent,
  MeetingRole,
  MeetingState,
  ParticipantId,
  PersonId,
  Place,
  Refusal,
} from '@relais/protocol';
import { MEETING_MAX_SEATS } from '@relais/protocol/limits';
import { fail, ok, type Result } from '@relais/kit';
import type { BreakoutCommand } from './breakout/commands.ts';
import { decideBreakout } from './breakout/decide.ts';
import { lateRoom } from './breakout/late.ts';
import { roomOf } from './breakout/place.ts';
import { nameAtDoor, refusedAtDoor } from './door/at-door.ts';
import type { DoorCommand } from './door/commands.ts';
import { decideDoor } from './door/decide.ts';
import type { WaitingCommand } from './door/waiting-commands.ts';
import { decideWaiting } from './door/waiting-decide.ts';

/** What somebody asks of a meeting. Time and ids come in as data: nothing here reads a clock or a die. */
export type Command =
  | {
      type: 'join';
      participantId: ParticipantId;
      name: string;
      role?: MeetingRole;
      /** They come by a link for guests [GUEST-4]. */
      guest?: true | undefined;
      /** Their account, by which they are known on another device as well [ACCOUNT-1]. */
      personId?: PersonId | undefined;
      /** Of their account: the lists of rooms may name it. It stands in no event. */
      email?: string | undefined;
      /** Seats that their browser has held, as it says [DOOR-4]. It stands in no event. */
      formerSeats?: readonly ParticipantId[] | undefined;
      at: number;
    }
  | { type: 'leave'; participantId: ParticipantId; reason: 'left' | 'graceExpired'; at: number }
  | {
      type: 'postMessage';
      participantId: ParticipantId;
      clientMessageId: ClientMessageId;
      text: string;
      /** Where it is meant to be read; left out: where the person is. */
      place?: Place | undefined;
      at: number;
    }
  | BreakoutCommand
  | DoorCommand
  | WaitingCommand;

/**
 * May this happen, and what then is true? No events means: accepted, and true already.
 * Refusals: `meetingFull` [JOIN-3], `meetingLocked`, `removed` [DOOR-1] and `mustWait` [WAIT-1], `notJoined` [CHAT-1], those of the sub-groups [BREAK-4].
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
    case 'lockDoor':
    case 'removeParticipant':
    case 'letBack':
      return decideDoor(meeting, command);
    case 'setWaitingRoom':
    case 'admit':
    case 'refuseEntry':
    case 'wait':
    case 'stopWaiting':
      return decideWaiting(meeting, command);
    default:
      return decideBreakout(meeting, command);
  }
}

type JoinCommand = Extract<Command, { type: 'join' }>;
type PostCommand = Extract<Command, { type: 'postMessage' }>;

function decideJoin(meeting: MeetingState, command: JoinCommand): Result<MeetingEvent[], Refusal> {
  const { participantId, role, guest, personId, at } = command;
  if (seatOf(meeting, participantId)) return ok([]); // [JOIN-2]
  const refused = refusedAtDoor(meeting, command);
  if (refused) return fail(refused);
  if (meeting.participants.length >= MEETING_MAX_SEATS) return fail({ kind: 'meetingFull' }); // [JOIN-3]
  const name = nameAtDoor(meeting, participantId) ?? command.name;
  // [JOIN-4] The name is not compared: people may share it.
  const joined: MeetingEvent = {
    type: 'participantJoined',
    participantId,
    name,
    ...(role && { role }),
    ...(guest && !role && { guest }),
    ...(personId && { personId }),
    at,
  };
  const roomId = lateRoom(meeting, command);
  const round = meeting.breakout?.round;
  if (!roomId || !round) return ok([joined]);
  const moves = [{ participantId, roomId }];
  return ok([joined, { type: 'participantsMoved', roundId: round.roundId, moves, by: participantId, at }]); // [BREAK-8]
}

function decidePost(meeting: MeetingState, command: PostCommand): Result<MeetingEvent[], Refusal> {
  const { participantId, clientMessageId, text, at } = command;
  const seat = seatOf(meeting, participantId);
  if (!seat) return fail({ kind: 'notJoined' }); // [CHAT-1]
  const rooms = Object.values(meeting.breakout?.talk ?? {});
  const isKnown = [meeting, ...rooms].some(({ messages }) =>
    messages.some((m) => m.participantId === participantId && m.clientMessageId === clientMessageId),
  );
  if (isKnown) return ok([]); // [CHAT-2]
  const here = roomOf(meeting, participantId);
  // [BREAK-14] What was written for one place is not read in another: who was moved meanwhile is asked again.
  if (command.place !== undefined && command.place !== here) return fail({ kind: 'notInYourRoom' });
  const to = here === 'plenary' ? {} : { to: [here] };
  return ok([{ type: 'messagePosted', participantId, name: seat.name, clientMessageId, text, ...to, at }]);
}

/** The seat that a participant holds, if any. */
export function seatOf(meeting: MeetingState, participantId: ParticipantId) {
  return meeting.participants.find((p) => p.participantId === participantId);
}
