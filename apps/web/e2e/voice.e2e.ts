import { expect, test } from '@playwright/test';
import { Animator, roundOf } from './support/animator.ts';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { listenForTones, toneBegan, tonesHeard } from './support/tones.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Three browsers and the server on a machine that may be busy with others.
test.describe.configure({ timeout: 180_000 });

const TONE = { Anim: 500, Ana: 1000, Béa: 2000 };
const SOON = { timeout: 30_000, intervals: [50] };

const hears = (person: Person, ...tones: number[]) =>
  expect
    .poll(() => tonesHeard(person.page), { ...SOON, message: `what ${person.name} hears` })
    .toEqual(tones);

test('[HAND-1] [HAND-3] [HAND-4] a hand goes up from the bar, or a phone’s menu, is seen first and in order by everybody, and who runs the meeting takes it down', async () => {
  const { url } = real.product;
  const meeting = await createRunMeeting(url);
  const come = (name: string, { key = '', phone = false } = {}) =>
    Person.joining(real.browser, { url, code: meeting.code + key, name, devices: false, phone });
  const anim = await come('Anim', { key: `#animation=${meeting.facilitatorKey}` });
  // The bar of a phone has no room for it.
  const [ana, bea] = [await come('Ana', { phone: true }), await come('Béa')];
  const barOf = ({ page }: Person) => page.getByRole('button', { name: 'Main', exact: true });
  // What says it to a screen reader comes after the rest; hands that are up before are no news.
  await expect(anim.page.locator('p[role=status].visually-hidden')).toBeAttached();
  for (const one of [bea, ana]) {
    if (one === ana) await one.button(/^Plus$/).click();
    await (one === ana ? one.button('Lever la main') : barOf(one)).click();
    await expect(anim.page.getByRole('status').filter({ hasText: one.name })).toContainText(
      `Demande la parole : ${one.name}`,
    );
  }
  await expect(anim.tile('Béa')).toContainText('main levée');
  await expect(barOf(bea)).toHaveAttribute('aria-pressed', 'true');
  await anim.button(/^Personnes/).click();
  const rows = anim.page
    .getByRole('region', { name: 'Personnes présentes', exact: true })
    .getByRole('listitem');
  await expect(rows.nth(0)).toContainText(/Béa.*Main levée, 1re personne à demander la parole/s);
  await expect(rows.nth(1)).toContainText(/Ana.*Main levée, 2e à demander la parole/s);
  await anim.button('Baisser la main de Béa').click();
  await expect(rows.nth(0)).toContainText(/Ana.*Main levée, 1re personne/s);
  await ana.button(/^Plus$/).click();
  await ana.button('Baisser la main').click();
  await expect(anim.page.getByText(/Main levée/)).toHaveCount(0);
  await expect(barOf(bea)).toHaveAttribute('aria-pressed', 'false');
  for (const one of [anim, ana, bea]) await one.close();
});

test('[VOICE-1] [VOICE-2] [VOICE-3] [VOICE-4] who runs the meeting is heard in all rooms exactly while a key is held, and everybody is told', async () => {
  const { url } = real.product;
  const meeting = await createRunMeeting(url);
  const come = (name: keyof typeof TONE, key = '') =>
    Person.joining(real.browser, {
      url,
      code: meeting.code + key,
      name,
      viewport: { width: 1024, height: 700 },
      tone: TONE[name],
    });
  const anim = await come('Anim', `#animation=${meeting.facilitatorKey}`);
  const [ana, bea] = [await come('Ana'), await come('Béa')];
  const everybody = [anim, ana, bea];
  for (const one of everybody) await listenForTones(one.page, Object.values(TONE));
  await hears(ana, TONE.Anim, TONE.Béa);
  await hears(bea, TONE.Anim, TONE.Ana);
  await hears(anim, TONE.Ana, TONE.Béa);

  const aid = await Animator.joining(url, meeting, 'Aide');
  await aid.ask('breakout:open', roundOf([['Ana'], ['Béa']]));
  for (const one of everybody) await hears(one);
  const notice = ({ page }: Person) => page.getByText('Anim parle à toutes les salles');
  const speak = anim.page.getByRole('button', { name: /à toutes les salles/ });
  await expect(speak).toBeVisible();

  const isHeard = async () => {
    for (const one of [ana, bea]) {
      await hears(one, TONE.Anim);
      await expect(notice(one)).toBeVisible();
    }
    expect(await tonesHeard(anim.page), 'hears no more than before').toEqual([]);
    await expect(speak).toHaveText('Vous parlez à toutes les salles');
    await expect(speak).toHaveAttribute('aria-pressed', 'true');
  };
  const isOver = async () => {
    for (const one of everybody) await hears(one);
    for (const one of [ana, bea]) await expect(notice(one)).toHaveCount(0);
    await expect(speak).toHaveText('Parler à toutes les salles');
  };

  await test.step('by pointer, with a microphone that was muted and is so again', async () => {
    await anim
      .button(/^Micro/)
      .first()
      .click();
    await expect(anim.button('Micro coupé').first()).toBeVisible();
    await speak.hover();
    const from = Date.now();
    await anim.page.mouse.down();
    await isHeard();
    const ms = await Promise.all(
      [ana, bea].map(async ({ page }) => (await toneBegan(page, TONE.Anim))! - from),
    );
    console.log(`from pressing to the sound in the other rooms: ${ms.join(', ')} ms`);
    await anim.page.mouse.up();
    await isOver();
    await expect(anim.button('Micro coupé').first()).toBeVisible();
  });

  await test.step('by keyboard, on the button', async () => {
    await speak.focus();
    await anim.page.keyboard.down('Space');
    await isHeard();
    await anim.page.keyboard.up('Space');
    await isOver();
  });

  await test.step('by a shortcut, but not while writing', async () => {
    await anim.openMessages();
    await anim.page.getByRole('textbox', { name: 'Votre message' }).focus();
    await anim.page.keyboard.down('Control');
    await anim.page.keyboard.down('Shift');
    await anim.page.keyboard.down('Space');
    await anim.page.keyboard.up('Space');
    await expect(speak).toHaveAttribute('aria-pressed', 'false');
    await anim.button('Quitter').focus();
    await anim.page.keyboard.down('Space');
    await isHeard();
    await anim.page.keyboard.up('Control');
    await isOver();
    await anim.page.keyboard.up('Space');
    await anim.page.keyboard.up('Shift');
  });

  await test.step('another window takes it away', async () => {
    await speak.hover();
    await anim.page.mouse.down();
    await isHeard();
    await anim.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await isOver();
    await anim.page.mouse.up();
  });

  await test.step('the line falls while it is held', async () => {
    await speak.hover();
    await anim.page.mouse.down();
    await isHeard();
    await anim.context.close();
    for (const one of [ana, bea]) {
      await hears(one);
      await expect(notice(one)).toHaveCount(0);
    }
  });
  aid.close();
  for (const one of [ana, bea]) await one.close();
});
