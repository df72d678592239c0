import { expect, test, type Locator, type Page } from '@playwright/test';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

test.describe.configure({ timeout: 240_000 });

const SOON = { timeout: 20_000 };

/** A meeting of one's own, and the key of who made it. */
const created = () => createRunMeeting(real.product.url, 'Cercle du mardi');

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** Who is in which room, as the preview shows it. */
async function previewed(page: Page): Promise<Record<string, string>> {
  const where: Record<string, string> = {};
  for (const room of ['Jardin', 'Four à pain']) {
    const list = page.getByRole('list', { name: new RegExp(`^${room}`) });
    for (const label of await list.locator('label').allTextContents())
      where[label.replace('Salle de ', '').trim()] = room;
  }
  return where;
}

test('[BREAK-30] [BREAK-33] [BREAK-34] a plan made days before is mixed, mended by keyboard and opened, and everybody is where the preview said', async () => {
  const { code, facilitatorKey } = await created();
  const { url } = real.product;
  const context = await real.browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  // Days before: from the animator's link, without joining.
  await page.goto(`${url}/r/${code}/sous-groupes#animation=${facilitatorKey}`);
  await button(page, 'Nouvelle préparation').click();
  await page.getByLabel('Nom de la préparation').fill('Ateliers');
  await page.getByLabel('Nom de la salle 1').fill('Four à pain');
  await page.getByLabel('Nom de la salle 2').fill('Jardin');
  await button(page, 'Retirer « Salle 3 »').press('Enter');
  await button(page, 'Monter « Jardin »').press('Enter');
  await expect(page.getByLabel('Nom de la salle 1')).toHaveValue('Jardin');
  await expect(button(page, 'Monter « Jardin »')).toBeFocused();
  await page.getByText('Consigne, document et personnes').first().click();
  await page.getByLabel('Personnes attendues dans cette salle').first().fill('Ana\nlouise@exemple.org');
  // What is written outlives a reload.
  await page.reload();
  await expect(page.getByLabel('Nom de la préparation')).toHaveValue('Ateliers');
  await button(page, 'Enregistrer').click();
  await expect(page.getByText('« Ateliers » est enregistrée.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('2 salles, 15 min')).toBeVisible();
  // The key stands in no address that was asked for, nor in the one in sight.
  expect([page.url(), ...asked].filter((address) => address.includes(facilitatorKey))).toEqual([]);
  await page.close();

  const odile = await Person.joining(context, { url, code, name: 'Odile', devices: false });
  const people = [];
  for (const name of ['Ana', 'Béa', 'Cléo', 'Dan'])
    people.push(await Person.joining(real.browser, { url, code, name, devices: false }));
  const animator = odile.page;
  const openPanel = async () => {
    await button(animator, /^Plus/).click();
    await button(animator, 'Sous-groupes').click();
  };
  await openPanel();
  await button(animator, /^Utiliser/).click();

  // By the lists: who is in none, and an address that nobody has, are named with the reason.
  await button(animator, 'Voir la répartition').click();
  await expect(animator.getByText('louise@exemple.org (Jardin)')).toBeVisible();
  await expect(animator.getByText(/aucune personne présente n’est connue par cette adresse/)).toBeVisible();
  await expect(animator.getByText('n’est dans la liste d’aucune salle')).toHaveCount(3);
  await expect.poll(() => previewed(animator)).toEqual({ Ana: 'Jardin' });
  await button(animator, 'Retour').click();

  // By mixing: never two of one organization.
  await animator.getByRole('radio', { name: 'En mélangeant' }).check();
  for (const [name, label] of [
    ['Ana', 'Le Phare'],
    ['Béa', 'le phare'],
    ['Cléo', 'CLSC'],
    ['Dan', 'CLSC'],
  ] as const) {
    const field = animator.getByLabel(`Organisation ou groupe : ${name}`);
    await field.fill(label);
    await field.press('Tab');
  }
  // The panel is closed and opened again: nothing is lost.
  await button(animator, 'Fermer').first().click();
  await openPanel();
  await button(animator, 'Reprendre ce que vous prépariez').click();
  await expect(animator.getByRole('radio', { name: 'En mélangeant' })).toBeChecked();
  await animator.getByLabel('Compte à rebours').selectOption('Aucun');
  await button(animator, 'Voir la répartition').click();
  await expect.poll(async () => Object.keys(await previewed(animator)).length).toBe(4);
  const mixed = await previewed(animator);
  expect(mixed['Ana']).not.toBe(mixed['Béa']);
  expect(mixed['Cléo']).not.toBe(mixed['Dan']);

  // Somebody leaves and somebody comes: it says so, and is made anew.
  const eve = await Person.joining(real.browser, { url, code, name: 'Ève', devices: false });
  await expect(animator.getByText('Depuis l’aperçu, dans la rencontre : Ève.', { exact: false })).toBeVisible(
    SOON,
  );
  await expect.poll(async () => (await previewed(animator))['Ève']).toBeTruthy();

  // Mended by keyboard: Ana goes to the other room, and the focus goes along.
  const before = await previewed(animator);
  const other = before['Ana'] === 'Jardin' ? 'Four à pain' : 'Jardin';
  const ofAna = animator.getByLabel('Salle de Ana');
  await ofAna.focus();
  await ofAna.press(before['Ana'] === 'Jardin' ? 'ArrowDown' : 'ArrowUp');
  await expect.poll(async () => (await previewed(animator))['Ana']).toBe(other);
  await expect(animator.getByLabel('Salle de Ana')).toBeFocused();
  await expect(animator.getByText('Vous avez déplacé des personnes', { exact: false })).toBeVisible();
  await expect(animator.getByRole('heading', { name: /^Ensemble malgré tout/ })).toBeVisible();
  const seen = await previewed(animator);
  expect(seen).toEqual({ ...before, Ana: other });

  await button(animator, 'Ouvrir 2 salles').press('Enter');
  for (const [name, room] of Object.entries(seen)) {
    const card = animator.getByRole('region', { name: room, exact: true });
    await expect(card.getByRole('checkbox', { name, exact: true })).toBeVisible(SOON);
  }
  // They are there themselves.
  for (const person of [...people, eve])
    await expect(person.page.getByText(seen[person.name] ?? 'nowhere').first()).toBeVisible(SOON);
  await Promise.all([odile, eve, ...people].map(({ context: theirs }) => theirs.close()));
});

test('[BREAK-30] the page of plans says what is lacking without the key, and with another meeting’s', async () => {
  const [one, other] = [await created(), await created()];
  const context = await real.browser.newContext({ locale: 'fr-CA', viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${real.product.url}/r/${one.code}/sous-groupes`);
  await expect(page.getByText('Cette page s’ouvre avec le lien des personnes qui animent')).toBeVisible();
  await expect(button(page, 'Nouvelle préparation')).toHaveCount(0);
  await page.goto(`${real.product.url}/r/${one.code}/sous-groupes#animation=${other.facilitatorKey}`);
  await page.reload();
  await expect(
    page.getByText('Ce lien ne permet pas d’animer cette rencontre.', { exact: false }),
  ).toBeVisible();
  await context.close();
});
