import { expect, test, type Page } from '@playwright/test';
import { ADMINISTRATOR, signIn } from './support/accounts.ts';
import { expectNoViolation, expectReflow } from './support/axe.ts';
import { lastLink } from './support/mailbox.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();
const NAME = 'Loisir en région';
const ANA = 'ana@exemple.test';

const contextOf = () => real.browser.newContext({ locale: 'fr-CA' });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const open = (page: Page, path: string) => page.goto(real.product.url + path);

/** What stands on the page, held against WCAG, also at 400 %. */
async function look(page: Page, what: string): Promise<void> {
  await expectNoViolation(page, what);
  await expectReflow(page, what);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Who administers the site signs in on the way, and comes back to where they went. */
async function makeCommunity(page: Page): Promise<void> {
  await open(page, '/communautes/nouvelle');
  // The page lives.
  await expect(page.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeEnabled();
  await page.getByRole('button', { name: 'Me connecter avec un mot de passe' }).click();
  await page.getByLabel('Courriel').fill(ADMINISTRATOR.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
  await expect(heading(page, 'Nouvelle communauté')).toBeVisible();
  await page.getByRole('button', { name: 'Créer la communauté' }).click();
  await expect(page.getByLabel('Nom de la communauté')).toBeFocused();
  await page.getByLabel('Nom de la communauté').fill(NAME);
  await expect(page.getByLabel('Adresse de la page')).toHaveValue('loisir-en-region');
  await page.getByLabel(/première personne qui coordonne/).fill('coline@exemple.test');
  await look(page, 'making a community');
  await page.getByRole('button', { name: 'Créer la communauté' }).click();
  await expect(heading(page, NAME)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Répertoire des membres' })).toHaveCount(0);
}

test('[COMM-1] [COMM-2] [COMM-5] [COMM-7] [COMM-8] [COMM-10] from the email of an invitation to the directory, members from a file, and a request', async () => {
  const colines = await contextOf();
  const coline = await signIn(colines, real.product, 'coline@exemple.test', 'Coline Roy');
  const administrator = await (await contextOf()).newPage();
  await makeCommunity(administrator);

  await coline.getByRole('link', { name: 'Communautés' }).click();
  await expect(coline.getByRole('heading', { name: 'Une invitation vous attend' })).toBeVisible();
  await look(coline, 'the communities');
  await coline.getByRole('link', { name: NAME }).click();
  await coline.getByRole('button', { name: 'Accepter l’invitation' }).click();
  await expect(heading(coline, NAME)).toBeFocused();
  await expect(coline.getByText('Vous êtes membre de cette communauté.')).toBeVisible();
  await coline.getByRole('button', { name: 'Quitter la communauté' }).click();
  const dialog = coline.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Quitter la communauté' }).click();
  await expect(dialog.getByText(/dernière personne qui coordonne/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await look(coline, 'a community');

  await coline.getByRole('link', { name: 'Réglages et invitations' }).click();
  await coline.getByLabel('Adresses').fill(`Ana <${ANA}>`);
  await coline.getByRole('button', { name: 'Envoyer les invitations' }).click();
  await expect(coline.getByText('1 invitation envoyée.')).toBeVisible();
  await expect(coline.getByRole('heading', { name: ANA })).toBeVisible();
  await look(coline, 'the settings');

  const ana = await (await contextOf()).newPage();
  const invitation = await lastLink(real.product, ANA);
  await ana.goto(invitation);
  await expect(heading(ana, /Invitation à .*Loisir en région/)).toBeVisible();
  await expect(ana.getByText('Coline Roy vous invite')).toBeVisible();
  await look(ana, 'an invitation');
  await ana.getByRole('link', { name: 'Me connecter pour accepter' }).click();
  await ana.getByLabel('Courriel').fill(ANA);
  await ana.getByRole('button', { name: 'Recevoir un lien par courriel' }).click();
  await expect(heading(ana, 'Votre lien vous attend')).toBeFocused();
  await ana.goto(await lastLink(real.product, ANA));
  await ana.getByRole('button', { name: 'Me connecter' }).click();
  // A member has a name: it is asked for on the way.
  await ana.getByLabel('Votre nom').fill('Ana <b>Côté</b>');
  await ana.getByRole('button', { name: 'Continuer' }).click();
  await ana.getByRole('button', { name: 'Accepter l’invitation' }).click();
  // [CAL-7] The address for one's own calendar is shown to who asks for it.
  await ana.getByRole('button', { name: 'Montrer l’adresse pour mon agenda' }).click();
  await expect(ana.getByLabel('Adresse du calendrier de la communauté')).toBeFocused();
  await expect(ana.getByLabel('Adresse du calendrier de la communauté')).toHaveValue(
    /\/api\/calendar\/feeds\/.*\.ics$/,
  );
  await ana.getByRole('link', { name: 'Répertoire des membres' }).click();
  await expect(ana.getByRole('status').filter({ hasText: '2 personnes' })).toBeVisible();
  await expect(ana.getByRole('heading', { name: 'Ana <b>Côté</b> (vous)' })).toBeVisible();
  await look(ana, 'the directory');
  await ana.getByLabel('Nom ou organisme').fill('COTE');
  await ana.getByRole('button', { name: 'Chercher' }).click();
  await expect(ana.getByRole('status').filter({ hasText: '1 personne' })).toBeVisible();
  await expect(ana.getByRole('heading', { name: 'Coline Roy' })).toHaveCount(0);
  await ana.reload();
  await expect(ana.getByLabel('Nom ou organisme')).toHaveValue('COTE');
  await ana.goto(invitation);
  await expect(heading(ana, 'Cette invitation ne peut plus servir')).toBeFocused();
  for (const path of ['/communautes/loisir-en-region/reglages', '/communautes/nouvelle']) {
    await open(ana, path);
    await expect(heading(ana, 'Cette page n’existe pas')).toBeVisible();
  }
  await open(administrator, '/communautes/loisir-en-region/membres');
  await expect(heading(administrator, 'Cette page n’existe pas')).toBeVisible();

  await coline.getByRole('link', { name: 'Importer des membres d’un fichier' }).click();
  const rows = ['Courriel;Nom', `${ANA};Ana`, 'bea@exemple.test;Béa', 'pas une adresse;X'];
  const file = { name: 'membres.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) };
  await coline.getByLabel('Fichier CSV').setInputFiles(file);
  await expect(coline.getByRole('heading', { name: 'Ce qui sera fait' })).toBeFocused();
  await expect(coline.getByRole('row', { name: /ana@exemple.test.*Déjà membre/ })).toBeVisible();
  await expect(coline.getByText(/n’est pas une adresse complète/)).toBeVisible();
  await look(coline, 'an import');
  await coline.getByRole('button', { name: 'Inviter 1 personne' }).click();
  await expect(heading(coline, 'Importation terminée')).toBeFocused();
  expect(await lastLink(real.product, 'bea@exemple.test')).toContain('/communautes/invitation?jeton=');

  const eve = await signIn(await contextOf(), real.product, 'eve@exemple.test', 'Ève Wapachee');
  await open(eve, '/communautes/loisir-en-region');
  const ask = eve.getByRole('button', { name: 'Demander à devenir membre' });
  await expect(ask).toBeEnabled();
  await eve.getByLabel('Un mot sur vous (facultatif)').fill('J’anime à Amos.');
  await ask.press('Enter');
  await expect(heading(eve, NAME)).toBeFocused();
  await open(coline, '/communautes/loisir-en-region/reglages');
  await expect(coline.getByText('J’anime à Amos.')).toBeVisible();
  await expect(coline.getByRole('button', { name: 'Envoyer les invitations' })).toBeEnabled();
  await coline.getByRole('button', { name: 'Accepter : Ève Wapachee' }).press('Enter');
  await expect(coline.getByText(/Ève Wapachee est membre/)).toBeVisible();
  await eve.goto(await lastLink(real.product, 'eve@exemple.test'));
  await expect(eve.getByText(/Votre rôle/)).toBeVisible();
  await Promise.all([coline, ana, eve, administrator].map((page) => page.context().close()));
});
