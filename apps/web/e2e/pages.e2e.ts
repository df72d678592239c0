import { expect, test, type Browser } from '@playwright/test';
import { launch } from './support/browser.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

async function openPage(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await real.browser.newContext({ locale: 'fr-CA', ...options });
  const page = await context.newPage();
  await page.goto(real.product.url + path);
  return page;
}

test('the home page is in French by default, in English by a switch, and remembers it', async () => {
  const page = await openPage('/', { locale: 'en-US' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA');
  await expect(page.getByRole('heading', { name: 'Créer une rencontre' })).toBeVisible();
  await page
    .getByRole('button', { name: 'English' })
    .or(page.getByRole('link', { name: 'English' }))
    .click();
  await expect(page.getByRole('heading', { name: /Create a meeting/ })).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-CA');
  await expect(page.getByRole('heading', { name: /Create a meeting/ })).toBeVisible();
  await page.context().close();
});

test('a meeting is created by its title, and its link leads to its door', async () => {
  const page = await openPage('/');
  await page.getByLabel('Titre de la rencontre').fill('  Comité logement — été  ');
  await page.getByRole('button', { name: 'Créer la rencontre' }).click();
  const enter = page.getByRole('link', { name: 'Entrer dans la rencontre' });
  await expect(enter).toHaveAttribute('href', /\/r\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  await enter.click();
  await expect(page.getByRole('heading', { name: 'Comité logement — été' })).toBeVisible();
  await page.context().close();
});

test('a meeting is joined by its whole link, by its code in any dress, and nonsense is explained', async () => {
  const code = await real.product.createMeeting('Table de mars');
  const spaced = ` ${code.replaceAll('-', ' ').toUpperCase()} `;
  for (const text of [`${real.product.url}/r/${code}`, code, spaced]) {
    const page = await openPage('/');
    await page.getByLabel('Lien ou code reçu').fill(text);
    await page.getByRole('button', { name: 'Rejoindre' }).click();
    await expect(page.getByRole('heading', { name: 'Table de mars' })).toBeVisible();
    await page.context().close();
  }
  const page = await openPage('/');
  await page.getByLabel('Lien ou code reçu').fill('bonjour');
  await page.getByRole('button', { name: 'Rejoindre' }).click();
  await expect(page.getByText(/ni un lien de rencontre, ni un code/)).toBeVisible();
  await page.context().close();
});

test('a meeting that does not exist, and a page that does not, are explained', async () => {
  const meeting = await openPage('/r/zzz-zzzz-zzz');
  await expect(meeting.getByRole('heading', { name: 'Cette rencontre est introuvable' })).toBeVisible();
  const nowhere = await openPage('/nulle-part');
  await expect(nowhere.getByRole('heading', { name: 'Cette page n’existe pas' })).toBeVisible();
  await Promise.all([meeting.context().close(), nowhere.context().close()]);
});

test('before joining one sees oneself, a level that moves, and a choice of devices', async () => {
  const code = await real.product.createMeeting();
  const page = await openPage(`/r/${code}`, { permissions: ['camera', 'microphone'] });
  const video = page.locator('video');
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.videoWidth)).toBeGreaterThan(0);
  const levels = new Set<string | null>();
  const meter = page.getByRole('meter', { name: 'Niveau du micro' });
  await expect
    .poll(async () => levels.add(await meter.getAttribute('aria-valuenow')).size)
    .toBeGreaterThan(1);
  await page.getByText('Choisir les appareils').click();
  const camera = page.getByRole('combobox', { name: 'Caméra' });
  // Fetched when it is asked for.
  await expect.poll(() => camera.getByRole('option').count()).toBeGreaterThan(0);
  expect(await page.getByRole('combobox', { name: 'Micro' }).getByRole('option').count()).toBeGreaterThan(1);
  await page.context().close();
});

test.describe('without camera or microphone', () => {
  async function enterToListen(page: Awaited<ReturnType<typeof openPage>>) {
    await page.getByLabel('Votre nom').fill('Ana');
    await page.getByRole('button', { name: /^Entrer/ }).click();
    await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
    await page.getByRole('button', { name: /^Messages/ }).click();
    await page.getByRole('textbox', { name: 'Votre message' }).fill('je vous lis');
    await page.keyboard.press('Enter');
    await expect(page.getByText('je vous lis')).toBeVisible();
  }

  const CASES = [
    { error: 'NotAllowedError', says: /n’a pas la permission/ },
    { error: 'NotFoundError', says: /Aucune? caméra/ },
    { error: 'NotReadableError', says: /prise?s? par un autre logiciel/ },
  ];
  for (const { error, says } of CASES) {
    test(`${error} is explained with what to do, and one can still join to listen and write`, async () => {
      const code = await real.product.createMeeting();
      const context = await real.browser.newContext({ locale: 'fr-CA' });
      // The browser's own answer, given for it: a test cannot unplug a camera.
      await context.addInitScript((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
      }, error);
      const page = await context.newPage();
      await page.goto(`${real.product.url}/r/${code}`);
      const activate = page.getByRole('button', { name: 'Activer la caméra et le micro' });
      const explained = page.getByText(says).first();
      // The page asks by itself where the browser already allows it: the button may go as one
      // reaches for it, and whether it does must not decide the test.
      await expect(async () => {
        if (await explained.isVisible()) return;
        await activate.click({ timeout: 1_000 });
      }).toPass();
      await expect(explained).toBeVisible();
      await enterToListen(page);
      await context.close();
    });
  }

  test('a browser that really refuses is explained as well', async () => {
    const strict = await launch({ devices: false, args: ['--use-fake-device-for-media-stream'] });
    const context = await strict.newContext({ locale: 'fr-CA' });
    const page = await context.newPage();
    await page.goto(`${real.product.url}/r/${await real.product.createMeeting()}`);
    await page.getByRole('button', { name: 'Activer la caméra et le micro' }).click();
    await expect(page.getByText(/n’a pas la permission/).first()).toBeVisible();
    await enterToListen(page);
    await strict.close();
  });
});
