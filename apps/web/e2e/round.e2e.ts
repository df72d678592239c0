import { expect, test, type Locator, type Page } from '@playwright/test';
import { Line } from './support/line.ts';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { expectHearing, soundLike, toneOf } from './support/who-hears.ts';
import { useProduct } from './support/use-product.ts';

/** A whole round of sub-groups, of eight people: at each step everybody hears exactly those who are where they are. */
const real = useProduct();

// Eight browsers and the server on a machine that may be busy with others.
test.describe.configure({ timeout: 600_000 });

const NAMES = ['Marie', 'Ana', 'Béa', 'Cléo', 'Dan', 'Ève', 'Flo', 'Gil'] as const;
const TONES = Object.fromEntries(NAMES.map((name, i) => [name, toneOf(i)]));
const SOON = { timeout: 30_000 };

/** Somebody whose microphone gives a tone of their own; without a camera, of which eight would take the whole machine. */
async function come(name: string, url: string, code: string): Promise<Person> {
  const context = await real.browser.newContext({
    locale: 'fr-CA',
    permissions: ['microphone', 'camera'],
    viewport: { width: 1280, height: 800 },
  });
  await context.addInitScript(soundLike, TONES[name]);
  // What a busy machine makes a browser give up by itself is another matter (LINE-1).
  await context.addInitScript(() => localStorage.setItem('relais:line-care', 'off'));
  const person = await Person.joining(context, { url, code, name, devices: false });
  await expect(person.button('Micro')).toHaveAttribute('aria-pressed', 'true', SOON);
  return person;
}

