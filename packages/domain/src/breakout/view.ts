import type { Breakout, BreakoutRound, MeetingState, ParticipantId, RoomId, Talk } from '@relais/protocol';
import { withoutAccounts } from '../accounts.ts';
import { withoutDoorSecrets } from '../door/evolve.ts';
import { isFacilitator, roomOf } from './place.ts';

/** Messages of each room that those who run the meeting have at hand, wherever they are. */
const LAST_OF_A_ROOM = 3;

/**
 * [BREAK-12] What somebody may know of a meeting: the whole for who has no sub-groups to know of, else what is said and asked
 * where they are, since they came. Done again it changes nothing, so that a view which is carried on by events [BREAK-13] is
 * the view of the meeting that all events make.
 */
export function viewFor(meeting: MeetingState, viewer: ParticipantId): MeetingState {
  return narrowed({ ...meeting, viewer }, viewer);
}

/** A view after an event, or a whole that is to become one. */
export function narrowed(all: MeetingState, viewer: ParticipantId): MeetingState {
  const whole = withoutAccounts(all);
  const runs = isFacilitator(whole, viewer);
  const meeting = withoutDoorSecrets(whole, runs);
  const { breakout } = meeting;
  if (!breakout) return meeting;
  if (runs) return { ...meeting, breakout: forFacilitator(meeting, breakout, viewer) };
  const { breakout: _, ...rest } = meeting;
  // Plans and labels alone are nothing that others know of.
  if (breakout.number === 0 && !breakout.successor) return rest;
  return forOthers(rest, breakout, viewer, roomOf(meeting, viewer));
}

function forFacilitator(meeting: MeetingState, breakout: Breakout, viewer: ParticipantId): Breakout {
  const here = roomOf(meeting, viewer);
  const own = breakout.stays[viewer];
  const talk = Object.entries(breakout.talk).map(([roomId, said]) => {
    const since = here === roomId && own ? said.messages.filter(({ version }) => version > own.since) : [];
    const messages = said.messages.slice(-Math.max(LAST_OF_A_ROOM, since.length));
    return [roomId, { ...said, messages }] as const;
  });
  return { ...breakout, talk: Object.fromEntries(talk), stays: own ? { [viewer]: own } : {} };
}

function forOthers(
  meeting: MeetingState,
  breakout: Breakout,
  viewer: ParticipantId,
  here: ReturnType<typeof roomOf>,
): MeetingState {
  const stay = breakout.stays[viewer];
  const since = stay?.since ?? 0;
  const heard = ({ messages, messageCount }: Talk): Talk => ({
    messages: messages.filter(({ version }) => version > since),
    messageCount: messageCount - (stay?.before ?? 0),
  });
  const { round, next: _, ...known } = breakout;
  const said = here === 'plenary' ? undefined : breakout.talk[here];
  const asks = breakout.asks.filter(({ roomId, version }) => roomId === here && version > since);
  return {
    ...meeting,
    ...(here === 'plenary' ? heard(meeting) : { messages: [], messageCount: 0 }),
    breakout: {
      ...known,
      plans: [],
      labels: {},
      past: [],
      last: [],
      asks,
      talk: said ? talkOf(here as RoomId, heard(said)) : {},
      stays: stay ? { [viewer]: { ...stay, before: 0 } } : {},
      ...(round && { round: forOthersOf(round) }),
    },
  };
}

function forOthersOf({ movers: _, ...round }: BreakoutRound): BreakoutRound {
  return { ...round, rooms: round.rooms.map(({ people: _people, ...room }) => room) };
}

/** A room in which nothing was said since one came is left out, as in the view that events made. */
const talkOf = (roomId: RoomId, talk: Talk): Breakout['talk'] =>
  talk.messageCount > 0 ? { [roomId]: talk } : {};
