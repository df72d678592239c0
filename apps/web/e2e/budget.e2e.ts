import { expect, test } from '@playwright/test';
import { expectAudible, expectMovingPicture, inbound, outbound } from './support/media.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';
import { usedHere } from './support/used-data.ts';

const use = useProduct();

const panel = (person: Person) => person.page.getByRole('complementary', { name: 'Ma connexion' });
const limit = (person: Person) => panel(person).getByRole('combobox', { name: 'Ma limite' });
const notice = (person: Person, text: RegExp) => person.page.getByRole('status').filter({ hasText: text });

async function openPanel(person: Person): Promise<void> {
  await person.button('Plus').click();
  await person.button('Ma connexion').click();
  await expect(limit(person)).toBeVisible();
}

/** A limit of so many megabytes, written by hand. */
async function writeLimit(person: Person, megabytes: number): Promise<void> {
  await limit(person).selectOption('Une autre limite');
  await panel(person).getByLabel('Limite en mégaoctets (Mo)').fill(`${megabytes}`);
  await panel(person).getByRole('button', { name: 'Fixer la limite' }).click();
}

/** Pictures that were decoded, sound that came, and pictures that left. The media node's own tries of the line are neither. */
async function flowing(person: Person) {
  const all = await inbound(person.page);
  const sum = (values: number[]) => values.reduce((total, one) => total + one, 0);
  return {
    seen: sum(all.flatMap(({ kind, framesDecoded }) => (kind === 'video' ? framesDecoded : []))),
    heard: sum(all.flatMap(({ kind, packetsReceived }) => (kind === 'audio' ? packetsReceived : []))),
    sent: sum((await outbound(person.page)).flatMap((one) => (one.kind === 'video' ? one.packetsSent : []))),
  };
}

test('[DATA-1] before the door one reads what each mode takes of this meeting, for the people who are there or expected', async () => {
  const { product, browser } = use;
  const code = await product.createMeeting();
  const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana Tremblay' });
  const bea = await Person.atTheDoor(browser, { url: product.url, code, name: 'Béatrice Côté' });
  await expect(bea.page.getByText('Une personne y est déjà.')).toBeVisible();
  const cost = async (mode: string) => {
    const text = await bea.page
      .locator('label')
      .filter({ has: bea.page.getByRole('radio', { name: mode }) })
      .innerText();
    const [, value, unit] = /environ ([\d,]+)\s(Mo|Go) à l’heure/.exec(text) ?? [];
    return Number(value?.replace(',', '.')) * (unit === 'Go' ? 1000 : 1);
  };
  await expect.poll(() => cost('Tout')).toBeGreaterThan(0);
  const [full, small, light] = [await cost('Tout'), await cost('Petites images'), await cost('Mode léger')];
  expect(full).toBeGreaterThan(2 * small);
  expect(small).toBeGreaterThan(2 * light);
  await bea.page.getByLabel('Estimation pour').selectOption('2 personnes');
  expect(await cost('Tout')).toBeLessThan(full);
  await bea.page.getByLabel('Estimation pour').selectOption('30 personnes');
  expect(await cost('Mode léger')).toBeLessThan(1.5 * light);

  // A limit of the month that is used up already leaves sound alone from the beginning.
  await bea.page.getByText('Limiter les données').click();
  await bea.page.getByRole('combobox', { name: 'Ma limite' }).selectOption('50 Mo');
  await bea.page.getByRole('radio', { name: 'pour tout le mois' }).check();
  expect(await bea.page.evaluate(() => localStorage.getItem('relais:cap'))).toBe('month 50000000');
  await Promise.all([ana.close(), bea.close()]);
});

test('[DATA-4] [DATA-5] a small limit takes pictures away and says so, sound goes on, and lifting it brings everything back', async () => {
  test.setTimeout(180_000);
  const { product, browser } = use;
  const code = await product.createMeeting();
  // What a machine at work elsewhere makes of the line is none of the limit's doing.
  const before = () => localStorage.setItem('relais:line-care', 'off');
  const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana Tremblay', before });
  const bea = await Person.joining(browser, { url: product.url, code, name: 'Béatrice Côté', before });
  await expectMovingPicture(bea, ana.name, 40_000);
  await expectMovingPicture(ana, bea.name, 40_000);
  await openPanel(bea);
  // What was used is counted, and kept by this browser.
  await expect.poll(() => usedHere(bea.page)).toBeGreaterThan(1_000_000);
  const megabytes = Math.ceil((await usedHere(bea.page)) / 1_000_000);

  // Room for sound, and little more: light mode, as the person would choose it, and for a reason that is told.
  await writeLimit(bea, megabytes + 12);
  await expect(
    notice(bea, /permet encore le mode léger\s: les images s’arrêtent, le son continue/),
  ).toBeVisible();
  await expect(panel(bea).getByText('Une partie vient de votre limite de données')).toBeVisible();
  await expect(bea.button('Limite de données')).toBeVisible();
  await expect(bea.button('Caméra en pause')).toBeVisible();
  await expect(bea.tile(ana.name).locator('video')).toHaveCount(0);
  await expect(ana.tile(bea.name).getByText('Mode léger')).toBeVisible();
  await expectAudible(bea, 1);
  await expectAudible(ana, 1);

  // Used up: nothing is cut off.
  await writeLimit(bea, 1);
  await expect(notice(bea, /est atteinte\s: il reste le son et les messages/)).toBeVisible();
  const then = await flowing(bea);
  await expect.poll(async () => (await flowing(bea)).heard).toBeGreaterThan(then.heard + 50);
  const { seen, sent } = await flowing(bea);
  // A stream that is closed for good is counted no more.
  expect(seen).toBeLessThanOrEqual(then.seen);
  expect(sent).toBeLessThanOrEqual(then.sent);
  await expectAudible(bea, 1);
  await expectAudible(ana, 1);

  // It is the person's to lift, at any time.
  await limit(bea).selectOption('Sans limite');
  await expect(notice(bea, /les images reviennent/)).toBeVisible();
  await expectMovingPicture(bea, ana.name, 40_000);
  await expectMovingPicture(ana, bea.name, 40_000);
  await expect(bea.button('Limite de données')).toHaveCount(0);
  await Promise.all([ana.close(), bea.close()]);
});

test('[DATA-3] what was used and the limit survive a reload, and another tab counts into the same', async () => {
  const { product, browser } = use;
  const code = await product.createMeeting();
  const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana Tremblay' });
  await expect.poll(() => usedHere(ana.page)).toBeGreaterThan(50_000);
  await openPanel(ana);
  await limit(ana).selectOption('250 Mo');
  const before = await usedHere(ana.page);
  await ana.page.reload();
  await ana.enter();
  await openPanel(ana);
  await expect(limit(ana)).toHaveValue('250');
  await expect.poll(() => usedHere(ana.page)).toBeGreaterThan(before);
  expect(await usedHere(ana.page)).toBeLessThan(before + 5_000_000);

  const other = await ana.context.newPage();
  await other.goto(`${product.url}/r/${await product.createMeeting()}`);
  const alone = await usedHere(ana.page);
  await expect.poll(() => usedHere(other)).toBeGreaterThan(alone);
  await expect.poll(async () => (await usedHere(ana.page)) - (await usedHere(other))).toBe(0);
  // Lifted in one tab, it is in the other.
  await limit(ana).selectOption('Sans limite');
  await expect.poll(() => other.evaluate(() => localStorage.getItem('relais:cap'))).toBe(null);
  await ana.close();
});
