import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { Line } from './support/line.ts';
import { LaterVersion } from './support/later-version.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();
/** Bringing everything over, on a busy machine. */
const PATIENCE = { timeout: 60_000 };

/** The page has a worker, and with it the whole program. */
async function kept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(
          async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
        ),
      PATIENCE,
    )
    .toBe(true);
}

const versions = (page: Page) => page.evaluate(() => caches.keys());
const waits = (page: Page) =>
  page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));

async function opened(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test('[SHELL-4] without a network the home page and a meeting’s link open, say so, and go on by themselves', async () => {
  const code = await real.product.createMeeting('Table de mars');
  const context = await real.browser.newContext({ locale: 'fr-CA' });
  const page = await opened(context, real.product.url);
  await kept(page);

  await real.product.terminate();
  await context.setOffline(true);
  await page.goto(real.product.url);
  await expect(page.getByRole('heading', { name: 'Pas de réseau pour l’instant' })).toBeVisible();
  await expect(page.getByText('elle s’affichera d’elle-même')).toBeVisible();
  await expect(page).toHaveTitle(/Pas de réseau/);

  await page.goto(`${real.product.url}/r/${code}`);
  await expect(page.getByText('la rencontre s’ouvrira d’elle-même')).toBeVisible();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'No network for now' })).toBeVisible();
  await page.getByRole('link', { name: 'Français' }).click();
  await expect(page.getByRole('heading', { name: 'Pas de réseau pour l’instant' })).toBeVisible();

  // A network, and nobody at its other end.
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'Relais ne répond pas pour l’instant' })).toBeVisible();
  await page.getByRole('button', { name: 'Réessayer maintenant' }).click();
  await expect(page.getByText('Relais réessaie de lui-même')).toBeVisible();

  await real.product.up();
  await expect(page.getByRole('heading', { name: 'Table de mars' })).toBeVisible(PATIENCE);
  await context.close();
});

test('[SHELL-2] [SHELL-6] joining again fetches little beside the page itself, and everything when what was kept is gone', async () => {
  const line = await Line.to(real.product.port);
  const url = `${line.url}/r/${await real.product.createMeeting()}`;
  const context = await real.browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  const door = async () => {
    const before = line.bytesDown;
    const page = await opened(context, url);
    await expect(page.getByRole('meter', { name: 'Niveau du micro' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    return { page, bytes: line.bytesDown - before };
  };

  const first = await door();
  expect(first.bytes).toBeGreaterThan(60_000);
  await first.page.getByLabel('Votre nom').fill('Ana');
  await first.page.getByRole('button', { name: /^Entrer/ }).click();
  await expect(first.page.getByRole('button', { name: 'Quitter' })).toBeVisible();
  await kept(first.page);
  await first.page.close();

  const second = await door();
  expect(second.bytes).toBeLessThan(10_000);
  await second.page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await second.page.close();

  const third = await door();
  await expect(third.page.getByRole('button', { name: /^Entrer/ })).toBeEnabled();
  await context.close();
  await line.close();
});

test('[SHELL-5] a new version waits while a meeting runs, then takes over; files of the one before the last are gone', async () => {
  const later = await LaterVersion.of(real.product.port);
  const context = await real.browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  const meeting = await opened(context, `${later.url}/r/${await real.product.createMeeting()}`);
  await meeting.getByLabel('Votre nom').fill('Ana');
  await meeting.getByRole('button', { name: /^Entrer/ }).click();
  await kept(meeting);
  const [built] = await versions(meeting);

  later.version = 'f'.repeat(12);
  const beside = await opened(context, later.url);
  await expect.poll(() => waits(beside), PATIENCE).toBe(true);
  await beside.reload();
  await beside.getByRole('button', { name: 'Créer la rencontre' }).waitFor();
  await meeting.getByRole('button', { name: /^Messages/ }).click();
  await expect(meeting.getByRole('textbox', { name: 'Votre message' })).toBeVisible();
  expect(await waits(beside)).toBe(true);
  await Promise.all([meeting.close(), beside.close()]);

  const alone = await opened(context, later.url);
  await expect.poll(() => waits(alone), PATIENCE).toBe(false);
  await expect.poll(() => versions(alone)).toEqual([built, `relais-${'f'.repeat(12)}`]);

  later.version = 'e'.repeat(12);
  await alone.reload();
  await expect(async () => {
    if (await waits(alone)) await alone.reload();
    expect(await versions(alone)).toEqual([`relais-${'f'.repeat(12)}`, `relais-${'e'.repeat(12)}`]);
  }).toPass(PATIENCE);
  await context.close();
  await later.close();
});

test('[SHELL-6] a browser that does not let the program be kept joins all the same', async () => {
  const context = await real.browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  await context.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('', 'SecurityError'));
  });
  const page = await context.newPage();
  const warned = page.waitForEvent('console', {
    ...PATIENCE,
    predicate: (message) => message.text().includes('does not keep the program'),
  });
  await page.goto(`${real.product.url}/r/${await real.product.createMeeting()}`);
  await page.getByLabel('Votre nom').fill('Ana');
  await page.getByRole('button', { name: /^Entrer/ }).click();
  await warned;
  await page.getByRole('button', { name: /^Messages/ }).click();
  await expect(page.getByRole('textbox', { name: 'Votre message' })).toBeVisible();
  await context.close();
});

