import { expect, test } from '@playwright/test';
import { tabTo } from './support/keys.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

test('the whole way, from creating a meeting to leaving it, goes by keyboard alone', async () => {
  const context = await real.browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  const { keyboard } = page;
  await page.goto(real.product.url);

  // Before the page lives, Enter does nothing.
  await expect(page.getByRole('button', { name: 'Créer la rencontre' })).toBeEnabled();
  await tabTo(page, /^Titre de la rencontre/);
  await keyboard.type('Rencontre au clavier');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'La rencontre est prête' })).toBeFocused();
  await tabTo(page, /^Entrer dans la rencontre/);
  await keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'Rencontre au clavier' })).toBeVisible();
  await tabTo(page, /^Votre nom/);
  await keyboard.type('Ana');
  await expect(page.getByRole('button', { name: 'Entrer', exact: true })).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();

  await keyboard.press('Control+d');
  await expect(page.getByRole('button', { name: 'Micro coupé' })).toBeVisible();
  await keyboard.press('Control+d');
  await expect(page.getByRole('button', { name: 'Micro', exact: true })).toBeVisible();
  await tabTo(page, /^Caméra/);
  await keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Caméra fermée' })).toBeVisible();

  await tabTo(page, /^Messages/);
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Votre message' })).toBeVisible();
  await tabTo(page, /^Votre message/);
  await keyboard.type('une ligne');
  await keyboard.press('Shift+Enter');
  await keyboard.type('une autre');
  await keyboard.press('Enter');
  await expect(page.locator('.message .text')).toHaveText(/une ligne\s+une autre/);
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Messages/ })).toBeFocused();

  await tabTo(page, /Personnes/);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Personnes présentes/ })).toBeVisible();
  await keyboard.press('Escape');

  await tabTo(page, /^Plus/);
  await keyboard.press('Enter');
  await tabTo(page, /^Raccourcis clavier/);
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await tabTo(page, /^Quitter/);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();
  await tabTo(page, /^Revenir dans la rencontre/);
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
  await context.close();
});
