import type { Person } from '@relais/domain';
import type { BreakoutRoom, BreakoutRound, ParticipantId, RoomId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { newsOf } from './news.ts';

const id = (name: string) => name as ParticipantId;
const rooms: BreakoutRoom[] = ['A', 'B'].map((name) => ({ roomId: name as RoomId, name }));
const people = (...names: string[]) => names.map((name) => ({ participantId: id(name), name }) as Person);

function round(placements: Record<string, string>, more: Partial<BreakoutRound> = {}) {
  return { roundId: 'one', rooms, endsAt: 100, placements, ...more } as BreakoutRound;
}

const nobody: ReadonlySet<ParticipantId> = new Set();
/** Upon whom Marie works. */
const of = (chosen: ReadonlySet<ParticipantId> = nobody, acted = nobody) => ({
  chosen,
  acted,
  self: id('Marie'),
});

describe('what the board tells', () => {
  const before = { round: round({ Ana: 'A', Béa: 'A' }), people: people('Ana', 'Béa') };

  it('[BREAK-27] who is chosen, or was moved a moment ago, and is moved by somebody else, who is named', () => {
    const movedBy = (by: string) => ({
      round: round({ Ana: 'B', Béa: 'B' }, { movers: { [id('Ana')]: id(by), [id('Béa')]: id(by) } }),
      people: before.people,
    });
    const ana = new Set([id('Ana')]);
    const told = [{ participantId: id('Ana'), place: 'B', by: id('Ève') }];
    expect(newsOf(before, movedBy('Ève'), of()).taken).toEqual([]);
    expect(newsOf(before, movedBy('Ève'), of(ana)).taken).toEqual(told);
    expect(newsOf(before, movedBy('Ève'), of(nobody, ana)).taken).toEqual(told);
    expect(newsOf(before, movedBy('Marie'), of(ana, ana)).taken).toEqual([]);
    const themselves = { round: round({ Ana: 'B', Béa: 'A' }), people: before.people };
    expect(newsOf(before, themselves, of(ana)).taken).toEqual([{ ...told[0], by: id('Ana') }]);
  });

  it('[BREAK-27] who is elsewhere because their room has closed was moved by nobody', () => {
    const closed = rooms.map((room) => ({ ...room, ...(room.name === 'A' && { closed: true as const }) }));
    const after = { round: { ...before.round, rooms: closed }, people: before.people };
    expect(newsOf(before, after, of(new Set([id('Ana')]))).taken).toEqual([]);
  });

  it('[BREAK-26] who is chosen and has left', () => {
    const after = { round: before.round, people: people('Béa') };
    expect(newsOf(before, after, of(new Set([id('Ana')]))).gone).toEqual([
      { participantId: id('Ana'), name: 'Ana' },
    ]);
    expect(newsOf(before, after, of()).gone).toEqual([]);
  });

  it('[BREAK-27] the time of all, of one room, and what closes', () => {
    const to = (more: Partial<BreakoutRound>) =>
      newsOf(before, { round: round({}, more), people: before.people }, of());
    expect(to({ endsAt: 160 })).toMatchObject({ isTimed: true, timed: [], isClosing: false });
    expect(to({ closesAt: 30 })).toMatchObject({ isClosing: true, isTimed: false });
    const [first, second] = rooms as [BreakoutRoom, BreakoutRoom];
    expect(to({ rooms: [{ ...first, endsAt: 9 }, second] }).timed).toMatchObject([{ room: { name: 'A' } }]);
    expect(to({ rooms: [{ ...first, closesAt: 9 }, second] }).closing).toEqual(['A']);
    expect(to({ rooms: [first, { ...second, closed: true }] }).closed).toEqual(['B']);
    const closing = { round: round({}, { closesAt: 30 }), people: before.people };
    expect(newsOf(closing, { ...closing, round: round({}) }, of()).isKept).toBe(true);
  });

  it('[BREAK-27] another round is no news of this one', () => {
    const after = { round: round({}, { roundId: 'two' as never, endsAt: 5 }), people: before.people };
    expect(newsOf(before, after, of())).toMatchObject({ isTimed: false, taken: [] });
  });
});