test.describe('[SHELL-8] installing', () => {
  /** Width and height as a PNG says them (its first chunk is IHDR). */
  const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

  interface Manifest {
    name: string;
    lang: string;
    display: string;
    start_url: string;
    icons: { src: string; sizes: string; type: string; purpose: string }[];
    shortcuts: { url: string }[];
  }

  test('the manifest names the app in French, and icons that are as large as it says', async () => {
    const html = await (await fetch(real.product.url)).text();
    const href = /<link rel="manifest" href="([^"]+)"/.exec(html)?.[1] ?? '';
    const answer = await fetch(new URL(href, real.product.url));
    expect(answer.headers.get('content-type')).toContain('application/manifest+json');
    const manifest = (await answer.json()) as Manifest;
    expect(manifest).toMatchObject({ lang: 'fr-CA', display: 'standalone', start_url: '/' });
    expect(new Set(manifest.icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']));
    for (const { src, sizes, type } of manifest.icons) {
      const icon = await fetch(new URL(src, real.product.url));
      expect(icon.headers.get('content-type'), src).toBe(type);
      const bytes = Buffer.from(await icon.arrayBuffer());
      if (type === 'image/png') expect(sizeOf(bytes).join('x'), src).toBe(sizes);
      else expect(bytes.toString(), src).toMatch(/^<svg /);
    }
    const touch = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(html)?.[1] ?? '';
    const apple = await fetch(new URL(touch, real.product.url));
    expect(sizeOf(Buffer.from(await apple.arrayBuffer()))).toEqual([180, 180]);
    for (const { url } of manifest.shortcuts)
      expect((await fetch(new URL(url, real.product.url))).status, url).toBe(200);
  });

  test('is offered quietly where the browser offers it, once', async () => {
    const context = await real.browser.newContext({ locale: 'fr-CA' });
    const page = await opened(context, real.product.url);
    await expect(page.getByRole('button', { name: 'Créer la rencontre' })).toBeEnabled();
    const action = page.getByRole('button', { name: 'Installer Relais' });
    await expect(action).toHaveCount(0);
    // Chromium makes this event only in a window of its own with a person before it.
    await page.evaluate(() => {
      const prompt = () => Promise.resolve(Object.assign(window, { asked: true }));
      dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt }));
    });
    await action.click();
    expect(await page.evaluate(() => 'asked' in window)).toBe(true);
    await expect(action).toHaveCount(0);
    await context.close();
  });
});
