import { expect, test } from '@playwright/test';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { listenForTones, tonesHeard } from './support/tones.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Three browsers and the server on a machine that may be busy with others.
test.describe.configure({ timeout: 180_000 });

const heading = ({ page }: Person) =>
  page.getByRole('heading', { name: 'Vous attendez qu’on vous fasse entrer' });
const state = ({ page }: Person) => page.getByRole('main').getByRole('status').first();

test('[WAIT-1] to [WAIT-7] who comes waits, tries their devices, is let in with their sound or refused with a word, all by the animator’s keyboard', async () => {
  const meeting = await createRunMeeting(real.product.url);
  const { url } = real.product;
  const anim = await Person.joining(real.browser, {
    url,
    code: `${meeting.code}#animation=${meeting.facilitatorKey}`,
    name: 'Anim',
    devices: false,
  });
  await anim.button(/^Personnes/).click();
  await anim.page.getByLabel('Faire attendre à l’entrée').selectOption('Toute nouvelle personne');

  // The door says so before one tries; nothing is said of who is inside.
  const cleo = await Person.atTheDoor(real.browser, { url, code: meeting.code, name: 'Cléo', tone: 620 });
  await expect(cleo.page.getByText('On vous annoncera à la personne qui anime')).toBeVisible();
  await cleo.button('Entrer').click();
  await expect(heading(cleo)).toBeFocused();
  await expect(state(cleo)).toContainText('Votre nom, Cléo, s’affiche chez la personne qui anime');
  await expect(cleo.page.getByText('Anim', { exact: true })).toHaveCount(0);

  // Devices: the meter moves by the voice, the camera is closed; and so it stays over a reload, without being asked again.
  await expect(cleo.page.getByRole('meter', { name: 'Niveau du micro' })).toBeVisible();
  await expect(cleo.page.getByLabel('Micro', { exact: true }).first()).toBeVisible();
  await cleo.button(/^Caméra/).click();
  await expect(cleo.page.getByText('Vous entrerez avec le micro ouvert, sans caméra.')).toBeVisible();
  await cleo.page.reload();
  await expect(heading(cleo)).toBeVisible();
  await expect(cleo.page.getByText('Vous entrerez avec le micro ouvert, sans caméra.')).toBeVisible();

  // The animator hears of it, sees the badge and the list, and lets them in by keyboard.
  const voice = anim.page.locator('p[role=status].visually-hidden');
  await expect(voice.filter({ hasText: 'Cléo attend d’entrer.' })).toBeAttached();
  await expect(anim.button(/^Personnes/).getByText('1+1')).toBeVisible();
  const dan = await Person.atTheDoor(real.browser, {
    url,
    code: meeting.code,
    name: 'Dan',
    devices: false,
    phone: true,
  });
  await dan.button(/^Entrer/).click();
  await expect(heading(dan)).toBeVisible();
  await expect(anim.page.getByRole('heading', { name: 'Attendent d’entrer (2)' })).toBeVisible();
  await anim.button('Faire entrer (Cléo)').press('Enter');
  await expect(cleo.button('Quitter')).toBeVisible();
  await expect(anim.tile('Cléo')).toBeVisible();
  await listenForTones(anim.page, [620]);
  await expect.poll(() => tonesHeard(anim.page), { timeout: 30_000 }).toEqual([620]);
  await expect(cleo.page.getByRole('button', { name: 'Caméra fermée' })).toBeVisible();
  await expect(anim.button('Faire entrer (Dan)'), 'the next person’s button has the focus').toBeFocused();
  await expect(cleo.page.getByText('Attendent d’entrer'), 'who does not run it sees nobody wait').toHaveCount(
    0,
  );

  // Refused with a word.
  await anim.page.keyboard.press('Tab');
  await expect(anim.button('Refuser… (Dan)')).toBeFocused();
  await anim.page.keyboard.press('Enter');
  const dialog = anim.page.getByRole('dialog', { name: /^Ne pas laisser entrer Dan/ });
  await dialog.getByLabel('Un mot pour l’expliquer').focus();
  await anim.page.keyboard.type('Revenez à 10 h <b>');
  await anim.page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(dan.page.getByRole('alert')).toContainText('Revenez à 10 h <b>');
  await expect(anim.page.getByRole('heading', { name: /^Attendent/ })).toHaveCount(0);

  // Who was let in comes back without waiting; who leaves the waiting page is gone from the list.
  await cleo.page.reload();
  await cleo.page.getByLabel('Votre nom').fill('Cléo');
  await cleo.button(/^Entrer/).click();
  await expect(cleo.button('Quitter')).toBeVisible();
  const eve = await Person.atTheDoor(real.browser, { url, code: meeting.code, name: 'Ève', devices: false });
  await eve.button(/^Entrer/).click();
  await expect(anim.page.getByRole('heading', { name: 'Attendent d’entrer (1)' })).toBeVisible();
  await eve.button('Ne plus attendre').click();
  await expect(anim.page.getByRole('heading', { name: /^Attendent/ })).toHaveCount(0);
  // Nobody runs it: they are told; turned off, they come in.
  await eve.button(/^Entrer/).click();
  await expect(heading(eve)).toBeVisible();
  await anim.page.getByLabel('Faire attendre à l’entrée').selectOption('Personne');
  await expect(eve.button('Quitter')).toBeVisible();
  for (const one of [anim, cleo, dan, eve]) await one.close();
});
