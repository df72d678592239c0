import type { Page } from 'playwright-core';
import { ENTRY_KEY } from '../fixtures/entry.ts';
import { press, room, USUAL, type At, type Scene } from './scene.ts';

/** Sub-groups that are prepared by who runs the meeting. */
export function prepareScenes(at: At): Scene[] {
  const enter = async (page: Page) => {
    await press(/^(Plus|More)/)(page);
    await press(/^(Salles|Sous-groupes|Rooms|Sub-groups)/)(page);
    await page.locator('.prepare h3').first().waitFor();
  };
  const detail = async (page: Page) => {
    await enter(page);
    await press(/^(Préparer en détail|Prepare in detail)$/)(page);
    await page.locator('[data-room]').first().waitFor();
  };
  const path = room(at, 'people=11&devices=on&facilitator');
  const plans = `/r/${at.code}/sous-groupes#animation=${ENTRY_KEY}`;
  return [
    {
      name: 'plans',
      path: plans,
      sizes: [...USUAL, 'zoom'],
      madeUp: true,
      then: (page) => page.locator('details summary').first().click(),
    },
    {
      name: 'plans-new',
      path: plans,
      madeUp: true,
      then: async (page) => {
        await press(/^(Nouvelle préparation|New plan)$/)(page);
        await page.locator('[data-room]').first().waitFor();
      },
    },
    { name: 'plans-no-key', path: `/r/${at.code}/sous-groupes`, sizes: ['phone', 'wide'] },
    { name: 'prepare', path, sizes: [...USUAL, 'side', 'zoom'], madeUp: true, then: enter },
    { name: 'prepare-detail', path, madeUp: true, then: detail },
    {
      name: 'prepare-mixing',
      path,
      madeUp: true,
      then: async (page) => {
        await detail(page);
        await page.locator('input[value=mixing]').check();
        await page.locator('datalist').waitFor({ state: 'attached' });
        await page.locator('input[value=mixing]').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'prepare-preview',
      path,
      madeUp: true,
      then: async (page) => {
        await detail(page);
        await page.locator('input[value=byHand]').check();
        await page.locator('[data-room]').first().fill('Logement');
        await page
          .locator('summary', { hasText: /^(Consigne|Instructions)/ })
          .first()
          .click();
        await page.locator('textarea').nth(1).fill('Personne Inconnue\nlouise@exemple.org');
        await press(/^(Voir la répartition|See who goes where)$/)(page);
        await page.locator('.rooms h4').first().waitFor();
      },
    },
  ];
}
