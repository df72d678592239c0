import { expect, test } from '@playwright/test';
import { Board, THREE_ROOMS, type Stores } from './support/board.ts';
import { useFixture } from './support/use-fixture.ts';

/** A round is run from the board, over made-up rooms which decide as the hub does: its time, what rooms ask, announcements, the next round. */
const fixture = useFixture();

test('[BREAK-27] time is given to all and to one room by keyboard, closing is called off, and each is said once', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);

  const left = board.clock;
  await expect(left).toHaveText(/^Il reste (8:5\d|9:00)$/);
  await board.button('+ 5 min').press('Enter');
  await expect(left).toHaveText(/^Il reste 1[34]:/);
  await expect(board.said).toHaveText(/^Nouvelle heure de fin\s: il reste 1[34]:\d\d\.$/);
  await board.button('− 1 min').press('Enter');
  await expect(left).toHaveText(/^Il reste 1[23]:/);
  await board.button('Logement : autres actions').press('Enter');
  await board.button('Donner 5 min à cette salle').press('Enter');
  await expect(board.card('Logement')).toContainText(/fin dans 1[78]:\d\d/);
  await expect(board.said).toHaveText(/^Logement\s: nouvelle heure de fin, il reste 1[78]:\d\d\.$/);
  await board.button('Logement : autres actions').press('Enter');
  await board.button('Fermer cette salle').press('Enter');
  await expect(board.card('Logement')).toContainText(/ferme dans 0:(30|2\d)/);
  await expect(board.said).toHaveText('Logement : la salle ferme dans 30 secondes.');
  await board.button('Tout fermer').press('Enter');
  await expect(left).toHaveText(/^Les salles ferment dans 0:/);
  await expect(board.said).toHaveText(/^Les salles ferment dans 30\ssecondes\./);
  await board.button('Garder ouvertes 1 minute de plus').press('Enter');
  await expect(left).toHaveText(/^Il reste/);
  await expect(board.said).toHaveText(/^Les salles restent ouvertes\. Nouvelle heure de fin/);
  await board.close();
});

test('[BREAK-28] a request is taken by keyboard, one goes there and comes back, and it is settled', async () => {
  const board = await Board.open(fixture, 'people=60&rooms=12&asks=1');
  await board.button('Je m’en occupe : Logement').press('Enter');
  await expect(board.said).toHaveText('Logement voit que vous vous en occupez.');
  const queue = board.page.getByRole('region', { name: 'Demandes 1' });
  await expect(queue).toContainText('Vous vous en occupez');
  await queue.getByRole('button', { name: 'Y aller : Logement' }).press('Enter');
  await expect(board.card('Logement')).toContainText('vous y êtes');
  expect(await board.names('Logement')).toContain('Louise Tremblay');
  await board.button('C’est réglé : Logement').press('Enter');
  await expect(queue).toHaveCount(0);
  await board.button('Revenir : Plénière').press('Enter');
  await expect(board.card('Plénière')).toContainText('vous y êtes');
  await expect(board.button('Y aller : Logement')).toBeVisible();
  await board.close();
});

test('[BREAK-28] somebody else was quicker: they are named', async () => {
  const board = await Board.open(fixture, `${THREE_ROOMS}&asks=1`);
  await board.another('p2', 'breakout:takeAsk', { kind: 'help', roomId: 'r0' });
  const queue = board.page.getByRole('region', { name: 'Demandes 1' });
  await expect(queue).toContainText('Ève Lacroix s’en occupe');
  await expect(board.button('Je m’en occupe : Logement')).toHaveCount(0);
  await board.close();
});

