import type { Page } from 'playwright-core';
import { press, room, USUAL, type At, type Scene } from './scene.ts';

/** The list of people, the door, and others’ microphones. */
export function peopleScenes(at: At): Scene[] {
  return [
    {
      name: 'people',
      path: room(at, 'people=12&devices=on'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: press(/^(Personnes|People)/),
    },
    ...(['closed', 'invited'] as const).map((floor) => ({
      name: `floor-${floor}`,
      path: room(at, `people=6&devices=muted&floor=${floor}`),
      sizes: ['phone', 'wide'] as const,
      madeUp: true,
      then: async (page: Page) => {
        await page
          .getByText(/^(Votre micro|.*(muted your|vous invite|invites you))/)
          .first()
          .waitFor();
      },
    })),
    {
      name: 'people-door',
      path: room(at, 'people=6&devices=on&facilitator&locked&removed=2'),
      sizes: [...USUAL],
      madeUp: true,
      then: async (page) => {
        await press(/^(Personnes|People)/)(page);
        await page.getByRole('switch').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'people-waiting',
      path: room(at, 'people=6&devices=on&facilitator&waiting=3'),
      sizes: [...USUAL],
      madeUp: true,
      then: async (page) => {
        await press(/^(Personnes|People)/)(page);
        await page.getByRole('heading', { name: /^(Attendent|Waiting)/ }).waitFor();
      },
    },
    {
      name: 'refuse',
      path: room(at, 'people=6&devices=on&facilitator&waiting=1'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await press(/^(Personnes|People)/)(page);
        await press(/^(Refuser|Turn away)/)(page);
        await page.locator('dialog').waitFor();
      },
    },
    {
      name: 'people-menu',
      path: room(at, 'people=6&devices=on&facilitator'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await press(/^(Personnes|People)/)(page);
        await press(/^(Actions pour|Actions for)/)(page);
      },
    },
    {
      name: 'remove',
      path: room(at, 'people=6&devices=on&facilitator'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await press(/^(Personnes|People)/)(page);
        await press(/^(Actions pour|Actions for)/)(page);
        await press(/^(Retirer|Remove)/)(page);
        await page.locator('dialog').waitFor();
      },
    },
  ];
}
