import { expect, it } from 'vitest';
import { pauseBefore } from './pause-before.ts';
import { chosenLang } from './way-back.ts';

it('[SHELL-4] tries come rarer and rarer, half a minute apart at most, and not all at the same moment', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 60].map((tries) => pauseBefore(tries, 0.5));
  expect(pauses).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(pauseBefore(1, 0)).toBeLessThan(pauseBefore(1, 1));
});

it('[SHELL-4] the page without a network speaks the language that was chosen last', () => {
  expect(chosenLang('a=1; lang=en; b=2')).toBe('en');
  expect(chosenLang('lang=fr')).toBe('fr');
  expect(chosenLang('xlang=en')).toBeUndefined();
});
