import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { beginsAt } from '@relais/testing/past-meeting';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { signIn } from './support/accounts.ts';
import { expectNoViolation, expectReflow } from './support/axe.ts';
import { launch } from './support/browser.ts';
import { Person } from './support/person.ts';
import { Product } from './support/product.ts';

const MINUTE = 60_000;
let postgres: TestPostgres;
let databaseUrl: string;
let product: Product;
let browser: Browser;

test.beforeAll(async () => {
  postgres = await startTestPostgres();
  databaseUrl = await postgres.freshDatabase();
  product = await Product.start({ DATABASE_URL: databaseUrl });
  browser = await launch();
});
test.afterAll(async () => {
  await browser.close();
  await product.stop();
  await postgres.close();
});

const newContext = () => browser.newContext({ locale: 'fr-CA', timezoneId: 'America/Toronto' });
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

async function announce(page: Page, { title, registers }: { title: string; registers: boolean }) {
  await page.goto(`${product.url}/rencontres/nouvelle`);
  await page.getByLabel('Titre').fill(title);
  await page.getByLabel('Date').fill(tomorrow());
  await page.getByLabel('Heure du début').fill('19:00');
  await page
    .getByLabel('Qui peut y entrer')
    .selectOption({ label: 'Les personnes inscrites ou invitées, avec leur compte' });
  if (registers) await page.getByLabel('Prendre des inscriptions').check();
  await page.getByRole('button', { name: 'Annoncer la rencontre' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  return page.url();
}
const codeOf = (address: string) => address.split('/').at(-1) ?? '';

test('[CAL-8] [CAL-9] [CAL-10] [CAL-12] a meeting’s page leads in while it is under way, and says afterwards what is left of it to those for whom it was', async () => {
  test.setTimeout(180_000);
  const [anas, beas, carls] = [await newContext(), await newContext(), await newContext()];
  const ana = await signIn(anas, product, 'ana@exemple.test', 'Ana Tremblay');
  const bea = await signIn(beas, product, 'bea@exemple.test', 'Béa Côté');
  const carl = await signIn(carls, product, 'carl@exemple.test', 'Carl Roy');

  // Of one that is for others nobody learns that there is one; who is not signed in is told what may help.
  const hidden = await announce(ana, { title: 'Cas confidentiel', registers: false });
  await carl.goto(hidden);
  await expect(carl.getByRole('heading', { name: 'Cette rencontre est introuvable' })).toBeVisible();
  await expect(carl.getByText('Me connecter pour vérifier')).toHaveCount(0);
  const nobody = await (await newContext()).newPage();
  await nobody.goto(hidden);
  await expect(nobody.getByText('Cas confidentiel')).toHaveCount(0);
  await expect(nobody.getByRole('link', { name: 'Me connecter pour vérifier' })).toHaveAttribute(
    'href',
    `/connexion?vers=${encodeURIComponent(new URL(hidden).pathname)}`,
  );

  // Who runs it from now on does; a title that changes is on the page of the room as well.
  await ana.goto(`${hidden}/modifier`);
  await ana.getByLabel('Titre').fill('Cas à plusieurs');
  await ana.getByLabel('Autres personnes qui animent').fill('carl@exemple.test');
  await ana.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(ana.getByText('Ana Tremblay et Carl Roy')).toBeVisible();
  await carl.goto(hidden);
  await expect(carl.getByRole('link', { name: 'Animer la rencontre' })).toBeVisible();
  await carl.goto(`${product.url}/r/${codeOf(hidden)}`);
  await expect(carl.getByText('Cas à plusieurs').first()).toBeVisible();

  const address = await announce(ana, { title: 'Cercle du mardi', registers: true });
  const code = codeOf(address);
  await bea.goto(address);
  await bea.getByRole('button', { name: 'M’inscrire' }).click();
  await expect(bea.getByText('C’est fait. Un courriel vous le confirme')).toBeVisible();
  await beginsAt(databaseUrl, code, Date.now() - MINUTE);

  // While it goes on.
  await ana.goto(address);
  await expect(ana.getByRole('heading', { name: 'La rencontre est en cours' })).toBeVisible();
  await expectNoViolation(ana, 'under way');
  await expect(ana.getByRole('link', { name: 'Animer maintenant' })).toHaveAttribute('href', `/r/${code}`);
  const person = await Person.joining(anas, { url: product.url, code, name: 'Ana Tremblay', devices: false });
  await person.write('Bonjour <b>à tout le monde</b>');
  await person.write('On garde : écrire à l’office.');
  await bea.reload();
  await expect(bea.getByText('1 personne y est.')).toBeVisible();
  await expect(bea.getByRole('link', { name: 'Rejoindre maintenant' })).toBeVisible();
  await person.button('Quitter').click();
  await expect(person.page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();

  // Afterwards.
  await beginsAt(databaseUrl, code, Date.now() - 300 * MINUTE);
  await bea.goto(`${product.url}/rencontres`);
  await bea.getByRole('link', { name: 'Rencontres passées' }).press('Enter');
  await expect(bea.getByRole('heading', { name: 'Rencontres passées', level: 1 })).toBeVisible();
  await bea.getByRole('link', { name: 'Cercle du mardi' }).press('Enter');
  await expect(bea.getByText('Cette rencontre est terminée.')).toBeVisible();
  await expect(bea.getByText('Bonjour <b>à tout le monde</b>')).toBeVisible();
  await expect(bea.getByRole('heading', { name: 'Personnes présentes (1)' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await bea.emulateMedia({ colorScheme });
    await expectNoViolation(bea, `what is left, ${colorScheme}`);
  }
  await expectReflow(bea, 'what is left');
  const downloading = bea.waitForEvent('download');
  await bea.getByRole('link', { name: 'Télécharger le tout (.txt)' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toContain('On garde : écrire à l’office.');
  expect(text).toContain('Ana Tremblay (animation)');
  await bea.emulateMedia({ media: 'print' });
  await expect(bea.getByRole('button', { name: 'Imprimer' })).toBeHidden();
  await expect(bea.getByText('Bonjour <b>à tout le monde</b>')).toBeVisible();

  // To who runs it also from when to when one was there; to a stranger nothing.
  await ana.goto(address);
  await expect(ana.getByText(/^de .* à /)).toBeVisible();
  await carl.goto(address);
  await expect(carl.getByText('Cette rencontre est terminée.')).toBeVisible();
  await expect(carl.getByText('Bonjour')).toHaveCount(0);
  await nobody.goto(address);
  await expect(nobody.getByText('Si vous y étiez, connectez-vous')).toBeVisible();
  await expect(nobody.getByText('Bonjour')).toHaveCount(0);
});
