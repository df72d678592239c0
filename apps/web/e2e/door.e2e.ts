import { expect, test } from '@playwright/test';
import { Animator } from './support/animator.ts';
import { listen } from './support/hearing.ts';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Three browsers and the server on a machine that may be busy with others.
test.describe.configure({ timeout: 180_000 });

type Meeting = Awaited<ReturnType<typeof createRunMeeting>>;

const come = (meeting: Meeting, name: string, { key = '', devices = true } = {}) =>
  Person.joining(real.browser, { url: real.product.url, code: meeting.code + key, name, devices });
const animating = (meeting: Meeting) =>
  come(meeting, 'Anim', { key: `#animation=${meeting.facilitatorKey}`, devices: false });

const rows = ({ page }: Person) =>
  page.getByRole('region', { name: 'Personnes présentes', exact: true }).getByRole('listitem');
/** What is said to screen readers. */
const voice = ({ page }: Person) => page.locator('p[role=status].visually-hidden');
const refusal = ({ page }: Person) => page.getByRole('main').getByText(/L’animation a mis fin|verrouillée/);

/** Before the door, on a page that was loaded anew. */
async function tryToEnter({ page }: Person, name: string): Promise<void> {
  await page.getByLabel('Votre nom').fill(name);
  await page.getByRole('button', { name: /^Entrer/ }).click();
}

test('[DOOR-3] [DOOR-4] [DOOR-5] somebody who is removed is out at once, is told so, and comes back by no way until they are let back in', async () => {
  const meeting = await createRunMeeting(real.product.url);
  const anim = await animating(meeting);
  const ana = await come(meeting, 'Ana');
  const bea = await come(meeting, 'Béa', { devices: false });
  await expect(bea.tile('Ana').locator('video')).toBeVisible();
  await listen(bea.page);

  await anim.button(/^Personnes/).click();
  await expect(rows(anim)).toHaveCount(3);
  await expect(bea.button(/^Actions pour/), 'nothing of the kind for who does not run it').toHaveCount(0);
  // By keyboard: the menu, its entry, the dialog.
  await anim.button('Actions pour Ana').focus();
  await anim.page.keyboard.press('Enter');
  await expect(anim.button('Fermer son micro')).toBeFocused();
  for (let i = 0; i < 2; i += 1) await anim.page.keyboard.press('Tab');
  await expect(anim.button('Retirer de la rencontre…')).toBeFocused();
  await anim.page.keyboard.press('Enter');
  const dialog = anim.page.getByRole('dialog', { name: /^Retirer Ana de la rencontre/ });
  await expect(dialog).toContainText('elle ne peut pas revenir tant que vous ne le permettez pas');
  await expect(voice(bea)).toBeAttached();
  const departure = expect(voice(bea)).toHaveText('Ana : départ de la rencontre');
  await dialog.getByRole('button', { name: 'Retirer', exact: true }).press('Enter');
  await departure;

  await expect(ana.page.getByRole('heading', { name: 'Vous n’êtes plus dans la rencontre' })).toBeVisible();
  await expect(bea.tile('Ana')).toHaveCount(0);
  await expect(rows(anim).filter({ hasText: 'micro' }).filter({ hasText: 'Ana' })).toHaveCount(0);
  await expect(dialog).toHaveCount(0);
  const list = anim.page.getByRole('region', { name: 'Personnes présentes', exact: true });
  await expect(list, 'whose row is gone does not have the focus').toBeFocused();
  // Nothing is sent any more: devices are closed.
  const live = await ana.page.evaluate(
    () =>
      (window as unknown as { collectedConnections: RTCPeerConnection[] }).collectedConnections.filter(
        ({ connectionState }) => connectionState === 'connected',
      ).length,
  );
  expect(live).toBe(0);

  // By a reload, by the link in another tab, under another name.
  await ana.button('Revenir à l’entrée').click();
  await tryToEnter(ana, 'Ana');
  await expect(refusal(ana)).toContainText('peut vous laisser entrer de nouveau');
  const again = await Person.atTheDoor(ana.context, {
    url: real.product.url,
    code: meeting.code,
    name: 'Une autre',
  });
  await again.button(/^Entrer/).click();
  await expect(refusal(again)).toBeVisible();
  await expect(rows(anim)).toHaveCount(3);
  await expect(anim.page.getByText('Personnes retirées')).toBeVisible();

  await anim.button('Laisser revenir (Ana)').click();
  await expect(voice(anim).filter({ hasText: 'Ana peut revenir dans la rencontre.' })).toBeAttached();
  await tryToEnter(ana, 'Ana');
  await expect(ana.button('Quitter')).toBeVisible();
  await expect(bea.tile('Ana').locator('video')).toBeVisible();
  for (const one of [anim, ana, bea]) await one.close();
});

