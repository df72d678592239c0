import type { Page } from 'playwright-core';
import { SESSION_COOKIE, SESSIONS } from '../fixtures/accounts.ts';
import { press, USUAL, type At, type Scene } from './scene.ts';

/** Communities: what there is, who is in, and what who coordinates does. */
export function communityScenes({ url }: At): Scene[] {
  const signedIn = (page: Page) =>
    page.context().addCookies([{ name: SESSION_COOKIE, value: SESSIONS.known, url }]);
  const scene = (name: string, path: string, then?: (page: Page) => Promise<unknown>): Scene => ({
    name: `community-${name}`,
    path: `/communautes${path}`,
    madeUp: true,
    before: signedIn,
    ...(then && { then }),
  });
  const token = `jeton=${'x'.repeat(48)}`;
  const waitFor = (what: string) => (page: Page) => page.locator(what).first().waitFor();
  return [
    scene('list', ''),
    scene('make', '/nouvelle', async (page) => {
      await page.locator('input[name=community]').fill('Loisir en région');
      await page.locator('main button.main').click();
      await page.locator('[aria-invalid]').waitFor();
    }),
    scene('member', '/loisir'),
    scene('leave', '/loisir', async (page) => {
      await press(/^(Quitter|Leave)/)(page);
      await page.locator('dialog button.danger').click();
      await page.locator('dialog [role=alert]').waitFor();
    }),
    scene('ask', '/aines'),
    scene('invited', '/logement'),
    { ...scene('directory', '/loisir/membres'), sizes: [...USUAL, 'zoom'] },
    { ...scene('settings', '/loisir/reglages'), sizes: [...USUAL, 'zoom'] },
    scene('import', '/loisir/importer', async (page) => {
      const file = { name: 'membres.csv', mimeType: 'text/csv', buffer: Buffer.from('courriel') };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.locator('table').waitFor();
    }),
    scene('invitation', `/invitation?${token}`, async (page) => {
      await page.locator('main button.main').click();
      await page.locator('[role=alert]').waitFor();
    }),
    { ...scene('invitation-new', `/invitation?${token}`, waitFor('h1')), before: async () => undefined },
  ];
}
