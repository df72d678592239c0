import { expect, test, type Locator } from '@playwright/test';
import { Animator, roundOf } from './support/animator.ts';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

const SOON = { timeout: 20_000 };

/** The board on the screen of one of those who run the meeting. */
class Board {
  readonly person: Person;

  private constructor(person: Person) {
    this.person = person;
  }

  static async of(name: string, code: string, facilitatorKey: string): Promise<Board> {
    const person = await Person.joining(real.browser, {
      url: real.product.url,
      code: `${code}#animation=${facilitatorKey}`,
      name,
      devices: false,
      viewport: { width: 1280, height: 800 },
    });
    const board = new Board(person);
    await board.open();
    return board;
  }

  async open(): Promise<void> {
    await this.button('Plus').click();
    await this.button('Sous-groupes').click();
  }

  button = (name: string | RegExp): Locator =>
    this.person.page.getByRole('button', { name, exact: typeof name === 'string' });

  card = (room: string): Locator => this.person.page.getByRole('region', { name: room, exact: true });

  who = (room: string, name: string): Locator => this.card(room).getByRole('checkbox', { name, exact: true });

  get said(): Locator {
    return this.person.page.locator('.foot [role=status]');
  }

  /** Up to the last press. */
  async aboutToMove(name: string, to: string): Promise<() => Promise<void>> {
    await this.button(`${name} : autres actions`).click();
    await this.button('Déplacer vers…').click();
    const target = this.person.page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${to}`) });
    await expect(target).toBeVisible();
    return () => target.click();
  }

  async move(name: string, to: string): Promise<void> {
    await (
      await this.aboutToMove(name, to)
    )();
  }
}

/** Two who run the meeting, each with the board, and four who do not, in three rooms. */
async function gather() {
  const { url } = real.product;
  const { code, facilitatorKey } = await createRunMeeting(url);
  const people = new Map<string, Animator>();
  for (const name of ['Ana', 'Béa', 'Cléo', 'Dan'])
    people.set(name, await Animator.joining(url, { code }, name));
  const opener = await Animator.joining(url, { code, facilitatorKey }, 'Relève');
  await opener.ask('breakout:open', roundOf([['Ana', 'Béa'], ['Cléo'], ['Dan']]));
  opener.close();
  const [marie, odile] = await Promise.all([
    Board.of('Marie', code, facilitatorKey),
    Board.of('Odile', code, facilitatorKey),
  ]);
  for (const board of [marie, odile]) await expect(board.who('Salle 1', 'Ana')).toBeVisible(SOON);
  return { marie, odile, person: (name: string) => people.get(name)!, people: [...people.values()] };
}

test('[BREAK-26] [BREAK-27] [BREAK-28] two run the rooms at once: each sees what the other does, and who it was', async () => {
  const { marie, odile, person, people } = await gather();

  await test.step('each sees what the other has moved, and is told nothing of whom they do not work upon', async () => {
    await marie.move('Béa', 'Salle 2');
    await expect(marie.said).toHaveText('Béa : maintenant dans « Salle 2 ».');
    await expect(odile.who('Salle 2', 'Béa')).toBeVisible(SOON);
    await expect(odile.said).toHaveText('');
    await odile.move('Dan', 'Salle 1');
    await expect(marie.who('Salle 1', 'Dan')).toBeVisible(SOON);
  });

  await test.step('both move the same person at the same time: one place holds, and the other is told by whom', async () => {
    const [toThree, toTwo] = [
      await marie.aboutToMove('Ana', 'Salle 3'),
      await odile.aboutToMove('Ana', 'Salle 2'),
    ];
    await Promise.all([toThree(), toTwo()]);
    const overtaken = /^Ana : maintenant dans « (Salle \d) », par (Marie|Odile)\.$/;
    const told = async () =>
      (await Promise.all([marie, odile].map(({ said }) => said.innerText()))).flatMap((text) => {
        const [, room = '', by = ''] = overtaken.exec(text.replaceAll('\u00a0', ' ')) ?? [];
        return by ? [{ room, by }] : [];
      });
    await expect.poll(async () => (await told()).length, SOON).toBe(1);
    const [{ room, by } = { room: '', by: '' }] = await told();
    expect({ room, by }).toEqual(
      by === 'Marie' ? { room: 'Salle 3', by: 'Marie' } : { room: 'Salle 2', by: 'Odile' },
    );
    for (const board of [marie, odile]) await expect(board.who(room, 'Ana')).toBeVisible();
    const winner = by === 'Marie' ? marie : odile;
    await expect(winner.said).toHaveText(`Ana : maintenant dans « ${room} ».`);
  });

  await test.step('one takes a request, and the other sees that it is taken, and by whom', async () => {
    await person('Cléo').ask('breakout:ask', { kind: 'help', reason: 'La consigne est obscure.' });
    await expect(odile.button('Je m’en occupe : Salle 2')).toBeVisible(SOON);
    await marie.button('Je m’en occupe : Salle 2').click();
    await expect(odile.person.page.getByRole('region', { name: /^Demandes/ })).toContainText(
      'Marie s’en occupe',
      SOON,
    );
    await expect(odile.button('Je m’en occupe : Salle 2')).toHaveCount(0);
    await marie.button('C’est réglé : Salle 2').click();
    await expect(odile.person.page.getByRole('region', { name: /^Demandes/ })).toHaveCount(0, SOON);
  });

  await test.step('one closes the board, and the other goes on; opened again it shows what was done meanwhile', async () => {
    await odile.person.page.keyboard.press('Escape');
    await expect(odile.card('Salle 1')).toHaveCount(0);
    await marie.move('Dan', 'Salle 3');
    await expect(marie.who('Salle 3', 'Dan')).toBeVisible(SOON);
    await odile.open();
    await expect(odile.who('Salle 3', 'Dan')).toBeVisible(SOON);
  });

  await test.step('one leaves, and the round goes on for the other', async () => {
    await marie.person.close();
    await odile.button('+ 5 min').click();
    await expect(odile.person.page.locator('.board').getByRole('timer')).toHaveText(/^Il reste 1[45]:/, SOON);
    await odile.move('Dan', 'Salle 1');
    await expect(odile.who('Salle 1', 'Dan')).toBeVisible(SOON);
  });

  for (const one of people) one.close();
  await odile.person.close();
});
