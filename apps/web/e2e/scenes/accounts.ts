import type { Page } from 'playwright-core';
import { SESSION_COOKIE, SESSIONS } from '../fixtures/accounts.ts';
import { press, USUAL, type At, type Scene } from './scene.ts';

/** Accounts: signing in, and what is one’s own. */
export function accountScenes({ url }: At): Scene[] {
  const as = (session: keyof typeof SESSIONS) => (page: Page) =>
    page.context().addCookies([{ name: SESSION_COOKIE, value: SESSIONS[session], url }]);
  const token = `jeton=${'x'.repeat(32)}`;
  const send = async (page: Page) => {
    await page.locator('main button.main').click();
  };
  return [
    { name: 'account-home', path: '/', madeUp: true, before: as('known') },
    { name: 'account-sign-in', path: '/connexion', sizes: [...USUAL, 'zoom'] },
    {
      name: 'account-password',
      path: '/connexion?error=x',
      madeUp: true,
      then: async (page) => {
        await page.locator('input').first().fill('ana@exemple.ca');
        await press(/mot de passe$|a password$/)(page);
        await page.locator('input[name=password]').fill('pas le bon');
        await send(page);
        await page.locator('[aria-invalid]').waitFor();
      },
    },
    {
      name: 'account-sent',
      path: '/connexion',
      madeUp: true,
      then: async (page) => {
        await page.locator('input').first().fill('marie-eve.saint-amant@organisme.exemple.ca');
        await send(page);
        await page.locator('.told').waitFor();
      },
    },
    { name: 'account-broken-link', path: '/connexion/lien', sizes: ['phone', 'wide'] },
    { name: 'account-link', path: `/connexion/lien?${token}`, madeUp: true },
    {
      name: 'account-used',
      path: `/connexion/lien?${token}`,
      madeUp: true,
      then: async (page) => {
        await send(page);
        await page.locator('.told').waitFor();
      },
    },
    { name: 'account-reset', path: '/connexion/mot-de-passe' },
    {
      name: 'account-new-password',
      path: `/connexion/mot-de-passe?${token}`,
      madeUp: true,
      then: async (page) => {
        await page.locator('input[name=password]').fill('court');
        await send(page);
        await page.locator('[aria-invalid]').waitFor();
      },
    },
    {
      name: 'account-first',
      path: '/premier#un-jeton-du-demarrage',
      madeUp: true,
      then: async (page) => {
        await send(page);
        await page.locator('[aria-invalid]').first().waitFor();
      },
    },
    { name: 'account-welcome', path: '/moi', madeUp: true, before: as('unnamed') },
    { name: 'account-me', path: '/moi', sizes: [...USUAL, 'zoom'], madeUp: true, before: as('known') },
    { name: 'account-mails', path: '/moi/courriels', madeUp: true, before: as('known') },
    {
      name: 'account-refused',
      path: '/moi',
      madeUp: true,
      before: as('known'),
      then: async (page) => {
        await send(page);
        await page.locator('[role=alert]').waitFor();
      },
    },
  ];
}
