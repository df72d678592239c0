import { expect, it } from 'vitest';
import { linkState } from './link-state.ts';

const link = { linkId: 'a', label: '', token: 't', createdAt: 0, expiresAt: 100, seats: 2, taken: 1 };

it('[GUEST-3] a link is open until it is taken back, has run out, or all have come by it', () => {
  expect(linkState(link, 99)).toBe('open');
  expect(linkState(link, 100)).toBe('expired');
  expect(linkState({ ...link, taken: 2 }, 99)).toBe('usedUp');
  expect(linkState({ ...link, taken: 2, revokedAt: 50 }, 200)).toBe('revoked');
});
