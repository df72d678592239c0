import type { Breakout, BreakoutAsk, BreakoutRound, ParticipantId, RoomId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { leftOf, minutesSince } from './clock-words.ts';
import { keyOf, newAsks, queueOf } from './queue.ts';

const by = (name: string) => ({ participantId: name as ParticipantId, name, at: 1 });
const ask = (version: number, roomId: string, at: number, more: Partial<BreakoutAsk> = {}): BreakoutAsk => {
  return { version, kind: 'help', roomId: roomId as RoomId, ...by('x'), at, ...more };
};
const breakout = (asks: BreakoutAsk[]): Breakout => {
  return { number: 1, plans: [], labels: {}, asks, past: [], last: [], talk: {}, stays: {} };
};
const round = { rooms: ['a', 'b'].map((name) => ({ roomId: name, name: name.toUpperCase() })) } as unknown;

describe('the queue of requests', () => {
  it('[BREAK-28] who waits longest comes first, and what somebody has taken comes after', () => {
    const asks = [
      ask(1, 'a', 10, { taken: by('Ana') }),
      ask(2, 'b', 30, { kind: 'time' }),
      ask(3, 'b', 20),
      ask(4, 'a', 5, { kind: 'time', taken: by('Béa') }),
    ];
    const queue = queueOf(breakout(asks), round as BreakoutRound, 'Ana' as ParticipantId);
    expect(queue.map((one) => one.ask.version)).toEqual([3, 2, 4, 1]);
    expect(queue.map(({ room }) => room)).toEqual(['B', 'B', 'A', 'A']);
    expect(queue.map(({ isMine }) => isMine)).toEqual([false, false, false, true]);
  });

  it('[BREAK-28] a request is news once: not when it is known, nor when somebody has taken it', () => {
    const first = ask(1, 'a', 1);
    const again = ask(9, 'a', 9);
    expect(newAsks([first, ask(2, 'b', 1, { taken: by('Ana') })], new Set())).toEqual([first]);
    expect(newAsks([first, again], new Set([keyOf(first)]))).toEqual([again]);
  });

  it('says what is left in whole seconds, and how long ago in whole minutes', () => {
    expect([61_000, 9_500, 0, -5, 3_600_000].map(leftOf)).toEqual([
      '1:01',
      '0:10',
      '0:00',
      '0:00',
      '1:00:00',
    ]);
    expect([0, 59_999, 60_000, 200_000].map((now) => minutesSince(0, now))).toEqual([0, 0, 1, 3]);
    expect(minutesSince(5000, 0)).toBe(0);
  });
});
