import { fail, ok, type Result } from '@relais/kit';
import type { MeetingEvent, MeetingState, NextRound, ParticipantId, Refusal } from '@relais/protocol';
import { closeRooms } from './decide-running.ts';
import type { Of } from './decide.ts';
import { evolve } from './evolve-all.ts';
import { openedAt } from './opened.ts';
import { proposeFor } from './propose.ts';
import { resolveRooms } from './rooms.ts';

type Emails = ReadonlyMap<ParticipantId, string> | undefined;
type Decision = Result<MeetingEvent[], Refusal>;

/**
 * [BREAK-37] In one gesture the round is closed, with its countdown, and another one is to follow it. Which round is meant is
 * said: it may be over when the word of it arrives, and then the other one is opened at once.
 */
export function setNextRound(meeting: MeetingState, command: Of<'setNextRound'>): Decision {
  const { after, by, at, roundId, countdownMs, filling, seed, withFacilitators, minutes, late, mayChoose } =
    command;
  const { round, past = [], next: known } = meeting.breakout ?? {};
  // The same again, by somebody whose answer was lost.
  if (known?.roundId === roundId || round?.roundId === roundId) return ok([]);
  if (round && (round.roundId !== after || round.phase === 'opening'))
    return fail({ kind: 'notNow', why: 'roundRuns' });
  if (!round && past.at(-1)?.roundId !== after) return fail({ kind: 'notNow', why: 'noRound' });
  // Of two who ask for it at once the first one's stands, until somebody calls it off.
  if (known) return fail({ kind: 'notNow', why: 'nextIsSet' });
  const rooms = resolveRooms(meeting, command.rooms, command.freshIds);
  if (!rooms.ok) return rooms;
  const rules = { filling, seed, withFacilitators, countdownMs, minutes, late, mayChoose };
  const next: NextRound = { roundId, rooms: rooms.value, ...rules, by };
  if (!round) return ok(opened(meeting, next, command.emails, at));
  const closing = closeRooms(meeting, { type: 'closeRooms', by, at });
  if (!closing.ok) return closing;
  return ok([{ type: 'nextRoundSet', roundId: round.roundId, next, by, at }, ...closing.value]);
}

/** [BREAK-37] The rooms stay open to the end that they had. */
export function dropNextRound(meeting: MeetingState, { by, at }: Of<'dropNextRound'>): Decision {
  const { round, next } = meeting.breakout ?? {};
  if (!round || !next) return ok([]);
  const { roundId, endsAt } = round;
  const dropped: MeetingEvent = { type: 'nextRoundSet', roundId, next: null, by, at };
  if (round.phase !== 'closing') return ok([dropped]);
  return ok([dropped, { type: 'breakoutTimed', roundId, endsAt, rooms: [], by, at }]);
}

/** [BREAK-37] With the end of a round, what was to follow it begins: with who is there then, and whoever asked for it. */
export function followed(meeting: MeetingState, events: MeetingEvent[], emails?: Emails): MeetingEvent[] {
  const next = meeting.breakout?.next;
  const end = events.find((event) => event.type === 'breakoutEnded');
  if (!next || !end) return events;
  const after = events.reduce(
    (before, event) => evolve(before, { version: before.version + 1, event }),
    meeting,
  );
  return [...events, ...opened(after, next, emails, end.at)];
}

function opened(meeting: MeetingState, next: NextRound, emails: Emails, at: number): MeetingEvent[] {
  const { placements } = proposeFor(meeting, next, emails);
  return openedAt(meeting, { ...next, placements, at });
}
