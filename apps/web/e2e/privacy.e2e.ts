import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { ADMINISTRATOR, signIn } from './support/accounts.ts';
import { expectNoViolation, expectReflow } from './support/axe.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

/** [PRIV-1] Whatever a page asks for, it asks this server. */
function watchOrigins(page: Page): Set<string> {
  const origins = new Set<string>();
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol)) origins.add(origin.replace(/^ws/, 'http'));
  });
  return origins;
}

async function sound(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolation(page, `${what}, ${colorScheme}`);
  }
  const size = page.viewportSize()!;
  await expectReflow(page, what);
  await page.setViewportSize(size);
}

test('[PRIV-1] [PRIV-3] [PRIV-4] a person reads what is kept, takes theirs away, has it erased by the keyboard, and is not known any more; nothing is loaded from elsewhere', async () => {
  const code = await real.product.createMeeting();
  const context = await real.browser.newContext({ locale: 'fr-CA' });
  const page = await signIn(context, real.product, 'ana@exemple.test', 'Ana <b>Tremblay</b>');
  const origins = watchOrigins(page);
  await page.goto(`${real.product.url}/r/${code}`);
  await page.getByRole('link', { name: 'Confidentialité' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Vos renseignements personnels' })).toBeVisible();
  await expect(page.getByText('2 ans après la dernière activité de la rencontre.')).toBeVisible();
  await expect(page.getByText('Personne n’est encore nommé sur ce serveur.')).toBeVisible();
  await sound(page, 'what is kept');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Your personal information' })).toBeVisible();
  await page.getByRole('link', { name: 'Français' }).click();

  await page.getByRole('link', { name: 'Aller à mon compte' }).click();
  for (const [button, kind] of [
    ['Télécharger en JSON', 'json'],
    ['Télécharger pour lire', 'html'],
  ] as const) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`relais-mes-renseignements.${kind}`);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('ana@exemple.test');
    // What people wrote is text.
    expect(text.includes('<b>')).toBe(kind === 'json');
    await expect(page.getByText('Le fichier est téléchargé.')).toBeVisible();
  }

  await page.getByRole('link', { name: 'Registre de ce qui me concerne' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(3);
  await page.getByLabel('Acte').selectOption({ label: 'Téléchargement de ses renseignements' });
  await page.getByRole('button', { name: 'Afficher' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(2);
  await page.goto(`${real.product.url}/registre?vue=site`);
  await expect(page.getByRole('heading', { name: 'Cette page n’existe pas' })).toBeVisible();

  await page.goto(`${real.product.url}/moi`);
  await page.getByRole('button', { name: 'Faire effacer mon compte' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Faire effacer votre compte ?' });
  await expect(dialog.getByText('votre nom y devient « Personne effacée »')).toBeVisible();
  await sound(page, 'the dialog of erasing');
  const email = dialog.getByLabel('Votre courriel, pour confirmer');
  await email.fill('bea@exemple.test');
  await email.press('Enter');
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(/Ce n’est pas l’adresse de ce compte/);
  await email.fill('ana@exemple.test');
  await email.press('Enter');
  await expect(page.getByText('Votre compte est effacé.')).toBeVisible();
  await page.goto(`${real.product.url}/moi`);
  await expect(page.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
  expect([...origins]).toEqual([new URL(real.product.url).origin]);
  await context.close();

  // Nothing of before is there: whoever signs in with that address is new.
  const again = await real.browser.newContext({ locale: 'fr-CA' });
  const fresh = await signIn(again, real.product, 'ana@exemple.test', 'Quelqu’un d’autre');
  await fresh.getByRole('link', { name: 'Registre de ce qui me concerne' }).click();
  await expect(fresh.getByRole('listitem')).toHaveCount(1);
  await again.close();
});

test('[PRIV-6] [PRIV-8] [PRIV-9] who administers the site reads the register, filters it, goes on, and sees who came', async () => {
  const context = await real.browser.newContext({ locale: 'fr-CA' });
  const page = await signIn(context, real.product, 'zoe@exemple.test', 'Zoé Roy');
  await page.goto(`${real.product.url}/connexion`);
  await page.getByLabel('Courriel').fill(ADMINISTRATOR.email);
  await page.getByRole('button', { name: 'Me connecter avec un mot de passe' }).click();
  await page.getByLabel('Mot de passe', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByLabel('Mot de passe', { exact: true }).press('Enter');
  await page.getByRole('link', { name: 'Registre de ce qui me concerne' }).click();
  const lines = page.getByRole('listitem');
  await expect(lines.filter({ hasText: 'Première personne qui administre le site' })).toHaveCount(1);
  await page.getByRole('link', { name: 'Tout le site' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Registre du site' })).toBeVisible();
  await page.getByLabel('Acte').selectOption({ label: 'Compte effacé à la demande de la personne' });
  await page.getByRole('button', { name: 'Afficher' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('listitem')).not.toContainText('par');
  await sound(page, 'the register');
  await page.getByRole('link', { name: 'Présences' }).click();
  await expect(page.getByRole('heading', { name: 'Présences aux rencontres' })).toBeVisible();
  await expect(page.getByText(/^Rien n’y est encore inscrit/)).toBeVisible();
  await sound(page, 'who came');
  await context.close();
});