test('[DOOR-1] [DOOR-2] a locked meeting lets nobody new in and says why; who was cut, or reloads, comes back', async () => {
  const meeting = await createRunMeeting(real.product.url);
  const anim = await animating(meeting);
  const ana = await come(meeting, 'Ana', { devices: false });
  await expect(voice(ana)).toBeAttached();
  await anim.button(/^Personnes/).click();
  const lock = anim.page.getByRole('switch', { name: 'Verrouiller la rencontre' });
  await expect(lock).not.toBeChecked();
  await lock.press('Space');
  await expect(lock).toBeChecked();
  await expect(voice(ana)).toHaveText('Rencontre verrouillée : personne de nouveau ne peut entrer.');

  const cleo = await Person.atTheDoor(real.browser, {
    url: real.product.url,
    code: meeting.code,
    name: 'Cléo',
    devices: false,
  });
  await cleo.button(/^Entrer/).click();
  await expect(refusal(cleo)).toContainText('personne de nouveau ne peut y entrer pour l’instant');

  await ana.context.setOffline(true);
  await expect(anim.tile('Ana')).toContainText('Coupure réseau', { timeout: 30_000 });
  await ana.context.setOffline(false);
  await expect(anim.tile('Ana')).not.toContainText('Coupure réseau', { timeout: 30_000 });
  await ana.page.reload();
  await tryToEnter(ana, 'Ana');
  await expect(ana.button('Quitter')).toBeVisible();
  await ana.button(/^Personnes/).click();
  await expect(
    ana.page.getByText('Rencontre verrouillée : personne de nouveau ne peut entrer.').first(),
  ).toBeVisible();

  await lock.click();
  await expect(lock).not.toBeChecked();
  await cleo.button(/^Entrer/).click();
  await expect(cleo.button('Quitter')).toBeVisible();
  for (const one of [anim, ana, cleo]) await one.close();
});

test('[DOOR-6] [REF-4] a client of one’s own moves nothing of the door without the key, nor with the ids of another meeting', async () => {
  const { url } = real.product;
  const [one, other] = [await createRunMeeting(url), await createRunMeeting(url, 'Une autre')];
  const anim = await Animator.joining(url, one, 'Anim');
  const elsewhere = await Animator.joining(url, other, 'Ailleurs');
  const mallory = await Animator.joining(url, { ...one, facilitatorKey: other.facilitatorKey }, 'Sans clé');
  const asked = [
    mallory.ask('door:lock', { locked: true }),
    mallory.ask('door:remove', { participantId: anim.self }),
    mallory.ask('door:letBack', { participantId: anim.self }),
  ];
  for (const one of asked) await expect(one).rejects.toThrow('notAllowed');
  const removed = elsewhere.ask('door:remove', { participantId: mallory.self });
  await expect(removed).rejects.toThrow('unknownParticipant');
  await expect(anim.ask('door:remove', { participantId: anim.self })).rejects.toThrow('runsMeeting');
  const { participants, door } = await anim.meeting();
  expect([participants.map(({ name }) => name), door]).toEqual([['Anim', 'Sans clé'], undefined]);
  for (const client of [anim, elsewhere, mallory]) client.close();
});
