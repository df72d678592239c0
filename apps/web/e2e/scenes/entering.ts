import type { Page } from 'playwright-core';
import { USUAL, type At, type Scene } from './scene.ts';

/** Before one enters a meeting. */
export function enteringScenes(at: At): Scene[] {
  return [
    { name: 'preview', path: `/r/${at.code}`, sizes: [...USUAL, 'side', 'zoom'] },
    { name: 'preview-on', path: `/r/${at.code}?devices=on`, madeUp: true },
    { name: 'preview-refused', path: `/r/${at.code}?problem=refused`, madeUp: true },
    {
      name: 'preview-missing',
      path: `/r/${at.code}?problem=missing&of=camera&devices=on`,
      sizes: ['phone', 'wide'],
      madeUp: true,
    },
    {
      name: 'preview-full',
      path: `/r/${at.code}?refusal=meetingFull&devices=on`,
      sizes: ['phone', 'wide'],
      madeUp: true,
    },
    {
      name: 'preview-devices',
      path: `/r/${at.code}?devices=on`,
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: (page) => page.locator('details.devices summary').click(),
    },
    { name: 'preview-light', path: `/r/${at.code}?devices=on&mode=light`, madeUp: true },
    {
      name: 'preview-cap',
      path: `/r/${at.code}?devices=on&cap=100`,
      madeUp: true,
      then: (page: Page) => page.getByText(/^(Limiter les données|Limit data)$/).click(),
    },
    ...(['waiting', 'waitingAlone'] as const).map((state) => ({
      name: `door-${state}`,
      path: `/r/${at.code}?devices=on&state=${state}`,
      sizes: USUAL,
      madeUp: true,
      then: (page: Page) => page.getByRole('heading', { name: /^(Vous attendez|You are waiting)/ }).waitFor(),
    })),
    // Whose link for guests has expired, who has to sign in, and whose account is another.
    ...(['guestLinkInvalid', 'signInNeeded', 'notInvited', 'meetingLocked'] as const).map((refusal) => ({
      name: `door-${refusal}`,
      path: `/r/${at.code}?refusal=${refusal}&devices=on`,
      sizes: ['phone', 'wide'] as const,
      madeUp: true,
      then: (page: Page) => page.getByRole('alert').first().waitFor(),
    })),
    {
      name: 'preview-not-let-in',
      path: `/r/${at.code}?refusal=refusedEntry&devices=on`,
      sizes: ['phone', 'wide'],
      madeUp: true,
    },
    {
      name: 'preview-waiting',
      path: `/r/${at.code}?devices=on&state=storeAway`,
      madeUp: true,
    },
  ];
}
