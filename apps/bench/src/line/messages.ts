import type { Page } from 'playwright-core';
import { withTimeout } from '@relais/kit';

const TIMEOUT_MS = 60_000;

const box = (page: Page) => page.getByRole('textbox', { name: 'Votre message' });

export async function openMessages(page: Page): Promise<void> {
  if (!(await box(page).isVisible())) await page.getByRole('button', { name: /^Messages/ }).click();
  await box(page).waitFor();
}

/** From Enter to the others' page, in milliseconds; undefined when it took more than a minute. */
export async function messageOut(page: Page, others: Page, text: string): Promise<number | undefined> {
  await box(page).fill(text);
  const began = Date.now();
  await box(page).press('Enter');
  const came = others.waitForFunction((wanted) => window.crowd.cameAt(wanted), text, {
    timeout: TIMEOUT_MS,
    polling: 20,
  });
  return came.then(
    async (handle) => (await handle.jsonValue())! - began,
    () => undefined,
  );
}

/** From its sending by one of the others to the screen; undefined when it took more than a minute. */
export async function messageIn(page: Page, others: Page, text: string): Promise<number | undefined> {
  const shown = page.evaluate(shownAt, text);
  const began = Date.now();
  const posted = others.evaluate((words) => window.crowd.post(words), text);
  try {
    return (await withTimeout(shown, TIMEOUT_MS, 'a message')) - began;
  } catch {
    return undefined;
  } finally {
    await posted.catch(() => undefined);
  }
}

/** When the text stands among the messages, in milliseconds since 1970. */
function shownAt(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const all = [...document.querySelectorAll('.message .text')];
      if (!all.some((one) => one.textContent.includes(text))) return;
      observer.disconnect();
      resolve(Date.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}
