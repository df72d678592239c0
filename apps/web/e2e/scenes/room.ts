import type { Page } from 'playwright-core';
import { press, room, USUAL, type At, type Scene, type Size } from './scene.ts';

/** A meeting. */
export function roomScenes(at: At): Scene[] {
  return [
    ...[1, 2, 3, 5, 9, 30].map((n) => ({
      name: `room-${n}`,
      path: room(at, `people=${n}&devices=on&messages=5`),
      madeUp: true,
      ...(n === 1 || n === 9 ? { sizes: [...USUAL, 'side', 'zoom'] as Size[] } : {}),
      // The sixth's network is cut, which is said after a moment, on screens that have a place for them.
      ...(n > 5 && {
        then: (page: Page) =>
          page
            .locator('.network')
            .first()
            .waitFor({ timeout: 3000 })
            .catch(() => undefined),
      }),
    })),
    {
      name: 'screen-still',
      path: room(at, 'people=6&sharing=other&devices=on&mode=light'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: (page: Page) => page.locator('figure img').waitFor(),
    },
    { name: 'room-muted', path: room(at, 'people=3&devices=muted'), sizes: ['phone', 'wide'], madeUp: true },
    {
      name: 'screen',
      path: room(at, 'people=9&sharing=other&devices=on'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
    },
    {
      name: 'screen-two',
      path: room(at, 'people=4&sharing=two&devices=on'),
      sizes: ['phone', 'wide'],
      madeUp: true,
    },
    { name: 'screen-own', path: room(at, 'people=4&sharing=self&devices=on'), sizes: ['wide'], madeUp: true },
    ...(['reconnecting', 'nearlyGone', 'gone', 'interrupted', 'blocked'] as const).map((state) => ({
      name: `room-${state}`,
      path: room(at, `people=4&devices=on&state=${state}`),
      sizes: [...USUAL, 'side'] as Size[],
      madeUp: true,
      // Said after a moment only.
      then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
    })),
    {
      name: 'room-back',
      path: room(at, 'people=6&devices=on&messages=12&state=back'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: (page) => page.locator('.notices [role=region]').waitFor(),
    },
    {
      name: 'more',
      path: room(at, 'people=4&devices=on'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: press(/^(Plus|More)/),
    },
    {
      name: 'settings',
      path: room(at, 'people=4&devices=on'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await press(/^(Plus|More)/)(page);
        await press(/haut-parleur$|speaker$/)(page);
        await page.locator('dialog').waitFor();
      },
    },
    {
      name: 'shortcuts',
      path: room(at, 'people=4&devices=on'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await press(/^(Plus|More)/)(page);
        await press(/clavier$|shortcuts$/)(page);
        await page.locator('dialog').waitFor();
      },
    },
    { name: 'left', path: room(at, 'people=2&state=left'), sizes: ['phone', 'wide'], madeUp: true },
    { name: 'removed', path: room(at, 'people=2&state=removed'), sizes: ['phone', 'wide'], madeUp: true },
    {
      name: 'taken-over',
      path: room(at, 'people=2&state=takenOver'),
      sizes: ['phone', 'wide'],
      madeUp: true,
    },
  ];
}
