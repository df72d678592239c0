import type { Person } from '@relais/domain';
import type { BreakoutRoom, BreakoutRound, ParticipantId, Place, RoomId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { newsOf } from './news.ts';

const id = (name: string) => name as ParticipantId;
const rooms: BreakoutRoom[] = ['A', 'B'].map((name) => ({ roomId: name as RoomId, name }));
const people = (...names: string[]) => names.map((name) => ({ participantId: id(name), name }) as Person);

function round(placements: Record<string, string>, more: Partial<BreakoutRound> = {}) {
  return { roundId: 'one', rooms, endsAt: 100, placements, ...more } as BreakoutRound;
}

const nobody = new Set<ParticipantId>();
const nothing = new Map<ParticipantId, Place>();

describe('what the board tells', () => {
  const before = { round: round({ Ana: 'A', Béa: 'A' }), people: people('Ana', 'Béa') };

  it('[BREAK-27] who is chosen and is moved by somebody else, not who moves otherwise', () => {
    const after = { round: round({ Ana: 'B', Béa: 'B' }), people: before.people };
    expect(newsOf(before, after, nobody, nothing).taken).toEqual([]);
    expect(newsOf(before, after, new Set([id('Ana')]), nothing).taken).toEqual([
      { participantId: id('Ana'), place: 'B' },
    ]);
    const own = new Map([[id('Ana'), 'B' as Place]]);
    expect(newsOf(before, after, new Set([id('Ana')]), own).taken).toEqual([]);
    expect(newsOf(before, after, nobody, nothing).arrived).toHaveLength(2);
  });

  it('[BREAK-26] who is chosen and has left', () => {
    const after = { round: before.round, people: people('Béa') };
    expect(newsOf(before, after, new Set([id('Ana')]), nothing).gone).toEqual([
      { participantId: id('Ana'), name: 'Ana' },
    ]);
    expect(newsOf(before, after, nobody, nothing).gone).toEqual([]);
  });

  it('[BREAK-27] the time of all, of one room, and what closes', () => {
    const to = (more: Partial<BreakoutRound>) =>
      newsOf(before, { round: round({}, more), people: before.people }, nobody, nothing);
    expect(to({ endsAt: 160 })).toMatchObject({ isTimed: true, timed: [], isClosing: false });
    expect(to({ closesAt: 30 })).toMatchObject({ isClosing: true, isTimed: false });
    const [first, second] = rooms as [BreakoutRoom, BreakoutRoom];
    expect(to({ rooms: [{ ...first, endsAt: 9 }, second] }).timed).toMatchObject([{ room: { name: 'A' } }]);
    expect(to({ rooms: [{ ...first, closesAt: 9 }, second] }).closing).toEqual(['A']);
    expect(to({ rooms: [first, { ...second, closed: true }] }).closed).toEqual(['B']);
    const closing = { round: round({}, { closesAt: 30 }), people: before.people };
    expect(newsOf(closing, { ...closing, round: round({}) }, nobody, nothing).isKept).toBe(true);
  });

  it('[BREAK-27] another round is no news of this one', () => {
    const after = { round: round({}, { roundId: 'two' as never, endsAt: 5 }), people: before.people };
    expect(newsOf(before, after, nobody, nothing)).toMatchObject({ isTimed: false, arrived: [] });
  });
});
