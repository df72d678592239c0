import type { Page } from 'playwright-core';
import { SESSION_COOKIE, SESSIONS } from '../fixtures/accounts.ts';
import { press, USUAL, type At, type Scene } from './scene.ts';

/** Personal information: what is kept, one’s own, and the register. */
export function privacyScenes({ url }: At): Scene[] {
  const before = (page: Page) =>
    page.context().addCookies([{ name: SESSION_COOKIE, value: SESSIONS.known, url }]);
  const own = { path: '/moi', madeUp: true, before };
  const register = (name: string, query: string): Scene => ({
    ...{ name: `register-${name}`, path: `/registre${query}`, sizes: [...USUAL, 'zoom'] },
    ...{ madeUp: true, before },
  });
  return [
    { name: 'privacy', path: '/confidentialite', sizes: [...USUAL, 'zoom'], madeUp: true, before },
    { name: 'privacy-stranger', path: '/confidentialite', madeUp: true },
    { name: 'privacy-erased', path: '/confidentialite?efface', sizes: ['phone', 'wide'], madeUp: true },
    {
      ...{ ...own, name: 'privacy-download' },
      then: async (page) => {
        await press(/JSON$/)(page);
        await page.locator('[role=alert]').waitFor();
      },
    },
    {
      ...{ ...own, name: 'privacy-erase', sizes: [...USUAL, 'zoom'] },
      then: async (page) => {
        await press(/^(Faire effacer|Have my account erased)/)(page);
        await page.locator('dialog button.danger').click();
        await page.locator('dialog [aria-invalid]').waitFor();
      },
    },
    register('own', ''),
    register('site', '?vue=site'),
    register('attendance', '?vue=presences'),
    register('community', '?communaute=loisir'),
    register('none', '?vue=site&acte=memberRemoved'),
  ];
}
