import { expect, test } from '@playwright/test';
import { Board, THREE_ROOMS, type Stores } from './support/board.ts';
import { useFixture } from './support/use-fixture.ts';

/** People are moved on the board, over made-up rooms which decide as the hub does: by keyboard, menu, mouse and finger. */
const fixture = useFixture();

test('[BREAK-26] two people are moved by keyboard alone, the focus goes with them, and the move is undone', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const { page } = board;
  await board.person('Marc-André Wabie').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(board.button('Marc-André Wabie : autres actions')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(board.person('Ana Pinto')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('group', { name: 'Personnes choisies' })).toContainText('2 personnes choisies');
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Déplacer Marc-André Wabie et Ana Pinto' });
  await expect(dialog).toMatchAriaSnapshot(`
    - dialog "Déplacer Marc-André Wabie et Ana Pinto":
      - heading [level=2]
      - button "Fermer"
      - list:
        - listitem:
          - button "Plénière 1 personne"
        - listitem:
          - button "Logement 3 personnes"
        - listitem:
          - button "Transport collectif déjà là" [disabled]
        - listitem:
          - button "Sécurité alimentaire 4 personnes"
  `);
  await dialog.getByRole('button', { name: /^Logement/ }).press('Enter');
  await expect(board.said).toHaveText('Marc-André Wabie et Ana Pinto : maintenant dans « Logement ».');
  expect(await board.names('Logement')).toEqual(expect.arrayContaining(['Marc-André Wabie', 'Ana Pinto']));
  await expect(board.card('Logement')).toContainText('5 personnes');
  // Upon whom one was, where they are now; nobody is chosen any more.
  await expect(board.person('Ana Pinto')).toBeFocused();
  await expect(page.getByRole('group', { name: 'Personnes choisies' })).toHaveCount(0);
  await board.button('Annuler le déplacement').press('Enter');
  await expect(board.said).toHaveText('Déplacement annulé.');
  expect(await board.names('Transport collectif')).toEqual(
    expect.arrayContaining(['Marc-André Wabie', 'Ana Pinto']),
  );
  await expect(board.person('Marc-André Wabie')).toBeFocused();
  await board.close();
});

test('[BREAK-26] one by menu: to another room, to the plenary, a role, and the relief', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const { page } = board;
  const menu = board.button('Ana Pinto : autres actions');
  const choose = async (name: string) => {
    await menu.press('Enter');
    await board.button(name).press('Enter');
  };
  await choose('Déplacer vers…');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Sécurité/ })
    .press('Enter');
  await expect(board.said).toHaveText('Ana Pinto : maintenant dans « Sécurité alimentaire ».');
  await choose('Confier : Prise de notes');
  await expect(board.person('Ana Pinto')).toHaveAccessibleDescription(/Prise de notes/);
  await expect(menu).toBeFocused();
  await choose('Nommer pour la relève');
  await expect(board.person('Ana Pinto')).toHaveAccessibleDescription(/relève/);
  await choose('Ramener en plénière');
  await expect(board.said).toHaveText('Ana Pinto : maintenant en plénière.');
  expect(await board.names('Plénière')).toEqual(['Louise Tremblay', 'Ana Pinto']);
  // Roles are of a room.
  await expect(board.person('Ana Pinto')).toHaveAccessibleDescription(/^relève/);
  await board.close();
});

test('[BREAK-26] two who are chosen are swapped in one step', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  await board.person('Ana Pinto').press('Space');
  await board.person('Réal Gagnon').press('Space');
  await board.button('Échanger').press('Enter');
  await expect(board.said).toHaveText('Ana Pinto et Réal Gagnon ont échangé leurs salles.');
  expect(await board.names('Sécurité alimentaire')).toContain('Ana Pinto');
  expect(await board.names('Transport collectif')).toContain('Réal Gagnon');
  await board.close();
});

test('[BREAK-26] people are dragged to another card, all who are chosen together; Escape leaves them where they are', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const { page } = board;
  await board.button('Agrandir').click();
  await board.person('Ana Pinto').check();
  await board.person('Fatou Diallo').check();
  const grab = async () => {
    await page.getByText('Ana Pinto', { exact: true }).hover();
    await page.mouse.down();
    const to = await board.pointOn('Logement');
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await expect(page.locator('.ghost')).toHaveText('Ana Pinto et Fatou Diallo');
    await expect(page.locator('[data-place].over')).toHaveAccessibleName('Logement');
  };
  await grab();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('.ghost')).toHaveCount(0);
  expect(await board.names('Transport collectif')).toContain('Ana Pinto');
  await grab();
  await page.mouse.up();
  await expect(board.said).toHaveText(/Ana Pinto et Fatou Diallo.*Logement/);
  expect(await board.names('Logement')).toEqual(expect.arrayContaining(['Ana Pinto', 'Fatou Diallo']));
  await board.close();
});

