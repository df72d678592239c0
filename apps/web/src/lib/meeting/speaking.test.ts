import { describe, expect, it } from 'vitest';
import { forget, hear, levels, withOwn, type Heard } from './speaking.ts';

const none: ReadonlyMap<string, Heard> = new Map();

describe('who is heard', () => {
  it('is shown at the level told, then fades, then is forgotten', () => {
    const heard = hear(none, [{ participantId: 'a', level: -10 }], 1000);
    expect(levels(heard, 1000).get('a')).toBe(1);
    expect(levels(heard, 1700).get('a')).toBe(1);
    expect(levels(heard, 2000).get('a')).toBeCloseTo(0.5);
    expect(levels(heard, 2300).size).toBe(0);
    expect(forget(heard, 2300).size).toBe(0);
  });

  it('is kept as the same map while nobody is to be forgotten', () => {
    const heard = hear(none, [{ participantId: 'a', level: -20 }], 1000);
    expect(forget(heard, 1200)).toBe(heard);
  });

  it('lets one speak while another fades', () => {
    const first = hear(none, [{ participantId: 'a', level: -10 }], 0);
    const both = hear(first, [{ participantId: 'b', level: -10 }], 1000);
    const now = levels(both, 1000);
    expect(now.get('b')).toBe(1);
    expect(now.get('a')).toBeCloseTo(0.5);
  });

  it('is told by several media nodes apart: who is silent at one leaves those at another as they are', () => {
    const here = hear(none, [{ participantId: 'a', level: -10 }], 0);
    const there = hear(here, [{ participantId: 'b', level: -10 }], 100);
    const silentThere = hear(there, [], 380);
    expect([...levels(silentThere, 400)]).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    // Told in turns, each goes on for as long as their own node names them.
    const both = hear(hear(silentThere, [{ participantId: 'a', level: -10 }], 660), [], 1000);
    expect(levels(both, 1300).get('a')).toBe(1);
    expect(levels(both, 1300).get('b')).toBeCloseTo(1 / 6);
    expect(levels(both, 1400).has('b')).toBe(false);
  });

  it('shows one’s own voice as it is measured here, and not what the hub said before one muted', () => {
    const heard = new Map([['self', 0.9]]);
    expect(withOwn(heard, 'self', 0.5).get('self')).toBe(0.5);
    expect(withOwn(heard, 'self', 0).has('self')).toBe(false);
    expect(withOwn(heard, undefined, 0.5)).toBe(heard);
  });
});
