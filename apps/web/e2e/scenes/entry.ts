import type { Page } from 'playwright-core';
import { ENTRY_KEY } from '../fixtures/entry.ts';
import { USUAL, type At, type Scene } from './scene.ts';

/** Who may enter a meeting, for who runs it; and who may not. */
export function entryScenes(at: At): Scene[] {
  const path = `/r/${at.code}/entree`;
  const list = (page: Page) => page.locator('#guest-links').waitFor();
  return [
    {
      name: 'entry',
      path: `${path}#animation=${ENTRY_KEY}`,
      sizes: [...USUAL, 'zoom'],
      madeUp: true,
      then: list,
    },
    {
      name: 'entry-revoking',
      path: `${path}#animation=${ENTRY_KEY}`,
      madeUp: true,
      then: async (page) => {
        await list(page);
        await page.locator('textarea').fill('louise@exemple');
        await page.locator('main form button.main').first().click();
        await page.locator('[role=alert]').waitFor();
        await page.locator('.ask button').first().click();
        await page.locator('.ask .danger').waitFor();
      },
    },
    { name: 'entry-no-key', path, sizes: ['phone', 'wide'], madeUp: true },
  ];
}