test('[BREAK-26] a finger that rests upon somebody drags them, one that moves at once scrolls', async () => {
  const board = await Board.open(fixture, THREE_ROOMS, {
    hasTouch: true,
    viewport: { width: 768, height: 1024 },
  });
  const { page } = board;
  await board.button('Agrandir').tap();
  const ana = page.getByText('Ana Pinto', { exact: true });
  await ana.scrollIntoViewIfNeeded();
  const [from, target] = [await ana.boundingBox(), await board.pointOn('Logement')];
  if (!from) throw new Error('not in sight');
  const touch = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  const start = { x: from.x + 10, y: from.y + 10 };
  await send('touchStart', start);
  await expect(page.locator('.ghost')).toHaveText('Ana Pinto');
  await send('touchMove', { x: (start.x + target.x) / 2, y: (start.y + target.y) / 2 });
  await send('touchMove', target);
  await expect(page.locator('[data-place].over')).toHaveAccessibleName('Logement');
  await send('touchEnd');
  await expect(board.said).toHaveText('Ana Pinto : maintenant dans « Logement ».');
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await board.close();
});

test('[BREAK-26] what is refused or not answered is said, and nothing of what was chosen is lost', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  const answer = (next: object) =>
    board.page.evaluate((refusal) => {
      (window as unknown as Stores).stores.breakout.next = refusal as never;
    }, next);
  await board.person('Ana Pinto').press('Space');
  for (const [next, words] of [
    [
      { kind: 'noAnswer' },
      'Le déplacement n’a pas été fait. Le serveur n’a pas répondu. Rien n’est perdu : réessayez.',
    ],
    [
      { kind: 'unknownRoom', roomId: 'r0' },
      'Le déplacement n’a pas été fait. Cette salle n’est pas ouverte.',
    ],
  ] as const) {
    await answer(next);
    await board.button('En plénière').press('Enter');
    await expect(board.page.getByRole('alert')).toHaveText(words);
    await expect(board.person('Ana Pinto')).toBeChecked();
    expect(await board.names('Plénière')).toEqual(['Louise Tremblay']);
  }
  await board.button('En plénière').press('Enter');
  await expect(board.page.getByRole('alert')).toHaveCount(0);
  expect(await board.names('Plénière')).toEqual(['Louise Tremblay', 'Ana Pinto']);
  await board.close();
});

test('[BREAK-26] [BREAK-27] another animator acts meanwhile: what one has chosen stays, who left is dropped, and only that is said', async () => {
  const board = await Board.open(fixture, THREE_ROOMS);
  for (const name of ['Ana Pinto', 'Kim Nguyen', 'Fatou Diallo']) await board.person(name).press('Space');
  // Who is not chosen moves without a word.
  await board.another('p2', 'breakout:move', { moves: [{ participantId: 'p5', roomId: 'r0' }] });
  await expect(board.card('Logement').getByRole('checkbox', { name: 'Réal Gagnon' })).toBeVisible();
  await expect(board.said).toHaveText('');
  await board.another('p2', 'breakout:move', { moves: [{ participantId: 'p4', roomId: 'r2' }] });
  await expect(board.said).toHaveText(
    'Ana Pinto : maintenant dans « Sécurité alimentaire », par Ève Lacroix.',
  );
  await expect(board.person('Ana Pinto')).toBeChecked();
  await expect(board.person('Fatou Diallo')).toBeFocused();
  await board.page.evaluate(() => (window as unknown as Stores).stores.meeting.leaves('p6' as never));
  await expect(board.said).toHaveText('Kim Nguyen : départ de la rencontre, retrait de votre choix.');
  await expect(board.page.getByText('2 personnes choisies')).toBeVisible();
  await board.button('En plénière').press('Enter');
  await expect(board.said).toHaveText('Ana Pinto et Fatou Diallo : maintenant en plénière.');
  // One of them is moved on by the other animator: undoing leaves that one there, and says so.
  await board.another('p2', 'breakout:move', { moves: [{ participantId: 'p4', roomId: 'r0' }] });
  await board.button('Annuler le déplacement').press('Enter');
  await expect(board.said).toHaveText(/^Déplacement annulé en partie\. Sans changement pour Ana Pinto/);
  expect(await board.names('Logement')).toContain('Ana Pinto');
  expect(await board.names('Transport collectif')).toContain('Fatou Diallo');
  await board.close();
});
