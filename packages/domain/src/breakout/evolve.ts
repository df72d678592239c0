import type {
  Breakout,
  BreakoutRoom,
  BreakoutRound,
  MeetingEvent,
  MeetingState,
  ParticipantId,
  PastRound,
  RoomId,
  Stay,
} from '@relais/protocol';
import { BREAKOUT_PAST_ROUNDS, MEETING_MAX_SEATS } from '@relais/protocol/limits';
import { isFacilitator, roomOf } from './place.ts';

export const NO_BREAKOUT: Breakout = {
  number: 0,
  plans: [],
  labels: {},
  asks: [],
  past: [],
  last: [],
  talk: {},
  stays: {},
};

/** The meeting after an event that may concern its sub-groups; `before` is as it was before the event, `meeting` as the rest of it is after. */
export function evolveBreakout(
  before: MeetingState,
  meeting: MeetingState,
  version: number,
  event: MeetingEvent,
): MeetingState {
  const breakout = changed(meeting, meeting.breakout ?? NO_BREAKOUT, version, event);
  const after = breakout === NO_BREAKOUT ? meeting : { ...meeting, breakout };
  const mayHaveMoved = breakout.round !== before.breakout?.round || event.type === 'participantJoined';
  return after.breakout && mayHaveMoved ? settled(before, after, after.breakout, version) : after;
}

function changed(meeting: MeetingState, all: Breakout, version: number, event: MeetingEvent): Breakout {
  const inRound = (change: (round: BreakoutRound) => Partial<BreakoutRound>): Breakout =>
    all.round ? { ...all, round: { ...all.round, ...change(all.round) } } : all;
  switch (event.type) {
    case 'breakoutPlanSaved': {
      const { type: _, by: _by, at: _at, ...plan } = event;
      const others = all.plans.filter(({ planId }) => planId !== plan.planId);
      return { ...all, plans: [...others, { ...plan, version }] };
    }
    case 'breakoutPlanRemoved':
      return { ...all, plans: all.plans.filter(({ planId }) => planId !== event.planId) };
    case 'breakoutOpened': {
      const { type: _, by: _by, at: _at, ...opened } = event;
      const number = all.number + 1;
      return {
        ...all,
        number,
        round: { ...opened, number, phase: 'opening', roles: {} },
        asks: [],
        talk: {},
      };
    }
    case 'nextRoundSet': {
      const { next: _, ...others } = all;
      return event.next ? { ...others, next: event.next } : others;
    }
    case 'breakoutStarted':
      return inRound(() => ({ phase: 'running' }));
    case 'participantsMoved':
      return inRound((round) => moved(meeting, round, event));
    case 'breakoutTimed':
      return timed(all, event);
    case 'breakoutClosing': {
      const { roomId, closesAt } = event;
      if (!roomId) return inRound(() => ({ phase: 'closing', closesAt }));
      return inRound((round) => ({ rooms: withRoom(round, roomId, { closesAt }) }));
    }
    case 'breakoutRoomClosed': {
      const { roomId } = event;
      const { asks, ...others } = inRound((round) => ({ rooms: withRoom(round, roomId, { closed: true }) }));
      return { ...others, asks: asks.filter((ask) => ask.roomId !== roomId) };
    }
    case 'breakoutEnded':
      return ended(meeting, all, event.at);
    case 'roomAsked': {
      const { type: _, ...ask } = event;
      return { ...all, asks: [...all.asks, { version, ...ask }] };
    }
    case 'askTaken': {
      const { kind, roomId, type: _, ...taken } = event;
      const isIt = (ask: Breakout['asks'][number]) => ask.kind === kind && ask.roomId === roomId;
      return { ...all, asks: all.asks.map((ask) => (isIt(ask) ? { ...ask, taken } : ask)) };
    }
    case 'askEnded':
      return {
        ...all,
        asks: all.asks.filter(({ kind, roomId }) => kind !== event.kind || roomId !== event.roomId),
      };
    case 'roomRoleGiven':
      return inRound(({ roles }) => ({ roles: withKey(roles, event.participantId, event.role) }));
    case 'participantLabelled':
      return { ...all, labels: withKey(all.labels, event.participantId, event.label) };
    case 'successorNamed': {
      const { successor: _, ...others } = all;
      return event.participantId ? { ...others, successor: event.participantId } : others;
    }
    case 'successorStepped': {
      const { successor: _, ...others } = all;
      return others;
    }
    case 'participantLeft':
      return all === NO_BREAKOUT ? all : departed(all, event.participantId);
    default:
      return all;
  }
}

type Moved = Extract<MeetingEvent, { type: 'participantsMoved' }>;

/** [BREAK-35] Who runs the meeting and goes elsewhere by themselves is a guest there; whoever else moves them gives them a room. */
function moved(meeting: MeetingState, round: BreakoutRound, { moves, by }: Moved): Partial<BreakoutRound> {
  const placements = { ...round.placements };
  const homes = { ...round.homes };
  const movers = { ...round.movers };
  for (const { participantId, roomId } of moves) {
    const home = participantId in homes ? homes[participantId]! : (placements[participantId] ?? null);
    const isVisit = participantId === by && isFacilitator(meeting, by) && round.phase !== 'opening';
    if (isVisit && roomId !== home) homes[participantId] = home;
    else delete homes[participantId];
    if (participantId === by) delete movers[participantId];
    else movers[participantId] = by;
    if (roomId) placements[participantId] = roomId;
    else delete placements[participantId];
  }
  const isKept = (now: object, before: object | undefined) => Object.keys(now).length > 0 || !!before;
  return {
    placements,
    ...(isKept(homes, round.homes) && { homes }),
    ...(isKept(movers, round.movers) && { movers }),
  };
}

