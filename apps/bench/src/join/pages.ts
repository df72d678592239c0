import type { Page } from 'playwright-core';

/** A page that is ready to join by one click. */
export interface JoinPage {
  /** Opens it, with devices permitted, and does all that a person does before the click: camera on, name written. */
  prepare(page: Page, origin: string): Promise<void>;
  click(page: Page): Promise<void>;
}

const READY_TIMEOUT_MS = 30_000;

/** Relais itself: /r/<code>, in French as a browser that asks for it gets it. */
export function productPage(code: string): JoinPage {
  const enter = (page: Page) => page.getByRole('button', { name: 'Entrer', exact: true });
  return {
    async prepare(page, origin) {
      await page.goto(`${origin}/r/${code}`);
      await ownPicture(page);
      await page.getByLabel('Votre nom').fill('Mesure');
      await enter(page).waitFor({ timeout: READY_TIMEOUT_MS });
    },
    click: (page) => enter(page).click({ timeout: READY_TIMEOUT_MS }),
  };
}

export function barePage(room: string): JoinPage {
  const join = (page: Page) => page.getByRole('button', { name: 'Join' });
  return {
    async prepare(page, origin) {
      await page.goto(`${origin}/?room=${room}`);
      await ownPicture(page);
    },
    click: (page) => join(page).click({ timeout: READY_TIMEOUT_MS }),
  };
}

/** One's own camera is seen. */
async function ownPicture(page: Page): Promise<void> {
  const isSeen = () => [...document.querySelectorAll('video')].some((video) => video.readyState >= 2);
  await page.waitForFunction(isSeen, undefined, { timeout: READY_TIMEOUT_MS, polling: 50 });
}
