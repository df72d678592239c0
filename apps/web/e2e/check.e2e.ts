import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { createRunMeeting } from './support/meetings.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

const PARTS = ['Micro', 'Son', 'Caméra', 'Serveur', 'Chemin direct', 'Chemin de secours', 'Chemin relayé'];

/** A meeting of one's own, and the animator's link to it. */
async function created() {
  const value = await createRunMeeting(real.product.url, 'Cercle du mardi');
  const invitation = `${real.product.url}/r/${value.code}`;
  return { ...value, invitation, animation: `${invitation}#animation=${value.facilitatorKey}` };
}

async function visit(browser: Browser, url: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({
    locale: 'fr-CA',
    permissions: ['camera', 'microphone'],
    viewport: { width: 360, height: 740 },
    colorScheme,
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const line = (page: Page, part: string) =>
  page.getByRole('listitem').filter({ has: page.locator('strong', { hasText: new RegExp(`^${part}$`) }) });

/** From the first button to the verdict, by the keyboard where the person is asked. */
async function check(page: Page): Promise<void> {
  const begin = page.getByRole('button', { name: /^(Commencer|Recommencer)$/ });
  await expect(begin).not.toHaveAttribute('aria-disabled');
  await begin.press('Enter');
  await page.getByRole('button', { name: 'Oui' }).press('Enter', { timeout: 40_000 });
  await expect(page.getByRole('button', { name: 'Recommencer' })).toBeVisible({ timeout: 75_000 });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`)).toEqual([]);
}

test('[CHECK-1] [CHECK-5] [CHECK-6] [CHECK-7] from the invitation to the animator’s list, and erased again', async () => {
  test.setTimeout(240_000);
  const { invitation, animation } = await created();
  const page = await visit(real.browser, invitation);
  await page.getByRole('link', { name: 'Vérifier ma connexion' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Vérifier ma connexion' })).toBeVisible();
  await expect(page.getByText('Avant la rencontre « Cercle du mardi »')).toBeVisible();
  await expectAccessible(page);
  await check(page);
  await expect(page.getByRole('heading', { name: 'Tout est prêt pour la rencontre.' })).toBeFocused();
  for (const part of PARTS.slice(0, 6)) await expect(line(page, part)).toHaveClass(/good/);
  await expect(line(page, 'Chemin relayé')).toContainText('Il n’y en a pas ici.');
  await page.getByText('Détails', { exact: true }).click();
  await expect(page.getByText('Chemin direct (UDP)')).toBeVisible();
  await expect(page.locator('dd', { hasText: /^\d+ ms$/ }).first()).toBeVisible();
  await expectAccessible(page);

  // Nothing is told without the box.
  await expect(page.getByRole('checkbox')).not.toBeChecked();
  await page.getByLabel('Votre nom').fill('Marie-Ève Côté');
  await page.getByRole('button', { name: 'Transmettre' }).click();
  await expect(page.getByText('Cochez la case pour transmettre le résultat.')).toBeVisible();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Transmettre' }).click();
  await expect(page.getByText(/^Résultat transmis à l’animation/)).toBeFocused();

  const animator = await visit(real.browser, animation, 'dark');
  await expect(animator.getByRole('heading', { name: 'Vérifications' })).toBeVisible();
  await expect(animator.getByText('1 personne prête, 0 en mode léger, 0 à aider')).toBeVisible();
  await expect(animator.getByText('Marie-Ève Côté')).toBeVisible();
  expect(animator.url()).toBe(invitation);
  await expectAccessible(animator);
  await animator.getByLabel('Votre nom').fill('Anne');
  await animator.getByRole('button', { name: /^Entrer/ }).click();
  await animator
    .getByRole('button', { name: /^Personnes/ })
    .first()
    .click();
  await expect(animator.getByText('1 personne prête, 0 en mode léger, 0 à aider')).toBeVisible();

  // Everybody else sees nothing of it.
  const guest = await visit(real.browser, invitation);
  await expect(guest.getByRole('link', { name: 'Vérifier ma connexion' })).toBeVisible();
  await expect(guest.getByRole('heading', { name: 'Vérifications' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Effacer mon résultat' }).click();
  await expect(page.getByText('Votre résultat est effacé.')).toBeFocused();
  await animator.getByRole('button', { name: 'Actualiser' }).click();
  await expect(animator.getByText('Aucun résultat pour l’instant.')).toBeVisible();
  for (const one of [page, animator, guest]) await one.context().close();
});

test('[CHECK-1] without devices each part is passed over or said, and the line is checked all the same', async () => {
  test.setTimeout(180_000);
  const page = await visit(real.browser, `${real.product.url}/verification`);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await check(page);
  await expect(
    page.getByRole('heading', { name: 'Quelque chose est à régler avant la rencontre.' }),
  ).toBeFocused();
  await expect(line(page, 'Micro')).toHaveClass(/bad/);
  await expect(line(page, 'Caméra')).toHaveClass(/warning/);
  await expect(line(page, 'Chemin direct')).toHaveClass(/good/);
  await expect(line(page, 'Envoi')).not.toHaveClass(/waiting|skipped/);
  // Without an invitation there is nobody to tell.
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.context().close();
});
