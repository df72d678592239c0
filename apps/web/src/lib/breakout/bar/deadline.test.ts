import { describe, expect, it } from 'vitest';
import type { BreakoutRound, RoomId, RoundId } from '@relais/protocol';
import { clockOf, endOfPlace, nearnessOf, secondsLeft, untilNextSecond } from './deadline.ts';
import { watchEnd, type EndKnown } from './end-watch.ts';

const housing = 'housing' as RoomId;
const transport = 'transport' as RoomId;
const round: BreakoutRound = {
  roundId: 'round' as RoundId,
  number: 1,
  rooms: [
    { roomId: housing, name: 'Logement' },
    { roomId: transport, name: 'Transport', endsAt: 900_000 },
  ],
  phase: 'running',
  opensAt: 0,
  endsAt: 600_000,
  late: 'smallest',
  mayChoose: false,
  placements: {},
  roles: {},
};

describe('[BREAK-20] the clock of a place', () => {
  it('counts to the end of the room where one is, which may have its own, and in the plenary to that of the rooms', () => {
    expect(endOfPlace(round, housing)).toBe(600_000);
    expect(endOfPlace(round, transport)).toBe(900_000);
    expect(endOfPlace(round, 'plenary')).toBe(600_000);
    expect(endOfPlace({ ...round, closesAt: 30_000 }, transport)).toBe(30_000);
    expect(endOfPlace({ ...round, closesAt: 30_000 }, 'plenary')).toBe(30_000);
    expect(endOfPlace({ ...round, endsAt: null }, housing)).toBeNull();
  });

  it('is near in five minutes, in one, and in the thirty seconds of a closing', () => {
    const at = (left: number) => nearnessOf(1_000_000, 1_000_000 - left);
    expect([300_001, 300_000, 60_001, 60_000, 30_001, 30_000, -5].map(at)).toEqual([
      'far', 'five', 'five', 'one', 'one', 'closing', 'closing',
    ]); // prettier-ignore
    expect(nearnessOf(null, 5)).toBe('far');
  });

  it('shows whole seconds, the last one until it has passed, and hours only where there are some', () => {
    expect([0, -1, 1, 1000, 1001].map((left) => secondsLeft(left, 0))).toEqual([0, 0, 1, 1, 2]);
    expect([0, 9, 62, 3912].map(clockOf)).toEqual(['0:00', '0:09', '1:02', '1:05:12']);
    expect([2500, 2000, 0].map((left) => untilNextSecond(left, 0))).toEqual([500, 1000, 1000]);
  });
});

describe('[BREAK-20] what is said of an end', () => {
  /** The news of each moment, with the end that holds then, in seconds. */
  function news(moments: [now: number, end: number | null, where?: string][]) {
    let known: EndKnown | undefined;
    return moments.map(([now, end, where = 'housing']) => {
      const watched = watchEnd(known, { where, end: end === null ? null : end * 1000 }, now * 1000);
      known = watched.known;
      return watched.news;
    });
  }

  it('is each warning once, at five minutes, at one, and as it closes', () => {
    expect(news([[0, 900], [600, 900], [601, 900], [840, 900], [841, 900], [870, 900], [899, 900]])).toEqual([
      undefined, 'five', undefined, 'one', undefined, 'closing', undefined,
    ]); // prettier-ignore
  });

  it('is no warning again when the clock is set a little back, as after coming back', () => {
    expect(news([[0, 900], [600, 900], [599, 900], [600, 900.4], [601, 900]])).toEqual([
      undefined, 'five', undefined, undefined, undefined,
    ]); // prettier-ignore
  });

  it('is the last one alone of those that passed while one was away', () => {
    expect(
      news([
        [0, 900],
        [850, 900],
      ]),
    ).toEqual([undefined, 'one']);
  });

  it('is nothing where one has just come: coming says it', () => {
    expect(
      news([
        [850, 900],
        [851, 900],
      ]),
    ).toEqual([undefined, undefined]);
    expect(
      news([
        [850, 900],
        [851, 902, 'transport'],
      ]),
    ).toEqual([undefined, undefined]);
  });

  it('is time that was added or taken, after which its warnings come again', () => {
    expect(news([[0, 900], [845, 900], [846, 1000], [950, 1000]])).toEqual([
      undefined, 'one', 'added', 'one',
    ]); // prettier-ignore
    expect(
      news([
        [0, 900],
        [1, 600],
        [2, null],
        [3, 600],
      ]),
    ).toEqual([undefined, 'cut', 'noEnd', 'set']);
  });

  it('is the closing when somebody closes, not a time that was cut', () => {
    expect(
      news([
        [0, 900],
        [100, 130],
      ]),
    ).toEqual([undefined, 'closing']);
    expect(
      news([
        [0, null],
        [100, 130],
      ]),
    ).toEqual([undefined, 'closing']);
  });
});
