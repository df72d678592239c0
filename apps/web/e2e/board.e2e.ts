import { expect, test } from '@playwright/test';
import { Board, THREE_ROOMS } from './support/board.ts';
import { useFixture } from './support/use-fixture.ts';

/** The board over made-up rooms, which decide as the hub does: as a screen reader has it, and how rooms are found. */
const fixture = useFixture();

test('[BREAK-25] the board of 12 rooms as a screen reader has it: names, headings, states', async () => {
  const board = await Board.open(fixture, 'people=60&rooms=12&asks=3&help=mine');
  await expect(board.page.getByRole('region', { name: 'Demandes 3' })).toMatchAriaSnapshot(`
    - region "Demandes 3":
      - heading "Demandes 3" [level=3]
      - list:
        - listitem:
          - paragraph: "Aide : Logement"
          - paragraph: par Yvon Perreault, depuis 7 minutes
          - paragraph: Une personne n’entend plus rien.
          - 'button "Je m’en occupe : Logement"': Je m’en occupe
        - listitem:
          - paragraph: "Temps : Transport collectif"
          - paragraph: par Sophie Mowatt, depuis 5 minutes
          - 'button "+ 1 min : Transport collectif"': + 1 min
          - 'button "+ 5 min : Transport collectif"': + 5 min
          - 'button "Refuser : Transport collectif"': Refuser
        - listitem:
          - paragraph: "Aide : Sécurité alimentaire"
          - paragraph: par Denis Caron, depuis 3 minutes
          - paragraph: Ève Lacroix s’en occupe
          - 'button "C’est réglé : Sécurité alimentaire"': C’est réglé
  `);
  await expect(board.card('Transport collectif')).toMatchAriaSnapshot(`
    - region "Transport collectif":
      - heading "Transport collectif" [level=3]:
        - button "Transport collectif" [expanded]
      - 'button "Y aller : Transport collectif"': Y aller
      - 'button "Transport collectif : autres actions"'
      - paragraph: 5 personnes Temps demandé
      - list "Transport collectif":
        - listitem:
          - checkbox "Marc-André Wabie"
          - text: Marc-André Wabie micro ouvert, parle
          - 'button "Marc-André Wabie : autres actions"'
          - paragraph: Accueil
  `);
  await expect(board.card('Plénière')).toMatchAriaSnapshot(`
    - region "Plénière":
      - heading "Plénière" [level=3]:
        - button "Plénière" [expanded]
      - paragraph: 1 personne vous y êtes
      - list "Plénière":
        - listitem:
          - checkbox "Louise Tremblay"
  `);
  await expect(board.page.getByRole('group', { name: 'Temps pour toutes les salles' })).toMatchAriaSnapshot(`
    - group "Temps pour toutes les salles":
      - button "− 5 min": − 5
      - button "− 1 min": − 1
      - button "+ 1 min": + 1
      - button "+ 5 min": + 5
  `);
  // Each room is a heading to jump to, and nobody is on two cards.
  const rooms = board.page.locator('[data-place]');
  await expect(rooms).toHaveCount(13);
  await expect(rooms.getByRole('heading', { level: 3 })).toHaveCount(13);
  await expect(board.page.getByRole('checkbox')).toHaveCount(60);
  // What counts down is not read out; what is said is said politely, in one place of the board and one of its search.
  await expect(board.clock).toHaveAttribute('aria-live', 'off');
  await expect(
    board.page.locator('.board [aria-live]:not([aria-live=off]), .board [role=alert]'),
  ).toHaveCount(0);
  await expect(board.page.locator('.board [role=status]')).toHaveCount(2);
  await board.close();
});

test('[BREAK-25] what a person is stands in the description of their checkbox', async () => {
  const board = await Board.open(fixture, `${THREE_ROOMS}&help=mine`);
  await expect(board.person('Marc-André Wabie')).toHaveAccessibleDescription('Accueil micro ouvert, parle');
  await expect(board.person('Ève Lacroix')).toHaveAccessibleDescription(
    'animation connexion très lente sans micro',
  );
  await expect(board.person('Réal Gagnon')).toHaveAccessibleDescription('coupure réseau micro coupé');
  await board.close();
});

test('[BREAK-25] of 50 rooms one is found by somebody’s name, and those in need come first', async () => {
  const board = await Board.open(fixture, 'people=250&rooms=50&asks=2');
  const { page } = board;
  const rooms = page.locator('[data-place]');
  await expect(rooms).toHaveCount(51);
  // Folded, so that all are in sight sooner; their names are read all the same.
  await expect(board.card('Salle 20')).not.toContainText('autres actions');
  await expect(board.button('Salle 20')).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Chercher une personne ou une salle' }).fill('salle 33');
  await expect(rooms).toHaveCount(1);
  await expect(page.getByText('1 salle trouvée')).toBeVisible();
  await page.getByRole('searchbox').fill('geneviève');
  await expect(board.page.getByRole('checkbox', { name: 'Geneviève Audet-Lemay' }).first()).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.keyboard.press('Tab');
  await expect(board.button('À voir d’abord')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(board.button('À voir d’abord')).toHaveAttribute('aria-pressed', 'true');
  expect(await rooms.evaluateAll((all) => all.slice(0, 2).map((one) => one.dataset['place']))).toEqual([
    'plenary',
    'r0',
  ]);
  await board.close();
});
