import { describe, expect, it } from 'vitest';
import { clockTime, dayName } from './format.ts';
import { readLang } from './lang.ts';

describe('readLang', () => {
  it('is French unless English was chosen', () => {
    expect([undefined, null, '', 'de', 'en-US'].map(readLang)).toEqual(Array(5).fill('fr'));
    expect(readLang('en')).toBe('en');
  });
});

describe('times', () => {
  const at = new Date(2027, 2, 12, 14, 5).getTime();

  it('are written as each language writes them', () => {
    expect(clockTime('fr-CA', at)).toBe('14\u00a0h\u00a005');
    expect(clockTime('en-CA', at)).toMatch(/^2:05\sp\.m\.$/);
    expect(dayName('fr-CA', at, at)).toBe('vendredi 12 mars');
  });
});
