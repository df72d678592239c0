import { unreachable } from '@relais/kit';
import type { Filling, ParticipantId, RoomId } from '@relais/protocol';
import { byHand } from './by-hand.ts';
import { folded } from './listed.ts';
import { breachesOf, mix, type Apart } from './mixing.ts';
import { seeded, shuffled } from './seeded.ts';
import { evenSizes, roomsOfSize } from './sizes.ts';

export interface PersonToPlace {
  participantId: ParticipantId;
  name: string;
  email?: string | undefined;
  /** Their organisation or group: two of one are not mixed. */
  label?: string | undefined;
}

export interface RoomToFill {
  roomId: RoomId;
  /** Names or email addresses. */
  people?: readonly string[] | undefined;
}

/** Where somebody was in the last round: under the room's name when it has another id now. */
export interface LastPlace {
  participantId: ParticipantId;
  name: string;
  roomId: RoomId;
}

/** [BREAK-5] Who has no room, and why: a person, or a name of a list that stands for nobody. */
export type Unplaced =
  | { participantId: ParticipantId; name: string; why: 'notListed' | 'chooses' }
  | { name: string; why: 'notHere' | 'ambiguous' | 'placedAlready' };

/** Two people in one room who were not to be. */
export interface Breach {
  participantIds: [ParticipantId, ParticipantId];
  roomId: RoomId;
  why: 'label' | 'last';
}

export interface Assignment {
  /** One for each person who has a room. */
  placements: { participantId: ParticipantId; roomId: RoomId }[];
  unplaced: Unplaced[];
  breaches: Breach[];
}

export interface ToAssign {
  people: readonly PersonToPlace[];
  /** At least one. */
  rooms: readonly RoomToFill[];
  filling: Filling;
  seed: number;
  last?: readonly LastPlace[] | undefined;
}

/** [BREAK-5] [BREAK-6] [BREAK-7] A room for each, by one of the ways to fill them. The same seed gives the same. */
export function assign(to: ToAssign): Assignment {
  const { people, rooms, filling } = to;
  const random = seeded(to.seed);
  switch (filling.kind) {
    case 'byHand': {
      const { placed, unplaced } = byHand(people, rooms, filling.placements ?? []);
      const left = people.filter(({ participantId }) => !placed.has(participantId));
      return assignment(placed, [...unplaced, ...without(left, 'notListed')]);
    }
    case 'even':
      return assignment(dealt(people, rooms, random));
    case 'size': {
      const count = Math.min(rooms.length, roomsOfSize(people.length, filling.size));
      return assignment(dealt(people, rooms.slice(0, count), random));
    }
    case 'choice':
      return assignment(new Map(), without(people, 'chooses'));
    case 'mixing':
      return mixed(to, random);
    case 'same':
      return assignment(same(to));
    default:
      return unreachable(filling);
  }
}

type Placed = Map<ParticipantId, RoomId>;

function assignment(placed: Placed, unplaced: Unplaced[] = [], breaches: Breach[] = []): Assignment {
  const placements = [...placed].map(([participantId, roomId]) => ({ participantId, roomId }));
  return { placements, unplaced, breaches };
}

function without(people: readonly PersonToPlace[], why: 'notListed' | 'chooses'): Unplaced[] {
  return people.map(({ participantId, name }) => ({ participantId, name, why }));
}

function dealt(people: readonly PersonToPlace[], rooms: readonly RoomToFill[], random: () => number): Placed {
  const mixedPeople = shuffled(people, random);
  return new Map(mixedPeople.map(({ participantId }, i) => [participantId, rooms[i % rooms.length]!.roomId]));
}

function mixed({ people, rooms, last = [] }: ToAssign, random: () => number): Assignment {
  const reasons = reasonsOf(people, last);
  const apart: Apart = people.map(() => new Uint8Array(people.length));
  for (const { pair } of reasons) {
    const [one, other] = pair;
    apart[one]![other]! += 1;
    apart[other]![one]! += 1;
  }
  // Which rooms get one more is chance as well.
  const sizes = shuffled(evenSizes(people.length, rooms.length), random);
  const found = mix(apart, sizes, random);
  const idOf = (person: number) => people[person]!.participantId;
  const breaches = reasons
    .filter(({ pair: [one, other] }) => found[one] === found[other])
    .map(({ pair: [one, other], why }): Breach => {
      return { participantIds: [idOf(one), idOf(other)], roomId: rooms[found[one]!]!.roomId, why };
    });
  if (breaches.length !== breachesOf(found, apart)) throw new Error('Breaches were counted in two ways');
  return assignment(new Map(found.map((room, person) => [idOf(person), rooms[room]!.roomId])), [], breaches);
}

interface Reason {
  pair: [number, number];
  why: Breach['why'];
}

function reasonsOf(people: readonly PersonToPlace[], last: readonly LastPlace[]): Reason[] {
  const rooms = new Map(last.map(({ participantId, roomId }) => [participantId, roomId]));
  const labels = people.map(({ label }) => (label === undefined ? '' : folded(label)));
  const before = people.map(({ participantId }) => rooms.get(participantId));
  const reasons: Reason[] = [];
  for (const one of people.keys()) {
    for (let other = one + 1; other < people.length; other += 1) {
      const pair: [number, number] = [one, other];
      if (labels[one] && labels[one] === labels[other]) reasons.push({ pair, why: 'label' });
      if (before[one] && before[one] === before[other]) reasons.push({ pair, why: 'last' });
    }
  }
  return reasons;
}

/** As last time, by seat, or by name for who came back with another one; who was not there goes to the smallest. */
function same({ people, rooms, last = [] }: ToAssign): Placed {
  const open = new Set(rooms.map(({ roomId }) => roomId));
  const byId = new Map(last.map((one) => [one.participantId, one.roomId]));
  const here = new Set(people.map(({ participantId }) => participantId));
  const gone = last.filter(({ participantId }) => !here.has(participantId));
  const byName = new Map(gone.map(({ name, roomId }) => [folded(name), roomId]));
  const placed: Placed = new Map();
  for (const { participantId, name } of people) {
    const roomId = byId.get(participantId) ?? byName.get(folded(name));
    if (roomId && open.has(roomId)) placed.set(participantId, roomId);
  }
  for (const { participantId } of people)
    if (!placed.has(participantId)) placed.set(participantId, smallest(rooms, placed.values()));
  return placed;
}

/** Of rooms that have as few the first. */
export function smallest(rooms: readonly { roomId: RoomId }[], taken: Iterable<RoomId>): RoomId {
  const counts = new Map<RoomId, number>();
  for (const roomId of taken) counts.set(roomId, (counts.get(roomId) ?? 0) + 1);
  const size = ({ roomId }: { roomId: RoomId }) => counts.get(roomId) ?? 0;
  return rooms.reduce((least, room) => (size(room) < size(least) ? room : least)).roomId;
}
