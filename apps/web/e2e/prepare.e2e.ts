import { expect, test, type Locator, type Page } from '@playwright/test';
import { Animator } from './support/animator.ts';
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

test('[BREAK-33] [BREAK-38] what another plan displaced is had again after a reload, and people are dragged in the preview', async () => {
  const meeting = await created();
  const { url } = real.product;
  const animator = await Animator.joining(url, meeting, 'Marie');
  await animator.ask('breakout:savePlan', {
    title: 'Ateliers',
    rooms: [
      { name: 'Jardin', people: ['Ana'] },
      { name: 'Four à pain', people: ['Béa'] },
    ],
    minutes: 15,
  });
  const context = await real.browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${url}/r/${meeting.code}/sous-groupes#animation=${meeting.facilitatorKey}`);
  await expect(page.getByText('2 salles, 15 min')).toBeVisible();
  const odile = await Person.joining(context, { url, code: meeting.code, name: 'Odile', devices: false });
  const people = [];
  for (const name of ['Ana', 'Béa'])
    people.push(await Person.joining(real.browser, { url, code: meeting.code, name, devices: false }));
  const openPanel = async () => {
    await button(odile.page, /^Plus/).click();
    await button(odile.page, 'Sous-groupes').click();
  };
  await openPanel();
  await button(odile.page, 'Préparer en détail').click();
  const title = odile.page.getByLabel('Nom de la préparation');
  await title.fill('Mes brouillons');
  await button(odile.page, 'Retour').click();
  await button(odile.page, /^Utiliser/).click();
  await expect(title).toHaveValue('Ateliers');
  await odile.page.reload();
  await odile.enter();
  await openPanel();
  await button(odile.page, 'Reprendre ce que vous prépariez').click();
  await expect(title).toHaveValue('Ateliers');
  await button(odile.page, 'Reprendre ce que vous prépariez').click();
  await expect(title).toHaveValue('Mes brouillons');
  // And the other one in its place.
  await button(odile.page, 'Reprendre ce que vous prépariez').click();
  await expect(title).toHaveValue('Ateliers');

  await button(odile.page, 'Voir la répartition').click();
  await expect.poll(() => previewed(odile.page)).toEqual({ Ana: 'Jardin', Béa: 'Four à pain' });
  const ana = odile.page.locator('[data-person]').getByText('Ana', { exact: true });
  const room = odile.page.locator('.room').last();
  await ana.hover();
  await odile.page.mouse.down();
  const to = await room.boundingBox();
  if (!to) throw new Error('the room is not in sight');
  await odile.page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 6 });
  await expect(odile.page.locator('.ghost')).toHaveText('Ana');
  await expect(room).toHaveClass(/over/);
  await odile.page.mouse.up();
  await expect.poll(() => previewed(odile.page)).toEqual({ Ana: 'Four à pain', Béa: 'Four à pain' });
  await expect(odile.page.getByText('Vous avez déplacé des personnes', { exact: false })).toBeVisible();
  animator.close();
  await context.close();
  await Promise.all(people.map(({ context: theirs }) => theirs.close()));
});

test('[BREAK-38] a plan is saved while the list is still being read, and what is written meanwhile stays', async () => {
  const { code, facilitatorKey } = await created();
  const context = await real.browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  /** Of the list and of the saving: each waits until it is let through. */
  const held: Partial<Record<string, () => void>> = {};
  const arrived: string[] = [];
  await page.route('**/api/meetings/*/plans', async (route) => {
    const method = route.request().method();
    arrived.push(method);
    if (arrived.filter((one) => one === method).length === 1)
      await new Promise<void>((resolve) => (held[method] = resolve));
    await route.continue();
  });
  // Something was being prepared in this tab already: then it is there before the list.
  const draft = { title: 'Ateliers', rooms: [{ key: 1, name: 'Jardin' }], filling: 'even', late: 'own' };
  await page.goto(`${real.product.url}/r/${code}`);
  await page.evaluate(
    ([key = '', text = '']) => sessionStorage.setItem(key, text),
    [`relais:subgroups:${code}/plans`, JSON.stringify(draft)],
  );
  await page.goto(`${real.product.url}/r/${code}/sous-groupes#animation=${facilitatorKey}`);
  const title = page.getByLabel('Nom de la préparation');
  await expect(title).toHaveValue('Ateliers');
  await expect.poll(() => arrived).toContain('GET');
  await button(page, 'Enregistrer').click();
  await expect.poll(() => arrived).toContain('PUT');
  await title.fill('Ateliers du mardi');
  held['PUT']?.();
  await expect(page.getByText('« Ateliers » est enregistrée.')).toBeVisible();
  // The list of before arrives after the one that has the plan.
  held['GET']?.();
  await expect(title).toHaveValue('Ateliers du mardi');
  await button(page, 'Enregistrer').click();
  await expect(page.getByText('« Ateliers du mardi » est enregistrée.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Ateliers du mardi', { exact: true })).toHaveCount(1);
  await expect(page.getByText('Ateliers', { exact: true })).toHaveCount(0);
  await context.close();
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
