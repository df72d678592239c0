import type { Person } from '@relais/domain';
import type { BreakoutRoom, BreakoutRound, ParticipantId, Place, RoomId } from '@relais/protocol';
import { placeIn } from './cards.ts';

/** What the board knew a moment ago, or knows now. */
export interface BoardNews {
  round: BreakoutRound;
  people: readonly Person[];
}

export interface News {
  /** Who was chosen and is not in the meeting any more. */
  gone: { participantId: ParticipantId; name: string }[];
  /** Who is elsewhere than before. */
  arrived: { participantId: ParticipantId; place: Place }[];
  /** Of these, who was chosen here and was moved by somebody else. */
  taken: { participantId: ParticipantId; place: Place }[];
  isClosing: boolean;
  /** A closing was called off. */
  isKept: boolean;
  isTimed: boolean;
  closing: RoomId[];
  closed: RoomId[];
  timed: { room: BreakoutRoom }[];
}

/**
 * [BREAK-27] What is worth a sentence: what happens to whom one has chosen, and to the time. People who move for themselves,
 * or are moved, are seen where they are: said one by one they would drown the rest.
 */
export function newsOf(
  before: BoardNews,
  after: BoardNews,
  chosen: ReadonlySet<ParticipantId>,
  asked: ReadonlyMap<ParticipantId, Place>,
): News {
  const isSame = before.round.roundId === after.round.roundId;
  const here = new Set(after.people.map(({ participantId }) => participantId));
  const gone = before.people.filter((one) => chosen.has(one.participantId) && !here.has(one.participantId));
  const arrived = isSame ? arrivals(before.round, after) : [];
  const taken = arrived.filter(
    ({ participantId, place }) => chosen.has(participantId) && asked.get(participantId) !== place,
  );
  const times = isSame ? timesOf(before.round, after.round) : NOTHING;
  return { gone: gone.map(({ participantId, name }) => ({ participantId, name })), arrived, taken, ...times };
}

const NOTHING = { isClosing: false, isKept: false, isTimed: false, closing: [], closed: [], timed: [] };

function arrivals(before: BreakoutRound, { round, people }: BoardNews): News['arrived'] {
  return people.flatMap(({ participantId }) => {
    const place = placeIn(round, participantId);
    return place === placeIn(before, participantId) ? [] : [{ participantId, place }];
  });
}

function timesOf(before: BreakoutRound, after: BreakoutRound): Omit<News, 'gone' | 'arrived' | 'taken'> {
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
