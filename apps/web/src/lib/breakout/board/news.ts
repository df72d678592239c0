import type { Person } from '@relais/domain';
import type { BreakoutRoom, BreakoutRound, NextRound, ParticipantId, Place, RoomId } from '@relais/protocol';
import { placeIn } from './cards.ts';

/** What the board knew a moment ago, or knows now. */
export interface BoardNews {
  round: BreakoutRound;
  people: readonly Person[];
  next?: NextRound | undefined;
}

export interface News {
  /** Who was chosen and is not in the meeting any more. */
  gone: { participantId: ParticipantId; name: string }[];
  /** Of who was moved, whom one has chosen or has just moved, and `by` whom else they were moved: themselves, or another. */
  taken: { participantId: ParticipantId; place: Place; by: ParticipantId }[];
  isClosing: boolean;
  /** A closing was called off. */
  isKept: boolean;
  isTimed: boolean;
  closing: RoomId[];
  closed: RoomId[];
  timed: { room: BreakoutRoom }[];
  /** [BREAK-37] What follows the round is another than before; null: nothing, any more. */
  next: NextRound | null | undefined;
}

/** What one works upon, and who one is. */
interface Concern {
  chosen: ReadonlySet<ParticipantId>;
  /** Whom one moved last. */
  acted: ReadonlySet<ParticipantId>;
  self: ParticipantId | undefined;
}

/**
 * [BREAK-27] What is worth a sentence: what happens to whom one has chosen, and to the time. People who move for themselves,
 * or are moved, are seen where they are: said one by one they would drown the rest.
 */
export function newsOf(before: BoardNews, after: BoardNews, { chosen, acted, self }: Concern): News {
  const isSame = before.round.roundId === after.round.roundId;
  const here = new Set(after.people.map(({ participantId }) => participantId));
  const gone = before.people.filter((one) => chosen.has(one.participantId) && !here.has(one.participantId));
  const moved = isSame ? movedIn(before.round, after) : [];
  const taken = moved
    .filter(({ participantId }) => chosen.has(participantId) || acted.has(participantId))
    .map((one) => ({ ...one, by: after.round.movers?.[one.participantId] ?? one.participantId }))
    .filter(({ by }) => by !== self);
  const times = isSame ? timesOf(before.round, after.round) : NOTHING;
  return {
    gone: gone.map(({ participantId, name }) => ({ participantId, name })),
    taken,
    ...times,
    next: isSame ? nextOf(before, after) : undefined,
  };
}

function nextOf(before: BoardNews, after: BoardNews): News['next'] {
  return before.next?.roundId === after.next?.roundId ? undefined : (after.next ?? null);
}

const NOTHING = { isClosing: false, isKept: false, isTimed: false, closing: [], closed: [], timed: [] };

/** Who was put elsewhere; who is elsewhere because their room has closed was not. */
function movedIn(before: BreakoutRound, { round, people }: BoardNews) {
  return people
    .filter(({ participantId: id }) => round.placements[id] !== before.placements[id])
    .map(({ participantId }) => ({ participantId, place: placeIn(round, participantId) }));
}

function timesOf(before: BreakoutRound, after: BreakoutRound): Omit<News, 'gone' | 'taken' | 'next'> {
  const isTimed = before.endsAt !== after.endsAt;
  const pairs = after.rooms.flatMap((room) => {
    const was = before.rooms.find(({ roomId }) => roomId === room.roomId);
    return was ? [{ was, room }] : [];
  });
  const idsOf = (found: typeof pairs) => found.map(({ room }) => room.roomId);
  return {
    isTimed,
    isClosing: before.closesAt === undefined && after.closesAt !== undefined,
    isKept: before.closesAt !== undefined && after.closesAt === undefined,
    closing: idsOf(
      pairs.filter(({ was, room }) => was.closesAt === undefined && room.closesAt !== undefined),
    ),
    closed: idsOf(pairs.filter(({ was, room }) => !was.closed && room.closed)),
    // Of all rooms the round's time is said.
    timed: isTimed ? [] : pairs.filter(({ was, room }) => was.endsAt !== room.endsAt),
  };
}
