import { expect, test } from 'vitest';
import { aboutSizeIn, lastingIn, sizeIn } from './sizes.ts';

const MB = 1_000_000;
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('sizes are written as data plans are, in either language', () => {
  expect([0, 0.34, 9.94, 34.2, 999.4, 999.6, 1500, 20_000].map((n) => plain(sizeIn('fr-CA', n * MB)))).toEqual([
    '0 Mo', '0,3 Mo', '9,9 Mo', '34 Mo', '999 Mo', '1 Go', '1,5 Go', '20 Go',
  ]); // prettier-ignore
  expect(plain(sizeIn('en-CA', 1500 * MB))).toBe('1.5 GB');
});

test('an estimate has two figures', () => {
  expect([0, 17.3, 178, 1770].map((n) => plain(aboutSizeIn('fr-CA', n * MB)))).toEqual([
    '0,1 Mo', '17 Mo', '180 Mo', '1,8 Go',
  ]); // prettier-ignore
});

test('how long a limit lasts is said in minutes, then in half hours, then in hours', () => {
  const lasting = (hours: number) => plain(lastingIn('fr-CA', hours * 10 * MB, 10 * MB));
  expect([0, 0.1, 1, 2.6, 12.4].map(lasting)).toEqual([
    '1 minute',
    '6 minutes',
    '60 minutes',
    '2,5 heures',
    '12 heures',
  ]);
  expect(plain(lastingIn('en-CA', 100 * MB, 0))).toBe('100 hours');
});
