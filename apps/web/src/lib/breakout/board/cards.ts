import { folded, openRoom, type Person } from '@relais/domain';
import type {
  Breakout,
  BreakoutAsk,
  BreakoutRound,
  Message,
  ParticipantId,
  Place,
  RoomRole,
} from '@relais/protocol';

/** Why a room may want somebody to look; the most pressing first. */
export const NEEDS = ['help', 'hand', 'trouble', 'time', 'empty'] as const;
export type Need = (typeof NEEDS)[number];

export interface CardPerson {
  person: Person;
  /** In the room where they are. */
  role?: RoomRole | undefined;
  isSuccessor: boolean;
}

/** A place as the board shows it: a room that is open, or the plenary. */
export interface Card {
  place: Place;
  /** Empty: the plenary's, which each language names. */
  name: string;
  people: CardPerson[];
  /** It ends at another time than the round; null: not before somebody says so. */
  ownEnd?: number | null | undefined;
  /** It alone is being closed. */
  closesAt?: number | undefined;
  asks: BreakoutAsk[];
  last?: Message | undefined;
  needs: Need[];
}

/** Where somebody is, or, while a round is announced, will be. */
export function placeIn(round: BreakoutRound, participantId: ParticipantId): Place {
  const roomId = round.placements[participantId];
  return roomId && openRoom(round, roomId) ? roomId : 'plenary';
}

/** [BREAK-25] The plenary, then the rooms that are open, in their order; everybody is on one card. */
export function cardsOf(breakout: Breakout, round: BreakoutRound, people: readonly Person[]): Card[] {
  const there = new Map<Place, CardPerson[]>();
  for (const person of people) {
    const { participantId } = person;
    const place = placeIn(round, participantId);
    const role = round.roles[participantId];
    const shown = { person, role, isSuccessor: breakout.successor === participantId };
    there.set(place, [...(there.get(place) ?? []), shown]);
  }
  const plenary: Card = {
    place: 'plenary',
    name: '',
    people: there.get('plenary') ?? [],
    asks: [],
    needs: [],
  };
  const rooms = round.rooms
    .filter(({ closed }) => !closed)
    .map(({ roomId, name, endsAt, closesAt }): Card => {
      const asks = breakout.asks.filter((ask) => ask.roomId === roomId);
      const inside = there.get(roomId) ?? [];
      return {
        place: roomId,
        name,
        people: inside,
        ownEnd: endsAt,
        closesAt,
        asks,
        last: breakout.talk[roomId]?.messages.at(-1),
        needs: needsOf(inside, asks),
      };
    });
  return [plenary, ...rooms];
}

function needsOf(people: readonly CardPerson[], asks: readonly BreakoutAsk[]): Need[] {
  const has: Record<Need, boolean> = {
    help: asks.some(({ kind }) => kind === 'help'),
    hand: people.some(({ person }) => hasHand(person)),
    trouble: people.some(({ person }) => isInTrouble(person)),
    time: asks.some(({ kind }) => kind === 'time'),
    empty: people.length === 0,
  };
  return NEEDS.filter((need) => has[need]);
}

/** Raised to speak. */
export const hasHand = ({ hand }: Person): boolean => hand !== undefined;

export const isInTrouble = ({ connected, line }: Person): boolean => !connected || line !== 'good';

export interface Sight {
  /** Part of a name, of a room or of somebody. */
  query: string;
  needyFirst: boolean;
}

/** [BREAK-25] The cards that are asked for: the plenary first, then, if so wanted, the rooms that need somebody. */
export function arranged(cards: readonly Card[], { query, needyFirst }: Sight, plenary: string): Card[] {
  const found = cards.filter((card) => isNamed(card, query, plenary) || bearersOf(card, query).length > 0);
  if (!needyFirst) return found;
  const rank = (card: Card) => {
    if (card.place === 'plenary') return -1;
    const [first] = card.needs;
    return first ? NEEDS.indexOf(first) : NEEDS.length;
  };
  return found
    .map((card, index) => ({ card, index }))
    .sort((one, other) => rank(one.card) - rank(other.card) || one.index - other.index)
    .map(({ card }) => card);
}

function isNamed({ name }: Card, query: string, plenary: string): boolean {
  return folded(name || plenary).includes(folded(query));
}

/** Who of a card bears what is looked for; nobody when nothing is. */
export function bearersOf({ people }: Card, query: string): ParticipantId[] {
  const sought = folded(query);
  if (!sought) return [];
  return people
    .filter(({ person }) => folded(person.name).includes(sought))
    .map(({ person }) => person.participantId);
}
