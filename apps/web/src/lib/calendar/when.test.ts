import { expect, test } from 'vitest';
import { fieldsOf, isSameTime, whenIn, zoneLabel } from './when.ts';

const AT = Date.parse('2026-03-05T00:00:00Z');

test('[CAL-2] an instant is said by the clock of its zone, and told apart from another zone’s', () => {
  expect(whenIn('fr-CA', AT, 'America/Toronto')).toMatch(/4 mars 2026.*19\u00a0h.*heure de l’Est/);
  expect(isSameTime(AT, 'America/Toronto', 'America/Montreal')).toBe(true);
  expect(isSameTime(AT, 'America/Toronto', 'Europe/Paris')).toBe(false);
});

test('the hour is written as in Québec and does not break', () => {
  expect(whenIn('fr-CA', AT, 'America/Toronto')).toContain('à 19\u00a0h (');
  expect(whenIn('fr-CA', AT + 14.5 * 3_600_000, 'America/Toronto')).toContain('à 9\u00a0h\u00a030 (');
  expect(whenIn('en-CA', AT, 'America/Toronto')).toContain('7:00');
});

test('a zone is chosen by a name that people know', () => {
  expect(zoneLabel('fr-CA', 'America/Toronto')).toBe('heure de l’Est (Toronto)');
  expect(zoneLabel('fr-CA', 'America/St_Johns')).toBe('heure de Terre-Neuve (St Johns)');
});

test('a form shows the day and the time of the zone', () => {
  expect(fieldsOf(AT, 'America/Toronto')).toEqual({ date: '2026-03-04', time: '19:00' });
  expect(fieldsOf(AT, 'UTC')).toEqual({ date: '2026-03-05', time: '00:00' });
});
