import { expect, test, type Browser, type Page } from '@playwright/test';
import { CODE } from './fixtures/serve.ts';
import { useFixture } from './support/use-fixture.ts';

/** The interface alone, over made-up views: the keyboard, the focus, both languages, what a click may not break. */
const fixture = useFixture();

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await fixture.browser.newContext({
    locale: 'fr-CA',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const page = await context.newPage();
  await page.goto(fixture.url + path);
  if (options.javaScriptEnabled !== false)
    await expect(page.locator('[type=submit]:disabled')).toHaveCount(0);
  return page;
}

async function room(query: string): Promise<Page> {
  const page = await open(`/r/${CODE}?inside&devices=on&${query}`);
  await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
  return page;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('a meeting is created with the keyboard alone, and its link comes forward', async () => {
  const page = await open('/');
  await page.getByLabel('Titre de la rencontre').fill('Table de concertation');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'La rencontre est prête' })).toBeFocused();
  await expect(page.getByLabel('Lien de la rencontre')).toHaveValue(`${fixture.url}/r/${CODE}`);
  await page.context().close();
});

test('a pasted link, with capitals and spaces, leads to the meeting', async () => {
  const page = await open('/');
  await page.getByLabel('Lien ou code reçu').fill(`  ${fixture.url}/r/ABC-DEFG-HJK `);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${fixture.url}/r/${CODE}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Table de concertation');
  await page.context().close();
});

test('the browser is not asked before the person has read why, and Enter in the name goes in', async () => {
  const page = await open(`/r/${CODE}`);
  await expect(button(page, 'Activer la caméra et le micro')).toBeVisible();
  await page.getByLabel('Votre nom').fill('Ana Pinto');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await button(page, 'Quitter').click();
  await expect(page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeFocused();
  await button(page, 'Revenir dans la rencontre').click();
  await expect(button(page, 'Quitter')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Votre nom')).toHaveValue('Ana Pinto');
  await page.context().close();
});

test('messages: the focus goes to writing and comes back; a draft outlives the panel and a change of language', async () => {
  const page = await room('people=3&messages=6');
  await expect(button(page, /Messages.*3 messages non lus/)).toBeVisible();
  await button(page, /^Messages/).click();
  const box = page.getByRole('textbox');
  await expect(box).toBeFocused();
  await page.keyboard.type('un brouillon');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('sur deux lignes');
  await page.keyboard.press('Escape');
  await expect(button(page, /^Messages/)).toBeFocused();
  await button(page, 'Plus').click();
  await button(page, 'English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-CA');
  await button(page, /^Messages/).click();
  await expect(page.getByRole('textbox', { name: 'Your message' })).toHaveValue(
    'un brouillon\nsur deux lignes',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox')).toHaveValue('');
  await expect(page.locator('.message').last()).toContainText('sur deux lignes');
  await page.context().close();
});

test('messages: earlier ones come in above and what one was reading stays in its place', async () => {
  const page = await room('people=3&messages=40');
  await button(page, /^Messages/).click();
  const list = page.getByRole('region', { name: 'Messages' });
  const bottom = () => list.evaluate((e) => Math.round(e.scrollHeight - e.scrollTop - e.clientHeight));
  await expect.poll(bottom).toBeLessThan(3);
  // The panel comes in with a small movement: what is pressed meanwhile may be scrolled to.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  await list.evaluate((e) => (e.scrollTop = 0));
  const messages = list.locator('.message');
  /** Pixels from the top of the list: what stands around it may still be coming. */
  const topOf = (index: number) =>
    list.evaluate((element, nth) => {
      const message = element.querySelectorAll('.message').item(nth);
      return message.getBoundingClientRect().top - element.getBoundingClientRect().top;
    }, index);
  const before = await topOf(0);
  await button(page, 'Voir les messages précédents').click();
  await expect(messages).toHaveCount(60);
  await expect.poll(async () => Math.abs((await topOf(20)) - before)).toBeLessThan(3);
  await page.context().close();
});

test('a message that is too long is not sent, and the counter says by how much', async () => {
  const page = await room('people=2');
  await button(page, /^Messages/).click();
  await page.getByRole('textbox').fill('a'.repeat(3990));
  await expect(page.getByText('Il reste 10 caractères')).toBeVisible();
  await page.getByRole('textbox').fill('a'.repeat(4001));
  await expect(page.getByText(/1 caractère de trop/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.message')).toHaveCount(0);
  await page.context().close();
});

test('shortcuts work while writing, and a dialog gives the focus back', async () => {
  const page = await room('people=2');
  await button(page, /^Messages/).click();
  await page.keyboard.press('Control+d');
  await expect(button(page, 'Micro coupé')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Control+e');
  await expect(button(page, 'Caméra fermée')).toBeVisible();
  await expect(page.getByRole('textbox')).toBeFocused();
  await button(page, 'Plus').click();
  await button(page, 'Raccourcis clavier').click();
  await expect(page.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Plus')).toBeFocused();
  await expect(page.getByRole('textbox')).toBeVisible();
  await page.context().close();
});

test('[PHONE-1] only the faces of the page that is shown are asked for, and somebody who speaks elsewhere is signalled', async () => {
  const context = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
  const page = await open(`/r/${CODE}?inside&devices=on&people=30`, context);
  await page.waitForFunction(() => 'stores' in window);
  const shown = () =>
    page.evaluate(
      () => (window as unknown as { stores: { media: { shown: [string, number][] } } }).stores.media.shown,
    );
  await expect.poll(async () => (await shown()).map(([id]) => id)).toEqual(['p1', 'p2', 'p3']);
  await button(page, /^Parle ailleurs/).click();
  await expect.poll(async () => (await shown()).map(([id]) => id)).toContain('p29');
  expect((await shown()).length).toBe(2);
  await page.context().close();
});

test('the language can be chosen without scripts, and is remembered', async () => {
  const page = await open('/', { javaScriptEnabled: false });
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-CA');
  await page.goto(`${fixture.url}//exemple.ca/?lang=fr`);
  expect(new URL(page.url()).host).toBe(new URL(fixture.url).host);
  await page.context().close();
});

test('an unknown meeting and a hub that is away have pages of their own, with the right status', async () => {
  const page = await open('/');
  expect((await page.goto(`${fixture.url}/r/zzz-zzzz-zzz`))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Cette rencontre est introuvable' })).toBeVisible();
  expect((await page.goto(`${fixture.url}/r/xyz-xyzx-xyz`))?.status()).toBe(503);
  await expect(button(page, 'Réessayer')).toBeVisible();
  await page.context().close();
});
