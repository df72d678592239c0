import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { ADMINISTRATOR, askForLink, firstAdministratorUrl, signIn } from './support/accounts.ts';
import { lastLink } from './support/mailbox.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();
const PASSWORD = 'quatre bouleaux près du quai';
const PICTURE = fileURLToPath(new URL('../static/icons/apple-touch-icon.png', import.meta.url));

async function browserOf() {
  return real.browser.newContext({ locale: 'fr-CA' });
}

test('[PEOPLE-9] [MAIL-7] the first administrator is made once, by the address that the start prints, and hands on what the server does not send', async () => {
  const context = await browserOf();
  const page = await context.newPage();
  await page.goto(firstAdministratorUrl(real.product));
  const token = page.getByLabel('Jeton du démarrage');
  await expect(token).toHaveValue(/^[\w-]{20,}$/);
  const right = await token.inputValue();
  await page.getByRole('button', { name: 'Créer le compte' }).click();
  await expect(page.getByLabel('Votre nom')).toBeFocused();
  await expect(page.getByLabel('Votre nom', { exact: true })).toHaveAccessibleDescription(
    /Écrivez votre nom[.]/,
  );

  await page.getByLabel('Votre nom').fill(ADMINISTRATOR.name);
  await page.getByLabel('Courriel').fill(ADMINISTRATOR.email);
  await page.getByLabel('Nouveau mot de passe').fill(ADMINISTRATOR.password);
  await token.fill('un-autre-jeton');
  await page.getByRole('button', { name: 'Créer le compte' }).click();
  await expect(token).toBeFocused();
  await expect(page.getByLabel('Jeton du démarrage', { exact: true })).toHaveAccessibleDescription(
    /Ce jeton n’est pas celui du serveur/,
  );
  // What was typed stays.
  await expect(page.getByLabel('Votre nom')).toHaveValue(ADMINISTRATOR.name);
  await token.fill(right);
  await page.getByRole('button', { name: 'Créer le compte' }).click();
  await expect(page.getByRole('heading', { name: ADMINISTRATOR.name, level: 1 })).toBeVisible();
  await expect(page.getByText('Administration du site')).toBeVisible();
  await page.getByRole('link', { name: 'Courriels en attente' }).click();
  await expect(page.getByText('Aucun courriel en attente.')).toBeVisible();
  const other = await (await browserOf()).newPage();
  await askForLink(other, real.product, 'zoe@exemple.test');
  await page.getByRole('button', { name: 'Actualiser' }).click();
  const link = await page.getByLabel('Lien pour zoe@exemple.test').inputValue();
  await other.goto(link);
  await other.getByRole('button', { name: 'Me connecter' }).click();
  await expect(other.getByRole('heading', { name: 'Bienvenue dans Relais' })).toBeVisible();
  // To anybody else there is no such page.
  await other.goto(`${real.product.url}/moi/courriels`);
  await expect(other.getByRole('heading', { name: 'Cette page n’existe pas' })).toBeVisible();

  const late = await (await browserOf()).newPage();
  await late.goto(firstAdministratorUrl(real.product));
  await expect(late.getByRole('heading', { name: 'Quelqu’un administre déjà ce serveur' })).toBeVisible();
  await Promise.all([context.close(), other.context().close(), late.context().close()]);
});

