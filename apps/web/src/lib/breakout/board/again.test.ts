import type { PastRound, RoomId, RoundId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { againOf, followingOf, minutesIn } from './again.ts';

const rooms = [{ roomId: 'a' as RoomId, name: 'Logement', instructions: 'Trois pistes' }];
const last: PastRound = { roundId: 'one' as RoundId, number: 1, rooms, openedAt: 1, endedAt: 2 };

describe('a new round', () => {
  it('[BREAK-29] has the rooms of the last one by their ids, with what was written for them, and its rules', () => {
    const asked = againOf(
      { ...last, late: 'choose', mayChoose: true },
      { kind: 'mixing', minutes: 9, seed: 4 },
    );
    expect(asked).toMatchObject({ rooms, filling: { kind: 'mixing' }, seed: 4, minutes: 9 });
    expect(asked).toMatchObject({ late: 'choose', mayChoose: true });
    expect(againOf(last, { kind: 'same', minutes: null, seed: 0 })).toMatchObject({ late: 'smallest' });
  });

  it('[BREAK-37] is asked for while the present one runs, with its rooms, rules and length', () => {
    const asked = followingOf(
      {
        roundId: 'two' as RoundId,
        number: 2,
        rooms: [{ ...rooms[0]!, endsAt: 9, closed: true }],
        phase: 'closing',
        opensAt: 0,
        endsAt: 12 * 60_000,
        closesAt: 30_000,
        late: 'own',
        mayChoose: true,
        placements: {},
        roles: {},
      },
      { kind: 'same', seed: 7 },
    );
    expect(asked).toMatchObject({ after: 'two', rooms, filling: { kind: 'same' }, minutes: 12, late: 'own' });
    expect(asked.rooms[0]).not.toHaveProperty('closed');
  });

  it('lasts whole minutes that a round may have, or until it is closed', () => {
    expect(['', ' 12 ', '480'].map((text) => minutesIn(text, 480))).toEqual([null, 12, 480]);
    expect(['0', '481', '1.5', '-3', 'dix', '1e2'].map((text) => minutesIn(text, 480))).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
  });
});
