import { fail, ok, type Result } from '@relais/kit';
import type { MeetingEvent, MeetingState, Refusal } from '@relais/protocol';
import type { Of } from './decide.ts';
import { mayToAll } from '../rights/rights.ts';
import { roleIn } from '../rights/roles.ts';
import { openRoom, roomOf } from './place.ts';

type Decision = Result<MeetingEvent[], Refusal>;

/** [BREAK-11] [BREAK-17] From a room, once: again while it stands it is true already. */
export function askForRoom(meeting: MeetingState, { by, at, kind, reason }: Of<'askForRoom'>): Decision {
  const here = roomOf(meeting, by);
  if (here === 'plenary') return fail({ kind: 'notInYourRoom' });
  if (find(meeting, kind, here)) return ok([]);
  const { name } = meeting.participants.find((p) => p.participantId === by)!;
  const asked = { kind, roomId: here, participantId: by, name, ...(reason && { reason }), at };
  return ok([{ type: 'roomAsked', ...asked }]);
}

/** [BREAK-17] One comes; to the others it is true already that somebody does. */
export function takeAsk(meeting: MeetingState, { by, at, kind, roomId }: Of<'takeAsk'>): Decision {
  const ask = find(meeting, kind, roomId);
  if (!ask) return unknownOrOver(meeting, roomId);
  if (ask.taken) return ok([]);
  const { name } = meeting.participants.find((p) => p.participantId === by)!;
  return ok([{ type: 'askTaken', kind, roomId, participantId: by, name, at }]);
}

/** By those who run the meeting, or from the room itself. */
export function endAsk(meeting: MeetingState, { by, at, kind, roomId }: Of<'endAsk'>): Decision {
  const isTheirs = mayToAll(roleIn(meeting, by), 'breakout:endAsk') || roomOf(meeting, by) === roomId;
  if (!isTheirs) return fail({ kind: 'notAllowed' });
  if (!find(meeting, kind, roomId)) return unknownOrOver(meeting, roomId);
  return ok([{ type: 'askEnded', kind, roomId, by, at }]);
}

function unknownOrOver({ breakout }: MeetingState, roomId: Of<'takeAsk'>['roomId']): Decision {
  const isOpen = breakout?.round && openRoom(breakout.round, roomId);
  return isOpen ? ok([]) : fail({ kind: 'unknownRoom', roomId });
}

function find({ breakout }: MeetingState, kind: Of<'takeAsk'>['kind'], roomId: string) {
  return breakout?.asks.find((ask) => ask.kind === kind && ask.roomId === roomId);
}