test('[BREAK-28] a new request is told once to who has no board open, in one sentence, with the way to it', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const { page } = board;
  await page.keyboard.press('Escape');
  await expect(board.card('Plénière')).toHaveCount(0);
  await board.another('p1', 'breakout:ask', { kind: 'help', reason: 'Le son coupe.' });
  const notice = page.getByRole('status').filter({ hasText: 'Transport collectif demande de l’aide.' });
  await expect(notice).toContainText('Le son coupe.');
  await expect(board.button(/^Salles.\(1\)/)).toBeVisible();
  await board.another('p3', 'breakout:ask', { kind: 'time' });
  await expect(page.getByRole('status').filter({ hasText: '2 demandes attendent.' })).toBeVisible();
  await board.button('Voir').press('Enter');
  await expect(page.getByRole('region', { name: 'Demandes 2' })).toBeVisible();
  // On the board they need no notice, and seen there they are no news afterwards.
  await expect(board.button('Voir')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(board.card('Plénière')).toHaveCount(0);
  await expect(board.button('Voir')).toHaveCount(0);
  await board.close();
});

test('[BREAK-15] an announcement goes to the rooms that are chosen, and one is told that it went', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const { page } = board;
  await board.button('Écrire aux salles').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Écrire aux salles' });
  await expect(dialog.getByRole('textbox', { name: 'Votre annonce' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Envoyer' }).press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('Écrivez l’annonce d’abord.');
  await dialog.getByRole('textbox').fill('Il reste cinq minutes.');
  await dialog.getByRole('radio', { name: 'À certaines salles' }).press('Space');
  await dialog.getByRole('checkbox', { name: 'Logement' }).press('Space');
  await dialog.getByRole('checkbox', { name: 'Sécurité alimentaire' }).press('Space');
  await dialog.getByRole('button', { name: 'Envoyer' }).press('Enter');
  await expect(board.said).toHaveText('Annonce envoyée : Logement et Sécurité alimentaire.');
  await expect(dialog).toHaveCount(0);
  await expect(board.button('Écrire aux salles')).toBeFocused();
  await expect(board.card('Logement')).toContainText('Il reste cinq minutes.');
  await expect(board.card('Transport collectif')).not.toContainText('Il reste cinq minutes.');
  await board.close();
});

test('[BREAK-29] when a round is over, the same rooms are opened anew in one step', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const { page } = board;
  await page.evaluate(() => (window as unknown as Stores).stores.breakout.ends());
  const again = page.getByRole('region', { name: 'Nouvelle ronde' });
  await expect(again.getByRole('textbox', { name: 'Durée en minutes' })).toHaveValue('15');
  await again.getByRole('button', { name: 'Mêmes groupes' }).press('Enter');
  await expect(board.card('Logement')).toContainText('3 personnes');
  await expect(board.clock).toContainText('Les salles ouvrent dans');
  await board.close();
});

test('[BREAK-37] while a round runs the next one is asked for in one press, seen by who runs the meeting, and called off', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const section = board.page.getByRole('region', { name: 'Nouvelle ronde ensuite' });
  const choose = async (name: string) => {
    await board.button('Nouvelle ronde ensuite').press('Enter');
    await board.button(name).press('Enter');
  };
  await choose('Fermer, puis rouvrir avec les mêmes groupes');
  await expect(board.clock).toContainText('Les salles ferment dans 0:');
  await expect(section).toContainText('Ensuite : les mêmes salles, avec les mêmes groupes, 15 minutes.');
  await expect(board.said).toContainText('Les salles ferment dans 30 secondes.');
  await expect(board.said).toContainText('Ensuite : les mêmes salles');
  await board.button('Annuler la suite').press('Enter');
  // As before: with the end that they had.
  await expect(board.clock).toHaveText(/^Il reste (8:[45]\d|9:00)$/);
  await expect(board.said).toContainText('La nouvelle ronde est annulée.');
  await choose('Fermer, puis rouvrir en mélangeant autrement');
  await board.page.evaluate(() => (window as unknown as Stores).stores.breakout.ends());
  await expect(board.clock).toContainText('Les salles ouvrent dans');
  await expect(board.card('Logement')).toBeVisible();
  await expect(section).toHaveCount(0);
  await board.close();
});
