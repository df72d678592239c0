import { expect, it } from 'vitest';
import { durationWords } from './duration.ts';

it('[BACK-3] an absence is told in one number', () => {
  const plain = (ms: number) => durationWords('fr-CA', ms).replaceAll(/\s/g, ' ');
  expect(plain(8400)).toBe('8 secondes');
  expect(plain(60_000)).toBe('1 minute');
  expect(plain(290_000)).toBe('5 minutes');
  expect(plain(7_300_000)).toBe('2 heures');
});
