import { expect, test, type Page } from '@playwright/test';
import { Animator } from './support/animator.ts';
import { Line } from './support/line.ts';
import { createRunMeeting, type RunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

const TASK = 'Nommez trois obstacles.';
const DOCUMENT = 'https://documents.exemple.ca/constats';
const ROUND = {
  countdownSeconds: 0,
  minutes: 15,
  late: 'smallest',
  mayChoose: false,
  seed: 1,
  withFacilitators: false,
} as const;

const bar = (page: Page) => page.getByRole('region', { name: 'Sous-groupes' });
const voice = (page: Page) => page.getByRole('status').and(page.locator('p.visually-hidden'));

/** A meeting that somebody runs, and who comes to it. */
async function gather(
  names: readonly string[],
  options: { url?: string; phone?: boolean; devices?: boolean } = {},
) {
  const meeting: RunMeeting = await createRunMeeting(real.product.url);
  const animator = await Animator.joining(real.product.url, meeting, 'Marie');
  const people: Person[] = [];
  for (const [i, name] of names.entries()) {
    const url = i === 0 ? (options.url ?? real.product.url) : real.product.url;
    const { devices = false, phone = false } = i === 0 ? options : {};
    people.push(await Person.joining(real.browser, { url, code: meeting.code, name, devices, phone }));
  }
  return {
    animator,
    people,
    /** The first room for all but the last, who is in the second. */
    open: async (round: Partial<typeof ROUND | { countdownSeconds: number; minutes: number }> = {}) => {
      const ids = await Promise.all(names.map((name) => animator.idOf(name)));
      const placements = ids.map((participantId, i) => ({
        participantId,
        room: i === ids.length - 1 ? 1 : 0,
      }));
      const rooms = [{ name: 'Logement', instructions: TASK, documentUrl: DOCUMENT }, { name: 'Transport' }];
      await animator.ask('breakout:open', {
        ...ROUND,
        ...round,
        rooms,
        filling: { kind: 'byHand', placements },
      });
    },
    move: async (name: string, room: string | null) => {
      const [participantId, roomId] = [await animator.idOf(name), room && (await animator.roomId(room))];
      await animator.ask('breakout:move', { moves: [{ participantId, roomId }] });
    },
    end: async () => {
      animator.close();
      await Promise.all(people.map((person) => person.close()));
    },
  };
}

test('[BREAK-20] [BREAK-21] a round as its people see it: where one goes, with whom, what is to be done there, until when, and back', async () => {
  test.setTimeout(150_000);
  const { animator, people, open, end } = await gather(['Ana', 'Marc', 'Léa'], {
    phone: true,
    devices: true,
  });
  const [ana, , léa] = people as [Person, Person, Person];
  await expect(ana.button('Micro')).toBeVisible();
  const microphone = await ana.button(/^Micro/).getAttribute('aria-label');
  await open({ countdownSeconds: 6 });
  await expect(bar(ana.page)).toContainText(/Les sous-groupes ouvrent dans [1-6] s/);
  await expect(bar(ana.page)).toContainText('Vous irez dans la salle Logement.');
  await expect(voice(ana.page)).toContainText('Vous irez dans la salle Logement.');

  await expect(bar(ana.page)).toContainText('Vous êtes dans la salle Logement avec Marc.');
  await expect(voice(ana.page)).toContainText(
    'Vous êtes dans la salle Logement avec Marc. Il reste 15 minutes dans la salle.',
  );
  await expect(bar(ana.page)).toContainText(/Il reste 1[45]:\d\d/);
  await expect(bar(ana.page)).toContainText(TASK);
  const link = bar(ana.page).getByRole('link', { name: /Ouvrir le document/ });
  await expect(link).toHaveAttribute('href', DOCUMENT);
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await ana.button('Consigne').click();
  await expect(bar(ana.page)).not.toContainText(TASK);
  // Nobody was asked anything about their microphone, and it is as it was.
  expect(await ana.button(/^Micro/).getAttribute('aria-label')).toBe(microphone);
  await expect(ana.tile('Marc')).toBeVisible();
  await expect(ana.tile('Léa')).toHaveCount(0);
  await expect(bar(léa.page)).toContainText('Il n’y a personne d’autre ici pour le moment.');

  // Who is where, one's own place first.
  await ana.page
    .getByRole('button', { name: /^Personnes présentes/ })
    .first()
    .click();
  await expect(ana.page.getByRole('complementary').getByRole('heading', { level: 3 })).toHaveText([
    /^Logement \(2\)\s+Vous y êtes$/, /^Plénière \(1\)\s*$/, /^Transport \(1\)\s*$/,
  ]); // prettier-ignore
  await ana.page.keyboard.press('Escape');

  const marc = await animator.idOf('Marc');
  await animator.ask('breakout:giveRole', { participantId: marc, role: 'noteTaker' });
  await expect(voice(people[1]!.page)).toContainText('Votre rôle dans la salle : prise de notes.');

  await animator.ask('breakout:close', {});
  await expect(bar(ana.page)).toContainText(/Retour en plénière dans \d+ s/);
  await expect(voice(ana.page)).toContainText('La salle ferme : retour en plénière dans');
  await ana.button('Demander une minute de plus').click();
  await expect(bar(ana.page)).toContainText('Une minute de plus est demandée.');
  await expect(bar(people[1]!.page)).toContainText('Une minute de plus est demandée.');
  await animator.ask('breakout:addTime', { minutes: 1 });
  await expect(bar(ana.page)).toContainText(/Il reste 1[56]:\d\d/);
  await expect(voice(ana.page)).toContainText('Du temps a été ajouté');

  await animator.ask('breakout:close', {});
  await expect(bar(ana.page)).toContainText('Vous êtes de retour en plénière.', { timeout: 45_000 });
  await expect(voice(ana.page)).toContainText('Vous êtes de retour en plénière.');
  await expect(ana.tile('Léa')).toBeVisible();
  await end();
});

test('[BREAK-23] a room asks for help once, with a reason, sees who comes, and may take it back', async () => {
  const { animator, people, open, end } = await gather(['Ana', 'Marc', 'Léa']);
  const [ana, marc, léa] = people as [Person, Person, Person];
  await open();
  await expect(bar(ana.page)).toContainText('Logement');
  await ana.button('Demander de l’aide').click();
  await expect(ana.page.getByRole('textbox', { name: 'Pourquoi (facultatif)' })).toBeFocused();
  await ana.page.keyboard.type('La consigne est obscure.');
  await ana.button('Envoyer la demande').click();
  await expect(bar(ana.page)).toContainText('Demande envoyée.');
  await expect(bar(marc.page)).toContainText('Demandée par Ana.');
  await expect(ana.button('Demander de l’aide')).toHaveCount(0);
  await expect(bar(léa.page)).not.toContainText('Demande envoyée');
  expect((await animator.meeting()).breakout?.asks.map(({ reason }) => reason)).toEqual([
    'La consigne est obscure.',
  ]);

  const roomId = await animator.roomId('Logement');
  await animator.ask('breakout:takeAsk', { kind: 'help', roomId });
  for (const one of [ana, marc]) await expect(bar(one.page)).toContainText('Marie vient vous voir.');
  await expect(voice(ana.page)).toContainText('Marie vient vous voir.');
  await marc.button('Retirer la demande').click();
  await expect(ana.button('Demander de l’aide')).toBeVisible();
  expect((await animator.meeting()).breakout?.asks).toEqual([]);
  await end();
});

test('[BREAK-8] [BREAK-24] who may choose goes where they want by keyboard alone, sees who is where, and comes back', async () => {
  const { animator, people, end } = await gather(['Ana', 'Marc']);
  const [ana] = people as [Person, Person];
  const rooms = [{ name: 'Logement' }, { name: 'Transport' }];
  await animator.ask('breakout:open', {
    ...ROUND,
    mayChoose: true,
    late: 'choose',
    rooms,
    filling: { kind: 'choice' },
  });
  await ana.button('Choisir une salle').focus();
  await ana.page.keyboard.press('Enter');
  const list = ana.page.getByRole('complementary', { name: 'Salles' });
  await expect(list.getByRole('listitem').first()).toContainText('3 personnes');
  await list.getByRole('button', { name: 'Y aller : Transport' }).focus();
  await ana.page.keyboard.press('Enter');
  const transport = list
    .getByRole('listitem')
    .filter({ has: ana.page.getByRole('heading', { name: 'Transport' }) });
  await expect(transport).toHaveAttribute('aria-current', 'location');
  await expect(transport).toContainText('Ana');
  // The focus stays where one pressed.
  await expect(transport.getByRole('button', { name: 'Vous y êtes' })).toBeFocused();
  await expect(voice(ana.page)).toContainText('Vous êtes dans la salle Transport.');
  await list.getByRole('button', { name: 'Y aller : Logement' }).click();
  await expect(bar(ana.page)).toContainText('Vous êtes dans la salle Logement');
  await list.getByRole('button', { name: 'Revenir en plénière' }).click();
  await expect(bar(ana.page)).toContainText('Plénière');
  await end();
});

test('[BREAK-14] [BREAK-15] [BREAK-22] messages are those of where one is, announcements reach all, and a draft waits where it was begun', async () => {
  const { animator, people, open, move, end } = await gather(['Ana', 'Marc', 'Léa']);
  const [ana, marc, léa] = people as [Person, Person, Person];
  await ana.write('bonjour à tout le monde');
  await expect.poll(() => ana.texts()).toEqual(['bonjour à tout le monde']);
  await open();
  await expect(ana.page.getByRole('heading', { name: 'Messages : Logement' })).toBeVisible();
  await ana.write('seulement nous');
  await marc.openMessages();
  await expect.poll(() => marc.texts()).toEqual(['seulement nous']);
  await léa.openMessages();
  await expect(léa.page.getByRole('heading', { name: 'Messages : Transport' })).toBeVisible();
  await expect.poll(() => léa.texts()).toEqual([]);
  await ana.button('Lire les messages : Plénière').click();
  await expect.poll(() => ana.texts()).toEqual(['bonjour à tout le monde']);
  await ana.button('Lire les messages : Logement').click();

  await animator.ask('breakout:announce', {
    clientMessageId: crypto.randomUUID(),
    text: 'Pause dans dix minutes.',
  });
  for (const one of [ana, léa]) {
    await expect(bar(one.page)).toContainText('Annonce de Marie, à toutes les salles');
    await expect(bar(one.page)).toContainText('Pause dans dix minutes.');
  }
  await expect(voice(ana.page)).toContainText(
    'Annonce de Marie, à toutes les salles. Pause dans dix minutes.',
  );
  await bar(ana.page).getByRole('button', { name: 'Ne plus afficher' }).click();
  await expect(bar(ana.page)).not.toContainText('Pause dans dix minutes.');
  await expect(ana.page.getByRole('article').filter({ hasText: 'Annonce de Marie' })).toContainText(
    'Pause dans dix minutes.',
  );

  const box = ana.page.getByRole('textbox', { name: 'Votre message' });
  await box.fill('je commence à écrire');
  await move('Ana', 'Transport');
  await expect(ana.page.getByRole('heading', { name: 'Messages : Transport' })).toBeVisible();
  await expect(box).toHaveValue('');
  await expect(ana.page.getByText('Vous écriviez dans « Logement » :')).toBeVisible();
  await ana.button('Reprendre ici').click();
  await expect(box).toHaveValue('je commence à écrire');
  // What was written there before is there to be read: the announcement.
  await expect.poll(() => ana.texts()).toEqual(['Pause dans dix minutes.']);
  await end();
});

test('[BREAK-22] what was written for a room that one has left meanwhile is posted nowhere, until one says so', async () => {
  const line = await Line.to(real.product.port);
  const { people, open, move, end } = await gather(['Ana', 'Marc', 'Léa'], { url: line.url });
  const [ana, marc, léa] = people as [Person, Person, Person];
  await open();
  for (const one of people) await one.openMessages();
  await expect(ana.page.getByRole('heading', { name: 'Messages : Logement' })).toBeVisible();
  line.cut();
  await ana.write('pour Logement seulement');
  await move('Ana', 'Transport');
  line.mend();
  await expect(
    ana.page.getByText('Non envoyé : vous avez quitté « Logement » avant son envoi.'),
  ).toBeVisible();
  expect(await marc.texts()).toEqual([]);
  expect(await léa.texts()).toEqual([]);
  await ana.button('Envoyer ici').click();
  await expect.poll(() => léa.texts()).toEqual(['pour Logement seulement']);
  expect(await marc.texts()).toEqual([]);
  await end();
  await line.close();
});

test('[BREAK-19] who was named steps in when nobody runs the meeting', async () => {
  const { animator, people, open, end } = await gather(['Ana', 'Marc']);
  const [ana, marc] = people as [Person, Person];
  await open();
  await animator.ask('breakout:nameSuccessor', { participantId: await animator.idOf('Ana') });
  await expect(ana.button('Prendre l’animation')).toHaveCount(0);
  animator.close();
  await ana.button('Prendre l’animation').click();
  await marc.page
    .getByRole('button', { name: /^Personnes/ })
    .first()
    .click();
  await expect(
    marc.page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Ana' }),
  ).toContainText('animation');
  await expect(ana.button('Prendre l’animation')).toHaveCount(0);
  await end();
});
