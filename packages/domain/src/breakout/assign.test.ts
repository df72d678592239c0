import type { Filling, ParticipantId, RoomId } from '@relais/protocol';
import { describe, expect, test } from 'vitest';
import { assign, type LastPlace, type PersonToPlace, type RoomToFill } from './assign.ts';
import { breachesOf } from './mixing.ts';
import { seeded } from './seeded.ts';
import { evenSizes } from './sizes.ts';

const person = (name: string, label?: string): PersonToPlace => ({
  participantId: `id-${name}` as ParticipantId,
  name,
  label,
});
const crowd = (count: number, label?: (index: number) => string | undefined) =>
  Array.from({ length: count }, (_, index) => person(`p${index}`, label?.(index)));
const roomsOf = (count: number): RoomToFill[] =>
  Array.from({ length: count }, (_, index) => ({ roomId: `r${index}` as RoomId }));

function fill(people: PersonToPlace[], rooms: RoomToFill[], filling: Filling, seed = 1, last?: LastPlace[]) {
  const found = assign({ people, rooms, filling, seed, last });
  const roomOf = new Map(found.placements.map(({ participantId, roomId }) => [participantId, roomId]));
  const sizes = rooms.map(({ roomId }) => [...roomOf.values()].filter((id) => id === roomId).length);
  // Nobody is placed twice, and nobody is dropped without a word.
  expect(roomOf.size).toBe(found.placements.length);
  const told = found.unplaced.flatMap((one) => ('participantId' in one ? one.participantId : []));
  expect([...roomOf.keys(), ...told].sort()).toEqual(people.map(({ participantId }) => participantId).sort());
  return { ...found, roomOf, sizes };
}

