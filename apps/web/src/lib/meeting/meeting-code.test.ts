import { describe, expect, it } from 'vitest';
import { readCode } from './meeting-code.ts';

describe('readCode', () => {
  it.each([
    ['abc-defg-hjk'],
    ['  ABC-DEFG-HJK '],
    ['abcdefghjk'],
    ['abc defg hjk'],
    ['abc–defg—hjk'],
    ['https://relais.example/r/abc-defg-hjk'],
    ['https://relais.example/r/ABC-defg-hjk?lang=en#x'],
    ['Voici le lien : http://localhost:8080/r/abc-defg-hjk/'],
  ])('finds the code in « %s »', (text) => {
    expect(readCode(text)).toBe('abc-defg-hjk');
  });

  it.each([
    [''],
    ['abc'],
    ['abc-defg-hj1'],
    ['https://relais.example/'],
    ['abc-defg-hjkl'],
    ['réu-nion-abc'],
  ])('finds none in « %s »', (text) => {
    expect(readCode(text)).toBeUndefined();
  });
});
