import { describe, expect, test } from 'vitest';
import { isAddress, readLabels, readPeople, readRoomNames } from './pasted.ts';

describe('a pasted list of people', () => {
  test('[BREAK-32] is read one a line, between commas or semicolons, whoever is there twice once', () => {
    expect(readPeople('Louise Côté\r\nMarc ; Ana,  Zoé\n\nlouise  cote\n')).toEqual([
      'Louise Côté',
      'Marc',
      'Ana',
      'Zoé',
    ]);
    expect(readPeople('')).toEqual([]);
    expect(readPeople(' ,;\n\t ')).toEqual([]);
  });

  test('[BREAK-32] as mail programs, address books and numbered lists write it', () => {
    const text =
      '1. Ana <ana@exemple.org>\n- "Côté, Louise" <louise@exemple.org>, <zoe@exemple.org>\n• bea@exemple.org';
    expect(readPeople(text)).toEqual([
      'Ana <ana@exemple.org>',
      'Louise Côté <louise@exemple.org>',
      'zoe@exemple.org',
      'bea@exemple.org',
    ]);
    // What was read is read the same again; without an address it is the same person.
    expect(readPeople(readPeople(text).join('\n'))).toEqual(readPeople(text));
    expect(readPeople('Ana\nAna <ana@exemple.org>\nana')).toEqual(['Ana <ana@exemple.org>']);
    expect(readPeople('Ana <à la maison>\n<>')).toEqual(['Ana', '<>']);
  });

  test('[BREAK-32] a quotation mark that is never closed, control characters and endless lines do not stop it', () => {
    expect(readPeople('Ana "la grande\nBéa\u0000\u2028')).toEqual(['Ana la grande', 'Béa']);
    expect(readPeople('x'.repeat(5000))[0]).toHaveLength(120);
  });

  test('an address is told from a name', () => {
    expect(['ana@exemple.org', ' b@c.ca '].map(isAddress)).toEqual([true, true]);
    expect(['Ana', '@ana', 'ana @ exemple.org'].map(isAddress)).toEqual([false, false, false]);
  });
});

test('[BREAK-32] names of rooms are one a line; a comma is part of one', () => {
  expect(readRoomNames('1) Jardin, serre\n\n  Four à pain ; Verger\r\n')).toEqual([
    'Jardin, serre',
    'Four à pain',
    'Verger',
  ]);
});

test('[BREAK-32] of whom is of which organisation, what cannot be read is given back', () => {
  const { labels, unread } = readLabels(
    'Louise Côté ; Maison des jeunes\nMarc\tCLSC\nAna : Le Phare, Rimouski\nZoé\n',
  );
  expect(labels).toEqual([
    { name: 'Louise Côté', label: 'Maison des jeunes' },
    { name: 'Marc', label: 'CLSC' },
    { name: 'Ana', label: 'Le Phare, Rimouski' },
  ]);
  expect(unread).toEqual(['Zoé']);
});
