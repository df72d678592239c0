import { expect, test, type Page } from '@playwright/test';
import { expectAudible, expectPictures } from './support/media.ts';
import { launch } from './support/browser.ts';
import { Line } from './support/line.ts';
import { Person } from './support/person.ts';
import { setHidden, stroke } from './support/touch.ts';
import { useProduct } from './support/use-product.ts';

/** A meeting in the hand: 360 × 740, touched. */
const use = useProduct();

/** What a computer that runs five browsers gives up is not what is looked at here. */
const withoutCare = () => localStorage.setItem('relais:line-care', 'off');
/** And the others look at one picture each. */
function spared(): void {
  localStorage.setItem('relais:line-care', 'off');
  localStorage.setItem('relais:tiles', '2');
}

/** Right to left across the stage. */
const toTheLeft = (page: Page) => stroke(page, { x: 300, y: 350 }, { x: 60, y: 360 });
const toTheRight = (page: Page) => stroke(page, { x: 60, y: 350 }, { x: 300, y: 360 });
const where = (person: Person) => person.page.getByRole('status').filter({ hasText: /^Page \d de/ });
const tiles = (person: Person) =>
  person.page.getByRole('region', { name: 'Personnes à l’écran' }).getByRole('listitem');

test('[PHONE-1] [PHONE-2] [PHONE-3] a phone shows four at most, receives no picture that it does not show, and none while hidden', async () => {
  test.setTimeout(240_000);
  const { product } = use;
  // Five pictures a second: what is looked at is which of them come.
  const browser = await launch({
    devices: false,
    args: ['--use-fake-device-for-media-stream=fps=5', '--use-fake-ui-for-media-stream'],
  });
  const code = await product.createMeeting();
  const join = (name: string, { phone = false, devices = true } = {}) =>
    Person.joining(browser, {
      url: product.url,
      code,
      name,
      phone,
      devices,
      before: phone ? withoutCare : spared,
    });
  const others = [await join('Ana', { devices: false })];
  for (const name of ['Béa', 'Cléo', 'Dan']) others.push(await join(name));
  const lea = await join('Léa', { phone: true });

  // Ana without a picture, Béa and Cléo; Dan is on the next page.
  await expect(tiles(lea)).toHaveCount(4);
  await expect(where(lea)).toHaveText('Page 1 de 2');
  await expectPictures(lea, 2);

  await toTheLeft(lea.page);
  await expect(where(lea)).toHaveText('Page 2 de 2');
  await expect(tiles(lea)).toHaveCount(1);
  await expectPictures(lea, 1);
  await toTheLeft(lea.page);
  await expect(where(lea)).toHaveText('Page 2 de 2');

  await toTheRight(lea.page);
  await expect(where(lea)).toHaveText('Page 1 de 2');
  await lea.page.keyboard.press('ArrowRight');
  await expect(where(lea)).toHaveText('Page 2 de 2');
  await lea.button('Page précédente').tap();
  await expectPictures(lea, 2);

  await setHidden(lea.page, true);
  await expectPictures(lea, 0);
  await expectAudible(lea, 3);
  await setHidden(lea.page, false);
  await expectPictures(lea, 2);

  // On its side as upright.
  await lea.page.setViewportSize({ width: 740, height: 360 });
  await expect(where(lea)).toHaveText('Page 1 de 2');
  await expect(tiles(lea)).toHaveCount(4);

  // More, where the person wants more.
  await lea.page.setViewportSize({ width: 360, height: 740 });
  await lea.button('Plus').tap();
  await lea.button('Micro, caméra et haut-parleur').tap();
  await lea.page.getByLabel('Personnes à l’écran, au plus').selectOption('8');
  await lea.page.keyboard.press('Escape');
  await expect(tiles(lea)).toHaveCount(5);
  await expectPictures(lea, 3);
  await browser.close();
});

test('[LEAVE-5] whoever leaves while their line is cut is gone for the others as soon as it is back, not after the grace', async () => {
  const { product, browser } = use;
  const line = await Line.to(product.port);
  const code = await product.createMeeting();
  const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana', devices: false });
  const lea = await Person.joining(browser, {
    url: line.url,
    code,
    name: 'Léa',
    devices: false,
    phone: true,
  });
  await expect(ana.tile('Léa')).toBeVisible();
  line.cut();
  await expect(ana.tile('Léa').getByText('Coupure réseau')).toBeVisible({ timeout: 30_000 });
  await lea.button('Quitter').tap();
  await expect(lea.page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();
  await expect(ana.tile('Léa')).toHaveCount(1);
  line.mend();
  await expect(ana.tile('Léa')).toHaveCount(0, { timeout: 45_000 });
  await Promise.all([ana.close(), lea.close()]);
  await line.close();
});

test('[PHONE-4] the keyboard on the screen leaves the box of the message in sight, and nothing is wider than the screen', async () => {
  const { product, browser } = use;
  const code = await product.createMeeting();
  const lea = await Person.joining(browser, {
    url: product.url,
    code,
    name: 'Léa',
    devices: false,
    phone: true,
  });
  const { page } = lea;
  await lea.openMessages();
  const box = page.getByRole('textbox', { name: 'Votre message' });
  await box.tap();
  // A keyboard that gives the page less height.
  await page.setViewportSize({ width: 360, height: 400 });
  await expect(box).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 360, height: 740 });
  // A keyboard that lies over the page, of which the visual viewport alone tells.
  await page.evaluate(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    Object.defineProperty(viewport, 'height', { configurable: true, get: () => 390 });
    viewport.dispatchEvent(new Event('resize'));
  });
  await expect.poll(async () => ((await box.boundingBox())?.y ?? 999) + 48).toBeLessThan(390);
  await expect(lea.button('Quitter')).toBeHidden();
  for (const [width, height] of [
    [360, 740],
    [740, 360],
    [320, 256],
  ] as const) {
    await page.setViewportSize({ width, height });
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider, { message: `${width} × ${height}` }).toBeLessThanOrEqual(0);
  }
  await lea.close();
});

for (const [width, height] of [
  [360, 740],
  [740, 360],
] as const)
  test(`[PHONE-5] at ${width} × ${height} every command is at the thumb, and large enough for one`, async () => {
    const { product, browser } = use;
    const code = await product.createMeeting();
    const lea = await Person.joining(browser, {
      url: product.url,
      code,
      name: 'Léa',
      devices: false,
      phone: true,
      viewport: { width, height },
    });
    const bar = lea.page.getByRole('group', { name: 'Commandes de la rencontre' });
    const buttons = await bar.getByRole('button').all();
    expect(buttons.length).toBeGreaterThanOrEqual(5);
    for (const button of [...buttons, lea.button(/^Personnes/).first()]) {
      if (!(await button.isVisible())) continue;
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), await button.innerText()).toBeGreaterThanOrEqual(
        44,
      );
    }
    const at = await bar.boundingBox();
    // Upright in the lower third, on its side along the right edge.
    if (height > width) expect(at?.y ?? 0).toBeGreaterThan((height * 2) / 3);
    else expect(at?.x ?? 0).toBeGreaterThan((width * 3) / 4);
    await lea.close();
  });
