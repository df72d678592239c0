import { expect, type BrowserContext, type Page } from '@playwright/test';
import { lastLink } from './mailbox.ts';
import type { Product } from './product.ts';

export const ADMINISTRATOR = {
  name: 'Odile Gagnon',
  email: 'odile@exemple.test',
  password: 'trois épinettes au bord du lac',
};

/** Where the first administrator is made, as the start prints it. */
export function firstAdministratorUrl(product: Product): string {
  const [, url] = /The first one is made here: (\S+)/.exec(product.output) ?? [];
  if (!url) throw new Error('the start named no page of the first administrator');
  return url;
}

/** Asks for a link on the page of signing in. */
export async function askForLink(page: Page, { url }: Product, email: string): Promise<void> {
  await page.goto(`${url}/connexion`);
  await page.getByLabel('Courriel').fill(email);
  await page.getByRole('button', { name: 'Recevoir un lien par courriel' }).click();
  await expect(page.getByRole('heading', { name: 'Votre lien vous attend' })).toBeFocused();
}

/** Signs in by a link; who has no name yet is asked for one. */
export async function signIn(
  context: BrowserContext,
  product: Product,
  email: string,
  name?: string,
): Promise<Page> {
  const page = await context.newPage();
  await askForLink(page, product, email);
  await page.goto(await lastLink(product, email));
  await page.getByRole('button', { name: 'Me connecter' }).click();
  if (name !== undefined) {
    await page.getByLabel('Votre nom').fill(name);
    await page.getByRole('button', { name: 'Continuer' }).click();
  }
  await expect(page.getByRole('button', { name: 'Se déconnecter' })).toBeVisible();
  return page;
}