/** The board, on the animator's screen. */
class Board {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
  }

  async open(): Promise<void> {
    await this.button('Plus').click();
    await this.button('Sous-groupes').click();
  }

  button = (name: string | RegExp): Locator =>
    this.person.page.getByRole('button', { name, exact: typeof name === 'string' });

  async move(name: string, to: string): Promise<void> {
    await this.button(`${name} : autres actions`).click();
    await this.button('Déplacer vers…').click();
    await this.person.page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${to}`) })
      .click();
  }
}

/** Days before, without joining: three rooms and who belongs there. */
async function preparePlan(page: Page): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await button('Nouvelle préparation').click();
  await page.getByLabel('Nom de la préparation').fill('Ateliers');
  for (const [i, { name, people }] of PLAN.entries()) {
    await page.getByLabel(`Nom de la salle ${i + 1}`).fill(name);
    await page.getByText('Consigne, document et personnes').nth(i).click();
    await page.getByLabel('Personnes attendues dans cette salle').nth(i).fill(people.join('\n'));
  }
  await button('Enregistrer').click();
  await expect(page.getByText('« Ateliers » est enregistrée.')).toBeVisible();
}

const PLAN = [
  { name: 'Logement', people: ['Ana', 'Béa'] },
  { name: 'Transport', people: ['Cléo', 'Dan'] },
  { name: 'Jeunesse', people: ['Ève', 'Flo', 'Gil'] },
];

test('[BREAK-2] [BREAK-3] a whole round of eight people in three rooms, and who hears whom at each step', async () => {
  const { code, facilitatorKey } = await createRunMeeting(real.product.url);
  await using stack = new AsyncDisposableStack();
  const line = await Line.to(real.product.port);
  stack.defer(() => line.close());

  // Marie's page and socket go over a line of her own; sound and picture go past it.
  const preparing = await real.browser.newContext({ locale: 'fr-CA' });
  const door = await preparing.newPage();
  await door.goto(`${line.url}/r/${code}/sous-groupes#animation=${facilitatorKey}`);
  await preparePlan(door);
  await preparing.close();

  const marie = await come('Marie', line.url, `${code}#animation=${facilitatorKey}`);
  const arrive = (name: string) => come(name, real.product.url, code);
  const ana = await arrive('Ana');
  const bea = await arrive('Béa');
  const cleo = await arrive('Cléo');
  const dan = await arrive('Dan');
  const eve = await arrive('Ève');
  const flo = await arrive('Flo');
  const seven = [marie, ana, bea, cleo, dan, eve, flo];
  await expectHearing([seven], TONES, 'before');

  // The plan that was prepared is opened as it is.
  const board = new Board(marie);
  await board.open();
  await board.button(/^Utiliser/).click();
  await marie.page
    .getByLabel('Qui arrive en retard')
    .selectOption('va dans la salle dont la liste porte son nom');
  await board.button('Voir la répartition').click();
  await board.button('Ouvrir 3 salles').click();
  await expect(ana.page.getByText('Vous êtes dans la salle Logement').first()).toBeVisible(SOON);
  const rooms = [[ana, bea], [cleo, dan], [eve, flo], [marie]];
  await expectHearing(rooms, TONES, 'in the rooms');

  // A wrong move, mended.
  await board.move('Ana', 'Transport');
  await expectHearing([[bea], [cleo, dan, ana], [eve, flo], [marie]], TONES, 'after a wrong move');
  await board.button('Annuler le déplacement').click();
  await expectHearing(rooms, TONES, 'after it was undone');

  // Who comes late goes where the list says.
  const gil = await arrive('Gil');
  const all = [...seven, gil];
  await expect(gil.page.getByText('Vous êtes dans la salle Jeunesse').first()).toBeVisible(SOON);
  const full = [[ana, bea], [cleo, dan], [eve, flo, gil], [marie]];
  await expectHearing(full, TONES, 'with who came late');

  // A room asks for help, and sees who comes.
  await cleo.button('Demander de l’aide').first().click();
  await cleo.page.getByLabel('Pourquoi (facultatif)').fill('Nous n’avons pas le document.');
  await cleo.button('Envoyer la demande').click();
  await board.button('Je m’en occupe : Transport').click();
  await expect(dan.page.getByText('Marie vient vous voir.').first()).toBeVisible(SOON);
  await board.button('Y aller : Transport').first().click();
  await expectHearing(
    [
      [ana, bea],
      [cleo, dan, marie],
      [eve, flo, gil],
    ],
    TONES,
    'while Marie visits',
  );
  await board.button('C’est réglé : Transport').click();
  await board.button('Revenir : Plénière').click();
  await expectHearing(full, TONES, 'when she is back');

  // Each room writes its notes.
  await ana.button('Notes').click();
  await ana.page.getByRole('textbox', { name: /^Notes de la salle/ }).fill('Des toits pour l’hiver.');
  await expect(ana.page.getByText('Enregistré', { exact: true })).toBeVisible(SOON);
  await expect(marie.page.getByText('Des toits pour l’hiver.')).toBeVisible(SOON);

  // To all rooms in writing, and by voice while a key is held.
  await board.button('Écrire aux salles').click();
  const dialog = marie.page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Il reste dix minutes.');
  await dialog.getByRole('button', { name: 'Envoyer' }).click();
  for (const person of [bea, dan, gil])
    await expect(person.page.getByText('Il reste dix minutes.').first()).toBeVisible(SOON);
  await board.button('Parler à toutes les salles').focus();
  await marie.page.keyboard.down('Space');
  await expectHearing(full, TONES, 'while Marie speaks to all', marie);
  await expect(gil.page.getByText(/Marie parle à toutes les salles/).first()).toBeVisible(SOON);
  await marie.page.keyboard.up('Space');
  await expectHearing(full, TONES, 'when she has let go');

  // More time, then so much less that what is left is half a minute; her line is cut for longer than that.
  await board.button('+ 5 min').click();
  await expect(flo.page.getByText(/^1[5-9]:\d\d$/).first()).toBeVisible(SOON);
  for (let i = 0; i < 4; i += 1) await board.button('− 5 min').click();
  await expect(board.person.page.getByText(/0:[0-3]\d/).first()).toBeVisible(SOON);
  line.cut();
  const cutAt = performance.now();
  await expectHearing(full.slice(0, 3), TONES, 'while her line is cut');
  // Over on time, without her.
  const others = all.filter((one) => one !== marie);
  await expectHearing([others], TONES, 'back by themselves', marie);
  await expect.poll(() => performance.now() - cutAt, { timeout: 60_000 }).toBeGreaterThan(20_000);
  line.mend();
  await expectHearing([all], TONES, 'with all in the plenary');

  // What the rooms have written is one document for all.
  await dan.page.getByRole('button', { name: 'Plus', exact: true }).click();
  await dan.page.getByRole('button', { name: 'Notes', exact: true }).click();
  await dan
    .button('Récolte')
    .or(dan.page.getByRole('tab', { name: 'Récolte' }))
    .first()
    .click();
  await expect(dan.page.getByText('Des toits pour l’hiver.').first()).toBeVisible(SOON);
});
