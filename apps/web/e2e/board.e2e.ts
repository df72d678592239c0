import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { CODE } from './fixtures/serve.ts';
import type { FakeBreakout } from './fixtures/views/breakout.svelte.ts';
import type { FakeMeeting } from './fixtures/views/meeting.svelte.ts';
import { useFixture } from './support/use-fixture.ts';

/** The board over made-up rooms, which decide as the hub does: by keyboard alone, and as a screen reader has it. */
const fixture = useFixture();

interface Stores {
  stores: { breakout: FakeBreakout; meeting: FakeMeeting };
}

class Board {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(query: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await fixture.browser.newContext({
      locale: 'fr-CA',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    await page.goto(`${fixture.url}/r/${CODE}?inside&devices=on&facilitator&${query}`);
    const board = new Board(page);
    await board.button('Plus').press('Enter');
    await board.button('Sous-groupes').press('Enter');
    await expect(board.card('Plénière')).toBeVisible();
    return board;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  card(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  person(name: string): Locator {
    return this.page.getByRole('checkbox', { name, exact: true });
  }

  /** The board's own: everybody has one in the bar. */
  get clock(): Locator {
    return this.page.locator('.board').getByRole('timer');
  }

  get said(): Locator {
    return this.page.locator('.foot [role=status]');
  }

  /** The names on a card, in order. */
  async names(card: string): Promise<string[]> {
    return this.card(card)
      .getByRole('checkbox')
      .evaluateAll((boxes) =>
        boxes.map((box) => (box instanceof HTMLInputElement ? (box.labels?.[0]?.innerText ?? '') : '')),
      );
  }

  /** As somebody else of the meeting. */
  another(who: string, name: string, payload: unknown): Promise<void> {
    return this.page.evaluate(
      ([by, request, asked]) => {
        const { stores } = window as unknown as Stores;
        const done = stores.breakout.act(by as never, request as never, asked);
        if (!done.ok) throw new Error(JSON.stringify(done.error));
      },
      [who, name, payload] as const,
    );
  }

  close = () => this.page.context().close();
}

const THREE = 'people=12&rooms=3';

test('[BREAK-25] the board of 12 rooms as a screen reader has it: names, headings, states', async () => {
  const board = await Board.open('people=60&rooms=12&asks=3&help=mine');
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
  const board = await Board.open(`${THREE}&help=mine`);
  await expect(board.person('Marc-André Wabie')).toHaveAccessibleDescription('Accueil micro ouvert, parle');
  await expect(board.person('Ève Lacroix')).toHaveAccessibleDescription(
    'animation connexion très lente sans micro',
  );
  await expect(board.person('Réal Gagnon')).toHaveAccessibleDescription('coupure réseau micro coupé');
  await board.close();
});

test('[BREAK-26] two people are moved by keyboard alone, the focus goes with them, and the move is undone', async () => {
  const board = await Board.open(THREE);
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

// Not steady: it failed in a whole run, and passes alone. The cause is to be found.
test.fixme('[BREAK-26] one by menu: to another room, to the plenary, a role, and the relief', async () => {
  const board = await Board.open(THREE);
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
  const board = await Board.open(THREE);
  await board.person('Ana Pinto').press('Space');
  await board.person('Réal Gagnon').press('Space');
  await board.button('Échanger').press('Enter');
  await expect(board.said).toHaveText('Ana Pinto et Réal Gagnon ont échangé leurs salles.');
  expect(await board.names('Sécurité alimentaire')).toContain('Ana Pinto');
  expect(await board.names('Transport collectif')).toContain('Réal Gagnon');
  await board.close();
});

// Not steady: it failed in a whole run, and passes alone. The cause is to be found.
test.fixme('[BREAK-26] people are dragged to another card, all who are chosen together; Escape leaves them where they are', async () => {
  const board = await Board.open(THREE);
  const { page } = board;
  await board.button('Agrandir').click();
  await board.person('Ana Pinto').check();
  await board.person('Fatou Diallo').check();
  const grab = async () => {
    await page.getByText('Ana Pinto', { exact: true }).hover();
    await page.mouse.down();
    const to = await board.card('Logement').boundingBox();
    if (!to) throw new Error('the card is not in sight');
    await page.mouse.move(to.x + to.width / 2, to.y + 30, { steps: 8 });
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
  const board = await Board.open(THREE, { hasTouch: true, viewport: { width: 768, height: 1024 } });
  const { page } = board;
  await board.button('Agrandir').tap();
  const [from, to] = await Promise.all([
    page.getByText('Ana Pinto', { exact: true }).boundingBox(),
    board.card('Logement').boundingBox(),
  ]);
  if (!from || !to) throw new Error('not in sight');
  const touch = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  const start = { x: from.x + 10, y: from.y + 10 };
  const target = { x: to.x + 40, y: to.y + 30 };
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
  const board = await Board.open(THREE);
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
  const board = await Board.open(THREE);
  for (const name of ['Ana Pinto', 'Kim Nguyen', 'Fatou Diallo']) await board.person(name).press('Space');
  // Who is not chosen moves without a word.
  await board.another('p2', 'breakout:move', { moves: [{ participantId: 'p5', roomId: 'r0' }] });
  await expect(board.card('Logement').getByRole('checkbox', { name: 'Réal Gagnon' })).toBeVisible();
  await expect(board.said).toHaveText('');
  await board.another('p2', 'breakout:move', { moves: [{ participantId: 'p4', roomId: 'r2' }] });
  await expect(board.said).toHaveText(
    'Ana Pinto : maintenant dans « Sécurité alimentaire », par quelqu’un d’autre.',
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

test('[BREAK-27] time is given to all and to one room by keyboard, closing is called off, and each is said once', async () => {
  const board = await Board.open(THREE);

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
  const board = await Board.open('people=60&rooms=12&asks=1');
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
  const board = await Board.open(`${THREE}&asks=1`);
  await board.another('p2', 'breakout:takeAsk', { kind: 'help', roomId: 'r0' });
  const queue = board.page.getByRole('region', { name: 'Demandes 1' });
  await expect(queue).toContainText('Ève Lacroix s’en occupe');
  await expect(board.button('Je m’en occupe : Logement')).toHaveCount(0);
  await board.close();
});

test('[BREAK-28] a new request is told once to who has no board open, in one sentence, with the way to it', async () => {
  const board = await Board.open(THREE);
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
  const board = await Board.open(THREE);
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

test('[BREAK-25] of 50 rooms one is found by somebody’s name, and those in need come first', async () => {
  const board = await Board.open('people=250&rooms=50&asks=2');
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

test('[BREAK-29] when a round is over, the same rooms are opened anew in one step', async () => {
  const board = await Board.open(THREE);
  const { page } = board;
  await page.evaluate(() => (window as unknown as Stores).stores.breakout.ends());
  const again = page.getByRole('region', { name: 'Nouvelle ronde' });
  await expect(again.getByRole('textbox', { name: 'Durée en minutes' })).toHaveValue('15');
  await again.getByRole('button', { name: 'Mêmes groupes' }).press('Enter');
  await expect(board.card('Logement')).toContainText('3 personnes');
  await expect(board.clock).toContainText('Les salles ouvrent dans');
  await board.close();
});
