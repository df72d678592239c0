import { fail, ok, unreachable, type Result } from '@relais/kit';
import type { MeetingEvent, MeetingState, Plan, Refusal, RequestName } from '@relais/protocol';
import { BREAKOUT_MAX_PLANS } from '@relais/protocol/limits';
import { askForRoom, endAsk, takeAsk } from './decide-asks.ts';
import { addTime, closeRooms, movePeople } from './decide-running.ts';
import type { BreakoutCommand } from './commands.ts';
import { overdue } from './clock.ts';
import { may } from '../rights/rights.ts';
import { roleIn } from '../rights/roles.ts';
import { dropNextRound, followed, setNextRound } from './decide-next.ts';
import { openedAt } from './opened.ts';
import { isFacilitator, roomOf } from './place.ts';
import { resolveRooms } from './rooms.ts';

type Decision = Result<MeetingEvent[], Refusal>;
export type Of<T extends BreakoutCommand['type']> = Extract<BreakoutCommand, { type: T }>;

/** By which request each is asked for: who may stands in the table of rights [BREAK-4] [RIGHTS-1]. */
const ASKED_BY: Record<Exclude<BreakoutCommand['type'], 'keepTime'>, RequestName> = {
  savePlan: 'breakout:savePlan',
  removePlan: 'breakout:removePlan',
  openRound: 'breakout:open',
  setNextRound: 'breakout:open',
  dropNextRound: 'breakout:dropNext',
  movePeople: 'breakout:move',
  addTime: 'breakout:addTime',
  closeRooms: 'breakout:close',
  announce: 'breakout:announce',
  askForRoom: 'breakout:ask',
  takeAsk: 'breakout:takeAsk',
  endAsk: 'breakout:endAsk',
  giveRoomRole: 'breakout:giveRole',
  labelParticipant: 'breakout:label',
  nameSuccessor: 'breakout:nameSuccessor',
  stepIn: 'breakout:stepIn',
};

/** May this happen to the sub-groups, and what then is true? No events: accepted, and true already. */
export function decideBreakout(meeting: MeetingState, command: BreakoutCommand): Decision {
  if (command.type === 'keepTime') return ok(followed(meeting, overdue(meeting, command.at), command.emails));
  // [BREAK-30] By the types, of plans alone.
  if (command.by !== undefined) {
    const { by, type } = command;
    if (!meeting.participants.some((p) => p.participantId === by)) return fail({ kind: 'notJoined' });
    if (!may(roleIn(meeting, by), ASKED_BY[type])) return fail({ kind: 'notAllowed' });
  }
  switch (command.type) {
    case 'savePlan':
      return savePlan(meeting, command);
    case 'removePlan': {
      const { planId, by, at } = command;
      const isKnown = meeting.breakout?.plans.some((plan) => plan.planId === planId);
      return ok(isKnown ? [{ type: 'breakoutPlanRemoved', planId, ...(by && { by }), at }] : []);
    }
    case 'openRound':
      return openRound(meeting, command);
    case 'setNextRound':
      return setNextRound(meeting, command);
    case 'dropNextRound':
      return dropNextRound(meeting, command);
    case 'movePeople':
      return movePeople(meeting, command);
    case 'addTime':
      return addTime(meeting, command);
    case 'closeRooms':
      return closeRooms(meeting, command);
    case 'announce':
      return announce(meeting, command);
    case 'askForRoom':
      return askForRoom(meeting, command);
    case 'takeAsk':
      return takeAsk(meeting, command);
    case 'endAsk':
      return endAsk(meeting, command);
    case 'giveRoomRole':
      return giveRoomRole(meeting, command);
    case 'labelParticipant':
      return label(meeting, command);
    case 'nameSuccessor':
      return nameSuccessor(meeting, command);
    case 'stepIn':
      return stepIn(meeting, command);
    default:
      return unreachable(command);
  }
}

/** [BREAK-1] [BREAK-31] */
function savePlan(meeting: MeetingState, command: Of<'savePlan'>): Decision {
  const { by, at, title, minutes, basedOn } = command;
  const plans = meeting.breakout?.plans ?? [];
  const { planId = command.freshPlanId } = command;
  const known = plans.find((plan) => plan.planId === planId);
  const isNew = !known;
  if (isNew && command.planId) return fail({ kind: 'unknownId', id: command.planId });
  if (isNew && plans.length >= BREAKOUT_MAX_PLANS) return fail({ kind: 'notNow', why: 'tooManyPlans' });
  const rooms = resolveRooms(meeting, command.rooms, command.freshIds);
  if (!rooms.ok) return rooms;
  const asked = { planId, title, rooms: rooms.value, minutes };
  // The same again, by somebody whose answer was lost.
  if (known && isSamePlan(known, asked)) return ok([]);
  if (known && basedOn !== undefined && basedOn !== known.version)
    return fail({ kind: 'notNow', why: 'planChanged' });
  return ok([{ type: 'breakoutPlanSaved', ...asked, ...(by && { by }), at }]);
}

