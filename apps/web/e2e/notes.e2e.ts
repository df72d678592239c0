import { readFile } from 'node:fs/promises';
import { expect, test, type Locator } from '@playwright/test';
import type { RoomId } from '@relais/protocol';
import { Animator } from './support/animator.ts';
import { Line } from './support/line.ts';
import { createRunMeeting, type RunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();
test.describe.configure({ timeout: 180_000 });

/** Several browsers on a machine that may be busy with others. */
const SOON = { timeout: 30_000 };

const createMeeting = () => createRunMeeting(real.product.url, 'Cercle du mardi');

/** Who runs the meeting, by the protocol alone: opens and closes rooms. */
async function facilitating(made: RunMeeting) {
  const animator = await Animator.joining(real.product.url, made, 'Coanimation');
  const meeting = () => animator.meeting();
  const roomIds = async () => (await meeting()).breakout!.round!.rooms.map(({ roomId }) => roomId);
  return {
    read: async (place: RoomId) => (await animator.ask('notes:read', { place })).text,
    /** Two rooms, with these people in the first and those in the second. */
    async open(first: string[], second: string[], again?: RoomId[]): Promise<RoomId[]> {
      const { participants } = await meeting();
      const placed = (names: string[], room: number) =>
        names.map((name) => ({
          participantId: participants.find((one) => one.name === name)!.participantId,
          room,
        }));
      await animator.ask('breakout:open', {
        rooms: ['Logement', 'Transport'].map((name, index) => ({
          name,
          ...(again && { roomId: again[index]! }),
        })),
        filling: { kind: 'byHand', placements: [...placed(first, 0), ...placed(second, 1)] },
        seed: 1,
        withFacilitators: false,
        countdownSeconds: 0,
        minutes: null,
        late: 'choose',
        mayChoose: false,
      });
      return roomIds();
    },
    async close(): Promise<void> {
      await animator.ask('breakout:close', {});
      // Thirty seconds are given to finish; it is over when there is no round any more.
      await expect.poll(async () => (await meeting()).breakout?.round, { timeout: 60_000 }).toBeUndefined();
    },
    async move(name: string, roomId: RoomId): Promise<void> {
      const { participants } = await meeting();
      const { participantId } = participants.find((one) => one.name === name)!;
      await animator.ask('breakout:move', { moves: [{ participantId, roomId }] });
    },
    end: () => animator.close(),
  };
}

const join = (code: string, name: string, url = real.product.url) =>
  Person.joining(real.browser, { url, code, name, devices: false });

async function openNotes(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Notes', exact: true }).click();
  await expect(person.page.getByRole('heading', { name: /^Notes de la/ })).toBeVisible(SOON);
}

const field = (person: Person, name: string): Locator =>
  person.page.getByRole('textbox', { name: new RegExp(`^Notes de la ${name}`) });
const stateOf = (person: Person) => person.page.locator('.state').first();

test('[NOTE-1] [NOTE-2] [NOTE-4] [NOTE-7] two in a room write at once, one of them without a line for a while; the harvest has it all, and a room that is opened again has its notes', async () => {
  const made = await createMeeting();
  const anim = await facilitating(made);
  const line = await Line.to(Number(new URL(real.product.url).port));
  const ana = await join(made.code, 'Ana', line.url);
  const bea = await join(made.code, 'Béa');
  const cleo = await join(made.code, 'Cléo');
  const rooms = await anim.open(['Ana', 'Béa'], ['Cléo']);
  for (const person of [ana, bea, cleo]) await openNotes(person);
  const [atAna, atBea] = [field(ana, 'salle Logement'), field(bea, 'salle Logement')];

  await atAna.pressSequentially('Ana écrit ceci. ');
  await atBea.pressSequentially('Béa écrit cela. ');
  for (const text of ['Ana écrit ceci.', 'Béa écrit cela.'])
    for (const at of [atAna, atBea]) await expect(at).toHaveValue(new RegExp(text), SOON);
  await expect(stateOf(ana)).toHaveText('Enregistré', SOON);

  // What is written without a line is said not to be saved, and is merged with what others wrote meanwhile.
  line.cut();
  await expect(ana.page.getByText(/coupure réseau/i).first()).toBeVisible(SOON);
  await atAna.press('ControlOrMeta+Home');
  await atAna.pressSequentially('Sans réseau. ');
  await atBea.press('ControlOrMeta+End');
  await atBea.pressSequentially('Pendant ce temps. ');
  await expect(stateOf(ana)).toContainText('Pas encore enregistré', SOON);
  line.mend();
  for (const text of ['Sans réseau.', 'Pendant ce temps.'])
    for (const at of [atAna, atBea]) await expect(at).toHaveValue(new RegExp(text), SOON);
  await expect(stateOf(ana)).toHaveText('Enregistré', SOON);
  expect(await atAna.inputValue()).toBe(await atBea.inputValue());

  // What one was writing when one was moved is in the room where it was written.
  const atCleo = field(cleo, 'salle Transport');
  await atCleo.pressSequentially('Une navette');
  await anim.move('Cléo', rooms[0]!);
  await expect(field(cleo, 'salle Logement')).toHaveValue(/Sans réseau/, SOON);
  await expect.poll(() => anim.read(rooms[1]!), SOON).toBe('Une navette');

  await anim.close();
  await expect(field(bea, 'plénière')).toHaveValue('', SOON);
  await bea.button('Récolte').click();
  const panel = bea.page.getByRole('complementary');
  for (const text of ['Ronde 1', 'Logement', 'Sans réseau.', 'Transport', 'Une navette'])
    await expect(panel.getByText(text).first()).toBeVisible(SOON);
  const downloading = bea.page.waitForEvent('download');
  await bea.button('Télécharger (.md)').click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^cercle-du-mardi-.*\.md$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toMatch(
    /^# Récolte – Cercle du mardi\n\n## Ronde 1 .*\n\n### Logement\n\n[^]*Pendant ce temps[^]*### Transport\n\nUne navette\n$/,
  );

  await anim.open(['Béa'], ['Ana'], rooms);
  await expect(field(bea, 'salle Logement')).toHaveValue(/Sans réseau[^]*Pendant ce temps/, SOON);
  await expect(field(ana, 'salle Transport')).toHaveValue('Une navette', SOON);
  anim.end();
  for (const person of [ana, bea, cleo]) await person.close();
  await line.close();
});

test('[NOTE-2] [NOTE-7] what was written without a line is there after a reload; who runs the meeting reads all rooms while they run', async () => {
  const made = await createMeeting();
  const anim = await facilitating(made);
  const ana = await join(made.code, 'Ana');
  const bea = await join(made.code, 'Béa');
  const boss = await Person.joining(real.browser, {
    url: real.product.url,
    code: `${made.code}#animation=${made.facilitatorKey}`,
    name: 'Anim',
    devices: false,
  });
  const rooms = await anim.open(['Ana'], ['Béa']);
  await openNotes(ana);
  const at = field(ana, 'salle Logement');
  await at.pressSequentially('Avant. ');
  await expect(stateOf(ana)).toHaveText('Enregistré', SOON);
  // Nothing is stored any more, though the line stands: the page is closed with what is not acknowledged.
  await ana.context.setOffline(true);
  await at.pressSequentially('Hors ligne.');
  const kept = () => ana.page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));
  await expect.poll(kept, SOON).toContain('relais:notes:');
  await ana.context.setOffline(false);
  await ana.page.reload();
  await ana.page.getByRole('button', { name: /^Entrer/ }).click();
  await expect(ana.button('Quitter')).toBeVisible(SOON);
  await expect.poll(() => anim.read(rooms[0]!), SOON).toBe('Avant. Hors ligne.');
  await expect.poll(kept, SOON).not.toContain('relais:notes:');

  await openNotes(boss);
  await boss.button('Récolte').click();
  const panel = boss.page.getByRole('complementary');
  await expect(panel.getByText('Avant. Hors ligne.')).toBeVisible(SOON);
  await expect(panel.getByText('Des salles sont ouvertes')).toBeVisible();
  // Others' rooms are not offered to who is in one.
  await openNotes(bea);
  await expect(bea.button('Récolte')).toHaveCount(0);
  anim.end();
  for (const person of [ana, bea, boss]) await person.close();
});

test('[NOTE-1] a letter that is being composed stays whole while others write, and the caret stays where it was', async () => {
  const made = await createMeeting();
  const ana = await join(made.code, 'Ana');
  const bea = await join(made.code, 'Béa');
  for (const person of [ana, bea]) {
    await person.button('Plus').click();
    await openNotes(person);
  }
  const [atAna, atBea] = [field(ana, 'plénière'), field(bea, 'plénière')];
  await atAna.pressSequentially('fin');
  await expect(atBea).toHaveValue('fin', SOON);
  await atAna.press('End');
  const input = await ana.context.newCDPSession(ana.page);
  await input.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await atBea.press('Home');
  await atBea.pressSequentially('début ');
  await expect(stateOf(bea)).toHaveText('Enregistré', SOON);
  await input.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  expect(await atAna.inputValue()).toBe('finにほん');
  await input.send('Input.insertText', { text: '日本' });
  for (const at of [atAna, atBea]) await expect(at).toHaveValue('début fin日本', SOON);
  await atAna.pressSequentially('!');
  for (const at of [atAna, atBea]) await expect(at).toHaveValue('début fin日本!', SOON);
  for (const person of [ana, bea]) await person.close();
});
