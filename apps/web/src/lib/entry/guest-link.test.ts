import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { facilitatorKeyFor, takeKeyFromAddress } from '#lib/meeting/facilitator-key.ts';
import { facilitatorLink } from '#lib/meeting/facilitator-link.ts';
import { guestTokenFor } from '#lib/meeting/guest-token.ts';
import { forgetGuestToken, guestLinkTo } from './guest-link.ts';

const at = { hash: '', pathname: '/r/abc', search: '' };

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
}

beforeEach(() => {
  at.hash = '';
  vi.stubGlobal('location', at);
  vi.stubGlobal('history', { state: null, replaceState: () => (at.hash = '') });
  vi.stubGlobal('sessionStorage', storage());
  vi.stubGlobal('localStorage', storage());
});
afterEach(() => vi.unstubAllGlobals());

function open(link: string): void {
  at.hash = new URL(link).hash;
  takeKeyFromAddress('abc');
}
const guest = (token: string) => guestLinkTo('http://x.test/r/abc', token);

it('[GUEST-1] what a link holds is taken out of the address, and stays this tab’s for this meeting', () => {
  open(guest('one_two-3.four'));
  expect(at.hash).toBe('');
  expect(guestTokenFor('abc')).toBe('one_two-3.four');
  expect(guestTokenFor('another')).toBeUndefined();
  expect(facilitatorKeyFor('abc')).toBeUndefined();
  open(guest('two'));
  expect(guestTokenFor('abc')).toBe('two');
});

it('[ROLE-1] so is the key of who runs the meeting, which all tabs have', () => {
  open(facilitatorLink('http://x.test/r/abc', 'key'));
  expect(at.hash).toBe('');
  expect(facilitatorKeyFor('abc')).toBe('key');
  expect(guestTokenFor('abc')).toBeUndefined();
});

it('[GUEST-1] a browser that keeps nothing leaves it in the address', () => {
  vi.stubGlobal('sessionStorage', undefined);
  open(guest('one'));
  expect(at.hash).toBe('#invitation=one');
  expect(guestTokenFor('abc')).toBeUndefined();
});

it('[GUEST-1] what cannot be one is no token', () => {
  for (const hash of [
    '#invitation=',
    '#invitation=a b',
    '#invitation=<b>',
    `#invitation=${'x'.repeat(129)}`,
  ]) {
    at.hash = hash;
    takeKeyFromAddress('abc');
    expect(guestTokenFor('abc')).toBeUndefined();
    expect(at.hash).toBe(hash);
  }
});

it('[GUEST-3] one that lets nobody in is forgotten', () => {
  open(guest('one'));
  forgetGuestToken('abc');
  expect(guestTokenFor('abc')).toBeUndefined();
});
