import { expect, type Page } from '@playwright/test';

/** The accessible name and role of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    const label =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? element.labels?.[0]?.textContent
        : undefined;
    return (label ?? element.getAttribute('aria-label') ?? element.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  });
}

/** Presses Tab until what is called so has the focus, which must then be visible; fails after a whole round. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 40; i++) {
    const now = await focused(page);
    if (name.test(now)) return expectFocusRing(page);
    passed.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(name)}; it passed ${passed.join(' | ')}`);
}

/** WCAG 2.4.7: whoever has the focus is drawn differently from when it has not. */
async function expectFocusRing(page: Page): Promise<void> {
  const ring = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return '';
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return outlineStyle !== 'none' && outlineWidth !== '0px'
      ? 'outline'
      : boxShadow === 'none'
        ? ''
        : 'shadow';
  });
  expect(ring, `focus is visible on ${await focused(page)}`).not.toBe('');
}
