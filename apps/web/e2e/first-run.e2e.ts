import { expect, test, type Page } from '@playwright/test';
import { ADMINISTRATOR, firstAdministratorUrl } from './support/accounts.ts';
import { tabTo } from './support/keys.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

/** Goes there with Tab, and writes in it. */
async function write(page: Page, where: RegExp, text: string): Promise<void> {
  await tabTo(page, where);
  await page.keyboard.insertText(text);
}

async function press(page: Page, what: RegExp): Promise<void> {
  await tabTo(page, what);
  await page.keyboard.press('Enter');
}

const inWeeks = (weeks: number) => new Date(Date.now() + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('[PEOPLE-9] [COMM-1] [CAL-1] [MAIL-5] on an empty server the first person makes an account, a community, an invitation and a meeting, and enters it, by keyboard alone', async () => {
  test.setTimeout(120_000);
  const page = await (await real.browser.newContext({ locale: 'fr-CA' })).newPage();
  await page.goto(firstAdministratorUrl(real.product));
  await expect(page.getByLabel('Jeton du démarrage')).not.toHaveValue('');
  // What is missing is where the focus goes.
  await press(page, /^Créer le compte$/);
  await expect(page.getByLabel('Votre nom')).toBeFocused();
  await write(page, /^Votre nom/, ADMINISTRATOR.name);
  await write(page, /^Courriel/, ADMINISTRATOR.email);
  await write(page, /^Nouveau mot de passe/, ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Se déconnecter' })).toBeVisible();

  await press(page, /^Communautés$/);
  await expect(heading(page, 'Communautés')).toBeVisible();
  await press(page, /^Créer une communauté$/);
  await expect(heading(page, 'Nouvelle communauté')).toBeVisible();
  await write(page, /^Nom de la communauté/, 'Logement');
  await write(page, /première personne qui coordonne/, ADMINISTRATOR.email);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Logement')).toBeVisible();
  await press(page, /^Réglages et invitations$/);
  await write(page, /^Adresses/, 'zoe@exemple.test');
  await press(page, /^Envoyer les invitations$/);
  await expect(page.getByText('1 invitation envoyée.')).toBeVisible();

  // What no server sends yet is read in the product.
  await press(page, /^Mon compte$/);
  await press(page, /courriels/i);
  await expect(page.getByText('zoe@exemple.test').first()).toBeVisible();

  await press(page, /^Rencontres$/);
  await expect(heading(page, 'Rencontres à venir')).toBeVisible();
  await press(page, /^Annoncer une rencontre$/);
  await write(page, /^Titre/, 'Premier cercle');
  // In which order day, month and year are typed is the system's.
  await page.getByLabel('Date').fill(inWeeks(3));
  await page.getByLabel('Heure du début').fill('19:00');
  await press(page, /^Annoncer la rencontre$/);
  await expect(heading(page, 'Premier cercle')).toBeVisible();
  await press(page, /^Animer la rencontre$/);
  await expect(page.getByLabel('Votre nom')).toHaveValue(ADMINISTRATOR.name);
  await press(page, /^Entrer$/);
  await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
  await page.context().close();
});
