import { describe, expect, it } from 'vitest';
import type { Standing } from '../meeting/view-model.ts';
import { nextStanding, type StandingFact } from './connection-state.ts';

const after = (start: Standing, ...facts: StandingFact[]): Standing => facts.reduce(nextStanding, start);
const outside: Standing = { kind: 'outside' };
const full: StandingFact = { type: 'joinRefused', refusal: { kind: 'meetingFull' } };

describe('standing towards a meeting', () => {
  it('goes from outside by joining to joined', () => {
    expect(after(outside, { type: 'joinAsked' })).toEqual({ kind: 'joining' });
    expect(after(outside, { type: 'joinAsked' }, { type: 'joinAccepted' })).toEqual({ kind: 'joined' });
  });

  it('is reconnecting from when the socket fell until the seat is taken again', () => {
    const fallen = after({ kind: 'joined' }, { type: 'socketLost', at: 5 });
    expect(fallen).toEqual({ kind: 'reconnecting', since: 5 });
    expect(after(fallen, { type: 'joinAsked' })).toBe(fallen);
    expect(after(fallen, { type: 'socketLost', at: 9 })).toBe(fallen);
    expect(after(fallen, { type: 'joinAccepted' })).toEqual({ kind: 'joined' });
  });

  it('says that the log is away, whether one comes or comes back, until one is in', () => {
    const waiting = after(outside, { type: 'joinAsked' }, { type: 'joinDelayed' });
    expect(waiting).toEqual({ kind: 'joining', storeAway: true });
    expect(after(waiting, { type: 'joinDelayed' })).toBe(waiting);
    expect(after(waiting, { type: 'joinAccepted' })).toEqual({ kind: 'joined' });
    const back = after({ kind: 'joined' }, { type: 'socketLost', at: 5 }, { type: 'joinDelayed' });
    expect(back).toEqual({ kind: 'reconnecting', since: 5, storeAway: true });
    expect(after({ kind: 'left' }, { type: 'joinDelayed' })).toEqual({ kind: 'left' });
  });

  it('keeps the refusal for the person to read, and lets them try again', () => {
    const refused = after(outside, { type: 'joinAsked' }, full);
    expect(refused).toEqual({ kind: 'refused', refusal: { kind: 'meetingFull' } });
    expect(after(refused, { type: 'joinAsked' })).toEqual({ kind: 'joining' });
  });

  it('is not brought back by an answer that comes after leaving', () => {
    expect(after({ kind: 'joined' }, { type: 'left' }, { type: 'joinAccepted' })).toEqual({ kind: 'left' });
    expect(after({ kind: 'left' }, full, { type: 'socketLost', at: 1 })).toEqual({ kind: 'left' });
  });

  it('[JOIN-6] is taken over only by whom held a seat', () => {
    expect(after({ kind: 'joined' }, { type: 'seatTaken' })).toEqual({ kind: 'takenOver' });
    expect(after(outside, { type: 'seatTaken' })).toBe(outside);
  });

  it('[DOOR-3] is removed from inside, and when that is learned on coming back', () => {
    expect(after({ kind: 'joined' }, { type: 'removed' })).toEqual({ kind: 'removed' });
    const told: StandingFact = { type: 'joinRefused', refusal: { kind: 'removed' } };
    expect(after({ kind: 'reconnecting', since: 5 }, told)).toEqual({ kind: 'removed' });
    // Before the door the refusal says it, beside the name that was written.
    expect(after({ kind: 'joining' }, told)).toEqual({ kind: 'refused', refusal: { kind: 'removed' } });
    expect(after(outside, { type: 'removed' })).toBe(outside);
  });

  it('does not fall before it stood', () => {
    expect(after(outside, { type: 'socketLost', at: 1 })).toBe(outside);
    expect(after({ kind: 'joining' }, { type: 'socketLost', at: 1 })).toEqual({ kind: 'joining' });
  });
});
