import { expect, test, type Page } from '@playwright/test';
import { lastLink } from './support/mailbox.ts';
import { createRunMeeting, type RunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

test.describe.configure({ timeout: 180_000 });

/** The page on which who runs a meeting says who may enter it. */
async function openSettings({ code, facilitatorKey }: RunMeeting) {
  const context = await real.browser.newContext({ locale: 'fr-CA' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${real.product.url}/r/${code}/entree#animation=${facilitatorKey}`);
  await expect(page.getByRole('heading', { name: 'Liens d’invitation sans compte' })).toBeVisible();
  return { page, asked };
}

async function keepToList(page: Page, email: string): Promise<void> {
  await page.getByRole('radio', { name: 'Les personnes de votre liste' }).check();
  await page.getByLabel('Courriels des personnes de votre liste').fill(email);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('C’est enregistré.')).toBeVisible();
}

/** A link for that many people; its address. */
async function makeLink(page: Page, label: string, seats: number): Promise<string> {
  await page.getByLabel('Pour qui').fill(label);
  await page.getByLabel('Nombre de personnes').fill(String(seats));
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  await expect(page.getByText('Le lien est créé.', { exact: false })).toBeVisible();
  return page.getByLabel(`Lien : ${label}`).inputValue();
}

/** Somebody in a browser of their own, who opens an address and tries to enter. */
async function tryToEnter(address: string, name: string): Promise<Page> {
  const page = await (await real.browser.newContext({ locale: 'fr-CA' })).newPage();
  await page.goto(address);
  await page.getByLabel('Votre nom').fill(name);
  await page.getByRole('button', { name: /^Entrer/ }).click();
  return page;
}

const isInside = (page: Page) => expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
const isTold = (page: Page, words: string) => expect(page.getByRole('alert')).toContainText(words);

test('[GUEST-1] [GUEST-2] [GUEST-3] a link for one evening lets in as many as it is for, and once it is turned off nobody new', async () => {
  const meeting = await createRunMeeting(real.product.url, 'Soirée citoyenne');
  const { page, asked } = await openSettings(meeting);
  await keepToList(page, 'quelqu.un@exemple.test');
  const evening = await makeLink(page, 'Citoyennes de Senneterre', 2);
  const alone = await makeLink(page, 'Une seule personne', 1);
  expect(evening).toContain(`/r/${meeting.code}#invitation=`);

  // The address alone does not do.
  const stranger = await tryToEnter(`${real.product.url}/r/${meeting.code}`, 'Inconnue');
  await isTold(stranger, 'Connectez-vous avec l’adresse');
  // [ENTRY-5] Nor does it tell what the meeting is called, on any of its pages.
  await expect(stranger.getByRole('heading', { name: 'Rencontre réservée', level: 1 })).toBeVisible();
  await expect(stranger).toHaveTitle(/^Rencontre réservée/);
  for (const path of ['', '/entree', '/sous-groupes', '/verification']) {
    const answered = await stranger.request.get(`${real.product.url}/r/${meeting.code}${path}`);
    expect(answered.status(), path).toBe(200);
    expect(await answered.text(), path).not.toContain('citoyenne');
  }

  const guest = await tryToEnter(evening, 'Citoyenne');
  await isInside(guest);
  expect(guest.url()).not.toContain('invitation');
  const single = await tryToEnter(alone, 'Bo');
  await isInside(single);
  const second = await tryToEnter(alone, 'Cy');
  await isTold(second, 'a déjà servi autant de fois que prévu');
  // The other link does, opened in the same tab.
  await second.goto(evening);
  await second.getByRole('button', { name: /^Entrer/ }).click();
  await isInside(second);
  await second.getByRole('button', { name: 'Quitter' }).click();

  await page.reload();
  await expect(page.getByText('2 places prises sur 2')).toBeVisible();
  await expect(page.getByText('1 place prise sur 1')).toBeVisible();
  const third = await makeLink(page, 'Pour d’autres', 20);
  await page.getByRole('button', { name: 'Désactiver (Pour d’autres)' }).click();
  await expect(
    page.getByText('Les personnes déjà dans la rencontre y restent', { exact: false }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Désactiver le lien' }).click();
  await expect(page.getByText('« Pour d’autres » est désactivé', { exact: false })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Liens d’invitation sans compte' })).toBeFocused();
  const late = await tryToEnter(third, 'Dan');
  await isTold(late, 'Ce lien d’invitation a été retiré');

  // What was made up, or is another meeting's, is told alike.
  const other = await createRunMeeting(real.product.url);
  const there = await openSettings(other);
  await keepToList(there.page, 'quelqu.un@exemple.test');
  const foreign = await tryToEnter(`${real.product.url}/r/${other.code}${new URL(evening).hash}`, 'Ève');
  await isTold(foreign, 'Ce lien d’invitation n’est pas reconnu');

  // Those who came by it are there still.
  await page.getByRole('button', { name: 'Désactiver (Citoyennes de Senneterre)' }).click();
  await page.getByRole('button', { name: 'Désactiver le lien' }).click();
  await expect(page.getByText('« Citoyennes de Senneterre » est désactivé', { exact: false })).toBeVisible();
  await isInside(guest);

  // No secret stands in an address that was asked for.
  const secrets = [
    meeting.facilitatorKey,
    ...[evening, alone, third].map((link) => new URL(link).hash.slice(12)),
  ];
  expect(asked.filter((url) => secrets.some((secret) => url.includes(secret)))).toEqual([]);
  const all = [page, there.page, stranger, guest, single, second, late, foreign];
  await Promise.all(all.map((one) => one.context().close()));
});

test('[ENTRY-1] [ENTRY-2] [ENTRY-4] who is invited is told to sign in, and comes back to the meeting', async () => {
  const meeting = await createRunMeeting(real.product.url, 'Comité');
  const { page } = await openSettings(meeting);
  await page.getByRole('radio', { name: 'Les personnes de votre liste' }).check();
  await page.getByLabel('Courriels des personnes de votre liste').fill('fay@exemple');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await isTold(page, 'Ce ne sont pas des adresses complètes : fay@exemple');
  await keepToList(page, 'Fay Roy <Fay@exemple.test>\nzoe@exemple.test');

  const fay = await tryToEnter(`${real.product.url}/r/${meeting.code}`, 'Fay');
  await fay.getByRole('link', { name: 'Me connecter' }).click();
  await expect(fay.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeEnabled();
  await fay.getByLabel('Courriel').fill('fay@exemple.test');
  await fay.getByLabel('Courriel').press('Enter');
  await expect(fay.getByRole('heading', { name: 'Votre lien vous attend' })).toBeVisible();
  await fay.goto(await lastLink(real.product, 'fay@exemple.test'));
  await fay.getByRole('button', { name: 'Me connecter' }).click();
  await expect(fay.getByRole('heading', { name: 'Comité' })).toBeVisible();
  await fay.getByRole('button', { name: /^Entrer/ }).click();
  await isInside(fay);

  // The list is changed: who is inside stays, and who is signed in and on no list is told so.
  await keepToList(page, 'zoe@exemple.test');
  await isInside(fay);
  await fay.getByRole('button', { name: 'Quitter' }).click();
  await expect(fay.getByRole('button', { name: 'Revenir dans la rencontre' })).toBeVisible();
  await fay.goto(`${real.product.url}/r/${meeting.code}`);
  await fay.getByRole('button', { name: /^Entrer/ }).click();
  await isTold(fay, 'Cette rencontre est réservée à d’autres personnes');

  // Who runs it comes in by the key, without an account.
  const animator = await Person.joining(page.context(), {
    url: real.product.url,
    code: meeting.code,
    name: 'Odile',
    devices: false,
  });
  await Promise.all([animator.close(), fay.context().close()]);
});

test('[ENTRY-4] without the key, or with another meeting’s, the page of who may enter says so and shows nothing', async () => {
  const one = await createRunMeeting(real.product.url);
  const other = await createRunMeeting(real.product.url);
  const page = await (await real.browser.newContext({ locale: 'fr-CA' })).newPage();
  await page.goto(`${real.product.url}/r/${one.code}/entree`);
  await expect(page.getByText('Cette page s’ouvre avec le lien des personnes qui animent')).toBeVisible();
  await page.goto('about:blank');
  await page.goto(`${real.product.url}/r/${one.code}/entree#animation=${other.facilitatorKey}`);
  await isTold(page, 'Ce lien ne permet pas d’animer cette rencontre');
  await expect(page.getByRole('radio')).toHaveCount(0);
  await page.context().close();
});