function timed(all: Breakout, { endsAt, rooms }: Extract<MeetingEvent, { type: 'breakoutTimed' }>): Breakout {
  if (!all.round) return all;
  const own = new Map(rooms.map((room) => [room.roomId, room.endsAt]));
  const isTimed = (roomId: RoomId) => endsAt !== undefined || own.has(roomId);
  const { closesAt: _, ...round } = all.round;
  return {
    ...all,
    asks: all.asks.filter(({ kind, roomId }) => kind !== 'time' || !isTimed(roomId)),
    round: {
      ...(endsAt === undefined ? all.round : { ...round, endsAt, phase: runs(round.phase) }),
      rooms: round.rooms.map((room) => {
        if (!isTimed(room.roomId)) return room;
        const { closesAt: _closing, ...others } = room;
        const end = own.get(room.roomId);
        return end === undefined ? others : { ...others, endsAt: end };
      }),
    },
  };
}

/** One that was being closed runs on. */
const runs = (phase: BreakoutRound['phase']) => (phase === 'closing' ? 'running' : phase);

function withRoom(round: BreakoutRound, roomId: RoomId, change: Partial<BreakoutRoom>): BreakoutRoom[] {
  return round.rooms.map((room) => (room.roomId === roomId ? { ...room, ...change } : room));
}

function withKey<T>(record: Record<ParticipantId, T>, key: ParticipantId, value: T | null) {
  const { [key]: _, ...others } = record;
  return value === null ? others : { ...others, [key]: value };
}

function ended(meeting: MeetingState, all: Breakout, at: number): Breakout {
  // What follows is opened by an event of its own, in the same breath.
  const { round, next: _, ...others } = all;
  if (!round) return all;
  const { placements } = round;
  // One that was called off before it began is no round to be mixed from.
  const last = meeting.participants.flatMap(({ participantId, name }) => {
    const roomId = placements[participantId];
    return roomId ? [{ participantId, name, roomId }] : [];
  });
  return {
    ...others,
    past: [...all.past.map(byName), pastOf(round, at)].slice(-BREAKOUT_PAST_ROUNDS),
    last: round.phase === 'opening' ? all.last : last,
    asks: [],
    talk: {},
  };
}

/** [BREAK-29] A round that is over, with what the next one may be made of. */
function pastOf(round: BreakoutRound, endedAt: number): PastRound {
  const { roundId, number, rooms, opensAt, endsAt, late, mayChoose } = round;
  return {
    roundId,
    number,
    rooms: rooms.map(({ endsAt: _, closesAt: _closing, closed: _closed, ...room }) => room),
    openedAt: opensAt,
    endedAt,
    minutes: endsAt === null ? null : Math.max(1, Math.round((endsAt - opensAt) / 60_000)),
    late,
    mayChoose,
  };
}

function byName({ roundId, number, rooms, openedAt, endedAt }: PastRound): PastRound {
  return {
    roundId,
    number,
    rooms: rooms.map(({ roomId, name }) => ({ roomId, name })),
    openedAt,
    endedAt,
  };
}

/** [BREAK-9] Whoever comes back with the same seat is in their room again, of as many who left as one meeting has seats. */
function departed(all: Breakout, participantId: ParticipantId): Breakout {
  const { round: before } = all;
  const isTooMany = Object.keys(before?.placements ?? {}).length > 2 * MEETING_MAX_SEATS;
  const forget = <T>(record: Record<ParticipantId, T>) =>
    isTooMany ? withKey(record, participantId, null) : record;
  const round = before && {
    ...before,
    roles: withKey(before.roles, participantId, null),
    placements: forget(before.placements),
    ...(before.homes && { homes: forget(before.homes) }),
    ...(before.movers && { movers: withKey(before.movers, participantId, null) }),
  };
  return {
    ...all,
    labels: withKey(all.labels, participantId, null),
    stays: withKey(all.stays, participantId, null),
    ...(round && { round }),
  };
}

/** Notes of whoever is elsewhere than before since when they are there, and takes from them the role that they had. */
function settled(
  before: MeetingState,
  after: MeetingState,
  breakout: Breakout,
  version: number,
): MeetingState {
  const moved = after.participants
    .map(({ participantId }) => participantId)
    .filter((id) => roomOf(after, id) !== placeBefore(before, id));
  if (moved.length === 0) return after;
  const stays = { ...breakout.stays };
  for (const id of moved) stays[id] = stayIn(after, breakout, id, version);
  const { round } = breakout;
  const roles = Object.entries(round?.roles ?? {}).filter(([id]) => !moved.includes(id as ParticipantId));
  return {
    ...after,
    breakout: {
      ...breakout,
      stays,
      ...(round && { round: { ...round, roles: Object.fromEntries(roles) } }),
    },
  };
}

/** Who had no seat comes from the plenary. */
function placeBefore(before: MeetingState, participantId: ParticipantId) {
  const sat = before.participants.some((one) => one.participantId === participantId);
  return sat ? roomOf(before, participantId) : 'plenary';
}

function stayIn(after: MeetingState, { talk, stays }: Breakout, id: ParticipantId, version: number): Stay {
  const place = roomOf(after, id);
  if (place === 'plenary') return { since: version, before: after.messageCount };
  const plenaryUntil = stays[id]?.plenaryUntil ?? version;
  return { since: version, before: talk[place]?.messageCount ?? 0, plenaryUntil };
}
