import { expect, test } from 'vitest';
import { fieldsOf, isSameTime, whenIn } from './when.ts';

const AT = Date.parse('2026-03-05T00:00:00Z');

test('[CAL-2] an instant is said by the clock of its zone, and told apart from another zone’s', () => {
  expect(whenIn('fr-CA', AT, 'America/Toronto')).toMatch(/4 mars 2026.*19 h.*heure de l’Est/);
  expect(isSameTime(AT, 'America/Toronto', 'America/Montreal')).toBe(true);
  expect(isSameTime(AT, 'America/Toronto', 'Europe/Paris')).toBe(false);
});

test('a form shows the day and the time of the zone', () => {
  expect(fieldsOf(AT, 'America/Toronto')).toEqual({ date: '2026-03-04', time: '19:00' });
  expect(fieldsOf(AT, 'UTC')).toEqual({ date: '2026-03-05', time: '00:00' });
});
