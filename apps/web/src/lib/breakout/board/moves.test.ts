import type { ParticipantId, Place, RoomId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { movesOf, stepsTo, swapOf, undoingOf } from './moves.ts';

const id = (name: string) => name as ParticipantId;
const room = (name: string) => name as RoomId;
const [ana, bea, cleo] = [id('Ana'), id('Béa'), id('Cléo')];
const [a, b, plenary] = [room('A'), room('B'), 'plenary' as const];

const places =
  (known: Record<string, Place>) =>
  (participantId: ParticipantId): Place =>
    known[participantId] ?? plenary;

describe('moves from the board', () => {
  it('[BREAK-26] who is there already is not moved, and the plenary is no room', () => {
    const where = places({ Ana: a, Béa: b });
    const steps = stepsTo([ana, bea, cleo], b, where);
    expect(steps).toEqual([
      { participantId: ana, from: a, to: b },
      { participantId: cleo, from: plenary, to: b },
    ]);
    expect(movesOf(stepsTo([ana], plenary, where))).toEqual([{ participantId: ana, roomId: null }]);
  });

  it('[BREAK-26] two who are in two places are swapped, in one request', () => {
    const where = places({ Ana: a, Béa: b, Cléo: a });
    expect(movesOf(swapOf([ana, bea], where) ?? [])).toEqual([
      { participantId: ana, roomId: b },
      { participantId: bea, roomId: a },
    ]);
    expect(swapOf([ana, cleo], where)).toBeUndefined();
    expect(swapOf([ana], where)).toBeUndefined();
    expect(swapOf([ana, bea, cleo], where)).toBeUndefined();
  });

  it('[BREAK-26] undoing brings back who is still where they were moved to, and leaves what others did since', () => {
    const steps = stepsTo([ana, bea, cleo], b, places({ Ana: a, Béa: a, Cléo: a }));
    const now: Record<string, Place | undefined> = { Ana: b, Béa: plenary, Cléo: undefined };
    const where = (participantId: ParticipantId) => now[participantId];
    expect(undoingOf(steps, where, () => true)).toEqual({
      back: [{ participantId: ana, from: b, to: a }],
      left: [bea, cleo],
    });
  });

  it('[BREAK-26] nobody is brought back to a room that was closed', () => {
    const steps = stepsTo([ana], b, places({ Ana: a }));
    expect(undoingOf(steps, places({ Ana: b }), (place) => place !== a)).toEqual({ back: [], left: [ana] });
  });
});
