import { expect, test, type Page } from '@playwright/test';
import { signIn } from './support/accounts.ts';
import { expectNoViolation, expectReflow } from './support/axe.ts';
import { lastLink } from './support/mailbox.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();
const contextOf = (timezoneId = 'America/Toronto') =>
  real.browser.newContext({ locale: 'fr-CA', timezoneId });

/** The day of a meeting, some weeks from now. */
const inWeeks = (weeks: number) => new Date(Date.now() + weeks * 7 * 86_400_000).toISOString().slice(0, 10);

test('[CAL-1] to [CAL-7] a meeting is announced, read elsewhere, registered for by its link, changed and cancelled, each with its email and its file', async () => {
  test.setTimeout(180_000);
  const animator = await contextOf();
  const page = await signIn(animator, real.product, 'ana@exemple.test', 'Ana Tremblay');
  await page.goto(`${real.product.url}/`);
  await expect(page.getByText('Aucune rencontre à venir pour vous.')).toBeVisible();
  await page.getByRole('link', { name: 'Annoncer une rencontre' }).click();

  // What is missing is said where it is.
  await page.getByRole('button', { name: 'Annoncer la rencontre' }).click();
  await expect(page.getByLabel('Titre')).toBeFocused();
  await page.getByLabel('Titre').fill('Cercle <b>du logement</b>');
  await page.getByLabel('Description').fill('Apportez un cas.\nOn le regarde ensemble.');
  await page.getByLabel('Date').fill(inWeeks(3));
  await page.getByLabel('Heure du début').fill('19:00');
  await page.getByLabel('Répétition').selectOption({ label: 'Chaque semaine' });
  await expect(page.getByLabel('Nombre de rencontres')).toHaveValue('6');
  await page.getByLabel('Fin de la répétition').selectOption({ label: 'À une date' });
  await page.getByLabel('Dernier jour possible').fill(inWeeks(5));
  await page.getByRole('button', { name: 'Ajouter un point' }).click();
  await expect(page.getByLabel('Point 1', { exact: true })).toBeFocused();
  await page.getByLabel('Point 1', { exact: true }).fill('Accueil');
  await page.getByLabel('Minutes du point 1').fill('10');
  await page.getByLabel('Prendre des inscriptions').check();
  await page.getByLabel('Nombre de places').fill('1');
  await page.getByRole('button', { name: 'Annoncer la rencontre' }).click();
  await expect(page.getByRole('heading', { name: 'Cercle <b>du logement</b>', level: 1 })).toBeVisible();
  await expect(page.getByText('19 h (').first()).toBeVisible();
  await expect(page.getByText('Accueil')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Animer la rencontre' })).toBeVisible();
  const address = page.url();

  // The list holds the three of them, and the feed as well.
  await page.goto(`${real.product.url}/rencontres`);
  await expect(page.getByRole('link', { name: /^Cercle/ })).toHaveCount(3);
  const feed = await page.getByLabel('Adresse de votre calendrier').inputValue();
  const ics = await (await fetch(feed)).text();
  expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  await page.getByRole('button', { name: 'Changer l’adresse' }).click();
  await expect(page.getByText('L’adresse est changée.')).toBeVisible();
  expect((await fetch(feed)).status).toBe(404);

  // Somebody without an account, in Paris, registers; the next one waits.
  const paris = await contextOf('Europe/Paris');
  const bea = await paris.newPage();
  await bea.goto(address);
  await expect(bea.getByText(/^À votre heure/)).toBeVisible();
  await registerAs(bea, 'Béa', 'bea@exemple.test');
  await expect(bea.getByText('C’est fait. Un courriel vous le confirme')).toBeVisible();
  const carl = await paris.newPage();
  await carl.goto(address);
  await expect(carl.getByText('La rencontre est complète.')).toBeVisible();
  await registerAs(carl, 'Carl', 'carl@exemple.test');
  await expect(carl.getByText('Vous êtes sur la liste d’attente.')).toBeVisible();
  expect(await lastLink(real.product, 'bea@exemple.test')).toBe(address);

  // Who animates sees both, moves the meeting and gives it a place more.
  await page.goto(address);
  await expect(page.getByText('bea@exemple.test')).toBeVisible();
  await expectNoViolation(page, 'a meeting that one runs');
  await page.getByRole('link', { name: 'Modifier' }).click();
  await page.getByLabel('Heure du début').fill('18:30');
  await expectNoViolation(page, 'changing a meeting');
  await expectReflow(page, 'changing a meeting');
  await page.getByLabel('Nombre de places').fill('2');
  await page
    .getByLabel('Ce changement vaut pour')
    .first()
    .selectOption({ label: 'Celle-ci et toutes les suivantes' });
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(page.getByText('18 h 30').first()).toBeVisible();
  await expect(page.getByText('2 places prises sur 2.')).toBeVisible();
  await bea.reload();
  const file = await fetch(`${real.product.url}/api/calendar/meetings/${codeOf(address)}/file`);
  expect(await file.text()).toContain('SEQUENCE:1');

  // It is cancelled with all that follow; everybody reads so.
  await page.getByRole('link', { name: 'Modifier' }).click();
  await page.getByLabel('Un mot aux personnes inscrites').fill('La salle est prise.');
  await page
    .getByLabel('Ce changement vaut pour')
    .last()
    .selectOption({ label: 'Celle-ci et toutes les suivantes' });
  await page.getByRole('button', { name: 'Annuler la rencontre' }).click();
  await expect(page.getByText('Cette rencontre est annulée.')).toBeVisible();
  await bea.reload();
  await expect(bea.getByText('La salle est prise.')).toBeVisible();
  await expect(bea.getByRole('button', { name: 'M’inscrire' })).toBeHidden();
  await Promise.all([animator.close(), paris.close()]);
});

const codeOf = (address: string) => address.split('/').at(-1) ?? '';

async function registerAs(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Votre nom').fill(name);
  await page.getByLabel('Votre courriel').fill(email);
  await page.getByRole('button', { name: 'M’inscrire' }).click();
}
