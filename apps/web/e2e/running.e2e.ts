import { expect, test } from '@playwright/test';
import { Person } from './support/person.ts';
import { createRunMeeting, rawAnimator, roundOf } from './support/raw-animator.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Rooms close in 30 seconds, twice.
test.describe.configure({ timeout: 240_000 });

/** Somebody who runs the meeting, before their board. */
class Animator {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
  }

  async openBoard(): Promise<void> {
    await this.person.button('Plus').click();
    await this.person.page.getByRole('button', { name: 'Sous-groupes', exact: true }).click();
    await expect(this.card('Plénière')).toBeVisible();
  }

  button(name: string) {
    return this.person.page.getByRole('button', { name, exact: true });
  }

  card(name: string) {
    return this.person.page.getByRole('region', { name, exact: true });
  }

  box(of: string) {
    return this.person.page.getByRole('checkbox', { name: of, exact: true });
  }

  /** On this board they are in that room. */
  async sees(name: string, room: string): Promise<void> {
    await expect(this.card(room).getByRole('checkbox', { name, exact: true })).toBeVisible();
  }

  get clock() {
    return this.person.page.locator('.board').getByRole('timer');
  }
}

test('[BREAK-26] [BREAK-28] two animators run the rooms at once: moving, swapping, time, announcements, help, closing', async () => {
  const { code, facilitatorKey } = await createRunMeeting(real.product.url);
  const helper = await rawAnimator(real.product.url, { code, facilitatorKey });
  const enter = (name: string, link: string) =>
    Person.joining(real.browser, { url: real.product.url, code: link, name, devices: false });
  const [bea, cleo, dan] = [await enter('Béa', code), await enter('Cléo', code), await enter('Dan', code)];
  const ana = new Animator(await enter('Ana', `${code}#animation=${facilitatorKey}`));
  const luc = new Animator(await enter('Luc', `${code}#animation=${facilitatorKey}`));
  await helper.call('breakout:open', roundOf([['Béa', 'Cléo'], ['Dan']]));
  await ana.openBoard();
  await luc.openBoard();
  await ana.sees('Béa', 'Salle 1');
  await ana.sees('Dan', 'Salle 2');

  // One moves, the other sees it, and so does who is moved; then it is undone.
  await ana.box('Dan').press('m');
  await ana.person.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Salle 1/ })
    .press('Enter');
  await luc.sees('Dan', 'Salle 1');
  await expect(dan.page.getByText(/Vous êtes dans «.Salle 1.»/).first()).toBeVisible();
  await ana.button('Annuler le déplacement').click();
  await luc.sees('Dan', 'Salle 2');

  // The other swaps two whom the first has chosen as well: there they stay chosen.
  await ana.box('Dan').check();
  await luc.box('Dan').check();
  await luc.box('Béa').check();
  await luc.button('Échanger').click();
  await ana.sees('Dan', 'Salle 1');
  await ana.sees('Béa', 'Salle 2');
  await expect(ana.box('Dan')).toBeChecked();
  await expect(
    ana.person.page.getByText('Dan : maintenant dans « Salle 1 », par quelqu’un d’autre.'),
  ).toBeVisible();
  await expect(bea.page.getByText(/Vous êtes dans «.Salle 2.»/).first()).toBeVisible();

  await luc.button('+ 5 min').click();
  await expect(ana.clock).toHaveText(/Il reste 1[345]:/);

  await ana.button('Écrire aux salles').click();
  const dialog = ana.person.page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Pensez à nommer une personne qui note.');
  await dialog.getByRole('radio', { name: 'À certaines salles' }).check();
  await dialog.getByRole('checkbox', { name: 'Salle 2' }).check();
  await dialog.getByRole('button', { name: 'Envoyer' }).click();
  await expect(ana.person.page.getByText('Annonce envoyée : Salle 2.')).toBeVisible();
  await expect(luc.card('Salle 2')).toContainText('Pensez à nommer une personne qui note.');
  await expect(luc.card('Salle 1')).not.toContainText('Pensez à nommer');
  await bea.openMessages();
  await expect(bea.page.locator('.message').filter({ hasText: 'Pensez à nommer' })).toBeVisible();

  // A request is told to who has no board open; one takes it, and the other sees who.
  await luc.person.page.keyboard.press('Escape');
  await expect(luc.card('Salle 1')).toHaveCount(0);
  await cleo.button('Demander de l’aide').first().click();
  await cleo.page.getByRole('textbox', { name: /Pourquoi/ }).fill('Le document ne s’ouvre pas.');
  await cleo.button('Envoyer la demande').click();
  await expect(luc.person.page.getByText('Salle 1 demande de l’aide.')).toBeVisible();
  await luc.button('Voir').click();
  await luc.button('Je m’en occupe : Salle 1').click();
  await expect(ana.person.page.getByRole('region', { name: 'Demandes 1' })).toContainText('Luc s’en occupe');
  await expect(cleo.page.getByText('Luc vient vous voir.').first()).toBeVisible();
  await luc.button('Y aller : Salle 1').first().click();
  await ana.sees('Luc', 'Salle 1');
  await luc.button('C’est réglé : Salle 1').click();
  await luc.button('Revenir : Plénière').click();
  await ana.sees('Luc', 'Plénière');

  // One room closes alone; then all, which is called off once.
  await ana.button('Salle 2 : autres actions').click();
  await ana.button('Fermer cette salle').click();
  await expect(luc.card('Salle 2')).toContainText(/ferme dans/);
  await expect(luc.card('Salle 2')).toHaveCount(0, { timeout: 45_000 });
  await luc.sees('Béa', 'Plénière');
  await luc.button('Tout fermer').click();
  await ana.button('Garder ouvertes 1 minute de plus').click();
  await expect(luc.clock).toHaveText(/^Il reste/);
  await luc.button('Tout fermer').click();
  for (const animator of [ana, luc])
    await expect(animator.person.page.getByRole('region', { name: 'Nouvelle ronde' })).toBeVisible({
      timeout: 45_000,
    });

  // The same rooms once more, in one step, by one of them: both are before the board again.
  await luc.person.page
    .getByRole('region', { name: 'Nouvelle ronde' })
    .getByRole('button', { name: 'Mêmes groupes' })
    .click();
  await ana.sees('Dan', 'Salle 1');
  await expect(ana.card('Salle 2')).toBeVisible();
  await expect(cleo.page.getByText(/Vous êtes dans «.Salle 1.»/).first()).toBeVisible();
  helper.close();
  for (const person of [bea, cleo, dan, ana.person, luc.person]) await person.close();
});