test('[PEOPLE-1] [PEOPLE-2] a link signs in by the keyboard alone, asks for a name, and is good for one use', async () => {
  const context = await browserOf();
  const page = await context.newPage();
  await page.goto(real.product.url);
  await page.getByRole('link', { name: 'Se connecter' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeEnabled();
  const email = page.getByLabel('Courriel');
  await email.fill('ana@exemple');
  await email.press('Enter');
  await expect(email).toBeFocused();
  await expect(page.getByLabel('Courriel', { exact: true })).toHaveAccessibleDescription(
    /Ce n’est pas une adresse complète/,
  );
  await expect(email).toHaveValue('ana@exemple');
  await email.fill('ana@exemple.test');
  await email.press('Enter');
  await expect(page.getByRole('heading', { name: 'Votre lien vous attend' })).toBeFocused();

  const link = await lastLink(real.product, 'ana@exemple.test');
  // A mail program looks at the link by itself: nothing is used up.
  await (await context.request.get(link)).dispose();
  await page.goto(link);
  await page.getByRole('button', { name: 'Me connecter' }).press('Enter');
  const name = page.getByLabel('Votre nom');
  await name.press('Enter');
  await expect(name).toBeFocused();
  await name.fill('Ana Tremblay');
  await name.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ana Tremblay', level: 1 })).toBeFocused();
  const [cookie] = (await context.cookies()).filter((one) => one.name.endsWith('relais.session_token'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await page.goto(real.product.url);
  await expect(page.getByRole('link', { name: 'Mon compte : Ana Tremblay' })).toBeVisible();

  const other = await (await browserOf()).newPage();
  await other.goto(link);
  await other.getByRole('button', { name: 'Me connecter' }).click();
  await expect(other.getByRole('heading', { name: 'Ce lien ne peut plus servir' })).toBeFocused();
  await other.getByRole('link', { name: 'Recevoir un autre lien' }).click();
  await expect(other.getByLabel('Courriel')).toBeVisible();
  await Promise.all([context.close(), other.context().close()]);
});

test('[PEOPLE-3] [PEOPLE-4] a password is set by a link and ends what was signed in; a wrong one is refused in words', async () => {
  const context = await browserOf();
  const page = await signIn(context, real.product, 'bea@exemple.test', 'Béa Côté');
  await page.getByRole('button', { name: 'Choisir un mot de passe' }).click();
  await expect(page.getByText(/La personne qui l’administre a maintenant votre lien/)).toBeVisible();
  const set = await context.newPage();
  await set.goto(await lastLink(real.product, 'bea@exemple.test'));
  const password = set.getByLabel('Nouveau mot de passe', { exact: true });
  await password.fill('trop court');
  await set.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await expect(password).toBeFocused();
  await expect(set.getByLabel('Nouveau mot de passe', { exact: true })).toHaveAccessibleDescription(
    /Il manque 2 caractères[.]/,
  );
  await password.fill(PASSWORD);
  await set.getByLabel('Montrer le mot de passe').check();
  await expect(password).toHaveAttribute('type', 'text');
  await set.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await expect(set.getByRole('heading', { name: 'Le mot de passe est enregistré' })).toBeFocused();

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
  await page.getByLabel('Courriel').fill('bea@exemple.test');
  await page.getByRole('button', { name: 'Me connecter avec un mot de passe' }).click();
  const tried = page.getByLabel('Mot de passe', { exact: true });
  await expect(tried).toBeFocused();
  await tried.fill('ce n’est pas le bon');
  await tried.press('Enter');
  await expect(tried).toBeFocused();
  await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveAccessibleDescription(
    /ne vont pas ensemble/,
  );
  await expect(page.getByLabel('Courriel')).toHaveValue('bea@exemple.test');
  await tried.fill(PASSWORD);
  await tried.press('Enter');
  await expect(page.getByRole('heading', { name: 'Béa Côté', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByRole('link', { name: 'Se connecter' })).toBeVisible();
  await page.goto(`${real.product.url}/moi`);
  await expect(page.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
  await context.close();
});

test('[PEOPLE-6] a device is ended from another one, and what was being written there stays', async () => {
  const [here, there] = [await browserOf(), await browserOf()];
  const page = await signIn(here, real.product, 'chloe@exemple.test', 'Chloé Roy');
  const lost = await signIn(there, real.product, 'chloe@exemple.test');
  await page.reload();
  const devices = page.getByRole('region', { name: 'Appareils connectés' });
  await expect(devices.getByRole('listitem')).toHaveCount(2);
  await expect(devices.getByText('cet appareil')).toHaveCount(1);
  await devices.getByRole('button', { name: /^Mettre fin à la session : Chrome/ }).click();
  await expect(devices.getByRole('status')).toContainText('La session a pris fin');
  await expect(devices.getByRole('listitem')).toHaveCount(1);
  await expect(devices.getByRole('heading')).toBeFocused();

  await lost.getByLabel('Organisme').fill('Maison des familles');
  await lost.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(lost.getByRole('alert')).toContainText('Votre session a pris fin sur cet appareil');
  await expect(lost.getByLabel('Organisme')).toHaveValue('Maison des familles');
  await expect(lost.getByRole('link', { name: /Se reconnecter/ })).toHaveAttribute('href', '/connexion');
  await lost.reload();
  await expect(lost.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
  await Promise.all([here.close(), there.close()]);
});

test('[PEOPLE-8] [PEOPLE-10] a profile is kept, and markup in it is text', async () => {
  const context = await browserOf();
  const name = '<img src=x onerror=alert(1)><b>Dan';
  const page = await signIn(context, real.product, 'dan@exemple.test', name);
  page.on('dialog', () => expect('a dialog').toBe('none'));
  await expect(page.getByRole('heading', { name, level: 1 })).toHaveText(name);
  await page.getByLabel('Territoire').fill('La Vallée-de-l’Or');
  await page.getByLabel('Langues').fill('français, anicinabemowin');
  await page.getByLabel('Ce que je peux offrir').fill('Un local\n<script>alert(2)</script>');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Profil enregistré.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Territoire')).toHaveValue('La Vallée-de-l’Or');
  await expect(page.getByLabel('Langues')).toHaveValue('français, anicinabemowin');
  await expect(page.getByLabel('Ce que je peux offrir')).toHaveValue('Un local\n<script>alert(2)</script>');
  await page.goto(real.product.url);
  await expect(page.getByRole('link', { name: `Mon compte : ${name}` })).toBeVisible();
  expect(await page.locator('b, img[src=x]').count()).toBe(0);
  await context.close();
});

test('[PEOPLE-8] a photo is shown as it is kept and taken away again; a file that is none is refused', async () => {
  const context = await browserOf();
  const page = await signIn(context, real.product, 'eve@exemple.test', 'Ève Morin');
  const photo = page.getByRole('region', { name: 'Photo' });
  const file = photo.locator('input[type=file]');
  await file.setInputFiles({
    name: 'moi.png',
    mimeType: 'image/png',
    buffer: Buffer.from('Ceci est une lettre, pas une image.'),
  });
  await expect(photo.getByRole('alert')).toContainText('n’est pas une image');
  await file.setInputFiles(PICTURE);
  await expect(photo.getByText('Photo enregistrée.')).toBeVisible();
  const image = photo.getByRole('img', { name: 'Photo de Ève Morin' });
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320);
  await expect(photo.getByRole('alert')).toHaveCount(0);
  await page.reload();
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320);
  await photo.getByRole('button', { name: 'Retirer la photo' }).click();
  await expect(photo.getByText('Photo retirée.')).toBeVisible();
  await expect(image).toHaveCount(0);
  await context.close();
});

test('[PEOPLE-1] the page of a meeting asks nothing of accounts, also of who is signed in', async () => {
  const context = await browserOf();
  await signIn(context, real.product, 'fay@exemple.test', 'Fay Roy');
  const code = await real.product.createMeeting();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${real.product.url}/r/${code}`);
  await page.getByLabel('Votre nom').fill('Fay Roy');
  await page
    .getByRole('button', { name: /sans micro|^Entrer/ })
    .last()
    .click();
  await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
  expect(asked.filter((path) => /^\/api\/(auth|people)|people/.test(path))).toEqual([]);
  await context.close();
});

test('the pages of accounts speak English as well, in place, and what was typed stays', async () => {
  const context = await browserOf();
  const page = await context.newPage();
  await page.goto(`${real.product.url}/connexion`);
  // Before the page lives, the link asks for it anew.
  await expect(page.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeEnabled();
  await page.getByLabel('Courriel').fill('gil@exemple.test');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue('gil@exemple.test');
  await context.close();
});

test('[PEOPLE-4] who asks for many links is told how long to wait', async () => {
  const context = await browserOf();
  const page = await context.newPage();
  for (let i = 0; i < 5; i += 1) await askForLink(page, real.product, 'hal@exemple.test');
  await page.goto(`${real.product.url}/connexion`);
  await page.getByLabel('Courriel').fill('hal@exemple.test');
  await page.getByLabel('Courriel').press('Enter');
  await expect(page.getByRole('alert')).toContainText(/Réessayez dans 1?\d minutes/);
  await expect(page.getByLabel('Courriel')).toHaveValue('hal@exemple.test');
  await context.close();
});
