import { expect, test } from '@playwright/test';
import { Animator } from './support/animator.ts';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { listenForTones, tonesHeard } from './support/tones.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Three browsers and the server on a machine that may be busy with others.
test.describe.configure({ timeout: 180_000 });

const TONE = { Anim: 500, Ana: 1000, Béa: 2000 };
const SOON = { timeout: 30_000, intervals: [50] };

/** What a busy machine makes a browser give up by itself is another matter (LINE-1). */
const before = () => localStorage.setItem('relais:line-care', 'off');

/** By the spectrum of what the page receives. */
const hears = (person: Person, ...tones: number[]) =>
  expect
    .poll(() => tonesHeard(person.page), { ...SOON, message: `what ${person.name} hears` })
    .toEqual(tones);
const microphone = ({ page }: Person, name: 'Micro' | 'Micro coupé') =>
  page.getByRole('button', { name, exact: true });

async function act(anim: Person, on: string, what: string): Promise<void> {
  await anim.button(`Actions pour ${on}`).click();
  await anim.page
    .getByRole('list', { name: `Actions pour ${on}` })
    .getByRole('button', { name: what })
    .click();
}

test('[FLOOR-1] [FLOOR-2] [FLOOR-3] who runs the meeting silences one and all, ends a picture, and asks; only the person opens again', async () => {
  const { url } = real.product;
  const meeting = await createRunMeeting(url);
  const come = (name: keyof typeof TONE, key = '') =>
    Person.joining(real.browser, {
      url,
      code: meeting.code + key,
      name,
      viewport: { width: 1024, height: 700 },
      tone: TONE[name],
      before,
    });
  const anim = await come('Anim', `#animation=${meeting.facilitatorKey}`);
  const [ana, bea] = [await come('Ana'), await come('Béa')];
  for (const one of [anim, ana, bea]) await listenForTones(one.page, Object.values(TONE));
  await hears(bea, TONE.Anim, TONE.Ana);
  await hears(anim, TONE.Ana, TONE.Béa);

  await anim.button(/^Personnes/).click();
  await act(anim, 'Ana', 'Fermer son micro');
  await hears(bea, TONE.Anim);
  await hears(anim, TONE.Béa);
  await expect(ana.page.getByRole('status').filter({ hasText: 'Votre micro a été fermé' })).toContainText(
    'par l’animation (Anim). Vous pouvez le rouvrir',
  );
  await expect(bea.tile('Ana')).toContainText('micro coupé');
  // The person opens it again alone, and reads no more of it.
  await microphone(ana, 'Micro coupé').click();
  await hears(bea, TONE.Anim, TONE.Ana);
  await expect(ana.page.getByText('Votre micro a été fermé')).toHaveCount(0);

  await anim.button(/^Plus$/).click();
  await anim.page
    .getByRole('list', { name: 'Plus' })
    .getByRole('button', { name: 'Fermer tous les micros' })
    .click();
  await hears(anim);
  await hears(ana, TONE.Anim);
  await hears(bea, TONE.Anim);
  for (const one of [ana, bea]) await expect(microphone(one, 'Micro coupé')).toBeVisible();
  await expect(microphone(anim, 'Micro')).toBeVisible();

  // A question, to one alone, with two answers.
  await act(anim, 'Ana', 'Inviter à ouvrir son micro');
  const question = ana.page.getByRole('status').filter({ hasText: 'Anim vous invite à prendre la parole' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Pas maintenant' }).click();
  await expect(question).toHaveCount(0);
  await expect(microphone(ana, 'Micro coupé')).toBeVisible();
  await act(anim, 'Ana', 'Inviter à ouvrir son micro');
  await question.getByRole('button', { name: 'Ouvrir mon micro' }).click();
  await hears(bea, TONE.Anim, TONE.Ana);
  await expect(bea.page.getByText('vous invite')).toHaveCount(0);

  await expect(bea.tile('Ana').locator('video')).toBeVisible();
  await act(anim, 'Ana', 'Fermer sa caméra');
  await expect(bea.tile('Ana').locator('video')).toHaveCount(0);
  await expect(ana.page.getByText('Votre caméra a été fermée par l’animation (Anim)')).toBeVisible();
  await ana.page.getByRole('button', { name: 'Caméra fermée', exact: true }).click();
  await expect(bea.tile('Ana').locator('video')).toBeVisible();
  for (const one of [anim, ana, bea]) await one.close();
});

test('[FLOOR-1] [FLOOR-4] a browser that hears nothing of it is silenced all the same, and told when its line is back', async () => {
  const { url } = real.product;
  const meeting = await createRunMeeting(url);
  const anim = await Animator.joining(url, meeting, 'Anim');
  const come = (name: 'Ana' | 'Béa') =>
    Person.joining(real.browser, { url, code: meeting.code, name, tone: TONE[name], before });
  const [ana, bea] = [await come('Ana'), await come('Béa')];
  await listenForTones(bea.page, Object.values(TONE));
  await hears(bea, TONE.Ana);
  // All that a page fetches a little later is here.
  await expect(ana.page.locator('p[role=status].visually-hidden')).toBeAttached();
  // The socket falls; sound goes on.
  await ana.context.setOffline(true);
  await expect(bea.tile('Ana')).toContainText('Coupure réseau', SOON);
  await hears(bea, TONE.Ana);
  await anim.ask('floor:close', { participantId: await anim.idOf('Ana'), source: 'microphone' });
  await hears(bea);
  await expect(microphone(ana, 'Micro')).toBeVisible();
  await ana.context.setOffline(false);
  await expect(ana.page.getByText('Votre micro a été fermé par l’animation (Anim)')).toBeVisible(SOON);
  await expect(microphone(ana, 'Micro coupé')).toBeVisible();
  await microphone(ana, 'Micro coupé').click();
  await hears(bea, TONE.Ana);
  for (const one of [ana, bea]) await one.close();
  anim.close();
});

test('[FLOOR-5] [REF-4] a client of one’s own silences nobody, in its meeting or with the ids of another', async () => {
  const { url } = real.product;
  const [one, other] = [await createRunMeeting(url), await createRunMeeting(url, 'Une autre')];
  const anim = await Animator.joining(url, one, 'Anim');
  const elsewhere = await Animator.joining(url, other, 'Ailleurs');
  const mallory = await Animator.joining(url, { ...one, facilitatorKey: other.facilitatorKey }, 'Sans clé');
  const asked = [
    mallory.ask('floor:close', { participantId: anim.self, source: 'microphone' }),
    mallory.ask('floor:close', { participantId: elsewhere.self, source: 'camera' }),
    mallory.ask('floor:closeAll', {}),
    mallory.ask('floor:invite', { participantId: anim.self }),
  ];
  for (const refused of asked) await expect(refused).rejects.toThrow('notAllowed');
  const strange = [
    elsewhere.ask('floor:close', { participantId: mallory.self, source: 'screen' }),
    elsewhere.ask('floor:invite', { participantId: mallory.self }),
  ];
  for (const refused of strange) await expect(refused).rejects.toThrow('unknownParticipant');
  for (const client of [anim, elsewhere, mallory]) client.close();
});
