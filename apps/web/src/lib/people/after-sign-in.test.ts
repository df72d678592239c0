import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdPlace, isMeeting, placeAfterSignIn } from './after-sign-in.ts';

const kept = new Map<string, string>();
afterEach(() => vi.unstubAllGlobals());
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

it('leads on to where somebody was on their way, once', () => {
  holdPlace('/communautes/invitation?jeton=abc', 1000);
  expect(placeAfterSignIn(2000)).toBe('/communautes/invitation?jeton=abc');
  expect(placeAfterSignIn(2000)).toBe('/moi');
});

it('leads to one’s own account where there was nothing, or it was long ago', () => {
  expect(placeAfterSignIn()).toBe('/moi');
  holdPlace('/communautes', 1000);
  expect(placeAfterSignIn(1000 + 21 * 60_000)).toBe('/moi');
  holdPlace('/communautes', 1000);
  holdPlace(null, 1500);
  expect(placeAfterSignIn(2000)).toBe('/moi');
});

it('leads to no other site', () => {
  for (const place of [
    '//ailleurs.example',
    '/\\ailleurs.example',
    'https://ailleurs.example',
    '/\t/x',
    'a',
  ]) {
    holdPlace(place, 1000);
    expect(placeAfterSignIn(1000)).toBe('/moi');
  }
});

it('[ENTRY-4] knows the page of a meeting, which has no router, from those beside it', () => {
  for (const place of ['/r/abc-defg-hjk', '/r/abc-defg-hjk#cle=x', '/r/abc-defg-hjk?invitation=a/b'])
    expect(isMeeting(place)).toBe(true);
  for (const place of ['/moi', '/r/abc-defg-hjk/entree', '/r/abc-defg-hjk/entree?a=b', '/communautes/r/x'])
    expect(isMeeting(place)).toBe(false);
});
