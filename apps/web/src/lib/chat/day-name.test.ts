import { describe, expect, it } from 'vitest';
import { nameOfDay } from './day-name.ts';

const words = { today: 'Aujourd’hui', yesterday: 'Hier' };
const name = (at: Date) => nameOfDay(words, 'fr-CA', at.getTime(), new Date(2026, 2, 9, 0, 30).getTime());

describe('nameOfDay', () => {
  it('counts midnights, not hours, across a change of clocks too', () => {
    expect(name(new Date(2026, 2, 9, 0, 5))).toBe('Aujourd’hui');
    expect(name(new Date(2026, 2, 8, 23, 50))).toBe('Hier');
    expect(name(new Date(2026, 2, 8, 0, 10))).toBe('Hier');
    expect(name(new Date(2026, 2, 7, 23, 50))).toBe('samedi 7 mars');
  });

  it('says the year when it is another', () => {
    expect(name(new Date(2025, 11, 31))).toBe('mercredi 31 décembre 2025');
  });
});
