import type { Page } from 'playwright-core';
import { press, openBoard, room, type At, type Scene } from './scene.ts';

/** The board of who runs the rooms. */
export function boardScenes(at: At): Scene[] {
  return [
    ...[3, 12, 50].flatMap((rooms) =>
      [false, true].map((broad) => ({
        name: `board-${rooms}${broad ? '-broad' : ''}`,
        path: room(
          at,
          `people=${{ 3: 12, 12: 60, 50: 250 }[rooms]}&devices=on&facilitator&rooms=${rooms}&asks=${rooms > 3 ? 3 : 1}&help=mine`,
        ),
        madeUp: true,
        then: async (page: Page) => {
          await openBoard(page);
          const larger = page.getByRole('button', { name: /^(Agrandir|Enlarge)$/ });
          // On a phone it begins large.
          if (broad && (await larger.isVisible())) await larger.click();
        },
      })),
    ),
    {
      name: 'board-chosen',
      path: room(at, 'people=12&devices=on&facilitator&rooms=3'),
      madeUp: true,
      then: async (page: Page) => {
        await openBoard(page);
        const boxes = page.getByRole('checkbox');
        await boxes.nth(2).check();
        await boxes.nth(7).check();
      },
    },
    {
      name: 'board-move',
      path: room(at, 'people=60&devices=on&facilitator&rooms=12'),
      madeUp: true,
      then: async (page: Page) => {
        await openBoard(page);
        await page.getByRole('checkbox').nth(3).focus();
        await page.keyboard.press('m');
        await page.locator('dialog').waitFor();
      },
    },
    {
      name: 'board-person',
      path: room(at, 'people=12&devices=on&facilitator&rooms=3'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page: Page) => {
        await openBoard(page);
        await page
          .getByRole('button', { name: /^Marc.*actions$/ })
          .first()
          .click();
      },
    },
    {
      name: 'board-announce',
      path: room(at, 'people=12&devices=on&facilitator&rooms=3'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page: Page) => {
        await openBoard(page);
        await press(/^(Écrire aux salles|Write to rooms)$/)(page);
        await page.getByRole('radio').nth(1).check();
      },
    },
    {
      name: 'board-closing',
      path: room(at, 'people=12&devices=on&facilitator&rooms=3'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page: Page) => {
        await openBoard(page);
        await press(/^(Tout fermer|Close all)$/)(page);
        await page.getByRole('button', { name: /^(Garder ouvertes|Keep open)/ }).waitFor();
      },
    },
  ];
}
