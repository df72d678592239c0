import { expect, it } from 'vitest';
import { hoursInOnePiece, momentOf } from './moment.ts';

it('an hour is written as each language does, and never broken over two lines', () => {
  expect(hoursInOnePiece('fr-CA', '4 mars 2026 à 07 h 28')).toBe('4 mars 2026 à 7\u00a0h\u00a028');
  expect(hoursInOnePiece('fr-CA', '4 mars 2026, 19 h 00')).toBe('4 mars 2026, 19\u00a0h');
  expect(hoursInOnePiece('en-CA', 'March 4, 2026 at 7:28 a.m.')).toBe('March 4, 2026 at 7:28\u00a0a.m.');
});

it('a moment is a day and an hour of the clock of whoever reads it', () => {
  const at = new Date(2026, 2, 4, 7, 5).getTime();
  expect(momentOf('fr-CA', at)).toBe('4 mars 2026 à 7\u00a0h\u00a005');
  expect(momentOf('en-CA', at, 'medium')).toBe('Mar 4, 2026, 7:05\u00a0a.m.');
});
