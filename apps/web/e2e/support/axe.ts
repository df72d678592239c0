import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG, as axe sees it. */
export async function expectNoViolation(page: Page, what: string): Promise<void> {
  // A fade under way has half its contrast: what is judged is where it ends.
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
  // The empty page within ours that connections are made in is nobody's to see.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[hidden]').analyze();
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' ; ')}`);
  expect(found, what).toEqual([]);
}

/** WCAG 1.4.10: at 320 px (400 % of 1280) nothing has to be scrolled sideways. */
export async function expectReflow(page: Page, what: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(overflow, { message: what }).toBeLessThanOrEqual(0);
}
