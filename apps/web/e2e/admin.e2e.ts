import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const TOKEN = 'jeton-des-essais-assez-long';
const real = useProduct({ RELAIS_ADMIN_TOKEN: TOKEN });

interface Opened {
  context: BrowserContext;
  page: Page;
}

async function atTheDoor(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Opened> {
  const context = await browser.newContext({ locale: 'fr-CA', ...options });
  const page = await context.newPage();
  await page.goto(`${real.product.url}/admin`);
  return { context, page };
}

async function open(page: Page, token = TOKEN): Promise<void> {
  await page.getByLabel('Jeton d’administration').fill(token);
  await page.getByRole('button', { name: 'Ouvrir' }).click();
}

const heading = (page: Page) => page.getByRole('heading', { name: 'Relais en ce moment' });

/** A figure of the top of the page, by its name. */
const figure = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('.number');

test('a wrong token is refused in words, and the right one opens the page', async () => {
  const { context, page } = await atTheDoor(real.browser);
  await open(page, 'ce-n-est-pas-le-bon-jeton');
  await expect(page.getByRole('alert')).toContainText('Ce jeton n’est pas celui du serveur');
  await open(page);
  await expect(heading(page)).toBeVisible();
  const [cookie] = (await context.cookies()).filter(({ name }) => name === 'relais-admin');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/admin', expires: -1 });
  await page.getByRole('button', { name: 'Fermer la session' }).click();
  await expect(page.getByLabel('Jeton d’administration')).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => name === 'relais-admin')).toEqual([]);
  await context.close();
});

test('one meeting and its people are counted, and counted again as they come and go, in place', async () => {
  const code = await real.product.createMeeting();
  const at = { url: real.product.url, code };
  const ana = await Person.joining(real.browser, { ...at, name: 'Ana Tremblay' });
  const { context, page } = await atTheDoor(real.browser);
  await open(page);
  await expect(figure(page, 'Rencontres')).toHaveText('1');
  await expect(figure(page, 'Personnes')).toHaveText('1');
  await expect(page.getByText('répond', { exact: true })).toBeVisible();

  // What the person does is theirs: focus and scroll stay where they are while figures change.
  const close = page.getByRole('button', { name: 'Fermer la session' });
  await close.focus();
  await page.evaluate(() => window.scrollTo(0, 150));
  const bea = await Person.joining(real.browser, { ...at, name: 'Béa Côté', devices: false });
  await expect(figure(page, 'Personnes')).toHaveText('2', { timeout: 20_000 });
  await expect(close).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(150);
  // A node's figures come from its own looks at its workers.
  const worker = page.getByRole('table', { name: 'Processus du nœud' });
  await expect(worker.getByRole('row').nth(1)).toContainText('%', { timeout: 20_000 });
  expect(await page.content()).not.toMatch(/Ana Tremblay|Béa Côté/);
  expect(await page.content()).not.toContain(code);

  await Promise.all([ana.page.close(), bea.page.close()]);
  await expect(figure(page, 'Personnes')).toHaveText('0', { timeout: 20_000 });
  await Promise.all([ana.close(), bea.close(), context.close()]);
});

test('it works without script, by asking again', async () => {
  const { context, page } = await atTheDoor(real.browser, { javaScriptEnabled: false });
  await open(page);
  await expect(heading(page)).toBeVisible();
  await page.getByRole('link', { name: 'Actualiser' }).click();
  await expect(heading(page)).toBeVisible();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing is wider than a phone, ${colorScheme}`, async () => {
    const { context, page } = await atTheDoor(real.browser, {
      colorScheme,
      viewport: { width: 360, height: 780 },
    });
    for (const what of ['Administration de Relais', 'Relais en ce moment']) {
      if (what === 'Relais en ce moment') await open(page);
      await expect(page.getByRole('heading', { name: what, level: 1 })).toBeVisible();
      // A fade under way has half its contrast: what is judged is where it ends.
      await page.evaluate(async () => {
        await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.failureSummary}`)).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}

test('the token’s page speaks English as well, in place', async () => {
  const { context, page } = await atTheDoor(real.browser);
  await open(page);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Relais right now' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Meeting servers' })).toBeVisible();
  await context.close();
});

test('[MAIL-5] emails are read in the product where there is no mail server, and asked for by nobody without the token', async () => {
  const { context, page } = await atTheDoor(real.browser);
  await page.goto(`${real.product.url}/admin/courriels`);
  await expect(page).toHaveURL(/\/admin$/);
  await open(page);
  await page.getByRole('link', { name: 'Voir les courriels' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Courriels de Relais' })).toBeVisible();
  await expect(page.getByText('Aucun serveur de courrier n’est réglé')).toBeVisible();
  await expect(page.getByText('Aucun courriel depuis trente jours.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await context.close();
});
