import type { Page } from 'playwright-core';
import { press, room, USUAL, type At, type Scene, type Size } from './scene.ts';

/** A line that is slow, cut, or counted. */
export function lineScenes(at: At): Scene[] {
  return [
    {
      name: 'budget-said',
      path: room(at, 'people=6&devices=on&cap=100&budget=spread'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
    },
    ...['cap=0', 'cap=100&budget=near'].map((query) => ({
      name: `budget-panel-${query.slice(4, 5)}`,
      path: room(at, `people=6&devices=on&${query}`),
      madeUp: true,
      then: async (page: Page) => {
        await page.getByRole('button', { name: /^(Plus|More)$/ }).click();
        await page.getByRole('button', { name: /^(Ma connexion|My connection)$/ }).click();
        await page.getByRole('heading', { name: /^(Données utilisées|Data used)$/ }).scrollIntoViewIfNeeded();
      },
    })),
    {
      name: 'room-light',
      path: room(at, 'people=6&devices=on&mode=light'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
    },
    {
      name: 'help-offered',
      path: room(at, 'people=6&devices=on&help=lightMode'),
      madeUp: true,
      then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
    },
    {
      name: 'help-to-give',
      path: room(at, 'people=9&devices=on&help=mine'),
      madeUp: true,
      then: async (page: Page) => {
        await page
          .getByRole('button', { name: /^(Personnes|People)/ })
          .first()
          .click();
        await page
          .getByRole('group', { name: /^(Aider|Help)/ })
          .first()
          .waitFor();
      },
    },
    {
      name: 'room-cut',
      path: room(at, 'people=4&devices=on&cut=1&messages=5'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: (page: Page) => page.locator('.network').first().waitFor(),
    },
    ...[1, 3, 5, 6].map((line) => ({
      name: `line-${line}`,
      path: room(at, `people=6&devices=on&line=${line}&sharing=${line > 4 ? 'other' : 'nobody'}`),
      sizes: [...USUAL, 'side'] as Size[],
      madeUp: true,
      then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
    })),
    {
      name: 'line-panel',
      path: room(at, 'people=6&devices=on&line=4'),
      sizes: [...USUAL, 'side', 'zoom'],
      madeUp: true,
      then: press(/^Connexion|^Slow|connection$/),
    },
  ];
}