function isSamePlan(one: Plan, other: Plan): boolean {
  const told = ({ title, minutes, rooms }: Plan) =>
    JSON.stringify([
      title,
      minutes,
      rooms.map((room) => [room.roomId, room.name, room.instructions, room.documentUrl, room.people]),
    ]);
  return told(one) === told(other);
}

/** [BREAK-2] */
function openRound(meeting: MeetingState, command: Of<'openRound'>): Decision {
  const running = meeting.breakout?.round;
  // The same again, by somebody whose answer was lost.
  if (running?.roundId === command.roundId) return ok([]);
  if (running) return fail({ kind: 'notNow', why: 'roundRuns' });
  const rooms = resolveRooms(meeting, command.rooms, command.freshIds);
  return rooms.ok ? ok(openedAt(meeting, { ...command, rooms: rooms.value })) : rooms;
}

/** [BREAK-15] */
function announce(meeting: MeetingState, command: Of<'announce'>): Decision {
  const { by, at, clientMessageId, text, places } = command;
  const round = meeting.breakout?.round;
  if (!round) return fail({ kind: 'notNow', why: 'noRound' });
  const open = round.rooms.filter(({ closed }) => !closed).map(({ roomId }) => roomId);
  const unknown = places?.find((place) => place !== 'plenary' && !open.includes(place));
  if (unknown) return fail({ kind: 'unknownRoom', roomId: unknown });
  const to = [...new Set(places ?? (['plenary', ...open] as const))];
  const heard = [
    ...meeting.messages,
    ...to.flatMap((p) => (p === 'plenary' ? [] : (meeting.breakout?.talk[p]?.messages ?? []))),
  ];
  if (heard.some((m) => m.participantId === by && m.clientMessageId === clientMessageId)) return ok([]); // [CHAT-2]
  const { name } = meeting.participants.find((p) => p.participantId === by)!;
  return ok([
    { type: 'messagePosted', participantId: by, name, clientMessageId, text, to, announcement: true, at },
  ]);
}

/** [BREAK-18] */
function giveRoomRole(meeting: MeetingState, { participantId, role, by, at }: Of<'giveRoomRole'>): Decision {
  const round = meeting.breakout?.round;
  if (!round) return fail({ kind: 'notNow', why: 'noRound' });
  const refused = unknownTo(meeting, participantId);
  if (refused) return fail(refused);
  if (roomOf(meeting, participantId) === 'plenary') return fail({ kind: 'notInYourRoom' });
  if ((round.roles[participantId] ?? null) === role) return ok([]);
  return ok([{ type: 'roomRoleGiven', participantId, role, by, at }]);
}

function label(
  meeting: MeetingState,
  { participantId, label: text, by, at }: Of<'labelParticipant'>,
): Decision {
  const refused = unknownTo(meeting, participantId);
  if (refused) return fail(refused);
  if ((meeting.breakout?.labels[participantId] ?? null) === text) return ok([]);
  return ok([{ type: 'participantLabelled', participantId, label: text, by, at }]);
}

/** [BREAK-19] */
function nameSuccessor(meeting: MeetingState, { participantId, by, at }: Of<'nameSuccessor'>): Decision {
  const refused = participantId === null ? undefined : unknownTo(meeting, participantId);
  if (refused) return fail(refused);
  if ((meeting.breakout?.successor ?? null) === participantId) return ok([]);
  return ok([{ type: 'successorNamed', participantId, by, at }]);
}

/** [BREAK-19] */
function stepIn(meeting: MeetingState, { by, at, isUnattended }: Of<'stepIn'>): Decision {
  if (isFacilitator(meeting, by)) return ok([]);
  if (meeting.breakout?.successor !== by || !isUnattended) return fail({ kind: 'notAllowed' });
  return ok([{ type: 'successorStepped', participantId: by, at }]);
}

export function unknownTo(meeting: MeetingState, participantId: string): Refusal | undefined {
  const isSeated = meeting.participants.some((one) => one.participantId === participantId);
  return isSeated ? undefined : { kind: 'unknownParticipant', participantId };
}