describe('by chance', () => {
  test('[BREAK-6] evenly, sizes differ by one at most, whatever the numbers', () => {
    for (let people = 0; people <= 60; people += 1) {
      for (const rooms of [1, 2, 3, 7, 12, 50]) {
        for (const kind of ['even', 'mixing'] as const) {
          const { sizes } = fill(crowd(people), roomsOf(rooms), { kind }, people * 53 + rooms);
          expect(Math.max(...sizes) - Math.min(...sizes), `${people} in ${rooms}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  test('[BREAK-6] by size, rooms are as near to it as they can be, and nobody is alone', () => {
    const sizesFor = (people: number, size: number, rooms = 50) =>
      fill(crowd(people), roomsOf(rooms), { kind: 'size', size }).sizes.filter((one) => one > 0);
    expect(sizesFor(11, 4)).toEqual([4, 4, 3]);
    expect(sizesFor(9, 4)).toEqual([5, 4]);
    expect(sizesFor(5, 4)).toEqual([5]);
    expect(sizesFor(5, 2)).toEqual([3, 2]);
    expect(sizesFor(100, 3, 10)).toEqual(Array(10).fill(10));
    for (let people = 2; people <= 80; people += 1)
      for (let size = 2; size <= 9; size += 1) {
        const sizes = sizesFor(people, size);
        expect(Math.min(...sizes), `${people} by ${size}`).toBeGreaterThan(1);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
  });

  test('[BREAK-5] the same seed gives the same, another one another', () => {
    const once = (seed: number) => fill(crowd(40), roomsOf(6), { kind: 'even' }, seed).placements;
    expect(once(7)).toEqual(once(7));
    expect(once(7)).not.toEqual(once(8));
  });

  test('[BREAK-8] by free choice nobody is placed, and everybody is named', () => {
    const { placements, unplaced } = fill(crowd(4), roomsOf(2), { kind: 'choice' });
    expect(placements).toEqual([]);
    expect(unplaced.map(({ why }) => why)).toEqual(Array(4).fill('chooses'));
  });
});

describe('by hand', () => {
  test('[BREAK-7] names are found whatever their case, accents and blanks, and email addresses too', () => {
    const people = [
      person('Marie-Ève  Côté'),
      person('Jean'),
      { ...person('Ana'), email: 'ana@exemple.org' },
    ];
    const rooms = [
      { roomId: 'a' as RoomId, people: ['marie-eve cote', 'ANA@exemple.org'] },
      { roomId: 'b' as RoomId, people: [' jean '] },
    ];
    const { roomOf, unplaced } = fill(people, rooms, { kind: 'byHand' });
    expect([...roomOf.values()].sort()).toEqual(['a', 'a', 'b']);
    expect(unplaced).toEqual([]);
  });

  test('[BREAK-5] a name that two bear, one that is not there, one listed twice and who is in no list are told', () => {
    const people = [
      person('Luc'),
      { ...person('Luc'), participantId: 'luc2' as ParticipantId },
      person('Ana'),
      person('Zoé'),
    ];
    const rooms = [
      { roomId: 'a' as RoomId, people: ['Luc', 'Ana'] },
      { roomId: 'b' as RoomId, people: ['Ana', 'Personne'] },
    ];
    const { roomOf, unplaced } = fill(people, rooms, { kind: 'byHand' });
    expect([...roomOf]).toEqual([['id-Ana', 'a']]);
    expect(unplaced.map(({ name, why }) => `${name} ${why}`)).toEqual([
      'Luc ambiguous',
      'Ana placedAlready',
      'Personne notHere',
      'Luc notListed',
      'Luc notListed',
      'Zoé notListed',
    ]);
  });

  test('[BREAK-7] who is placed one by one goes there, before any list; a name that is left to one is theirs', () => {
    const people = [person('Luc'), { ...person('Luc'), participantId: 'luc2' as ParticipantId }];
    const rooms = [{ roomId: 'a' as RoomId, people: ['Luc'] }, { roomId: 'b' as RoomId }];
    const placements = [
      { participantId: 'luc2' as ParticipantId, room: 1 },
      { participantId: 'parti' as ParticipantId, room: 0 },
      { participantId: 'id-Luc' as ParticipantId, room: 9 },
    ];
    const { roomOf } = fill(people, rooms, { kind: 'byHand', placements });
    expect([...roomOf].sort()).toEqual([
      ['id-Luc', 'a'],
      ['luc2', 'b'],
    ]);
  });
});

describe('as last time', () => {
  test('[BREAK-7] everybody where they were, by seat or by name; who was not there, or whose room is no more, to the smallest', () => {
    const rooms = roomsOf(2);
    const last: LastPlace[] = [
      { participantId: 'id-p0' as ParticipantId, name: 'p0', roomId: 'r1' as RoomId },
      { participantId: 'former' as ParticipantId, name: 'P1', roomId: 'r1' as RoomId },
      { participantId: 'id-p2' as ParticipantId, name: 'p2', roomId: 'no-more' as RoomId },
    ];
    const { roomOf } = fill(crowd(4), rooms, { kind: 'same' }, 1, last);
    expect([...roomOf].sort()).toEqual([
      ['id-p0', 'r1'],
      ['id-p1', 'r1'],
      ['id-p2', 'r0'],
      ['id-p3', 'r0'],
    ]);
  });
});

/** The least breaches of all ways to fill rooms of these sizes, by looking at every one. */
function leastOfAll(people: PersonToPlace[], sizes: number[], last: LastPlace[]): number {
  const before = new Map(last.map(({ participantId, roomId }) => [participantId, roomId]));
  const apart = people.map((one, i) =>
    Uint8Array.from(people, (other, j) => {
      if (i === j) return 0;
      const label = one.label !== undefined && one.label === other.label ? 1 : 0;
      const room = before.get(one.participantId);
      return label + (room !== undefined && room === before.get(other.participantId) ? 1 : 0);
    }),
  );
  let least = Infinity;
  const rooms: number[] = [];
  const left = [...sizes];
  const look = (): void => {
    if (rooms.length === people.length) {
      least = Math.min(least, breachesOf(rooms, apart));
      return;
    }
    for (const room of left.keys()) {
      if (left[room] === 0) continue;
      left[room]! -= 1;
      rooms.push(room);
      look();
      rooms.pop();
      left[room]! += 1;
    }
  };
  look();
  return least;
}

describe('mixing', () => {
  test('[BREAK-7] up to seven people it is the best that there is, found by looking at every way', () => {
    const random = seeded(5);
    for (let round = 0; round < 250; round += 1) {
      const count = 2 + Math.floor(random() * 6);
      const labels = 1 + Math.floor(random() * 4);
      const people = crowd(count, () => (random() < 0.85 ? `g${Math.floor(random() * labels)}` : undefined));
      const rooms = roomsOf(1 + Math.floor(random() * 4));
      const last: LastPlace[] = people
        .filter(() => random() < 0.7)
        .map(({ participantId, name }) => ({
          participantId,
          name,
          roomId: `l${Math.floor(random() * 3)}` as RoomId,
        }));
      const { breaches, roomOf } = fill(people, rooms, { kind: 'mixing' }, round, last);
      const least = leastOfAll(people, evenSizes(count, rooms.length), last);
      expect(breaches, `${count} people, round ${round}`).toHaveLength(least);
      for (const { participantIds, roomId } of breaches)
        expect(participantIds.map((id) => roomOf.get(id))).toEqual([roomId, roomId]);
    }
  });

  test('[BREAK-7] ten people of five organisations in five rooms, and not with those of last time: no breach where none has to be', () => {
    const people = crowd(10, (index) => `g${index % 5}`);
    const last = people.map(({ participantId, name }, index) => ({
      participantId,
      name,
      roomId: `l${Math.floor(index / 2)}` as RoomId,
    }));
    expect(fill(people, roomsOf(5), { kind: 'mixing' }, 3, last).breaches).toEqual([]);
  });

  test('[BREAK-7] with 300 people of 6 organisations in 50 rooms of 6 nobody meets their own', () => {
    const people = crowd(300, (index) => `organisation ${index % 6}`);
    const { breaches, sizes } = fill(people, roomsOf(50), { kind: 'mixing' }, 11);
    expect(sizes).toEqual(Array(50).fill(6));
    expect(breaches).toEqual([]);
  });

  test('[BREAK-7] a second round of 60 mixes those who were together', () => {
    const people = crowd(60);
    const rooms = roomsOf(10);
    const first = fill(people, rooms, { kind: 'mixing' }, 1);
    const last = people.map(({ participantId, name }) => ({
      participantId,
      name,
      roomId: first.roomOf.get(participantId)!,
    }));
    expect(fill(people, rooms, { kind: 'mixing' }, 2, last).breaches).toEqual([]);
  });

  test('[BREAK-7] where it cannot be helped, who is with whom and why is told', () => {
    const people = [person('a', 'Centre'), person('b', 'centre'), person('c', 'CENTRE')];
    const { breaches } = fill(people, roomsOf(2), { kind: 'mixing' });
    expect(breaches).toMatchObject([{ why: 'label' }]);
  });
});
